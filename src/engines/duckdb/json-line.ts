// Reads a line of JSON whose keys are an entry's own fields without making an object of it.
// What it takes, the strict decoder takes too and understands alike; every line that has
// anything unusual is left to that decoder.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { OwnColumns } from "./own-columns.ts";
import { ScannedRow, VALUE } from "./scanned-row.ts";
import type { Uses } from "./scanned-row.ts";

const TEXT = 0;
const ID = 1;
const DEPTH = 2;
const JSON_VALUE = 3;

interface Key {
  /** As it stands in a line, with its quotes and the colon. */
  readonly length: number;
  /** The same by four bytes, but the last four. */
  readonly words: Int32Array;
  readonly lastWord: number;
  readonly name: Uint8Array;
  readonly bit: number;
  readonly slot: number;
  readonly kind: number;
  readonly wanted: boolean;
  /** The key behind it in a line before. */
  next: Key | undefined;
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

/** Bytes that are compared at once, and four of each byte. */
const WORD = 4;
const ONES = 0x01010101;
const SPACES = SPACE * ONES;
const QUOTES = QUOTE * ONES;
const BACKSLASHES = BACKSLASH * ONES;
const HIGHEST = 0x80808080 | 0;

/** Reads lines of one format, one after the other. */
export class JsonLineScanner {
  /** The entry that was read last. */
  readonly row: ScannedRow;
  readonly #keys: readonly Key[];
  readonly #all: number;
  /** Whether an id that is a text stays one. */
  readonly #textId: boolean;
  readonly #othersPass: boolean;
  /** The key that stood first in a line before. */
  #first: Key | undefined;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** Whether the string that was passed last holds a backslash. */
  #escaped = false;
  readonly #starts = new Int32Array(MOST_KEYS * DEEPEST);
  readonly #ends = new Int32Array(MOST_KEYS * DEEPEST);
  #named = 0;

