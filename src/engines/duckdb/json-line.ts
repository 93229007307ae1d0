// Reads a line of JSON whose keys are an entry's own fields without making an object of it.
// What it takes, the strict decoder takes too and understands alike; every line that has
// anything unusual is left to that decoder.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { KnownTexts } from "./known-texts.ts";
import type { OwnColumns } from "./own-columns.ts";
import { SOMETHING } from "./scanned-row.ts";
import type { ScannedRow } from "./scanned-row.ts";

const TEXT = 0;
const ID = 1;
const DEPTH = 2;
const JSON_VALUE = 3;

interface Key {
  /** As it stands in a line, with its quotes and the colon. */
  readonly bytes: Uint8Array;
  readonly name: Uint8Array;
  readonly bit: number;
  readonly slot: number;
  readonly kind: number;
  readonly wanted: boolean;
  readonly texts: KnownTexts;
}

/** Whole numbers of so many digits are held exactly. */
const SAFE_DIGITS = 15;
/** What is nested deeper, or has more keys, is left to the strict decoder. */
const DEEPEST = 24;
const MOST_KEYS = 48;

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const TAB = 0x09;

/** 1 for what ends the plain part of a string: a quote, a backslash, a control character. */
const SPECIAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < SPACE || byte === QUOTE || byte === BACKSLASH ? 1 : 0,
);

/** Reads lines of one format, one after the other. */
export class JsonLineScanner implements ScannedRow {
  readonly values: unknown[] = ENTRY_FIELD_NAMES.map(() => undefined);
  present = 0;
  readonly #keys: readonly Key[];
  readonly #all: number;
  /** Whether an id that is a text stays one. */
  readonly #textId: boolean;
  readonly #othersPass: boolean;
  /** Keys in the order of the line before. */
  readonly #order: number[] = [];
  #bytes: Buffer = Buffer.alloc(0);
  #isAscii = false;
  /** Where the last string ended that was passed; whether it holds a backslash. */
  #escaped = false;
  readonly #starts = new Int32Array(MOST_KEYS * DEEPEST);
  readonly #ends = new Int32Array(MOST_KEYS * DEEPEST);
  #named = 0;

