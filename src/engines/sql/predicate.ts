// Predicates in SQL, or undefined where a dialect cannot say exactly what the closures of
// src/expression/compile.ts answer. Every piece is a strict true or false.

import { compilePredicate } from "../../expression/compile.ts";
import type { Comparison, Predicate, Term, TextTerm } from "../../model/expression.ts";
import type { Inputs } from "../../model/inputs.ts";
import { recordedOf } from "./columns.ts";
import { dialectOf } from "./dialect.ts";
import { bound, boundText, joined, sql, written } from "./fragment.ts";
import type { Fragment } from "./fragment.ts";
import type { LogTable } from "./log-table.ts";
import { isField, numberOf, plainText, textOf, textValue } from "./term.ts";
import type { SqlNumber, SqlText } from "./term.ts";
import { wordsPattern } from "./words-pattern.ts";

const TRUE = sql`(1 = 1)`;
const FALSE = sql`(1 = 0)`;

/** What a predicate is asked of. */
interface Asked {
  readonly table: LogTable;
  readonly inputs: Inputs;
}

/** @param inputs the lists beside the log that the predicate may ask */
export function predicateOf(
  table: LogTable,
  predicate: Predicate,
  inputs: Inputs = {},
): Fragment | undefined {
  return compile({ table, inputs }, predicate);
}

function compile(asked: Asked, predicate: Predicate): Fragment | undefined {
  const { table } = asked;
  switch (predicate.kind) {
    case "boolean":
      return predicate.value ? TRUE : FALSE;
    case "and":
      return all(
        predicate.of.map((part) => compile(asked, part)),
        "AND",
        TRUE,
      );
    case "or":
      return all(
        predicate.of.map((part) => compile(asked, part)),
        "OR",
        FALSE,
      );
    case "not": {
      const of = compile(asked, predicate.of);
      return of && sql`(NOT ${of})`;
    }
    case "present":
      return isField(predicate.name) ? (recordedOf(table, predicate.name) ?? FALSE) : undefined;
    case "compare":
      return isText(predicate.left) && isText(predicate.right)
        ? compareTexts(table, predicate.operator, predicate.left, predicate.right)
        : compareNumbers(
            table,
            predicate.operator,
            numberOf(table, predicate.left),
            numberOf(table, predicate.right),
          );
    case "in-texts":
      return inTexts(table, textOf(table, predicate.term), predicate.values);
    case "in-numbers": {
      const term = numberOf(table, predicate.term);
      const equal = predicate.values.map((value) =>
        // A set finds NaN where a comparison does not.
        Number.isNaN(value) ? undefined : compareNumbers(table, "==", term, { constant: value }),
      );
      return all(equal, "OR", FALSE);
    }
    case "contains":
    case "starts-with":
    case "ends-with":
      return searched(table, predicate);
    case "has-word":
      return hasWord(table, predicate);
    case "listed":
      return listed(asked, predicate);
    case "in-incident":
      return inIncident(asked);
    case "detects":
      return undefined;
  }
}

/** All pieces, or undefined when one of them is. */
function all(
  pieces: readonly (Fragment | undefined)[],
  between: "AND" | "OR",
  none: Fragment,
): Fragment | undefined {
  const known = pieces.filter((piece) => piece !== undefined);
  if (known.length < pieces.length) return undefined;
  return known.length === 0 ? none : sql`(${joined(known, ` ${between} `)})`;
}

function compareTexts(
  table: LogTable,
  operator: Comparison,
  leftTerm: TextTerm,
  rightTerm: TextTerm,
): Fragment | undefined {
  const { alwaysUtf8, collation } = dialectOf(table.dialect);
  const left = textOf(table, leftTerm);
  const right = textOf(table, rightTerm);
  if (left === undefined || right === undefined) return undefined;
  if ("constant" in left && "constant" in right) {
    return answered({
      kind: "compare",
      operator,
      left: plainText(left.constant),
      right: plainText(right.constant),
    });
  }
  const isEquality = operator === "==" || operator === "!=";
  // Different bytes may be the same to JavaScript, and have another order.
  const isExact = alwaysUtf8 || (isEquality && ("constant" in left || "constant" in right));
  const one = pieceOf(table, left);
  const other = pieceOf(table, right);
  if (!isExact || one === undefined || other === undefined) return undefined;
  return sql`(${one}${collation} ${written(SPELT[operator])} ${other}${collation})`;
}

