// The texts of a column that come again and again: recognised by their bytes, so that a text
// that was there before costs no new string.

/** Longer texts are made each time. */
const LONGEST = 64;
const PLACES = 1024;
/** After so many look-ups it is asked whether recognising is worth its while. */
const WINDOW = 8192;

/** Texts by their bytes. A text that falls on another's place takes it. */
export class KnownTexts {
  readonly #bytes = new Uint8Array(PLACES * LONGEST);
  readonly #lengths = new Uint8Array(PLACES);
  readonly #texts: string[] = Array.from({ length: PLACES }, () => "");
  #asked = 0;
  #missed = 0;
  #given = false;

  /**
   * The text of a stretch of bytes.
   *
   * @param isAscii whether all of the bytes are ASCII; otherwise they are UTF-8
   */
  text(bytes: Buffer, start: number, end: number, isAscii: boolean): string {
    const length = end - start;
    if (this.#given || length > LONGEST || length === 0) return textOf(bytes, start, end, isAscii);
    const middle = start + (length >> 1);
    const sum =
      length * 31 +
      (bytes[start] as number) * 7 +
      (bytes[middle] as number) * 131 +
      (bytes[end - 1] as number) * 521 +
      (bytes[end - 1 - (length >> 2)] as number) * 1031;
    const place = (sum ^ (sum >>> 10)) & (PLACES - 1);
    const kept = this.#bytes;
    const at = place * LONGEST;
    this.#asked += 1;
    if (this.#lengths[place] === length) {
      let index = 0;
      while (index < length && kept[at + index] === bytes[start + index]) index += 1;
      if (index === length) return this.#texts[place] as string;
    }
    const text = textOf(bytes, start, end, isAscii);
    for (let index = 0; index < length; index += 1)
      kept[at + index] = bytes[start + index] as number;
    this.#lengths[place] = length;
    this.#texts[place] = text;
    this.#missed += 1;
    if (this.#asked >= WINDOW) {
      if (this.#missed * 2 > this.#asked) this.#given = true;
      this.#asked = 0;
      this.#missed = 0;
    }
    return text;
  }
}

function textOf(bytes: Buffer, start: number, end: number, isAscii: boolean): string {
  return bytes.toString(isAscii ? "latin1" : "utf8", start, end);
}
