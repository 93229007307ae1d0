// Reads the rows of a delimited text (RFC 4180) whose columns are an entry's own fields, cell by
// cell, without making an object of them.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { OwnColumns } from "./own-columns.ts";
import { ScannedRow, VALUE } from "./scanned-row.ts";
import type { Uses } from "./scanned-row.ts";

/** What became of a row. */
export const ROW = {
  /** It was read. */
  read: 0,
  /** It is well-formed, but a value needs a closer look. */
  odd: 1,
  /** It ends beyond the bytes that are there. */
  incomplete: 2,
  /** It is not well-formed, or may not be. */
  broken: 3,
} as const;

const TEXT = 0;
const NUMBER_OR_TEXT = 1;
const DEPTH = 2;
/** No field at all. */
const OTHER = 3;

interface Column {
  readonly slot: number;
  readonly kind: number;
  readonly wanted: boolean;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const ZERO = 0x30;
const NINE = 0x39;
const SAFE_DIGITS = 15;

/** Reads rows of one table, one after the other. */
export class CsvRowScanner {
  /** The entry that was read last. */
  readonly row: ScannedRow;
  /** Where the row that was read ends, without its line end. */
  end = 0;
  /** Where the next one begins. */
  next = 0;
  /** Line feeds inside of it and at its end. */
  lines = 0;
  readonly #columns: readonly Column[];
  readonly #delimiter: number;
  /** 1 for what a plain cell may not hold. */
  readonly #special: Uint8Array;

  /**
   * @param names the columns; those that are no fields are passed over
   */
  constructor(
    names: readonly string[],
    { fieldOf, numericId }: OwnColumns,
    uses: Uses,
    delimiter: number,
  ) {
    this.row = new ScannedRow(uses);
    this.#columns = names.map((name) => {
      const field = fieldOf.get(name);
      if (field === undefined) return { slot: 0, kind: OTHER, wanted: false };
      return {
        slot: ENTRY_FIELD_NAMES.indexOf(field),
        kind: kindOf(field, numericId),
        wanted: uses.wanted.has(field),
      };
    });
    this.row.present = this.#columns.reduce(
      (mask, { slot, kind }) => (kind === OTHER ? mask : mask | (1 << slot)),
      0,
    );
    this.#delimiter = delimiter;
    this.#special = Uint8Array.from({ length: 256 }, (_, byte) =>
      byte === delimiter || byte === QUOTE || byte === LINE_FEED || byte === CARRIAGE_RETURN
        ? 1
        : 0,
    );
  }

  /**
   * Reads the row at a position.
   *
   * @param until where the bytes end
   * @param isAscii whether all of them are ASCII; otherwise they are UTF-8
   * @returns one of {@link ROW}
   */
  scan(bytes: Buffer, start: number, until: number, isAscii: boolean): number {
    const columns = this.#columns;
    const special = this.#special;
    const delimiter = this.#delimiter;
    const { row } = this;
    if (row.bytes !== bytes) row.look(bytes);
    row.isAscii = isAscii;
    row.recorded = 0;
    let outcome: number = ROW.read;
    let lines = 0;
    let at = start;
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index] as Column;
      let from = at;
      let to: number;
      let doubled = false;
      if (bytes[at] === QUOTE && at < until) {
        from = at + 1;
        at = from;
        for (;;) {
          while (at < until && bytes[at] !== QUOTE) {
            if (bytes[at] === LINE_FEED) lines += 1;
            at += 1;
          }
          if (at + 1 >= until) return ROW.incomplete;
          if (bytes[at + 1] !== QUOTE) break;
          doubled = true;
          at += 2;
        }
        to = at;
        at += 1;
      } else {
        while (at < until && special[bytes[at] as number] === 0) at += 1;
        if (at >= until) return ROW.incomplete;
        to = at;
      }
      if (!this.#take(column, bytes, from, to, doubled)) outcome = ROW.odd;
      if (index < columns.length - 1) {
        if (bytes[at] !== delimiter) return ROW.broken;
        at += 1;
      }
    }
    this.end = at;
    if (bytes[at] === CARRIAGE_RETURN) at += 1;
    if (at >= until) return ROW.incomplete;
    if (bytes[at] !== LINE_FEED) return ROW.broken;
    this.next = at + 1;
    this.lines = lines + 1;
    return outcome;
  }

  /** @returns whether the cell is what its column usually holds */
  #take(
    { slot, kind, wanted }: Column,
    bytes: Buffer,
    start: number,
    end: number,
    doubled: boolean,
  ): boolean {
    const { row } = this;
    if (kind === OTHER) return true;
    if (kind === TEXT) {
      if (doubled && wanted) {
        row.takeMade(slot, bytes.toString("utf8", start, end).replaceAll('""', '"'));
      } else if (wanted) row.takeText(slot, start, end);
      else if (end > start) row.takeSomething(slot);
      else row.codes[slot] = VALUE.empty;
      return true;
    }
    if (end === start && kind === DEPTH) {
      row.codes[slot] = VALUE.null;
      return true;
    }
    const digits = end - start;
    if (digits === 0 || digits > SAFE_DIGITS) return false;
    if (digits > 1 && bytes[start] === ZERO) return false;
    let number = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte < ZERO || byte > NINE) return false;
      number = number * 10 + (byte - ZERO);
    }
    row.takeNumber(slot, number);
    return true;
  }
}

function kindOf(field: EntryField, numericId: boolean): number {
  if (ENTRY_FIELDS[field] !== "integer") return TEXT;
  if (field === "id") return numericId ? NUMBER_OR_TEXT : TEXT;
  return DEPTH;
}
