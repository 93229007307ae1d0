// JSON: a list of records, lists under given paths (`Records`), one value, or several one
// after the other, in one line or in many. Never more than one record is kept.

import { ByteWindow } from "./decoding/byte-window.ts";
import { BATCH_ITEMS, decodeFile, type RecordDecoder } from "./decoding/decode-file.ts";
import { afterMark } from "./decoding/mark.ts";
import { KEPT_BYTES, LONGEST_RECORD, refusal, tooLong } from "./decoding/refusal.ts";
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isSpace,
  LINE_FEED,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from "./json/characters.ts";
import { stringEnd } from "./json/string-end.ts";
import { ValueScanner } from "./json/value-scanner.ts";
import type { Source, SourceItem, SourceOptions, SourceRefusal } from "./source.ts";
import { decodeRecord } from "./strict-json/decode.ts";

/** Reads JSON. */
export const source: Source = (file, options) =>
  decodeFile(file, options, new JsonDecoder(options));

/** What is open around the place that is looked at. The first frame is the file itself. */
type Frame =
  /** Items are documents. `closed` by a bracket, or by the end of the file. */
  | { readonly kind: "list"; readonly closed: boolean }
  /** An object on the way to a container; `path` with a dot behind it, or empty. */
  | { readonly kind: "object"; readonly path: string };

/** What one step came to: an item, nothing yet, or that more bytes are needed. */
type Step = SourceItem | "on" | "more";

/** Cuts bytes into records and decodes each. Positions count from the window's start. */
export class JsonDecoder implements RecordDecoder {
  readonly done = false;
  readonly #containers: ReadonlySet<string>;
  readonly #prefixes: ReadonlySet<string>;
  readonly #longest: number;
  readonly #window: ByteWindow;
  readonly #frames: Frame[] = [{ kind: "list", closed: false }];
  readonly #scanner = new ValueScanner();
  /** What the scanner is in. */
  #value: "record" | "member" | "junk" | "none" = "none";
  /** The next byte to look at, while the scanner rests. */
  #at = 0;
  #line = 1;
  /** How far the window's start stands from the start of its line. */
  #column = 0;
  #began = false;
  #endsLine = true;
  /** The outermost object that may turn out to be a record itself, and is kept until then. */
  #candidate: { readonly line: number; readonly column: number } | undefined;
  /** The beginning of a record that is too long to be kept, and the bytes that are gone. */
  #long: { readonly head: Buffer; gone: number } | undefined;

  constructor(options: SourceOptions) {
    this.#containers = new Set(options.containers);
    this.#prefixes = new Set([...this.#containers].flatMap(prefixesOf));
    this.#longest = options.longestRecord ?? LONGEST_RECORD;
    this.#window = new ByteWindow(this.#longest);
  }

  get lines(): number {
    return this.#endsLine ? this.#line - 1 : this.#line;
  }

