// Checked trees to JavaScript closures over rows of raw values. No source text is generated
// and nothing is evaluated by name: a field is a position in the row.

import { ENTRY_FIELDS, fieldText, isRecorded } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { Inputs } from "../model/inputs.ts";
import type { Comparison, Predicate, Term, TextTerm } from "../model/expression.ts";
import { parseInstant } from "../model/instant.ts";
import { FORM_BITS, formsIn } from "../redaction/detect.ts";
import { hostIn, isListedHost } from "./host.ts";
import { remembering } from "./remember.ts";
import { compareText, lowerAscii, trimAscii } from "./text.ts";
import { wordTest } from "./words.ts";

/** One entry's raw values, by position. */
export type Row = readonly unknown[];

/** Where a named value stands in a row. */
export type SlotOf = (name: string) => number;

export type RowTest = (row: Row) => boolean;
export type RowText = (row: Row) => string;
export type RowNumber = (row: Row) => number;

/**
 * Compiles a predicate. The closure never throws and never answers anything but true or false.
 *
 * @param inputs the lists beside the log that the predicate may ask
 */
export function compilePredicate(
  predicate: Predicate,
  slotOf: SlotOf,
  inputs: Inputs = {},
): RowTest {
  const field = onlyTextField(predicate);
  const test = compilePlain(predicate, slotOf, inputs);
  return field === undefined ? test : rememberingTest(test, slotOf(field));
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
    case "host":
      return rememberingText(compileText(term.of, slotOf), hostIn);
    case "json-text": {
      const slot = slotOf(term.name);
      return (row) => jsonTextOf(row[slot]);
    }
  }
}

const writtenValues = new WeakMap<object, string>();

/** What a JSON field holds, as text; "" when it is unrecorded, or cannot be written as JSON. */
function jsonTextOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return asJson(value);
  const known = writtenValues.get(value);
  if (known !== undefined) return known;
  const text = asJson(value);
  writtenValues.set(value, text);
  return text;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

function rememberingText(of: RowText, change: (text: string) => string): RowText {
  const changed = remembering(change);
  return (row) => changed(of(row));
}

/** A test of one text field answers from memory when it has seen the value before. */
function rememberingTest(test: RowTest, slot: number): RowTest {
  let current: Row = [];
  const answer = remembering<unknown, boolean>(() => test(current));
  return (row) => {
    current = row;
    return answer(row[slot]);
  };
}

function compilePlain(predicate: Predicate, slotOf: SlotOf, inputs: Inputs): RowTest {
  switch (predicate.kind) {
    case "boolean": {
      const { value } = predicate;
      return () => value;
    }
    case "and":
      return every(predicate.of.map((part) => compilePredicate(part, slotOf, inputs)));
    case "or":
      return some(predicate.of.map((part) => compilePredicate(part, slotOf, inputs)));
    case "not": {
      const of = compilePredicate(predicate.of, slotOf, inputs);
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
    case "has-word": {
      const hasWord = wordTest(predicate.words);
      const term = compileText(predicate.term, slotOf);
      return (row) => hasWord(term(row));
    }
    case "detects": {
      const bit = FORM_BITS[predicate.detector];
      const term = compileText(predicate.term, slotOf);
      return (row) => (formsLately(term(row)) & bit) !== 0;
    }
    case "listed":
      return onList(compileText(predicate.term, slotOf), predicate.input, inputs);
    case "in-incident":
      return inIncident(slotOf, inputs);
  }
}

/** Texts that were looked at last, with their forms: several detectors ask about one in turn. */
const lately: { text: string; forms: number }[] = Array.from({ length: 8 }, () => ({
  text: "",
  forms: 0,
}));
let oldest = 0;

function formsLately(text: string): number {
  if (text === "") return 0;
  for (const known of lately) if (known.text === text) return known.forms;
  const forms = formsIn(text);
  const place = lately[oldest];
  if (place !== undefined) {
    place.text = text;
    place.forms = forms;
  }
  oldest = (oldest + 1) % lately.length;
  return forms;
}

function onList(term: RowText, input: "roster" | "allow-list", inputs: Inputs): RowTest {
  const list = input === "roster" ? inputs.roster : inputs.allowList;
  if (list === undefined) return () => false;
  const known = new Set(list);
  return input === "roster"
    ? (row) => known.has(term(row))
    : (row) => isListedHost(term(row), known);
}

function inIncident(slotOf: SlotOf, { incidents = [] }: Inputs): RowTest {
  const agentOf = compileText({ kind: "text-field", name: "agent_id" }, slotOf);
  const instantOf = compileNumber({ kind: "instant-field", name: "timestamp" }, slotOf);
  return (row) => {
    const instant = instantOf(row);
    return incidents.some(
      ({ from, to = Number.POSITIVE_INFINITY, agents }) =>
        instant >= from && instant <= to && (agents?.includes(agentOf(row)) ?? true),
    );
  };
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

/** Compiles a number or instant term; NaN stands for nothing. */
export function compileNumber(term: Term, slotOf: SlotOf): RowNumber {
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
    case "size": {
      const of = compileText(term.of, slotOf);
      return (row) => sizeOf(of(row));
    }
    case "text":
    case "text-field":
    case "lower-ascii":
    case "trim":
    case "host":
    case "json-text":
      return () => Number.NaN;
  }
}

/** Unicode code points; an unpaired surrogate counts as one. */
function sizeOf(text: string): number {
  let size = text.length;
  for (let index = 1; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0xdc00 || unit > 0xdfff) continue;
    const before = text.charCodeAt(index - 1);
    if (before >= 0xd800 && before <= 0xdbff) size -= 1;
  }
  return size;
}

function isTextTerm(term: Term): term is TextTerm {
  return (
    term.kind === "text" ||
    term.kind === "text-field" ||
    term.kind === "lower-ascii" ||
    term.kind === "trim" ||
    term.kind === "host" ||
    term.kind === "json-text"
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
    case "has-word":
      return collectTerm(predicate.term, names);
    case "present":
    case "in-numbers":
    case "detects":
    case "listed":
    case "in-incident":
      return false;
  }
}

function collectTerm(term: TextTerm, names: Set<string>): boolean {
  if (term.kind === "json-text") return false;
  if (term.kind === "text-field") names.add(term.name);
  else if (term.kind !== "text") return collectTerm(term.of, names);
  return true;
}