  constructor({ fieldOf, numericId, othersPass }: OwnColumns, uses: Uses) {
    this.row = new ScannedRow(uses);
    this.#textId = !numericId;
    this.#othersPass = othersPass;
    this.#keys = [...fieldOf].map(([name, field]) => {
      const slot = ENTRY_FIELD_NAMES.indexOf(field);
      const bytes = Buffer.from(`${JSON.stringify(name)}:`);
      const isLong = bytes.length >= WORD;
      return {
        length: bytes.length,
        words: Int32Array.from({ length: Math.ceil(bytes.length / WORD) - 1 }, (_, index) =>
          bytes.readInt32LE(index * WORD),
        ),
        lastWord: isLong ? bytes.readInt32LE(bytes.length - WORD) : 0,
        name: Buffer.from(name),
        bit: 1 << slot,
        slot,
        kind: kindOf(field),
        wanted: uses.wanted.has(field),
        next: undefined,
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
   *   found is then in the row
   */
  scan(bytes: Buffer, start: number, isAscii: boolean): number {
    const { row } = this;
    if (bytes !== this.#bytes) {
      row.look(bytes);
      this.#bytes = bytes;
      this.#view = row.view;
    }
    row.isAscii = isAscii;
    row.recorded = 0;
    this.#named = 0;
    let seen = 0;
    if (bytes[start] !== OPEN) return -1;
    let at = start;
    let before: Key | undefined;
    // At a brace or comma, each time.
    for (;;) {
      let key = before === undefined ? this.#first : before.next;
      if (key !== undefined && this.#isKey(key, at + 1)) {
        at += 1;
      } else {
        at = this.#pass(at + 1);
        key = this.#keyAt(at, before);
      }
      if (key === undefined) {
        at = this.#other(at);
      } else {
        if ((seen & key.bit) !== 0) return -1;
        seen |= key.bit;
        before = key;
        at += key.length;
        if ((bytes[at] as number) <= SPACE) at = this.#pass(at);
        at = this.#field(key, at);
      }
      if (at < 0) return -1;
      if ((bytes[at] as number) <= SPACE) at = this.#pass(at);
      if (bytes[at] === COMMA) continue;
      if (bytes[at] === CLOSE) break;
      return -1;
    }
    at = this.#pass(at + 1);
    if (bytes[at] !== LINE_FEED) return -1;
    if (seen !== this.#all) row.forget(this.#all & ~seen);
    row.present = seen;
    return at;
  }

  /** Reads a field's value. @returns where it ends, or -1 */
  #field(key: Key, from: number): number {
    const bytes = this.#bytes;
    const { row } = this;
    const byte = bytes[from];
    const { kind, slot, wanted } = key;
    if (byte === QUOTE) {
      if (kind === DEPTH || (kind === ID && !this.#textId)) return -1;
      const end = this.#string(from + 1);
      if (end < 0) return -1;
      if (this.#escaped) {
        const text = parsed(bytes, from, end + 1);
        if (typeof text !== "string") return -1;
        if (wanted) row.takeMade(slot, text);
        else row.takeSomething(slot);
      } else if (wanted) {
        row.takeText(slot, from + 1, end);
      } else if (end > from + 1) {
        row.takeSomething(slot);
      } else {
        row.codes[slot] = VALUE.empty;
      }
      return end + 1;
    }
    if (byte === NULL[0]) {
      row.codes[slot] = VALUE.null;
      return this.#word(from, NULL);
    }
    if (kind === TEXT) return -1;
    if (kind === JSON_VALUE) {
      const end = this.#value(from, 1);
      if (end < 0) return -1;
      if (!wanted) {
        row.takeSomething(slot);
        return end;
      }
      const value = parsed(bytes, from, end);
      if (value === undefined) return -1;
      row.takeMade(slot, value);
      return end;
    }
    const end = this.#whole(from);
    if (end >= 0) row.takeNumber(slot, numberAt(bytes, from, end));
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

  /** The key at a position, which is not the one that stood there in a line before. */
  #keyAt(at: number, before: Key | undefined): Key | undefined {
    for (const key of this.#keys) {
      if (!this.#isKey(key, at)) continue;
      if (before === undefined) this.#first = key;
      else before.next = key;
      return key;
    }
    return undefined;
  }

  #isKey({ length, words, lastWord }: Key, at: number): boolean {
    const view = this.#view;
    if (length < WORD || at + length > view.byteLength) return false;
    for (let index = 0; index < words.length; index += 1) {
      if (view.getInt32(at + index * WORD, true) !== words[index]) return false;
    }
    return view.getInt32(at + length - WORD, true) === lastWord;
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
    if ((bytes[from] as number) > SPACE) return from;
    let at = from;
    for (;;) {
      const byte = bytes[at] as number;
      if (byte !== SPACE && byte !== TAB && byte !== CARRIAGE_RETURN) return at;
      at += 1;
    }
  }

  /** Where the quote stands that ends a string, or -1 when there is none. */
  #string(from: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    this.#escaped = false;
    let at = from;
    for (;;) {
      at = endOfPlain(view, at);
      const byte = bytes[at];
      if (byte === QUOTE) return at;
      if (byte !== BACKSLASH) return -1;
      this.#escaped = true;
      // What is escaped is looked at later; only a quote or a line's end matters here.
      if (bytes[at + 1] === LINE_FEED) return -1;
      at += 2;
    }
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

/**
 * Where the first quote, backslash or control character stands from a position on; there is one.
 * Looks at four bytes at once: a byte's highest bit is set in `found` where the byte is one of
 * them, and perhaps in those behind it.
 */
function endOfPlain(view: DataView, from: number): number {
  const safe = view.byteLength - WORD;
  let at = from;
  for (; at <= safe; at += WORD) {
    const word = view.getInt32(at, true);
    const quote = word ^ QUOTES;
    const backslash = word ^ BACKSLASHES;
    const found =
      (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word)) &
      HIGHEST;
    if (found !== 0) return at + ((32 - Math.clz32(~found & (found - 1))) >> 3);
  }
  for (; at < view.byteLength; at += 1) {
    const byte = view.getUint8(at);
    if (byte < SPACE || byte === QUOTE || byte === BACKSLASH) break;
  }
  return at;
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
