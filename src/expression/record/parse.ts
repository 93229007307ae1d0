// CEL text over a foreign record to a checked tree. The CEL library reads the syntax; the names,
// functions and tables are checked here, since a raw record has no types to check.

import { parse } from "@marcbachmann/cel-js";
import type { ASTNode } from "@marcbachmann/cel-js";
import type { ComplianceError } from "../../model/error.ts";
import type { RecordExpression, RecordTerm } from "../../model/record-expression.ts";
import { nearestName } from "../did-you-mean.ts";
import { EXACT_NUMBERS_HINT, exactNumber } from "../exact-number.ts";
import { libraryMistake, mistakeAt } from "../mistake.ts";
import { RECORD_FUNCTIONS } from "./functions.ts";
import type { RecordFunction } from "./functions/function.ts";
import { TABLES, pathsOf } from "./paths.ts";

/** What an expression may name. */
export interface RecordScope {
  readonly variables: ReadonlySet<string>;
  /** Names of the mapping's tables, used as `tables.NAME[word]`. */
  readonly tables: ReadonlySet<string>;
}

/** Longest text, in UTF-16 units. */
const LONGEST = 10_000;
/** Deepest nesting, as the CEL library has it too; `a + b + c` nests, `a && b && c` does not. */
const DEEPEST = 250;
/** Deepest nesting of macros: each may cost the length of a list for every item of the one around it. */
const DEEPEST_MACROS = 3;

/**
 * Parses and checks an expression over a foreign record.
 *
 * @throws ComplianceError `invalid-expression`, with the line and column of the mistake
 */
export function parseRecordExpression(source: string, scope: RecordScope): RecordExpression {
  if (source.length > LONGEST) {
    throw mistakeAt(
      source,
      LONGEST,
      `expected at most ${LONGEST} characters, but here are ${source.length}`,
      { hint: "Give parts of it names under let." },
    );
  }
  let ast: ASTNode;
  try {
    ast = parse(source).ast;
  } catch (error) {
    if (error instanceof RangeError) throw mistakeAt(source, 0, TOO_DEEP, { cause: error });
    throw libraryMistake(source, error, memberHint(error));
  }
  const term = new Reading(source, scope).term(ast);
  return { source, term, paths: pathsOf(term) };
}

/** `record.in` and names of other signs are no CEL; only the brackets can name such a key. */
function memberHint(error: unknown): string | undefined {
  const { summary } = error as { readonly summary?: unknown };
  return String(summary).startsWith("Expected IDENTIFIER")
    ? 'A key that is no plain name is written record["key"].'
    : undefined;
}

const TOO_DEEP = `expected no more than ${DEEPEST} levels of nesting`;

const MACROS = ["exists", "all", "filter", "map"] as const;
type Macro = (typeof MACROS)[number];

const COMPARISONS = ["==", "!=", "<", "<=", ">", ">="] as const;
const ARITHMETIC = ["+", "-", "*", "/", "%"] as const;

/** What other languages, or CEL itself, call things that are here called otherwise. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["exists_one", "Write list.filter(x, …).size() == 1."],
  ["default", "Write coalesce(a, b, …)."],
  ["or", "Write a || b, or coalesce(a, b, …) for the first that is something."],
  ["lower", "Write text.lowerAscii()."],
  ["toLowerCase", "Write text.lowerAscii()."],
  ["upper", "Write text.upperAscii()."],
  ["toUpperCase", "Write text.upperAscii()."],
  ["length", "Write size(x)."],
  ["len", "Write size(x)."],
  ["present", "Write has(x)."],
  ["timestamp", 'A time is text; write mended(text), or epoch(x, "ms") for a count since 1970.'],
  ["matches", "There are no patterns; write contains, startsWith, endsWith or split."],
]);

/** One expression while it is read. */
class Reading {
  readonly #source: string;
  readonly #scope: RecordScope;
  /** Variables of the macros around the current place. */
  readonly #bound: string[] = [];
  /** Nodes around the current one. */
  #depth = 0;

  constructor(source: string, scope: RecordScope) {
    this.#source = source;
    this.#scope = scope;
  }

