// Cells of a table before a format writes them, and the tables they stand in.

import { fieldText } from "../../model/audit-entry.ts";
import type { Result } from "../../model/result.ts";

/** One cell. */
export type Cell =
  /** Nothing is there: not recorded, or to be filled in by hand. */
  | { readonly kind: "empty" }
  /** Text from a log, a file name or anybody else: hostile. */
  | { readonly kind: "log"; readonly text: string }
  /** A sentence or word of ours or of a framework; it may quote a log, so it is no safer. */
  | { readonly kind: "text"; readonly text: string }
  /** An amount. `identifier`: a number by which something is called, never set apart in thousands. */
  | { readonly kind: "number"; readonly value: number; readonly identifier?: true }
  /** `part / whole`, exact; the whole is not 0. */
  | { readonly kind: "share"; readonly part: number; readonly whole: number }
  /** ISO 8601 text. Times of a log stand as the log has them. */
  | { readonly kind: "time"; readonly text: string }
  /** A result in its own word. */
  | { readonly kind: "result"; readonly result: Result; readonly word: string };

/** A column. Its width is in characters. */
export interface SheetColumn {
  readonly title: string;
  readonly width: number;
  /** To be filled in by hand: its cells are empty. */
  readonly blank?: true;
}

/** A table with a heading over each column, as a spreadsheet holds it. */
export interface Sheet {
  readonly id: "findings" | "exceptions" | "population" | "sample";
  /** Its name in the report's language, at most 31 characters. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  /** Each has one cell a column. */
  readonly rows: readonly (readonly Cell[])[];
}

/** The cell that holds nothing. */
export const EMPTY: Cell = { kind: "empty" };

/** A text of our own; empty text is an empty cell. */
export function text(of: string | undefined): Cell {
  return of === undefined || of === "" ? EMPTY : { kind: "text", text: of };
}

/** A text from outside; what is no text is an empty cell. */
export function log(of: unknown): Cell {
  const recorded = fieldText(of);
  return recorded === "" ? EMPTY : { kind: "log", text: recorded };
}

/** A number; an empty cell where there is none. */
export function number(value: number | undefined): Cell {
  return value === undefined ? EMPTY : { kind: "number", value };
}

/** A share; an empty cell where it is one of nothing. */
export function share(part: number, whole: number): Cell {
  return whole === 0 ? EMPTY : { kind: "share", part, whole };
}

/** A time; an empty cell where there is none. */
export function time(of: unknown): Cell {
  const recorded = fieldText(of);
  return recorded === "" ? EMPTY : { kind: "time", text: recorded };
}

/** Numbers with more digits than this lose some in a spreadsheet. */
const DIGITS_KEPT = 15;

/** The id of an entry: a number where a spreadsheet keeps every digit of it, text otherwise. */
export function identifier(id: unknown): Cell {
  const exact =
    typeof id === "number" && Number.isSafeInteger(id) && String(id).length <= DIGITS_KEPT;
  return exact ? { kind: "number", value: id, identifier: true } : log(id);
}