  *push(chunk: Buffer): Generator<readonly SourceItem[], void, undefined> {
    this.#window.append(chunk);
    if (chunk.length > 0) this.#endsLine = chunk.at(-1) === LINE_FEED;
    if (!this.#began) {
      if (this.#window.length < MARK_BYTES) return;
      this.#begin();
    }
    yield* this.#batches(false);
  }

  *end(damaged: boolean): Generator<readonly SourceItem[], void, undefined> {
    if (!this.#began) this.#begin();
    yield* this.#batches(true);
    const rest = this.#cutOff(damaged);
    if (rest !== undefined) yield [rest];
  }

  #begin(): void {
    const { bytes, start, end } = this.#window;
    this.#window.start = afterMark(bytes, start, end);
    this.#began = true;
  }

  *#batches(final: boolean): Generator<readonly SourceItem[], void, undefined> {
    let batch: SourceItem[] = [];
    for (;;) {
      const step = this.#step(final);
      if (step === "more") break;
      if (step === "on") continue;
      batch.push(step);
      if (batch.length === BATCH_ITEMS) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
    this.#limit();
  }

  #step(final: boolean): Step {
    if (this.#value !== "none") return this.#scanValue(final);
    const frame = this.#frames.at(-1);
    return frame?.kind === "object"
      ? this.#stepInObject(frame.path, final)
      : this.#stepInList(frame?.closed === true);
  }

  #stepInList(closed: boolean): Step {
    const byte = this.#skipSeparators();
    this.#release();
    if (byte === undefined) return "more";
    const outermost = this.#frames.length === 1;
    if (byte === CLOSE_LIST && closed) {
      this.#at += 1;
      this.#frames.pop();
      return "on";
    }
    if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) return this.#strayCloser(byte);
    if (byte === OPEN_LIST && outermost) {
      this.#at += 1;
      this.#frames.push({ kind: "list", closed: true });
    } else if (byte === OPEN_OBJECT && outermost && this.#containers.size > 0) {
      this.#candidate = { line: this.#line, column: this.#column };
      this.#at += 1;
      this.#frames.push({ kind: "object", path: "" });
    } else {
      this.#scanner.begin(0, byte, this.#column);
      this.#value = "record";
    }
    return "on";
  }

  /** A closing bracket that closes no list: the one of the object around a list, or of nothing. */
  #strayCloser(byte: number): Step {
    if (byte === CLOSE_OBJECT && this.#frames.at(-2)?.kind === "object") {
      this.#frames.pop();
      return this.#refuse(0, "malformed", "A list of records is not closed.");
    }
    this.#at += 1;
    return this.#refuse(1, "malformed", "A bracket is closed that was not opened.");
  }

  #stepInObject(path: string, final: boolean): Step {
    const byte = this.#skipSeparators();
    if (byte === undefined) return "more";
    if (byte === CLOSE_OBJECT) {
      this.#at += 1;
      this.#frames.pop();
      return this.#frames.at(-1)?.kind === "list" ? this.#endObject() : "on";
    }
    const member = byte === QUOTE ? this.#readMember(final) : "none";
    if (member === "more") return "more";
    if (member === "none") return this.#abandonObject(byte);
    const { key, value, lines } = member;
    const first = this.#byteAt(value);
    const memberPath = path + key;
    this.#at = value;
    this.#line += lines;
    if (first === OPEN_LIST && this.#containers.has(memberPath)) {
      this.#candidate = undefined;
      this.#long = undefined;
      this.#at += 1;
      this.#frames.push({ kind: "list", closed: true });
    } else if (first === OPEN_OBJECT && this.#prefixes.has(memberPath)) {
      this.#at += 1;
      this.#frames.push({ kind: "object", path: `${memberPath}.` });
    } else {
      this.#scanner.begin(value, first ?? 0, -1);
      this.#value = "member";
    }
    return "on";
  }

  /** The key at the present place and where its value begins; nothing is passed yet. */
  #readMember(
    final: boolean,
  ): { readonly key: string; readonly value: number; readonly lines: number } | "more" | "none" {
    const { bytes, start, end } = this.#window;
    const from = start + this.#at;
    const missing = final || end - from > LONGEST_KEY ? "none" : "more";
    const keyEnd = stringEnd(bytes, from + 1, end);
    if (keyEnd === undefined) return missing;
    let lines = 0;
    let colon = false;
    for (let index = keyEnd; index < end; index += 1) {
      const byte = bytes[index];
      if (byte === LINE_FEED) lines += 1;
      if (isSpace(byte)) continue;
      if (byte === COLON && !colon) {
        colon = true;
      } else if (colon && byte !== COMMA && byte !== CLOSE_OBJECT && byte !== CLOSE_LIST) {
        const key = keyText(bytes.subarray(from, keyEnd));
        return key === undefined ? "none" : { key, value: index - start, lines };
      } else {
        return "none";
      }
    }
    return missing;
  }

  /** The outermost object was closed. */
  #endObject(): Step {
    const candidate = this.#candidate;
    this.#candidate = undefined;
    if (candidate === undefined) return "on";
    return this.#endRecord(this.#at, candidate.line);
  }

  /** What stands in an object is no member. */
  #abandonObject(byte: number): Step {
    const candidate = this.#candidate;
    if (candidate === undefined) {
      this.#release();
      this.#scanner.begin(0, byte, -1);
      this.#value = "junk";
      return "on";
    }
    this.#candidate = undefined;
    while (this.#frames.length > 1) this.#frames.pop();
    if (this.#long !== undefined) return this.#endRecord(this.#at, candidate.line);
    this.#line = candidate.line;
    this.#scanner.begin(0, OPEN_OBJECT, candidate.column);
    this.#value = "record";
    return "on";
  }

  #scanValue(final: boolean): Step {
    const scanner = this.#scanner;
    if (!scanner.scan(this.#window, final)) return "more";
    const line = this.#line;
    const kind = this.#value;
    this.#value = "none";
    this.#line += scanner.lines;
    this.#at = scanner.at;
    if (kind === "record") return this.#endRecord(scanner.at, line);
    if (kind === "junk") return this.#endJunk(scanner.at, line);
    if (this.#candidate === undefined) this.#release();
    return "on";
  }

  /** The record that stands from the window's start to a position. */
  #endRecord(at: number, line: number): SourceItem {
    const { start, end, tooLong: refused } = this.#endKept(at, line);
    return refused ?? decodeRecord(this.#window, start, end, line, "unknown");
  }

  #endJunk(at: number, line: number): SourceItem {
    const { start, end, tooLong: refused } = this.#endKept(at, line);
    const message = "Something that is no member stands between the members of an object.";
    return refused ?? refusal(line, "malformed", message, this.#window.bytes.subarray(start, end));
  }

  /** Moves behind what was kept, and tells where in the window's memory it stands. */
  #endKept(
    at: number,
    line: number,
  ): { readonly start: number; readonly end: number; readonly tooLong?: SourceRefusal } {
    const { bytes, start } = this.#window;
    const end = start + trimmed(bytes, start, start + at);
    const long = this.#long;
    this.#long = undefined;
    this.#at = at;
    this.#release();
    const { head, length } =
      long === undefined
        ? { head: bytes.subarray(start, end), length: end - start }
        : { head: long.head, length: long.gone + at };
    if (length <= this.#longest) return { start, end };
    return { start, end, tooLong: tooLong(line, this.#longest, head, length) };
  }

  /** What stands unfinished where the file ends. */
  #cutOff(damaged: boolean): SourceRefusal | undefined {
    const window = this.#window;
    const message = "The file ends before the record does: it was cut off.";
    const { head, gone } = this.#long ?? {
      head: window.bytes.subarray(window.start, window.end),
      gone: 0,
    };
    if (this.#isKept()) {
      const line = this.#candidate?.line ?? this.#line;
      this.#line += this.#value === "none" ? 0 : this.#scanner.lines;
      return refusal(line, "malformed", message, head, gone + window.length);
    }
    if (this.#frames.length === 1 || damaged) return undefined;
    const list = "The file ends before its list of records is closed: it was cut off.";
    return refusal(this.#line, "malformed", list, Buffer.alloc(0));
  }

  /** Keeps no more of an unfinished record than is allowed. */
  #limit(): void {
    const window = this.#window;
    if (!this.#isKept()) {
      if (this.#value === "none") this.#release();
      else if (window.length > KEPT_OF_MEMBER) this.#dropScanned();
      return;
    }
    if (this.#long === undefined && window.length <= this.#longest) return;
    this.#long ??= {
      head: Buffer.from(window.bytes.subarray(window.start, window.start + KEPT_BYTES)),
      gone: 0,
    };
    this.#long.gone += this.#dropScanned();
  }

  /** Whether what stands at the window's start may become an item. */
  #isKept(): boolean {
    return this.#value === "record" || this.#value === "junk" || this.#candidate !== undefined;
  }

  /** Lets go of what was scanned; returns how much. */
  #dropScanned(): number {
    const size = this.#value === "none" ? this.#at : this.#scanner.at;
    if (this.#value === "none") this.#at = 0;
    else this.#scanner.drop(size);
    this.#moveStart(size);
    return size;
  }

  /** Passes white space and commas; returns the byte that follows them. */
  #skipSeparators(): number | undefined {
    const { bytes, start, end } = this.#window;
    for (let index = start + this.#at; index < end; index += 1) {
      const byte = bytes[index];
      if (byte === LINE_FEED) this.#line += 1;
      if (byte !== COMMA && !isSpace(byte)) {
        this.#at = index - start;
        return byte;
      }
    }
    this.#at = end - start;
    return undefined;
  }

  #byteAt(at: number): number | undefined {
    const { bytes, start, end } = this.#window;
    return start + at < end ? bytes[start + at] : undefined;
  }

  #refuse(size: number, reason: "malformed", message: string): SourceRefusal {
    const { bytes, start } = this.#window;
    return refusal(this.#line, reason, message, bytes.subarray(start, start + size));
  }

  /** Lets go of everything before the present place, unless it may belong to a record. */
  #release(): void {
    if (this.#candidate !== undefined) return;
    this.#moveStart(this.#at);
    this.#at = 0;
  }

  #moveStart(size: number): void {
    const window = this.#window;
    const passed = window.bytes.subarray(window.start, window.start + size);
    const lineFeed = passed.lastIndexOf(LINE_FEED);
    this.#column = lineFeed < 0 ? this.#column + size : size - 1 - lineFeed;
    window.start += size;
  }
}

const MARK_BYTES = 3;

/** No key that leads to a container is longer. */
const LONGEST_KEY = 1 << 16;

/** How much of a member is kept, should one of its strings turn out to be unclosed. */
const KEPT_OF_MEMBER = 1 << 20;

/** `a.b.c` -> `a`, `a.b`. */
function prefixesOf(path: string): string[] {
  const parts = path.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

function keyText(bytes: Buffer): string | undefined {
  try {
    return JSON.parse(bytes.toString("utf8")) as string;
  } catch {
    return undefined;
  }
}

/** Length without white space and commas at the end. */
function trimmed(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && (isSpace(bytes[end - 1]) || bytes[end - 1] === COMMA)) end -= 1;
  return end - from;
}
