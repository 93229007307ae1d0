// A record that was read without making an object of it, nor values: where they stand, and what
// number stands for those that come again. What is asked for is made then.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { KnownTexts } from "./known-texts.ts";

/** What a field of the record is, where no number stands for its value. */
export const VALUE = {
  /** Not there. */
  absent: 0,
  null: 1,
  /** The empty text. */
  empty: 2,
  /** It is recorded, and nobody asks for more. */
  something: 3,
  /** From here on: the number of a text that comes again and again, or a small number itself. */
  known: 4,
  /** A text that stands between two places of the bytes. */
  text: -1,
  /** It is there already. */
  made: -2,
} as const;

/** Larger numbers have no code. */
const LARGEST_CODED = 1 << 20;

/** Stands for a value that is recorded and not wanted. */
export const SOMETHING = "…";

/** What a question does with a field's value. */
export interface Uses {
  /** Values are read; of others it is only told whether they are recorded. */
  readonly wanted: ReadonlySet<EntryField>;
  /** Values are looked at in each entry, so that a number for those that come again is of use. */
  readonly looked: ReadonlySet<EntryField>;
}

/** What was found of a record: by field, in the fields' order, what it is or where it stands. */
export interface Scanned {
  /** One of {@link VALUE}, or more than its `known`. The same code is the same value. */
  readonly codes: Int32Array;
  /** Where texts stand in the bytes. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Values that are there already. */
  readonly made: unknown[];
  readonly bytes: Buffer;
  /** Whether all of the record is ASCII; otherwise it is UTF-8. */
  readonly isAscii: boolean;
}

/** The entry that a record is, valid until the next one is scanned. */
export class ScannedRow implements Scanned {
  /** Fields that are there, as a bit mask. */
  present = 0;
  /** Those that are recorded. */
  recorded = 0;
  readonly codes = new Int32Array(ENTRY_FIELD_NAMES.length);
  readonly starts = new Int32Array(ENTRY_FIELD_NAMES.length);
  readonly ends = new Int32Array(ENTRY_FIELD_NAMES.length);
  readonly made: unknown[] = ENTRY_FIELD_NAMES.map(() => undefined);
  bytes: Buffer = Buffer.alloc(0);
  /** The same bytes. */
  view: DataView = new DataView(new ArrayBuffer(0));
  isAscii = false;
  /** Fields whose texts get a number, as a bit mask. */
  readonly #coded: number;
  readonly #texts: readonly KnownTexts[] = ENTRY_FIELD_NAMES.map(() => new KnownTexts());

  constructor({ wanted, looked }: Uses) {
    this.#coded = ENTRY_FIELD_NAMES.reduce(
      (mask, field, slot) => (looked.has(field) && wanted.has(field) ? mask | (1 << slot) : mask),
      0,
    );
  }

  /** Says in which bytes records stand from now on. */
  look(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /**
   * A field's value, typed as an intake gives it, or {@link SOMETHING} where it is not wanted.
   *
   * @param of what was found of this record, or of one that was scanned before, as long as its
   *   bytes lie where they lay
   */
  valueOf(slot: number, of: Scanned = this): unknown {
    const code = of.codes[slot] as number;
    switch (code) {
      case VALUE.absent:
        return undefined;
      case VALUE.null:
        return null;
      case VALUE.empty:
        return "";
      case VALUE.something:
        return SOMETHING;
      case VALUE.made:
        return of.made[slot];
      case VALUE.text:
        return this.#text(slot, of);
      default:
        return KnownTexts.isText(code)
          ? (this.#texts[slot] as KnownTexts).text(code)
          : code - VALUE.known;
    }
  }

  /** Takes a text that stands in the bytes as it is. */
  takeText(slot: number, start: number, end: number): void {
    if (start === end) {
      this.codes[slot] = VALUE.empty;
      return;
    }
    this.recorded |= 1 << slot;
    if ((this.#coded & (1 << slot)) !== 0) {
      const code = (this.#texts[slot] as KnownTexts).codeOf(this.view, start, end);
      if (code !== 0) {
        this.codes[slot] = code;
        return;
      }
    }
    this.codes[slot] = VALUE.text;
    this.starts[slot] = start;
    this.ends[slot] = end;
  }

  /** Takes a value that is not wanted, or had to be made. */
  takeMade(slot: number, value: unknown): void {
    if (value === "") {
      this.codes[slot] = VALUE.empty;
      return;
    }
    this.recorded |= 1 << slot;
    this.codes[slot] = VALUE.made;
    this.made[slot] = value;
  }

  takeNumber(slot: number, value: number): void {
    this.recorded |= 1 << slot;
    if (value >= 0 && value < LARGEST_CODED) {
      this.codes[slot] = VALUE.known + value;
      return;
    }
    this.codes[slot] = VALUE.made;
    this.made[slot] = value;
  }

  /** Takes a value of which only this is asked. */
  takeSomething(slot: number): void {
    this.recorded |= 1 << slot;
    this.codes[slot] = VALUE.something;
  }

  /** Forgets fields that are not there. */
  forget(missing: number): void {
    for (let slot = 0; slot < this.codes.length; slot += 1) {
      if ((missing & (1 << slot)) !== 0) this.codes[slot] = VALUE.absent;
    }
  }

  #text(slot: number, of: Scanned): string {
    const start = of.starts[slot] as number;
    const end = of.ends[slot] as number;
    if (of === this && (EACH & (1 << slot)) === 0) {
      const texts = this.#texts[slot] as KnownTexts;
      const code = texts.codeOf(this.view, start, end);
      if (code !== 0) return texts.text(code);
    }
    return of.bytes.toString(of.isAscii ? "latin1" : "utf8", start, end);
  }
}

/** Fields of which each entry has its own value. */
const EACH = (1 << ENTRY_FIELD_NAMES.indexOf("id")) | (1 << ENTRY_FIELD_NAMES.indexOf("timestamp"));
