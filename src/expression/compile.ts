// Checked trees to JavaScript closures over rows of raw values. No source text is generated
// and nothing is evaluated by name: a field is a position in the row.

import { ENTRY_FIELDS, fieldText, isRecorded } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { Comparison, Predicate, Term, TextTerm } from "../model/expression.ts";
import { parseInstant } from "../model/instant.ts";
import { compareText, lowerAscii, trimAscii } from "./text.ts";

/** One entry's raw values, by position. */
export type Row = readonly unknown[];

/** Where a named value stands in a row. */
export type SlotOf = (name: string) => number;

export type RowTest = (row: Row) => boolean;
export type RowText = (row: Row) => string;

/** How many values of one field a test remembers its answer for. */
const REMEMBERED = 4096;
/** Longer texts are tested again each time, so that a log of long texts does not stay in memory. */
const LONGEST_REMEMBERED = 256;

/** Compiles a predicate. The closure never throws and never answers anything but true or false. */
export function compilePredicate(predicate: Predicate, slotOf: SlotOf): RowTest {
  const field = onlyTextField(predicate);
  const test = compilePlain(predicate, slotOf);
  return field === undefined ? test : remembering(test, slotOf(field));
}

/** Compiles a text term; an unrecorded field is "". */
export function compileText(term: TextTerm, slotOf: SlotOf): RowText {
  switch (term.kind) {
    case "text":
      return () => term.value;
    case "text-field": {
      const slot = slotOf(term.name);
      return (row) => {
        const value = row[slot];
        return typeof value === "string" ? value : fieldText(value);
      };
    }
    case "lower-ascii":
      return rememberingText(compileText(term.of, slotOf), lowerAscii);
    case "trim":
      return rememberingText(compileText(term.of, slotOf), trimAscii);
  }
}

function rememberingText(of: RowText, change: (text: string) => string): RowText {
  const changed = new Map<string, string>();
  return (row) => {
    const text = of(row);
    const known = changed.get(text);
    if (known !== undefined) return known;
    const result = change(text);
    if (text.length > LONGEST_REMEMBERED) return result;
    if (changed.size >= REMEMBERED) changed.clear();
    changed.set(text, result);
    return result;
  };
}

/**
 * Logs repeat themselves: most fields have few values. A test of one text field answers
 * from memory when it has seen the value before.
 */
function remembering(test: RowTest, slot: number): RowTest {
  const answers = new Map<unknown, boolean>();
  return (row) => {
    const value = row[slot];
    const known = answers.get(value);
    if (known !== undefined) return known;
    const answer = test(row);
    if (typeof value === "string" && value.length > LONGEST_REMEMBERED) return answer;
    if (answers.size >= REMEMBERED) answers.clear();
    answers.set(value, answer);
    return answer;
  };
}

function compilePlain(predicate: Predicate, slotOf: SlotOf): RowTest {
  switch (predicate.kind) {
    case "boolean": {
      const { value } = predicate;
      return () => value;
    }
    case "and":
      return every(predicate.of.map((part) => compilePredicate(part, slotOf)));
    case "or":
      return some(predicate.of.map((part) => compilePredicate(part, slotOf)));
    case "not": {
      const of = compilePredicate(predicate.of, slotOf);
      return (row) => !of(row);
    }
    case "present": {
      const slot = slotOf(predicate.name);
      const { name } = predicate;
      return isEntryField(name)
        ? (row) => isRecorded(name, row[slot])
        : (row) => row[slot] !== undefined && row[slot] !== null;
    }
    case "compare":
      return compileComparison(predicate.operator, predicate.left, predicate.right, slotOf);
    case "in-texts": {
      const term = compileText(predicate.term, slotOf);
      const values = new Set(predicate.values);
      return (row) => values.has(term(row));
    }
    case "in-numbers": {
      const term = compileNumber(predicate.term, slotOf);
      const values = new Set(predicate.values);
      return (row) => values.has(term(row));
    }
    case "contains": {
      const { value } = predicate;
      const term = compileText(predicate.term, slotOf);
      return (row) => term(row).includes(value);
    }
    case "starts-with": {
      const { value } = predicate;
      const term = compileText(predicate.term, slotOf);
      return (row) => term(row).startsWith(value);
    }
    case "ends-with": {
      const { value } = predicate;
      const term = compileText(predicate.term, slotOf);
      return (row) => term(row).endsWith(value);
    }
  }
}

