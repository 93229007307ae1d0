// The bytes of a file that are being looked at: the unfinished record and what was read last.

/** A stretch of bytes that grows at its end and is used up from its start. */
export class ByteWindow {
  /** Holds the stretch from `start` to `end`; replaced and moved by `append` only. */
  bytes: Buffer;
  /** The same memory in pairs of bytes. */
  pairs: Uint16Array;
  start = 0;
  end = 0;

  constructor() {
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

  #makeRoom(size: number): void {
    const needed = this.length + size;
    if (needed * 2 <= this.bytes.length) {
      this.bytes.copyWithin(0, this.start, this.end);
    } else {
      const old = this.bytes;
      [this.bytes, this.pairs] = allocate(2 ** Math.ceil(Math.log2(needed * 2)));
      this.bytes.set(old.subarray(this.start, this.end));
    }
    this.end -= this.start;
    this.start = 0;
  }
}

const SMALL = 1 << 16;
const LARGE = 1 << 24;

/** @param size an even number */
function allocate(size: number): [Buffer, Uint16Array] {
  const memory = new ArrayBuffer(size);
  return [Buffer.from(memory), new Uint16Array(memory)];
}
