// CEL text to a checked tree. The CEL library parses and type-checks; what it accepts beyond
// the subset that every engine answers alike is refused here, by the construct's name.

import type { ASTNode } from "@marcbachmann/cel-js";
import { DETECTORS } from "../model/expression.ts";
import type {
  Comparison,
  Expression,
  NumberExpression,
  Predicate,
  TextExpression,
} from "../model/expression.ts";
import { Scope } from "./scope.ts";
import type { Definitions, Schema } from "./schema.ts";
import {
  FUNCTIONS_HINT,
  isInstantTerm,
  isNumberTerm,
  literalOf,
  refuseNode,
  toTerm,
  toTextTerm,
} from "./terms.ts";

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
  return { source, predicate, fields: scope.usedFields(), ...scope.usedDefinitions() };
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

/**
 * Parses and checks an expression that yields a whole number, such as `chain_depth`.
 *
 * @throws ComplianceError `invalid-expression`, with the line and column of the mistake
 */
export function parseNumber(source: string, schema: Schema): NumberExpression {
  const scope = new Scope(source, schema, NO_DEFINITIONS);
  const ast = scope.check("int");
  const term = toTerm(ast, scope);
  if (!isNumberTerm(term)) throw refuseNode(ast, scope);
  return { source, term, fields: scope.usedFields() };
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
  scope.useDefinition(name, definition);
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
  if (node.op === "call") return CONDITION_FUNCTIONS.includes(node.args[0]);
  if (node.op === "rcall") return CONDITION_METHODS.includes(node.args[0]);
  return ["!_", "&&", "||", "==", "!=", "<", "<=", ">", ">=", "in"].includes(node.op);
}

const CONDITION_FUNCTIONS = ["present", "in_incident"];
const CONDITION_METHODS = [
  "exists",
  "contains",
  "startsWith",
  "endsWith",
  "hasWord",
  "detects",
  "listed",
];

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
  if (name === "in_incident" && scope.schema.has("timestamp") && scope.schema.has("agent_id")) {
    scope.use("timestamp");
    scope.use("agent_id");
    return { kind: "in-incident" };
  }
  throw scope.refuse(`the function '${name}'`, node, FUNCTIONS_HINT);
}

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
  if (name === "hasWord") return wordIn(receiver, argumentNodes[0], node, scope);
  if (name === "detects") {
    const detector = oneOf(DETECTORS, argumentNodes[0], node, scope);
    return { kind: "detects", detector, term: toTextTerm(receiver, scope) };
  }
  if (name === "listed") {
    const input = oneOf(LISTS, argumentNodes[0], node, scope);
    return { kind: "listed", term: toTextTerm(receiver, scope), input };
  }
  throw scope.refuse(`the method '${name}'`, node, FUNCTIONS_HINT);
}

const LISTS = ["roster", "allow-list"] as const;

/** A text literal out of a closed set. */
function oneOf<const Name extends string>(
  known: readonly Name[],
  argument: ASTNode | undefined,
  node: ASTNode,
  scope: Scope,
): Name {
  const value = argument === undefined ? undefined : literalOf(argument, scope);
  const name = known.find((candidate) => candidate === value);
  if (name !== undefined) return name;
  const at = argument ?? node;
  throw scope.wrong(`expected one of ${known.join(", ")}, got ${JSON.stringify(value)}`, at.start);
}

/** A literal list of words; one that could never be found is a mistake. */
function wordIn(
  receiver: ASTNode,
  argument: ASTNode | undefined,
  node: ASTNode,
  scope: Scope,
): Predicate {
  if (argument?.op !== "list" || argument.args.length === 0) {
    throw scope.refuse("'hasWord' of anything but a list of words", node, 'Write hasWord(["a"]).');
  }
  const words = argument.args.map((item) => {
    const word = literalOf(item, scope);
    if (typeof word === "string" && /^[a-z0-9]+$/.test(word)) return word;
    throw scope.wrong(
      `expected a word of small letters and digits, got ${JSON.stringify(word)}`,
      item.start,
      "Text is cut into words at everything else, and at capitals.",
    );
  });
  return { kind: "has-word", term: toTextTerm(receiver, scope), words };
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