  /** @param wanted fields whose values are read */
  constructor({ fieldOf, numericId, othersPass }: OwnColumns, wanted: ReadonlySet<EntryField>) {
    this.#textId = !numericId;
    this.#othersPass = othersPass;
    this.#keys = [...fieldOf].map(([name, field]) => {
      const slot = ENTRY_FIELD_NAMES.indexOf(field);
      return {
        bytes: Buffer.from(`${JSON.stringify(name)}:`),
        name: Buffer.from(name),
        bit: 1 << slot,
        slot,
        kind: kindOf(field),
        wanted: wanted.has(field),
        texts: new KnownTexts(),
      };
    });
    this.#all = this.#keys.reduce((mask, { bit }) => mask | bit, 0);
  }

  /**
   * Reads the line at a position.
   *
   * @param bytes in which a line feed ends the line
   * @param isAscii whether all of the line is ASCII; otherwise it is UTF-8
   * @returns where its line feed stands, or -1 when it is left to the strict decoder; what was
   *   found is then in the members
   */
  scan(bytes: Buffer, start: number, isAscii: boolean): number {
    this.#bytes = bytes;
    this.#isAscii = isAscii;
    this.#named = 0;
    let seen = 0;
    if (bytes[start] !== OPEN) return -1;
    let at = this.#pass(start + 1);
    for (let index = 0; ; index += 1) {
      const key = this.#keyAt(at, index);
      if (key === undefined) {
        at = this.#other(at);
      } else {
        if ((seen & key.bit) !== 0) return -1;
        seen |= key.bit;
        at = this.#field(key, this.#pass(at + key.bytes.length));
      }
      if (at < 0) return -1;
      at = this.#pass(at);
      if (bytes[at] === CLOSE) break;
      if (bytes[at] !== COMMA) return -1;
      at = this.#pass(at + 1);
    }
    at = this.#pass(at + 1);
    if (bytes[at] !== LINE_FEED) return -1;
    if (seen !== this.#all) this.#forget(this.#all & ~seen);
    this.present = seen;
    return at;
  }

  /** Reads a field's value. @returns where it ends, or -1 */
  #field(key: Key, from: number): number {
    const bytes = this.#bytes;
    const byte = bytes[from];
    const { kind, slot, wanted } = key;
    if (byte === QUOTE) {
      if (kind === DEPTH || (kind === ID && !this.#textId)) return -1;
      const end = this.#string(from + 1);
      if (end < 0) return -1;
      if (wanted) {
        const text = this.#text(key, from + 1, end);
        if (text === undefined) return -1;
        this.values[slot] = text;
      } else {
        if (this.#escaped && parsed(bytes, from, end + 1) === undefined) return -1;
        this.values[slot] = end > from + 1 ? SOMETHING : "";
      }
      return end + 1;
    }
    if (byte === NULL[0]) {
      this.values[slot] = null;
      return this.#word(from, NULL);
    }
    if (kind === TEXT) return -1;
    if (kind === JSON_VALUE) {
      const end = this.#value(from, 1);
      const value = wanted && end >= 0 ? parsed(bytes, from, end) : SOMETHING;
      this.values[slot] = value;
      return value === undefined ? -1 : end;
    }
    const end = this.#whole(from);
    if (end >= 0) this.values[slot] = numberAt(bytes, from, end);
    return end;
  }

  /** Passes over a member that is no field. @returns where it ends, or -1 */
  #other(from: number): number {
    const bytes = this.#bytes;
    if (!this.#othersPass || bytes[from] !== QUOTE) return -1;
    const end = this.#string(from + 1);
    if (end < 0 || this.#escaped || !this.#isNew(0, from + 1, end)) return -1;
    for (const { name } of this.#keys) {
      if (name.length === end - from - 1 && this.#stands(name, from + 1)) return -1;
    }
    const colon = this.#pass(end + 1);
    return bytes[colon] === COLON ? this.#value(this.#pass(colon + 1), 1) : -1;
  }

  /** Fields that the line has not. */
  #forget(missing: number): void {
    for (let slot = 0; slot < this.values.length; slot += 1) {
      if ((missing & (1 << slot)) !== 0) this.values[slot] = undefined;
    }
  }

  /** The key at a position: the one that stood there in the line before, or any other. */
  #keyAt(at: number, index: number): Key | undefined {
    const order = this.#order;
    const expected = index < order.length ? this.#keys[order[index] as number] : undefined;
    if (expected !== undefined && this.#stands(expected.bytes, at)) return expected;
    for (const [number, key] of this.#keys.entries()) {
      if (!this.#stands(key.bytes, at)) continue;
      order[index] = number;
      return key;
    }
    return undefined;
  }

  #stands(expected: Uint8Array, at: number): boolean {
    const bytes = this.#bytes;
    for (let index = 0; index < expected.length; index += 1) {
      if (bytes[at + index] !== expected[index]) return false;
    }
    return true;
  }

  /** Passes over white space, but not over a line's end. */
  #pass(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (;;) {
      const byte = bytes[at] as number;
      if (byte > SPACE) return at;
      if (byte !== SPACE && byte !== TAB && byte !== CARRIAGE_RETURN) return at;
      at += 1;
    }
  }

  /** Where the quote stands that ends a string, or -1 when there is none. */
  #string(from: number): number {
    const bytes = this.#bytes;
    this.#escaped = false;
    let at = from;
    for (;;) {
      while (SPECIAL[bytes[at] as number] === 0) at += 1;
      const byte = bytes[at];
      if (byte === QUOTE) return at;
      if (byte !== BACKSLASH) return -1;
      this.#escaped = true;
      // What is escaped is looked at later; only a quote or a line's end matters here.
      if (bytes[at + 1] === LINE_FEED) return -1;
      at += 2;
    }
  }

  #text(key: Key, start: number, end: number): string | undefined {
    if (this.#escaped) {
      const text = parsed(this.#bytes, start - 1, end + 1);
      return typeof text === "string" ? text : undefined;
    }
    return key.texts.text(this.#bytes, start, end, this.#isAscii);
  }

  /** Where a whole number ends, or -1 when it is another one or too long. */
  #whole(from: number): number {
    const bytes = this.#bytes;
    let at = bytes[from] === MINUS ? from + 1 : from;
    const first = at;
    while ((bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at += 1;
    const digits = at - first;
    if (digits === 0 || digits > SAFE_DIGITS) return -1;
    // Of zeros only the plain one: with a sign it is another number.
    if (bytes[first] === ZERO && (digits > 1 || first > from)) return -1;
    return at;
  }

  /** Where a JSON value ends, or -1 when it is left to the strict decoder. */
  #value(from: number, depth: number): number {
    const bytes = this.#bytes;
    const byte = bytes[from] as number;
    switch (byte) {
      case QUOTE: {
        const end = this.#string(from + 1);
        if (end < 0) return -1;
        if (this.#escaped && parsed(bytes, from, end + 1) === undefined) return -1;
        return end + 1;
      }
      case OPEN:
        return depth > DEEPEST ? -1 : this.#object(from + 1, depth);
      case OPEN_LIST:
        return depth > DEEPEST ? -1 : this.#list(from + 1, depth);
      case 0x6e:
        return this.#word(from, NULL);
      case 0x74:
        return this.#word(from, TRUE);
      case 0x66:
        return this.#word(from, FALSE);
      default: {
        const end = this.#whole(from);
        if (end < 0 || bytes[end] !== POINT) return end < 0 ? -1 : this.#noExponent(end);
        let at = end + 1;
        while ((bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at += 1;
        return at === end + 1 ? -1 : this.#noExponent(at);
      }
    }
  }

  #noExponent(at: number): number {
    const byte = this.#bytes[at];
    return byte === 0x65 || byte === 0x45 ? -1 : at;
  }

  #word(from: number, word: Uint8Array): number {
    return this.#stands(word, from) ? from + word.length : -1;
  }

  #list(from: number, depth: number): number {
    const bytes = this.#bytes;
    let at = this.#pass(from);
    if (bytes[at] === CLOSE_LIST) return at + 1;
    for (;;) {
      at = this.#value(at, depth + 1);
      if (at < 0) return -1;
      at = this.#pass(at);
      if (bytes[at] === CLOSE_LIST) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.#pass(at + 1);
    }
  }

  #object(from: number, depth: number): number {
    const bytes = this.#bytes;
    const outer = this.#named;
    let at = this.#pass(from);
    if (bytes[at] === CLOSE) return at + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return -1;
      const end = this.#string(at + 1);
      // A key can be written in many ways; only those of one way can be compared.
      if (end < 0 || this.#escaped || !this.#isNew(outer, at + 1, end)) return -1;
      at = this.#pass(end + 1);
      if (bytes[at] !== COLON) return -1;
      at = this.#value(this.#pass(at + 1), depth + 1);
      if (at < 0) return -1;
      at = this.#pass(at);
      if (bytes[at] === CLOSE) {
        this.#named = outer;
        return at + 1;
      }
      if (bytes[at] !== COMMA) return -1;
      at = this.#pass(at + 1);
    }
  }

  /** Keeps a key; false when its object has it already, or there are too many. */
  #isNew(outer: number, start: number, end: number): boolean {
    const bytes = this.#bytes;
    const starts = this.#starts;
    const named = this.#named;
    if (named - outer >= MOST_KEYS || named >= starts.length) return false;
    for (let index = outer; index < named; index += 1) {
      const other = starts[index] as number;
      if ((this.#ends[index] as number) - other !== end - start) continue;
      let same = 0;
      while (start + same < end && bytes[other + same] === bytes[start + same]) same += 1;
      if (start + same === end) return false;
    }
    starts[named] = start;
    this.#ends[named] = end;
    this.#named = named + 1;
    return true;
  }
}

const NULL = Buffer.from("null");
const TRUE = Buffer.from("true");
const FALSE = Buffer.from("false");

function kindOf(field: EntryField): number {
  if (field === "id") return ID;
  switch (ENTRY_FIELDS[field]) {
    case "integer":
      return DEPTH;
    case "json":
      return JSON_VALUE;
    case "text":
    case "instant":
      return TEXT;
  }
}

function numberAt(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  let number = 0;
  for (let at = negative ? start + 1 : start; at < end; at += 1) {
    number = number * 10 + ((bytes[at] as number) - ZERO);
  }
  return negative ? -number : number;
}

/** What a stretch of JSON text says; undefined when it is none. */
function parsed(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString("utf8", start, end)) as unknown;
  } catch {
    return undefined;
  }
}