  term(node: ASTNode): RecordTerm {
    if (this.#depth === DEEPEST) throw this.#wrong(node, TOO_DEEP);
    this.#depth += 1;
    const term = this.#termOf(node);
    this.#depth -= 1;
    return term;
  }

  #termOf(node: ASTNode): RecordTerm {
    switch (node.op) {
      case "value":
        return this.#literal(node);
      case "id":
        return this.#name(node.args, node);
      case ".":
        return this.#member(node.args[0], node.args[1], node);
      case "[]":
        return this.#index(node.args[0], node.args[1], node);
      case "list":
        return { kind: "list", of: node.args.map((part) => this.term(part)) };
      case "map":
        return { kind: "map", entries: node.args.map((entry) => this.#entry(entry)) };
      case "&&":
      case "||":
        return {
          kind: node.op === "&&" ? "and" : "or",
          of: partsOf(node, node.op).map((part) => this.#condition(part)),
        };
      case "!_":
        return { kind: "not", of: this.#condition(node.args) };
      case "-_":
        return this.#negated(node.args);
      case "?:": {
        const [when, value, otherwise] = node.args;
        return {
          kind: "choose",
          when: this.#condition(when),
          value: this.term(value),
          otherwise: this.term(otherwise),
        };
      }
      case "in":
        return { kind: "in", term: this.term(node.args[0]), of: this.term(node.args[1]) };
      case "call":
        return this.#function(node.args[0], node.args[1], node);
      case "rcall":
        return this.#method(node.args[0], node.args[1], node.args[2], node);
      case ".?":
      case "[?]":
        throw this.#wrong(node, "there are no optional values", "Write . or [ ]: both are safe.");
      default:
        return this.#binary(node);
    }
  }

  #binary(node: ASTNode): RecordTerm {
    const [left, right] = node.args as [ASTNode, ASTNode];
    const operands = { left: this.term(left), right: this.term(right) };
    const comparison = COMPARISONS.find((operator) => operator === node.op);
    if (comparison !== undefined) return { kind: "compare", operator: comparison, ...operands };
    const arithmetic = ARITHMETIC.find((operator) => operator === node.op);
    if (arithmetic !== undefined) return { kind: "arithmetic", operator: arithmetic, ...operands };
    throw this.#wrong(node, `there is no operator '${node.op}'`);
  }

  #literal(node: ASTNode): RecordTerm {
    const { args: value } = node;
    if (typeof value === "bigint") {
      const number = exactNumber(value);
      if (number !== undefined) return { kind: "literal", value: number };
      throw this.#wrong(node, `the number ${value} cannot be kept exactly`, EXACT_NUMBERS_HINT);
    }
    if (
      typeof value === "string" ||
      typeof value === "number" ||
      typeof value === "boolean" ||
      value === null
    ) {
      return { kind: "literal", value };
    }
    throw this.#wrong(node, "there are no unsigned numbers and no bytes", 'Write 1 or "a".');
  }

  #negated(node: ASTNode): RecordTerm {
    const of = this.term(node);
    // Adding 0 turns -0 into 0.
    return of.kind === "literal" && typeof of.value === "number"
      ? { kind: "literal", value: -of.value + 0 }
      : { kind: "negate", of };
  }

  #name(name: string, node: ASTNode): RecordTerm {
    if (this.#bound.includes(name) || this.#scope.variables.has(name)) {
      return { kind: "name", name };
    }
    if (name === TABLES) throw this.#tableAlone(node);
    const variables = [...this.#scope.variables, ...this.#bound].sort();
    const near = nearestName(name, variables);
    throw this.#wrong(
      node,
      `there is no variable '${name}'`,
      near === undefined ? `Known here: ${variables.join(", ")}.` : `Did you mean '${near}'?`,
    );
  }

  #member(of: ASTNode, name: string, node: ASTNode): RecordTerm {
    if (this.#isTables(of)) throw this.#tableAlone(node);
    return { kind: "member", of: this.term(of), name };
  }

  #index(of: ASTNode, index: ASTNode, node: ASTNode): RecordTerm {
    if (this.#isTables(of)) throw this.#tableAlone(node);
    if (of.op !== "." || !this.#isTables(of.args[0])) {
      return { kind: "index", of: this.term(of), index: this.term(index) };
    }
    const [, table] = of.args;
    if (!this.#scope.tables.has(table)) {
      const near = nearestName(table, this.#scope.tables);
      const known = [...this.#scope.tables].sort().join(", ");
      throw this.#wrong(
        of,
        `there is no table '${table}'`,
        near === undefined
          ? `Known tables: ${known === "" ? "none" : known}.`
          : `Did you mean '${near}'?`,
      );
    }
    return {
      kind: "index",
      of: { kind: "member", of: { kind: "name", name: TABLES }, name: table },
      index: this.term(index),
    };
  }

  #isTables(node: ASTNode): boolean {
    return node.op === "id" && node.args === TABLES;
  }

