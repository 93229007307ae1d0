// Terms in SQL, or undefined where a dialect cannot say exactly what the closures of
// src/expression/compile.ts answer.

import { compileNumber, compileText } from "../../expression/compile.ts";
import { ENTRY_FIELDS } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { Term, TextTerm } from "../../model/expression.ts";
import { columnOf } from "./columns.ts";
import { dialectOf } from "./dialect.ts";
import { boundText, sql } from "./fragment.ts";
import type { Fragment } from "./fragment.ts";
import { instantInReach, instantOfText } from "./instant.ts";
import type { LogTable } from "./log-table.ts";

/** A text: known already, or a piece of SQL. */
export type SqlText = { readonly constant: string } | { readonly piece: Fragment };

/** A number: known already, or a piece of SQL that is NULL for nothing. */
export type SqlNumber =
  | { readonly constant: number }
  /** `inExactReach`: never beyond 2^53, and whole. */
  | { readonly piece: Fragment; readonly inExactReach: boolean };

const HALF_A_PAIR = /\p{Surrogate}/u;
const NO_ROW: readonly unknown[] = [];

/** A value that the database takes, and sees as JavaScript does. */
export function textValue(table: LogTable, value: string): Fragment | undefined {
  const { takesNul, alwaysUtf8 } = dialectOf(table.dialect);
  if (HALF_A_PAIR.test(value)) return undefined;
  if (!takesNul && value.includes("\0")) return undefined;
  // What JavaScript sees as U+FFFD may be any bytes there.
  if (!alwaysUtf8 && value.includes("\ufffd")) return undefined;
  return boundText(value);
}

/** A text term. */
export function textOf(table: LogTable, term: TextTerm): SqlText | undefined {
  const dialect = dialectOf(table.dialect);
  switch (term.kind) {
    case "text":
      return { constant: term.value };
    case "text-field":
      return fieldText(table, term.name);
    case "json-text":
      // In SQLite the field may hold bytes, whose JSON only JavaScript knows.
      return fieldType(term.name) === "json" && dialect.name !== "sqlite"
        ? fieldText(table, term.name)
        : undefined;
    case "lower-ascii":
    case "trim": {
      const of = textOf(table, term.of);
      if (of === undefined) return undefined;
      if ("constant" in of) {
        const constant = compileText({ ...term, of: plainText(of.constant) }, neverAsked);
        return { constant: constant(NO_ROW) };
      }
      const change = term.kind === "trim" ? dialect.trimAscii : dialect.lowerAscii;
      return { piece: change(of.piece) };
    }
    case "host":
      return undefined;
  }
}

/** A number term or an instant; a text is no number. */
export function numberOf(table: LogTable, term: Term): SqlNumber | undefined {
  switch (term.kind) {
    case "number":
    case "instant":
      return { constant: term.value };
    case "number-field":
      return fieldNumber(table, term.name);
    case "instant-field":
      return fieldInstant(table, term.name);
    case "size": {
      const { size } = dialectOf(table.dialect);
      const of = textOf(table, term.of);
      if (of === undefined) return undefined;
      if ("constant" in of) {
        const constant = compileNumber({ ...term, of: plainText(of.constant) }, neverAsked);
        return { constant: constant(NO_ROW) };
      }
      return size === undefined ? undefined : { piece: size(of.piece), inExactReach: true };
    }
    case "text":
    case "text-field":
    case "lower-ascii":
    case "trim":
    case "host":
    case "json-text":
      return { constant: Number.NaN };
  }
}

function fieldText(table: LogTable, name: string): SqlText | undefined {
  if (!isField(name)) return undefined;
  const column = columnOf(table, name);
  if (column === undefined) return { constant: "" };
  const piece = dialectOf(table.dialect).text(column.name, column.kind);
  return piece === undefined ? undefined : { piece };
}

function fieldNumber(table: LogTable, name: string): SqlNumber | undefined {
  if (!isField(name)) return undefined;
  const column = columnOf(table, name);
  if (column === undefined) return { constant: Number.NaN };
  // SQLite hands values over as they are; elsewhere only numbers in fields of numbers are numbers.
  if (table.dialect !== "sqlite") {
    if (ENTRY_FIELDS[name] !== "integer" || column.kind !== "integer") {
      return { constant: Number.NaN };
    }
  }
  const piece = dialectOf(table.dialect).number(column.name, column.kind);
  return { piece, inExactReach: false };
}

function fieldInstant(table: LogTable, name: string): SqlNumber | undefined {
  if (!isField(name)) return undefined;
  const column = columnOf(table, name);
  if (column === undefined) return { constant: Number.NaN };
  const dialect = dialectOf(table.dialect);
  if (table.dialect === "sqlite") {
    const text = sql`CASE WHEN typeof(${column.name}) = 'text' THEN ${column.name} ELSE '' END`;
    return { piece: instantOfText(dialect, text), inExactReach: true };
  }
  switch (column.kind) {
    case "integer":
      return { constant: Number.NaN };
    case "timestamp":
      return { piece: instantInReach(dialect.micros(column.name)), inExactReach: true };
    case "text":
    case "json":
    case "other": {
      const text = dialect.text(column.name, column.kind);
      return text === undefined
        ? undefined
        : { piece: instantOfText(dialect, text), inExactReach: true };
    }
  }
}

function fieldType(name: string): string | undefined {
  return isField(name) ? ENTRY_FIELDS[name] : undefined;
}

/** Whether a name is that of an entry's field. */
export function isField(name: string): name is EntryField {
  return Object.hasOwn(ENTRY_FIELDS, name);
}

/** A term that is known. */
export function plainText(value: string): TextTerm {
  return { kind: "text", value };
}

function neverAsked(name: string): number {
  throw new Error(`a constant asked for ${name}`);
}
