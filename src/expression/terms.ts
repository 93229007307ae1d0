// Terms: the texts, numbers and instants that conditions compare.

import type { ASTNode } from "@marcbachmann/cel-js";
import type { ComplianceError } from "../model/error.ts";
import type { InstantTerm, NumberTerm, Term, TextTerm } from "../model/expression.ts";
import { parseInstant } from "../model/instant.ts";
import { EXACT_NUMBERS_HINT, exactNumber } from "./exact-number.ts";
import type { Scope } from "./scope.ts";

/** What there is to call. */
export const FUNCTIONS_HINT =
  'Available: present(field), timestamp("…"), .lowerAscii(), .trim(), .contains("…"), ' +
  '.startsWith("…"), .endsWith("…"), .hasWord(["…"]), .detects("…"), .listed("…"), size(text), ' +
  'host(text), jsonText(field), in_incident(), ["…"].exists(x, …).';

/** The text or number that is written out here. */
export function literalOf(node: ASTNode, scope: Scope): string | number {
  if (node.op === "id") {
    const bound = scope.bound.get(node.args);
    if (bound !== undefined) return bound;
  }
  if (node.op === "value") {
    if (typeof node.args === "string" || typeof node.args === "number") return node.args;
    if (typeof node.args === "bigint") {
      const number = exactNumber(node.args);
      if (number !== undefined) return number;
      throw scope.refuse(`the number ${node.args}`, node, EXACT_NUMBERS_HINT);
    }
    throw refuseNode(node, scope);
  }
  if (node.op === "-_" && node.args.op === "value") {
    const value = literalOf(node.args, scope);
    if (typeof value === "number") return -value;
  }
  if (node.op === "-_") throw refuseNode(node, scope);
  throw scope.refuse("anything but a literal here", node, "Write the value out.");
}

/** A text, number or instant. */
export function toTerm(node: ASTNode, scope: Scope): Term {
  if (node.op === "value" && typeof node.args === "string") {
    return { kind: "text", value: node.args };
  }
  if (node.op === "value" || node.op === "-_") {
    const value = literalOf(node, scope);
    if (typeof value === "number") return { kind: "number", value };
  }
  if (node.op === "call" && node.args[0] === "timestamp") return instantLiteral(node, scope);
  if (node.op === "call" && node.args[0] === "size") {
    const [of] = node.args[1];
    if (of !== undefined) return { kind: "size", of: toTextTerm(of, scope) };
  }
  if (node.op === "id" && !scope.bound.has(node.args)) {
    const declaration = scope.schema.get(node.args);
    if (declaration?.type === "number") {
      scope.use(node.args);
      return { kind: "number-field", name: node.args };
    }
    if (declaration?.type === "instant") {
      scope.use(node.args);
      return { kind: "instant-field", name: node.args };
    }
  }
  return toTextTerm(node, scope);
}

function instantLiteral(node: ASTNode, scope: Scope): InstantTerm {
  const argument = node.op === "call" ? node.args[1][0] : undefined;
  const text = argument === undefined ? undefined : literalOf(argument, scope);
  const value = typeof text === "string" ? parseInstant(text) : Number.NaN;
  if (Number.isNaN(value)) {
    throw scope.wrong('expected timestamp("2026-01-31T00:00:00Z")', node.start);
  }
  return { kind: "instant", value };
}

/** A text. */
export function toTextTerm(node: ASTNode, scope: Scope): TextTerm {
  if (node.op === "value" && typeof node.args === "string") {
    return { kind: "text", value: node.args };
  }
  if (node.op === "id") {
    const bound = scope.bound.get(node.args);
    if (bound !== undefined) return { kind: "text", value: bound };
    const type = scope.schema.get(node.args)?.type;
    if (type === "text") {
      scope.use(node.args);
      return { kind: "text-field", name: node.args };
    }
    if (type === "json") {
      throw scope.refuse(
        `the content of '${node.args}'`,
        node,
        `Write jsonText(${node.args}), or present(${node.args}).`,
      );
    }
  }
  if (node.op === "call" && node.args[0] === "host") {
    const [of] = node.args[1];
    if (of !== undefined) return { kind: "host", of: toTextTerm(of, scope) };
  }
  if (node.op === "call" && node.args[0] === "jsonText") return jsonText(node, scope);
  if (node.op === "rcall" && node.args[0] === "lowerAscii") {
    return { kind: "lower-ascii", of: toTextTerm(node.args[1], scope) };
  }
  if (node.op === "rcall" && node.args[0] === "trim") {
    return { kind: "trim", of: toTextTerm(node.args[1], scope) };
  }
  throw refuseNode(node, scope);
}

function jsonText(node: ASTNode, scope: Scope): TextTerm {
  const argument = node.op === "call" ? node.args[1][0] : undefined;
  if (argument?.op === "id" && scope.schema.get(argument.args)?.type === "json") {
    scope.use(argument.args);
    return { kind: "json-text", name: argument.args };
  }
  throw scope.refuse(
    "'jsonText' of anything but a JSON field",
    argument ?? node,
    "Write jsonText(action_params).",
  );
}

const CONSTRUCT_NAMES: Readonly<Record<string, string>> = {
  "?:": "the conditional '? :'",
  "+": "the operator '+'",
  "-": "the operator '-'",
  "*": "the operator '*'",
  "/": "the operator '/'",
  "%": "the operator '%'",
  "-_": "the sign '-' before anything but a literal",
  "[]": "the index '[ ]'",
  "[?]": "the optional index '[? ]'",
  ".": "member access '.'",
  ".?": "optional member access '.?'",
  list: "a list outside 'in' and 'exists'",
  map: "a map",
  value: "this kind of literal",
  id: "this name here",
};

/** The refusal of a construct, by its name. */
export function refuseNode(node: ASTNode, scope: Scope): ComplianceError {
  if (node.op === "call")
    return scope.refuse(`the function '${node.args[0]}'`, node, FUNCTIONS_HINT);
  if (node.op === "rcall")
    return scope.refuse(`the method '${node.args[0]}'`, node, FUNCTIONS_HINT);
  const construct = CONSTRUCT_NAMES[node.op] ?? `the operator '${node.op}'`;
  return scope.refuse(construct, node, "See docs/expressions.md for what is inside.");
}

/** Whether a term yields a number. */
export function isNumberTerm(term: Term): term is NumberTerm {
  return term.kind === "number" || term.kind === "number-field" || term.kind === "size";
}

/** Whether a term yields an instant. */
export function isInstantTerm(term: Term): term is InstantTerm {
  return term.kind === "instant" || term.kind === "instant-field";
}
