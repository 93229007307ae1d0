// Finds the records of a delimited text (RFC 4180) without reading their cells.

import type { ByteWindow } from "../decoding/byte-window.ts";

/** Where the record at the window's start ends, and what is wrong with it. */
export interface RecordExtent {
  /** Without the line's end. */
  readonly end: number;
  /** Where the next one begins. */
  readonly next: number;
  /** How many lines it takes. */
  readonly lines: number;
  /** A quote where none may stand, or one that is never closed. */
  readonly fault?: "quote" | "unclosed";
}

/**
 * Cuts a window into records at the line feeds outside of quotes.
 *
 * A quote opens a cell only as its first byte, and only a delimiter or the line's end may
 * follow the quote that closes it. Where this does not hold, the record is at fault and ends
 * with its first line, so that a forgotten quote takes no other line along.
 */
export class RecordSplitter {
  readonly #delimiter: number;
  #state: "cell" | "plain" | "quoted" | "closed" = "cell";
  /** Next byte to look at, from the window's start. */
  #at = 0;
  #lines = 0;
  /** Where the record's first line ends, once it has. */
  #firstEnd = -1;
  #fault = false;

  constructor(delimiter: number) {
    this.#delimiter = delimiter;
  }

  /**
   * The record at the window's start; undefined when it is not complete.
   *
   * @param final whether nothing follows the window, so that its end closes the record
   */
  next(window: ByteWindow, final: boolean): RecordExtent | undefined {
    const { bytes, start, end } = window;
    for (let index = start + this.#at; index < end; index += 1) {
      const byte = bytes[index];
      if (byte === LINE_FEED) {
        this.#lines += 1;
        if (this.#firstEnd < 0) this.#firstEnd = index - start;
        if (this.#state === "quoted") continue;
        return this.#found(window, index - start, this.#fault ? "quote" : undefined);
      }
      if (byte === CARRIAGE_RETURN && this.#state === "closed") {
        if (index + 1 < end ? bytes[index + 1] === LINE_FEED : final) continue;
        if (index + 1 === end) {
          this.#at = index - start;
          return undefined;
        }
      }
      this.#step(byte);
      if (this.#fault && this.#firstEnd >= 0)
        return this.#found(window, this.#firstEnd, "unclosed");
    }
    this.#at = end - start;
    if (!final || end === start) return undefined;
    if (this.#state === "quoted") {
      const firstEnd = this.#firstEnd < 0 ? end - start : this.#firstEnd;
      return this.#found(window, firstEnd, "unclosed");
    }
    return this.#found(window, end - start, this.#fault ? "quote" : undefined);
  }

  /** Gives the record up that is not complete: its first line, if that is. */
  giveUp(window: ByteWindow): RecordExtent | undefined {
    return this.#firstEnd < 0 ? undefined : this.#found(window, this.#firstEnd, "unclosed");
  }

  /** Forgets the record that was begun. */
  reset(): void {
    this.#state = "cell";
    this.#at = 0;
    this.#lines = 0;
    this.#firstEnd = -1;
    this.#fault = false;
  }

  #step(byte: number | undefined): void {
    switch (this.#state) {
      case "cell":
        if (byte === QUOTE) this.#state = "quoted";
        else if (byte !== this.#delimiter) this.#state = "plain";
        break;
      case "plain":
        if (byte === this.#delimiter) this.#state = "cell";
        else if (byte === QUOTE) this.#fault = true;
        break;
      case "quoted":
        if (byte === QUOTE) this.#state = "closed";
        break;
      case "closed":
        if (byte === QUOTE) {
          this.#state = "quoted";
        } else if (byte === this.#delimiter) {
          this.#state = "cell";
        } else {
          this.#state = "plain";
          this.#fault = true;
        }
        break;
    }
  }

  #found(
    { bytes, start, end: windowEnd }: ByteWindow,
    lineEnd: number,
    fault: RecordExtent["fault"],
  ): RecordExtent {
    const closed = start + lineEnd < windowEnd;
    const returned = lineEnd > 0 && bytes[start + lineEnd - 1] === CARRIAGE_RETURN;
    const extent = {
      end: returned ? lineEnd - 1 : lineEnd,
      next: closed ? lineEnd + 1 : lineEnd,
      lines: fault === "unclosed" ? 1 : Math.max(1, this.#lines + (closed ? 0 : 1)),
      ...(fault === undefined ? {} : { fault }),
    };
    this.reset();
    return extent;
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
