// CEL text to a checked tree. The CEL library parses and type-checks; what it accepts beyond
// the subset that every engine answers alike is refused here, by the construct's name.

import { Environment } from "@marcbachmann/cel-js";
import type { ASTNode } from "@marcbachmann/cel-js";
import type { ComplianceError } from "../model/error.ts";
import type {
  Comparison,
  Expression,
  InstantTerm,
  NumberTerm,
  Predicate,
  Term,
  TextExpression,
  TextTerm,
} from "../model/expression.ts";
import { parseInstant } from "../model/instant.ts";
import { EXACT_NUMBERS_HINT, exactNumber } from "./exact-number.ts";
import { libraryMistake, mistakeAt, summaryOf } from "./mistake.ts";
import type { Definitions, Schema } from "./schema.ts";

const NO_DEFINITIONS: Definitions = new Map();

/**
 * Parses and checks a true-or-false expression.
 *
 * @throws ComplianceError `invalid-expression`, with the line and column of the mistake
 */
export function parsePredicate(
  source: string,
  schema: Schema,
  definitions: Definitions = NO_DEFINITIONS,
): Expression {
  const scope = new Scope(source, schema, definitions);
  const ast = scope.check("bool");
  const predicate = toPredicate(ast, scope);
  return { source, predicate, fields: scope.usedFields() };
}

/**
 * Parses and checks an expression that yields text, such as `agent_id` or `approval.lowerAscii()`.
 *
 * @throws ComplianceError `invalid-expression`, with the line and column of the mistake
 */
export function parseText(source: string, schema: Schema): TextExpression {
  const scope = new Scope(source, schema, NO_DEFINITIONS);
  const term = toTextTerm(scope.check("string"), scope);
  return { source, term, fields: scope.usedFields() };
}

/** What is known while one expression is read. */
class Scope {
  readonly source: string;
  readonly schema: Schema;
  readonly definitions: Definitions;
  /** Variables of `exists`, each standing for one literal of its list at a time. */
  readonly bound = new Map<string, string>();
  readonly #used = new Set<string>();

  constructor(source: string, schema: Schema, definitions: Definitions) {
    this.source = source;
    this.schema = schema;
    this.definitions = definitions;
  }

