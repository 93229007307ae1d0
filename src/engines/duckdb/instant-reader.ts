// Reads times from their bytes. Neighbours in a log mostly share the hour, the number of digits
// and the offset, and then only minutes, seconds and digits are left to read; any other time is
// read as everywhere.

import { MICROSECONDS_PER_SECOND, isNaive, parseInstant } from "../../model/instant.ts";
import type { Instant } from "../../model/instant.ts";

/** `YYYY-MM-DDTHH:` */
const HOUR_LENGTH = 14;
/** The same with `MM:SS`. */
const SECOND_LENGTH = 19;
const COLON = 0x3a;
const POINT = 0x2e;
const ZERO = 0x30;
const MICROSECOND_DIGITS = 6;
const LONGEST = 64;

export class InstantReader {
  /** Whether the time that was read last named no offset. */
  naive = false;
  /** The last time that was read the long way, by its bytes. */
  readonly #known = new Uint8Array(LONGEST);
  #length = -1;
  /** Where its digits of a fraction end. */
  #fractionEnd = 0;
  /** Where those end that are counted, and what the last of them is worth in microseconds. */
  #countedEnd = 0;
  #worth = 0;
  /** Its hour, of its offset. */
  #hour: Instant = Number.NaN;

  /** @returns the instant as `parseInstant` reads it, NaN when there is none */
  read(bytes: Uint8Array, start: number, end: number): Instant {
    const length = end - start;
    if (length !== this.#length || !this.#isAsBefore(bytes, start)) {
      return this.#readLong(bytes, start, end);
    }
    const minutes = twoDigits(bytes, start + HOUR_LENGTH);
    const seconds = twoDigits(bytes, start + HOUR_LENGTH + 3);
    if (!(minutes < 60) || !(seconds < 60) || bytes[start + 16] !== COLON) return Number.NaN;
    let fraction = 0;
    const digitsEnd = start + this.#fractionEnd;
    const countedEnd = start + this.#countedEnd;
    for (let at = start + SECOND_LENGTH + 1; at < digitsEnd; at += 1) {
      const digit = (bytes[at] as number) - ZERO;
      // Not what it was before: another length of the fraction, or no time at all.
      if (digit < 0 || digit > 9) return this.#readLong(bytes, start, end);
      if (at < countedEnd) fraction = fraction * 10 + digit;
    }
    fraction *= this.#worth;
    return this.#hour + (minutes * 60 + seconds) * MICROSECONDS_PER_SECOND + fraction;
  }

  /** Whether hour, point and offset are those of the time that is known. */
  #isAsBefore(bytes: Uint8Array, start: number): boolean {
    const known = this.#known;
    for (let index = HOUR_LENGTH - 1; index >= 0; index -= 1) {
      if (bytes[start + index] !== known[index]) return false;
    }
    if (this.#fractionEnd > SECOND_LENGTH && bytes[start + SECOND_LENGTH] !== POINT) return false;
    for (let index = this.#fractionEnd; index < this.#length; index += 1) {
      if (bytes[start + index] !== known[index]) return false;
    }
    return true;
  }

  #readLong(bytes: Uint8Array, start: number, end: number): Instant {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
    const instant = parseInstant(text);
    this.#length = -1;
    if (Number.isNaN(instant)) {
      this.naive = false;
      return instant;
    }
    this.naive = isNaive(text);
    if (text.length > LONGEST) return instant;
    const fraction = /^\.[0-9]+/.exec(text.slice(SECOND_LENGTH))?.[0] ?? "";
    this.#length = text.length;
    this.#fractionEnd = SECOND_LENGTH + fraction.length;
    const digits = Math.min(MICROSECOND_DIGITS, Math.max(0, fraction.length - 1));
    this.#countedEnd = SECOND_LENGTH + 1 + digits;
    this.#worth = 10 ** (MICROSECOND_DIGITS - digits);
    this.#hour = parseInstant(`${text.slice(0, HOUR_LENGTH)}00:00${text.slice(this.#fractionEnd)}`);
    this.#known.set(bytes.subarray(start, end));
    return instant;
  }
}

/** NaN or beyond 99 where the bytes are no digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [(bytes[at] as number) - ZERO, (bytes[at + 1] as number) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