  #tableAlone(node: ASTNode): ComplianceError {
    return this.#wrong(node, "a table can only be looked up in", "Write tables.NAME[word].");
  }

  #entry([key, value]: readonly [ASTNode, ASTNode]): readonly [RecordTerm, RecordTerm] {
    const read = this.term(key);
    if (read.kind === "literal" && typeof read.value !== "string") {
      throw this.#wrong(key, "the keys of a map are texts", 'Write {"key": value}.');
    }
    return [read, this.term(value)];
  }

  /** Where only `true` counts, a text or number can be nothing but a mistake. */
  #condition(node: ASTNode): RecordTerm {
    const term = this.term(node);
    if (
      term.kind === "list" ||
      term.kind === "map" ||
      (term.kind === "literal" && typeof term.value !== "boolean")
    ) {
      throw this.#wrong(
        node,
        "expected a condition here, and this value is never true",
        "For the first value that is something write coalesce(a, b, …).",
      );
    }
    return term;
  }

  #function(name: string, nodes: readonly ASTNode[], node: ASTNode): RecordTerm {
    if (name === "has") {
      const [of] = nodes;
      if (of === undefined || nodes.length !== 1) throw this.#count("has(x)", 1, nodes, node);
      return { kind: "has", of: this.term(of) };
    }
    const known = RECORD_FUNCTIONS.get(name);
    if (known === undefined) throw this.#unknown("function", name, node);
    if (known.form === "method") {
      throw this.#wrong(node, `'${name}' is a method`, `Write ${known.written}.`);
    }
    return this.#call(name, known, nodes, node);
  }

  #method(name: string, receiver: ASTNode, nodes: readonly ASTNode[], node: ASTNode): RecordTerm {
    const macro = MACROS.find((candidate) => candidate === name);
    if (macro !== undefined) return this.#each(macro, receiver, nodes, node);
    const known = RECORD_FUNCTIONS.get(name);
    if (known === undefined) throw this.#unknown("method", name, node);
    if (known.form === "function") {
      throw this.#wrong(node, `'${name}' is a function`, `Write ${known.written}.`);
    }
    return this.#call(name, known, [receiver, ...nodes], node);
  }

  #call(name: string, known: RecordFunction, nodes: readonly ASTNode[], node: ASTNode): RecordTerm {
    const [least, most] = known.takes;
    if (nodes.length < least || nodes.length > most) {
      const ofReceiver = node.op === "rcall" ? 1 : 0;
      throw this.#count(known.written, least - ofReceiver, nodes.slice(ofReceiver), node);
    }
    const terms = nodes.map((part) => this.term(part));
    if (known.words !== undefined) this.#checkWord(known.words, terms, nodes);
    return { kind: "call", name, arguments: terms };
  }

  #checkWord(
    { argument, among }: NonNullable<RecordFunction["words"]>,
    terms: readonly RecordTerm[],
    nodes: readonly ASTNode[],
  ): void {
    const term = terms[argument];
    const node = nodes[argument];
    if (node === undefined) return;
    if (term?.kind === "literal" && among.some((word) => word === term.value)) return;
    const words = among.map((word) => `"${word}"`).join(", ");
    throw this.#wrong(node, `expected one of ${words} here, written out`);
  }

  #each(macro: Macro, receiver: ASTNode, nodes: readonly ASTNode[], node: ASTNode): RecordTerm {
    const [variable, body] = nodes;
    if (variable === undefined || body === undefined || nodes.length !== 2) {
      throw this.#count(`list.${macro}(x, …)`, 2, nodes, node);
    }
    if (variable.op !== "id") {
      throw this.#wrong(variable, `'${macro}' needs a name for the item`, `list.${macro}(x, …)`);
    }
    const name = variable.args;
    if (name === TABLES || this.#scope.variables.has(name) || this.#bound.includes(name)) {
      throw this.#wrong(
        variable,
        `the name '${name}' already means something else here`,
        "Choose another name for the item.",
      );
    }
    const of = this.term(receiver);
    this.#bound.push(name);
    if (this.#bound.length > DEEPEST_MACROS) {
      throw this.#wrong(
        node,
        `no more than ${DEEPEST_MACROS} of ${MACROS.join(", ")} may stand inside each other`,
        "Give a part of it a name under let.",
      );
    }
    const read = macro === "map" ? this.term(body) : this.#condition(body);
    this.#bound.pop();
    return { kind: "each", macro, of, variable: name, body: read };
  }

  #unknown(what: "function" | "method", name: string, node: ASTNode): ComplianceError {
    const names = [...RECORD_FUNCTIONS.keys(), ...MACROS, "has"].sort();
    const near = nearestName(name, names);
    return this.#wrong(
      node,
      `there is no ${what} '${name}'`,
      ELSEWHERE.get(name) ??
        (near === undefined ? `Available: ${names.join(", ")}.` : `Did you mean '${near}'?`),
    );
  }

  #count(
    written: string,
    expected: number,
    nodes: readonly ASTNode[],
    node: ASTNode,
  ): ComplianceError {
    const least = written.includes("b, …") ? "at least " : "";
    return this.#wrong(
      node,
      `expected ${least}${expected} argument${expected === 1 ? "" : "s"}, but here ` +
        `${nodes.length === 1 ? "is" : "are"} ${nodes.length}`,
      `Write ${written}.`,
    );
  }

  /** A mistake at a node; of a method, at its name. */
  #wrong(node: ASTNode, message: string, hint?: string): ComplianceError {
    const offset =
      node.op === "rcall" ? this.#source.indexOf(node.args[0], node.args[1].end) : node.start;
    return mistakeAt(this.#source, offset, message, { hint });
  }
}

/** `a && b && c` as its three parts, which the library nests to the left. */
function partsOf(node: ASTNode, operator: "&&" | "||"): ASTNode[] {
  const parts: ASTNode[] = [];
  let rest = node;
  while (rest.op === operator) {
    parts.push(rest.args[1]);
    rest = rest.args[0];
  }
  return [rest, ...parts.reverse()];
}
