// The texts of a column that come again and again: recognised by their bytes, so that a text
// that was there before costs no new string, and a number can stand for it.

/** Longer texts are not recognised. */
const LONGEST = 64;
const PLACE_BITS = 11;
const PLACES = 2 ** PLACE_BITS;
const PLACE_SHIFT = 32 - PLACE_BITS;
/** Bytes that are compared at once. */
const WORD = 4;
const FACTOR = 0x9e3779b1 | 0;
/** After so many look-ups it is asked whether recognising is worth its while. */
const WINDOW = 8192;
/** Numbers of texts begin here, and go up to 2^31. */
const FIRST = 1 << 24;
const LAST = 2 ** 31 - 1;

/** Texts by their bytes. A text that falls on another's place takes it. */
export class KnownTexts {
  /** The bytes of each place's text; made when there is a first one. */
  #kept: DataView = new DataView(new ArrayBuffer(0));
  readonly #lengths = new Uint8Array(PLACES);
  /** Its first and its last four bytes; of a shorter text, all of them. */
  readonly #firsts = new Int32Array(PLACES);
  readonly #lasts = new Int32Array(PLACES);
  readonly #codes = new Int32Array(PLACES);
  #texts: string[] = [];
  /** What the next text's number is, but for its place. */
  #next = FIRST;
  #asked = 0;
  #missed = 0;
  #given = false;

  /** Whether a number is one that stands for a text. */
  static isText(code: number): boolean {
    return code >= FIRST;
  }

  /**
   * The number of the text in a stretch of bytes, which no other text has or will have; 0 for one
   * that is not recognised.
   *
   * @param start less than `end`
   */
  codeOf(bytes: DataView, start: number, end: number): number {
    const length = end - start;
    if (length > LONGEST || this.#given) return 0;
    let first: number;
    let last: number;
    let hash = length;
    if (length >= WORD) {
      first = bytes.getInt32(start, true);
      last = bytes.getInt32(end - WORD, true);
      if (length > 2 * WORD) hash ^= bytes.getInt32(start + (length >> 1) - 2, true);
    } else {
      first = bytes.getUint8(start) | (bytes.getUint8(end - 1) << 8);
      last = bytes.getUint8(start + (length >> 1));
    }
    hash = Math.imul(Math.imul(first ^ hash, FACTOR) ^ (first >>> 15) ^ last, FACTOR);
    const place = hash >>> PLACE_SHIFT;
    this.#asked += 1;
    if (
      this.#lengths[place] === length &&
      this.#firsts[place] === first &&
      this.#lasts[place] === last &&
      (length <= 2 * WORD || this.#isMiddle(place, bytes, start, length))
    ) {
      return this.#codes[place] as number;
    }
    return this.#keep(place, bytes, start, end, first, last);
  }

  /** The text of the number that was given last, or of any whose place was not taken since. */
  text(code: number): string {
    return this.#texts[code & (PLACES - 1)] as string;
  }

  /** Whether what stands between the first and the last four bytes is the same. */
  #isMiddle(place: number, bytes: DataView, start: number, length: number): boolean {
    const kept = this.#kept;
    const at = place * LONGEST;
    for (let index = WORD; index < length - WORD; index += WORD) {
      if (kept.getInt32(at + index, true) !== bytes.getInt32(start + index, true)) return false;
    }
    return true;
  }

  #keep(
    place: number,
    bytes: DataView,
    start: number,
    end: number,
    first: number,
    last: number,
  ): number {
    this.#missed += 1;
    if (this.#asked >= WINDOW) {
      this.#given = this.#missed * 2 > this.#asked;
      this.#asked = 0;
      this.#missed = 0;
    }
    if (this.#next > LAST - PLACES) this.#given = true;
    if (this.#given) return 0;
    if (this.#kept.byteLength === 0) {
      this.#kept = new DataView(new ArrayBuffer(PLACES * LONGEST));
      this.#texts = Array.from({ length: PLACES }, () => "");
    }
    const code = this.#next + place;
    this.#next += PLACES;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    new Uint8Array(this.#kept.buffer).set(text, place * LONGEST);
    this.#lengths[place] = end - start;
    this.#firsts[place] = first;
    this.#lasts[place] = last;
    this.#texts[place] = text.toString();
    this.#codes[place] = code;
    return code;
  }
}
