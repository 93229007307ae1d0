// The bytes of a file that are being looked at: the unfinished record and what was read last.

/** A stretch of bytes that grows at its end and is used up from its start. */
export class ByteWindow {
  /** Holds the stretch from `start` to `end`; replaced and moved by `append` only. */
  bytes: Buffer;
  /** The same memory in pairs of bytes. */
  pairs: Uint16Array;
  start = 0;
  end = 0;

  readonly #most: number;

  /** @param longest how many bytes are kept at most: those of the longest record */
  constructor(longest: number) {
    this.#most = Math.min(longest, MOST) + SPARE;
    [this.bytes, this.pairs] = allocate(SMALL);
  }

  get length(): number {
    return this.end - this.start;
  }

  /** Adds bytes; what stands before `start` may be overwritten. Cost: the bytes added, on average. */
  append(chunk: Uint8Array): void {
    if (this.start === this.end) this.#restart();
    if (this.end + chunk.length > this.bytes.length) this.#makeRoom(chunk.length);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }

  #restart(): void {
    this.start = 0;
    this.end = 0;
    if (this.bytes.length > LARGE) [this.bytes, this.pairs] = allocate(SMALL);
  }

  /** Doubles a small window. A large one gets all that it may ever need, so that no half of it is garbage. */
  #makeRoom(size: number): void {
    const needed = this.length + size;
    const { length } = this.bytes;
    if (needed * 2 <= length || (length >= LARGE && needed <= length)) {
      this.bytes.copyWithin(0, this.start, this.end);
    } else {
      const old = this.bytes;
      const wanted = needed < LARGE ? needed * 2 : Math.max(this.#most, needed + (needed >> 2));
      [this.bytes, this.pairs] = allocate(wanted + (wanted & 1));
      this.bytes.set(old.subarray(this.start, this.end));
    }
    this.end -= this.start;
    this.start = 0;
  }
}

const SMALL = 1 << 16;
const LARGE = 1 << 23;
const MOST = 1 << 28;

/** What is read at a time, and more. */
const SPARE = 1 << 22;

/** @param size an even number */
function allocate(size: number): [Buffer, Uint16Array] {
  const memory = new ArrayBuffer(size);
  return [Buffer.from(memory), new Uint16Array(memory)];
}