const SPELT: Readonly<Record<Comparison, string>> = {
  "==": "=",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

const TURNED: Readonly<Record<Comparison, Comparison>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

function pieceOf(table: LogTable, text: SqlText): Fragment | undefined {
  return "constant" in text ? textValue(table, text.constant) : text.piece;
}

/** A predicate that reads no field. */
function answered(predicate: Predicate): Fragment {
  const test = compilePredicate(predicate, () => -1);
  return test([]) ? TRUE : FALSE;
}

function compareNumbers(
  table: LogTable,
  operator: Comparison,
  left: SqlNumber | undefined,
  right: SqlNumber | undefined,
): Fragment | undefined {
  if (left === undefined || right === undefined) return undefined;
  if ("constant" in left) {
    if (!("constant" in right)) return compareNumbers(table, TURNED[operator], right, left);
    return answered({
      kind: "compare",
      operator,
      left: { kind: "number", value: left.constant },
      right: { kind: "number", value: right.constant },
    });
  }
  if (operator === "!=") {
    const equal = compareNumbers(table, "==", left, right);
    return equal && sql`(NOT ${equal})`;
  }
  if ("constant" in right) return compareWith(table, operator, left.piece, right.constant);
  const isExact = left.inExactReach && right.inExactReach;
  const asDouble = isExact ? (piece: Fragment) => piece : dialectOf(table.dialect).asDouble;
  if (asDouble === undefined) return undefined;
  return strict(sql`${asDouble(left.piece)} ${written(SPELT[operator])} ${asDouble(right.piece)}`);
}

/** Below 2^53 a whole number compares as its double does, however large the other is. */
function compareWith(
  table: LogTable,
  operator: Exclude<Comparison, "!=">,
  piece: Fragment,
  value: number,
): Fragment | undefined {
  if (Number.isNaN(value)) return FALSE;
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined;
  const compared = (sign: Comparison, with_: Fragment): Fragment =>
    strict(sql`${piece} ${written(SPELT[sign])} ${with_}`);
  if (Number.isInteger(value)) return compared(operator, bound(value, "integer"));
  if (dialectOf(table.dialect).hasFractions) return compared(operator, bound(value, "real"));
  const below = bound(Math.floor(value), "integer");
  switch (operator) {
    case "==":
      return FALSE;
    case "<":
    case "<=":
      return compared("<=", below);
    case ">":
    case ">=":
      return compared(">", below);
  }
}

/** NULL is false. */
function strict(test: Fragment): Fragment {
  return sql`coalesce(${test}, ${FALSE})`;
}

function inTexts(
  table: LogTable,
  term: SqlText | undefined,
  values: readonly string[],
): Fragment | undefined {
  if (term === undefined) return undefined;
  if ("constant" in term) return values.includes(term.constant) ? TRUE : FALSE;
  const known = values
    .map((value) => textValue(table, value))
    .filter((value) => value !== undefined);
  if (known.length < values.length) return undefined;
  if (known.length === 0) return FALSE;
  return sql`(${term.piece}${dialectOf(table.dialect).collation} IN (${joined(known, ", ")}))`;
}

type Search = Extract<Predicate, { readonly kind: "contains" | "starts-with" | "ends-with" }>;

function searched(table: LogTable, predicate: Search): Fragment | undefined {
  const term = textOf(table, predicate.term);
  if (term === undefined) return undefined;
  if ("constant" in term) return answered({ ...predicate, term: plainText(term.constant) });
  if (predicate.value === "") return TRUE;
  const value = textValue(table, predicate.value);
  if (value === undefined) return undefined;
  const { contains, startsWith, endsWith } = dialectOf(table.dialect);
  switch (predicate.kind) {
    case "contains":
      return contains(term.piece, value);
    case "starts-with":
      return startsWith(term.piece, value);
    case "ends-with":
      return endsWith(term.piece, value);
  }
}

function hasWord(
  table: LogTable,
  predicate: Extract<Predicate, { readonly kind: "has-word" }>,
): Fragment | undefined {
  const term = textOf(table, predicate.term);
  const { matches } = dialectOf(table.dialect);
  if (term === undefined) return undefined;
  if ("constant" in term) return answered({ ...predicate, term: plainText(term.constant) });
  const pattern = wordsPattern(predicate.words);
  if (pattern === undefined) return FALSE;
  return matches?.(term.piece, boundText(pattern));
}

function listed(
  { table, inputs }: Asked,
  { input, term }: Extract<Predicate, { readonly kind: "listed" }>,
): Fragment | undefined {
  const list = input === "roster" ? inputs.roster : inputs.allowList;
  if (list === undefined) return FALSE;
  const text = textOf(table, term);
  if (input === "roster") return inTexts(table, text, list);
  // No host is "", and `*.example.com` stands for whatever ends in `.example.com`.
  const endings = list.filter((host) => host.startsWith("*.")).map((host) => host.slice(1));
  return all(
    [
      inTexts(
        table,
        text,
        list.filter((host) => host !== ""),
      ),
      ...endings.map((value) => searched(table, { kind: "ends-with", term, value })),
    ],
    "OR",
    FALSE,
  );
}

function inIncident(asked: Asked): Fragment | undefined {
  const { incidents = [] } = asked.inputs;
  const time: Term = { kind: "instant-field", name: "timestamp" };
  const agent: TextTerm = { kind: "text-field", name: "agent_id" };
  const within = incidents.map(({ from, to, agents }): Predicate => {
    const bounds: Predicate[] = [
      { kind: "compare", operator: ">=", left: time, right: { kind: "instant", value: from } },
    ];
    if (to !== undefined && to !== Number.POSITIVE_INFINITY) {
      const right: Term = { kind: "instant", value: to };
      bounds.push({ kind: "compare", operator: "<=", left: time, right });
    }
    if (agents !== undefined) bounds.push({ kind: "in-texts", term: agent, values: agents });
    return { kind: "and", of: bounds };
  });
  return compile(asked, { kind: "or", of: within });
}

function isText(term: Term): term is TextTerm {
  switch (term.kind) {
    case "text":
    case "text-field":
    case "lower-ascii":
    case "trim":
    case "host":
    case "json-text":
      return true;
    case "number":
    case "number-field":
    case "size":
    case "instant":
    case "instant-field":
      return false;
  }
}