  check(expected: "bool" | "string"): ASTNode {
    const environment = environmentFor(this.schema, this.definitions);
    let parsed;
    try {
      parsed = environment.parse(this.source);
    } catch (error) {
      throw libraryMistake(this.source, error);
    }
    const checked = parsed.check();
    if (!checked.valid) {
      throw libraryMistake(this.source, checked.error, this.#nearest(summaryOf(checked.error)));
    }
    if (checked.type !== expected && checked.type !== "dyn") {
      throw this.wrong(`expected a ${expected}, but this is a ${checked.type}`, 0);
    }
    return parsed.ast;
  }

  use(name: string): void {
    this.#used.add(name);
  }

  useAll(names: readonly string[]): void {
    for (const name of names) this.#used.add(name);
  }

  usedFields(): string[] {
    return [...this.#used].sort();
  }

  /** An error at an offset of the expression's text. */
  wrong(message: string, offset: number, hint?: string): ComplianceError {
    return mistakeAt(this.source, offset, message, { hint });
  }

  refuse(construct: string, node: ASTNode, hint: string): ComplianceError {
    return this.wrong(
      `${construct} is outside the expressions that every engine answers alike`,
      node.start,
      hint,
    );
  }

  #nearest(message: string): string | undefined {
    if (!message.startsWith("Unknown variable")) return undefined;
    const names = [...this.schema.keys(), ...this.definitions.keys()].sort();
    return `Known names: ${names.join(", ")}.`;
  }
}

const environments = new WeakMap<Schema, WeakMap<Definitions, Environment>>();

function environmentFor(schema: Schema, definitions: Definitions): Environment {
  let bySchema = environments.get(schema);
  if (bySchema === undefined) {
    bySchema = new WeakMap();
    environments.set(schema, bySchema);
  }
  const known = bySchema.get(definitions);
  if (known !== undefined) return known;
  const environment = new Environment({ unlistedVariablesAreDyn: false });
  for (const [name, { cel }] of schema) environment.registerVariable(name, cel);
  for (const name of definitions.keys()) environment.registerVariable(name, "bool");
  environment.registerFunction("present(dyn): bool", neverEvaluated);
  bySchema.set(definitions, environment);
  return environment;
}

/** The library only parses and checks here; evaluation is ours. */
function neverEvaluated(): never {
  throw new Error("expressions are compiled, not evaluated by the CEL library");
}

function toPredicate(node: ASTNode, scope: Scope): Predicate {
  switch (node.op) {
    case "value":
      if (typeof node.args === "boolean") return { kind: "boolean", value: node.args };
      break;
    case "id":
      return namedPredicate(node.args, node, scope);
    case "&&":
      return { kind: "and", of: flatten(node, "&&").map((part) => toPredicate(part, scope)) };
    case "||":
      return { kind: "or", of: flatten(node, "||").map((part) => toPredicate(part, scope)) };
    case "!_":
      return { kind: "not", of: toPredicate(node.args, scope) };
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(node.op, node.args[0], node.args[1], scope);
    case "in":
      return membership(node.args[0], node.args[1], scope);
    case "call":
      return functionCall(node.args[0], node.args[1], node, scope);
    case "rcall":
      return methodCall(node.args[0], node.args[1], node.args[2], node, scope);
    default:
      break;
  }
  throw refuseNode(node, scope);
}

function namedPredicate(name: string, node: ASTNode, scope: Scope): Predicate {
  const definition = scope.definitions.get(name);
  if (definition === undefined) {
    throw scope.wrong(`'${name}' is no yes-or-no name`, node.start);
  }
  scope.useAll(definition.fields);
  return definition.predicate;
}

function flatten(node: ASTNode, op: "&&" | "||"): ASTNode[] {
  if (node.op !== op) return [node];
  return [...flatten(node.args[0], op), ...flatten(node.args[1], op)];
}

function comparison(
  operator: Comparison,
  leftNode: ASTNode,
  rightNode: ASTNode,
  scope: Scope,
): Predicate {
  if ((operator === "==" || operator === "!=") && isBoolean(leftNode, scope)) {
    const left = toPredicate(leftNode, scope);
    const right = toPredicate(rightNode, scope);
    const same: Predicate = {
      kind: "or",
      of: [
        { kind: "and", of: [left, right] },
        {
          kind: "and",
          of: [
            { kind: "not", of: left },
            { kind: "not", of: right },
          ],
        },
      ],
    };
    return operator === "==" ? same : { kind: "not", of: same };
  }
  return {
    kind: "compare",
    operator,
    left: toTerm(leftNode, scope),
    right: toTerm(rightNode, scope),
  };
}

function isBoolean(node: ASTNode, scope: Scope): boolean {
  if (node.op === "value") return typeof node.args === "boolean";
  if (node.op === "id") return scope.definitions.has(node.args) && !scope.bound.has(node.args);
  if (node.op === "call") return node.args[0] === "present";
  if (node.op === "rcall") return node.args[0] === "exists" || node.args[0] in TEXT_TESTS;
  return ["!_", "&&", "||", "==", "!=", "<", "<=", ">", ">=", "in"].includes(node.op);
}

function membership(termNode: ASTNode, listNode: ASTNode, scope: Scope): Predicate {
  if (listNode.op !== "list") {
    throw scope.refuse(
      "'in' with anything but a list of literals",
      listNode,
      "Write the list out.",
    );
  }
  const term = toTerm(termNode, scope);
  if (isInstantTerm(term)) {
    throw scope.refuse("'in' on a timestamp", termNode, "Compare it with < and >=.");
  }
  const values = listNode.args.map((item) => literalOf(item, scope));
  if (isNumberTerm(term)) {
    return {
      kind: "in-numbers",
      term,
      values: values.filter((value) => typeof value === "number"),
    };
  }
  return { kind: "in-texts", term, values: values.filter((value) => typeof value === "string") };
}

function functionCall(
  name: string,
  argumentNodes: readonly ASTNode[],
  node: ASTNode,
  scope: Scope,
): Predicate {
  const [argument] = argumentNodes;
  if (name === "present" && argument !== undefined) {
    if (
      argument.op !== "id" ||
      !scope.schema.has(argument.args) ||
      scope.bound.has(argument.args)
    ) {
      throw scope.refuse("'present' of anything but a field", argument, "Write present(field).");
    }
    scope.use(argument.args);
    return { kind: "present", name: argument.args };
  }
  throw scope.refuse(`the function '${name}'`, node, FUNCTIONS_HINT);
}

const FUNCTIONS_HINT =
  'Available: present(field), timestamp("…"), .lowerAscii(), .trim(), .contains("…"), ' +
  '.startsWith("…"), .endsWith("…"), ["…"].exists(x, …).';

const TEXT_TESTS = {
  contains: "contains",
  startsWith: "starts-with",
  endsWith: "ends-with",
} as const;

function methodCall(
  name: string,
  receiver: ASTNode,
  argumentNodes: readonly ASTNode[],
  node: ASTNode,
  scope: Scope,
): Predicate {
  if (name === "exists") return anyOf(receiver, argumentNodes, scope);
  if (name === "contains" || name === "startsWith" || name === "endsWith") {
    const term = toTextTerm(receiver, scope);
    const [argument] = argumentNodes;
    const value = argument === undefined ? undefined : literalOf(argument, scope);
    if (typeof value !== "string") {
      throw scope.refuse(`'${name}' of anything but a text literal`, node, "Write the text out.");
    }
    return { kind: TEXT_TESTS[name], term, value };
  }
  throw scope.refuse(`the method '${name}'`, node, FUNCTIONS_HINT);
}

/** `["a", "b"].exists(x, …)` over literals is the disjunction of its body for each of them. */
function anyOf(receiver: ASTNode, argumentNodes: readonly ASTNode[], scope: Scope): Predicate {
  const [variable, body] = argumentNodes;
  if (receiver.op !== "list") {
    throw scope.refuse(
      "'exists' over anything but a list of literals",
      receiver,
      "Write the list out.",
    );
  }
  if (receiver.args.length === 0) {
    throw scope.refuse("'exists' over an empty list", receiver, "Name at least one text.");
  }
  if (variable?.op !== "id" || body === undefined) {
    throw scope.wrong("'exists' needs a variable and a condition", receiver.start);
  }
  const name = variable.args;
  const outer = scope.bound.get(name);
  const alternatives = receiver.args.map((item) => {
    const value = literalOf(item, scope);
    if (typeof value !== "string") {
      throw scope.refuse("'exists' over anything but texts", item, "Use a list of texts.");
    }
    scope.bound.set(name, value);
    return toPredicate(body, scope);
  });
  if (outer === undefined) scope.bound.delete(name);
  else scope.bound.set(name, outer);
  return { kind: "or", of: alternatives };
}

function literalOf(node: ASTNode, scope: Scope): string | number {
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

function toTerm(node: ASTNode, scope: Scope): Term {
  if (node.op === "value" && typeof node.args === "string") {
    return { kind: "text", value: node.args };
  }
  if (node.op === "value" || node.op === "-_") {
    const value = literalOf(node, scope);
    if (typeof value === "number") return { kind: "number", value };
  }
  if (node.op === "call" && node.args[0] === "timestamp") return instantLiteral(node, scope);
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

function toTextTerm(node: ASTNode, scope: Scope): TextTerm {
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
        `Only present(${node.args}) can be asked.`,
      );
    }
  }
  if (node.op === "rcall" && node.args[0] === "lowerAscii") {
    return { kind: "lower-ascii", of: toTextTerm(node.args[1], scope) };
  }
  if (node.op === "rcall" && node.args[0] === "trim") {
    return { kind: "trim", of: toTextTerm(node.args[1], scope) };
  }
  throw refuseNode(node, scope);
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

function refuseNode(node: ASTNode, scope: Scope): ComplianceError {
  if (node.op === "call")
    return scope.refuse(`the function '${node.args[0]}'`, node, FUNCTIONS_HINT);
  if (node.op === "rcall")
    return scope.refuse(`the method '${node.args[0]}'`, node, FUNCTIONS_HINT);
  const construct = CONSTRUCT_NAMES[node.op] ?? `the operator '${node.op}'`;
  return scope.refuse(construct, node, "See docs/expressions.md for what is inside.");
}

function isNumberTerm(term: Term): term is NumberTerm {
  return term.kind === "number" || term.kind === "number-field";
}

function isInstantTerm(term: Term): term is InstantTerm {
  return term.kind === "instant" || term.kind === "instant-field";
}
