// Finds where a JSON value ends without parsing it, so that one malformed value does not take
// those behind it along.

import type { ByteWindow } from "../decoding/byte-window.ts";
import { DEEPEST } from "../strict-json/survey.ts";
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endsValue,
  isSpace,
  LINE_FEED,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from "./characters.ts";

/**
 * Scans one value over as many windows as it takes. Positions count from the window's start.
 *
 * Brackets and strings are matched; nothing else is looked at in a sound value. In a broken
 * one, a bracket that cannot stand where it stands, and that begins a line no deeper indented
 * than the value itself, is taken for the next value.
 */
export class ValueScanner {
  /** Next byte to look at; once the value has ended, the first behind it. */
  at = 0;
  /** Line feeds passed. */
  lines = 0;
  /** Whether the beginning of the value is gone from the window. */
  lost = false;
  #column = 0;
  #start = 0;
  #kind: "nested" | "string" | "bare" = "bare";
  #depth = 0;
  /** Closing bracket of each open level; deeper ones than can be read are counted only. */
  readonly #closers = new Uint8Array(DEEPEST + 1);
  #broken = false;
  #inString = false;
  /** The first line feed inside the string, which no string may hold; and the lines before it. */
  #lineFeed = -1;
  #linesBefore = 0;

  /**
   * Begins with the value at a position.
   *
   * @param first its first byte
   * @param column how far it is indented; -1 when no other value can follow it
   */
  begin(at: number, first: number, column: number): void {
    this.at = at;
    this.#start = at;
    this.lines = 0;
    this.lost = false;
    this.#column = column;
    this.#depth = 0;
    this.#broken = false;
    this.#inString = false;
    this.#kind = kindOf(first);
    if (this.#kind === "bare") this.at += 1;
  }

  /** Tells the scanner that the window has lost bytes at its start. */
  drop(size: number): void {
    this.at -= size;
    this.#start = 0;
    this.#lineFeed = -1;
    this.lost = true;
  }

  /**
   * Goes on; true when the value has ended.
   *
   * @param final whether the window holds everything that there is
   */
  scan(window: ByteWindow, final: boolean): boolean {
    for (;;) {
      if (this.#kind === "bare") return this.#scanBare(window, final);
      const ended = this.#inString ? this.#scanString(window, final) : this.#scanOutside(window);
      if (ended !== undefined) return ended;
    }
  }

  /** Undefined: go on outside of the string. */
  #scanString(window: ByteWindow, final: boolean): boolean | undefined {
    const { bytes, start, end } = window;
    let index = start + this.at;
    for (; index < end; index += 1) {
      const byte = bytes[index];
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        if (index + 1 >= end) break;
        if (bytes[index + 1] !== LINE_FEED) index += 1;
      } else if (byte === LINE_FEED) {
        if (this.#lineFeed < 0) {
          this.#lineFeed = index - start;
          this.#linesBefore = this.lines;
        }
        this.lines += 1;
      }
    }
    this.at = Math.min(index, end) - start;
    const closed = index < end && bytes[index] === QUOTE;
    const crossed = this.#lineFeed >= 0 && !this.lost;
    if (!closed) return final && crossed ? this.#unclose() : false;
    if (crossed) {
      if (index + 1 >= end && !final) return false;
      if (index + 1 < end && !endsValue(bytes[index + 1])) return this.#unclose();
      this.#broken = true;
    }
    this.at += 1;
    this.#inString = false;
    return this.#kind === "string" ? true : undefined;
  }

  /** The string was never closed: it ended with its line. */
  #unclose(): boolean | undefined {
    this.at = this.#lineFeed;
    this.lines = this.#linesBefore;
    this.#inString = false;
    this.#broken = true;
    return this.#kind === "string" ? true : undefined;
  }

  #scanOutside(window: ByteWindow): boolean | undefined {
    const { bytes, start, end } = window;
    for (let index = start + this.at; index < end; index += 1) {
      switch (bytes[index]) {
        case QUOTE:
          this.at = index + 1 - start;
          this.#inString = true;
          this.#lineFeed = -1;
          return undefined;
        case LINE_FEED:
          this.lines += 1;
          break;
        case OPEN_LIST:
        case OPEN_OBJECT:
          if (this.#beginsNext(window, index)) {
            this.at = index - start;
            return true;
          }
          this.#open(bytes[index] === OPEN_LIST ? CLOSE_LIST : CLOSE_OBJECT);
          break;
        case CLOSE_LIST:
        case CLOSE_OBJECT:
          if (!this.#close(bytes[index] ?? 0)) {
            this.at = index - start;
            return true;
          }
          if (this.#depth === 0) {
            this.at = index + 1 - start;
            return true;
          }
          break;
        default:
      }
    }
    this.at = end - start;
    return false;
  }

  #scanBare({ bytes, start, end }: ByteWindow, final: boolean): boolean {
    for (let index = start + this.at; index < end; index += 1) {
      switch (bytes[index]) {
        case COMMA:
        case LINE_FEED:
        case OPEN_LIST:
        case OPEN_OBJECT:
        case CLOSE_LIST:
        case CLOSE_OBJECT:
          this.at = index - start;
          return true;
        default:
      }
    }
    this.at = end - start;
    return final;
  }

  #open(closer: number): void {
    if (this.#depth < DEEPEST) this.#closers[this.#depth] = closer;
    else this.#broken = true;
    this.#depth += 1;
  }

  /** False when the bracket closes something around the value. */
  #close(closer: number): boolean {
    if (this.#depth > DEEPEST || this.#closers[this.#depth - 1] === closer) {
      this.#depth -= 1;
      return true;
    }
    this.#broken = true;
    const opened = this.#closers.subarray(0, this.#depth).lastIndexOf(closer);
    if (opened >= 0) this.#depth = opened;
    return opened >= 0;
  }

  /** Whether an opening bracket is no part of this value, but the next. */
  #beginsNext({ bytes, start }: ByteWindow, index: number): boolean {
    if (this.#depth === 0) return false;
    const floor = start + this.#start;
    let before = index - 1;
    while (before >= floor && (bytes[before] === 0x20 || bytes[before] === 0x09)) before -= 1;
    const indented = bytes[before] === LINE_FEED && before >= floor ? index - 1 - before : Infinity;
    while (before >= floor && isSpace(bytes[before])) before -= 1;
    if (before >= floor && !this.#mayStandBehind(bytes[before])) this.#broken = true;
    return this.#broken && indented <= this.#column && !this.lost;
  }

  #mayStandBehind(byte: number | undefined): boolean {
    if (this.#depth > DEEPEST) return true;
    if (this.#closers[this.#depth - 1] === CLOSE_OBJECT) return byte === COLON;
    return byte === OPEN_LIST || byte === COMMA;
  }
}

function kindOf(first: number): "nested" | "string" | "bare" {
  if (first === QUOTE) return "string";
  return first === OPEN_LIST || first === OPEN_OBJECT ? "nested" : "bare";
}
