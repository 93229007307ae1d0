// JSON Lines: one JSON value a line. Lines end in LF or CRLF; blank ones are no records.

import { isAscii, isUtf8 } from "node:buffer";
import { ByteWindow } from "./decoding/byte-window.ts";
import { BATCH_ITEMS, decodeFile, type RecordDecoder } from "./decoding/decode-file.ts";
import { afterMark } from "./decoding/mark.ts";
import { KEPT_BYTES, LONGEST_RECORD, refusal, tooLong } from "./decoding/refusal.ts";
import type { Source, SourceItem, SourceOptions } from "./source.ts";
import { decodeRecord, NO_JSON, type KnownText } from "./strict-json/decode.ts";

/** Reads JSON Lines. */
export const source: Source = (file, options) =>
  decodeFile(file, options, new JsonLinesDecoder(options));

/** Cuts bytes into lines and decodes each. */
export class JsonLinesDecoder implements RecordDecoder {
  lines = 0;
  done = false;
  readonly #window: ByteWindow;
  readonly #longest: number;
  /** Position in the file of the window's first byte, and the first position not wanted. */
  #offset: number;
  readonly #until: number;
  readonly #fromStart: boolean;
  /** In the middle of a line that began before the range. */
  #before: boolean;
  /** A line that is too long, while it is passed over. */
  #long: { readonly head: Buffer; length: number } | undefined;

  constructor(options: SourceOptions) {
    const { start, end } = options.range ?? { start: 0, end: Infinity };
    this.#longest = options.longestRecord ?? LONGEST_RECORD;
    this.#window = new ByteWindow(this.#longest);
    this.#fromStart = start === 0;
    this.#before = start > 0;
    this.#offset = Math.max(0, start - 1);
    this.#until = end;
  }

  *push(chunk: Buffer): Generator<readonly SourceItem[], void, undefined> {
    const rest = this.#before ? this.#skipToRange(chunk) : chunk;
    if (this.#long !== undefined) {
      const end = rest.indexOf(LINE_FEED);
      this.#long.length += end < 0 ? rest.length : end;
      if (end < 0) return;
      yield [this.#endLong(this.#long)];
      this.#offset += 1;
      yield* this.#cut(rest.subarray(end + 1));
    } else {
      yield* this.#cut(rest);
    }
  }

  *end(damaged: boolean): Generator<readonly SourceItem[], void, undefined> {
    if (this.#long !== undefined) {
      yield [this.#endLong(this.#long)];
    } else if (this.#window.length > 0 && this.#offset < this.#until && !this.done) {
      this.lines += 1;
      const item = this.#decode(this.#window.start, this.#window.end, "unknown");
      if (item !== undefined) yield [cutOff(item, damaged)];
    }
  }

  /** Takes the lines that a chunk completes. */
  *#cut(chunk: Buffer): Generator<readonly SourceItem[], void, undefined> {
    const window = this.#window;
    window.append(chunk);
    const last = chunk.lastIndexOf(LINE_FEED);
    if (last >= 0) yield* this.#decodeLines(window.end - chunk.length + last);
    if (window.length > this.#longest && !this.done) this.#beginLong();
  }

  /** @param last position of the last line feed */
  *#decodeLines(last: number): Generator<readonly SourceItem[], void, undefined> {
    const window = this.#window;
    const known = knownText(window.bytes.subarray(window.start, last));
    let batch: SourceItem[] = [];
    while (window.start <= last) {
      if (this.#offset >= this.#until) {
        this.done = true;
        break;
      }
      const from = window.start;
      const end = window.bytes.indexOf(LINE_FEED, from);
      this.lines += 1;
      const item = this.#decode(from, end, known);
      window.start = end + 1;
      this.#offset += end + 1 - from;
      if (item === undefined) continue;
      batch.push(item);
      if (batch.length === BATCH_ITEMS) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  /** The item of one line, or undefined when it is blank. */
  #decode(lineStart: number, lineEnd: number, known: KnownText): SourceItem | undefined {
    const { bytes } = this.#window;
    const first = this.#fromStart && this.lines === 1;
    const start = first ? afterMark(bytes, lineStart, lineEnd) : lineStart;
    const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    if (isBlank(bytes, start, end)) return undefined;
    if (end - start > this.#longest) {
      return tooLong(this.lines, this.#longest, bytes.subarray(start, end), end - start);
    }
    return decodeRecord(this.#window, start, end, this.lines, known);
  }

  #beginLong(): void {
    const window = this.#window;
    if (this.#offset >= this.#until) {
      this.done = true;
      return;
    }
    this.lines += 1;
    this.#long = {
      head: Buffer.from(window.bytes.subarray(window.start, window.start + KEPT_BYTES)),
      length: window.length,
    };
    window.start = window.end;
  }

  #endLong({ head, length }: { readonly head: Buffer; readonly length: number }): SourceItem {
    this.#long = undefined;
    this.#offset += length;
    return tooLong(this.lines, this.#longest, head, length);
  }

  #skipToRange(chunk: Buffer): Buffer {
    const end = chunk.indexOf(LINE_FEED);
    this.#before = end < 0;
    const skipped = end < 0 ? chunk.length : end + 1;
    this.#offset += skipped;
    if (this.#offset >= this.#until) this.done = true;
    return chunk.subarray(skipped);
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

function knownText(bytes: Buffer): KnownText {
  if (isAscii(bytes)) return "ascii";
  return isUtf8(bytes) ? "utf-8" : "unknown";
}

/** Whether a line holds nothing but what JSON takes for white space. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== CARRIAGE_RETURN) return false;
  }
  return true;
}

/** A last line without a line feed may have lost its end; one that decodes as a whole did not. */
function cutOff(item: SourceItem, damaged: boolean): SourceItem {
  const complete = item.reason === undefined && (!damaged || typeof item.value === "object");
  if (complete || (item.reason !== undefined && item.message !== NO_JSON)) return item;
  return refusal(
    item.line,
    "malformed",
    "The last line is no JSON value and has no line end: it was cut off.",
    item.bytes,
    item.reason === undefined ? item.bytes.length : item.length,
  );
}