function isEntryField(name: string): name is EntryField {
  return Object.hasOwn(ENTRY_FIELDS, name);
}

function every(tests: readonly RowTest[]): RowTest {
  const [first, second, ...rest] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (rest.length === 0) return (row) => first(row) && second(row);
  return (row) => tests.every((test) => test(row));
}

function some(tests: readonly RowTest[]): RowTest {
  const [first, second, ...rest] = tests;
  if (first === undefined) return () => false;
  if (second === undefined) return first;
  if (rest.length === 0) return (row) => first(row) || second(row);
  return (row) => tests.some((test) => test(row));
}

type RowNumber = (row: Row) => number;

function compileComparison(operator: Comparison, left: Term, right: Term, slotOf: SlotOf): RowTest {
  if (isTextTerm(left) && isTextTerm(right)) {
    return compareTexts(operator, compileText(left, slotOf), compileText(right, slotOf));
  }
  return compareNumbers(operator, compileNumber(left, slotOf), compileNumber(right, slotOf));
}

function compareTexts(operator: Comparison, left: RowText, right: RowText): RowTest {
  switch (operator) {
    case "==":
      return (row) => left(row) === right(row);
    case "!=":
      return (row) => left(row) !== right(row);
    case "<":
      return (row) => compareText(left(row), right(row)) < 0;
    case "<=":
      return (row) => compareText(left(row), right(row)) <= 0;
    case ">":
      return (row) => compareText(left(row), right(row)) > 0;
    case ">=":
      return (row) => compareText(left(row), right(row)) >= 0;
  }
}

/** NaN stands for "nothing": every comparison with it is false, and `!=` is true. */
function compareNumbers(operator: Comparison, left: RowNumber, right: RowNumber): RowTest {
  switch (operator) {
    case "==":
      return (row) => left(row) === right(row);
    case "!=":
      return (row) => left(row) !== right(row);
    case "<":
      return (row) => left(row) < right(row);
    case "<=":
      return (row) => left(row) <= right(row);
    case ">":
      return (row) => left(row) > right(row);
    case ">=":
      return (row) => left(row) >= right(row);
  }
}

function compileNumber(term: Term, slotOf: SlotOf): RowNumber {
  switch (term.kind) {
    case "number":
    case "instant": {
      const { value } = term;
      return () => value;
    }
    case "number-field": {
      const slot = slotOf(term.name);
      return (row) => {
        const value = row[slot];
        if (typeof value === "number") return value;
        return typeof value === "bigint" ? Number(value) : Number.NaN;
      };
    }
    case "instant-field": {
      const slot = slotOf(term.name);
      return (row) => {
        const value = row[slot];
        return typeof value === "string" ? parseInstant(value) : Number.NaN;
      };
    }
    case "text":
    case "text-field":
    case "lower-ascii":
    case "trim":
      return () => Number.NaN;
  }
}

function isTextTerm(term: Term): term is TextTerm {
  return (
    term.kind === "text" ||
    term.kind === "text-field" ||
    term.kind === "lower-ascii" ||
    term.kind === "trim"
  );
}

/** The field a predicate reads, if it reads exactly one and that as text. */
function onlyTextField(predicate: Predicate): string | undefined {
  const names = new Set<string>();
  return collectTextFields(predicate, names) && names.size === 1 ? [...names][0] : undefined;
}

/** Adds the names of text fields that are read; false when anything else is read too. */
function collectTextFields(predicate: Predicate, names: Set<string>): boolean {
  switch (predicate.kind) {
    case "boolean":
      return true;
    case "and":
    case "or":
      return predicate.of.every((part) => collectTextFields(part, names));
    case "not":
      return collectTextFields(predicate.of, names);
    case "compare":
      return (
        isTextTerm(predicate.left) &&
        isTextTerm(predicate.right) &&
        collectTerm(predicate.left, names) &&
        collectTerm(predicate.right, names)
      );
    case "in-texts":
    case "contains":
    case "starts-with":
    case "ends-with":
      return collectTerm(predicate.term, names);
    case "present":
    case "in-numbers":
      return false;
  }
}

function collectTerm(term: TextTerm, names: Set<string>): boolean {
  if (term.kind === "text-field") names.add(term.name);
  else if (term.kind !== "text") collectTerm(term.of, names);
  return true;
}
