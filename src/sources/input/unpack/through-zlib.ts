// Pushes bytes through one of Node's own decompressors, step by step, so that nothing it gave
// out is lost when it fails later.

import type { Transform } from "node:stream";
import type { Zlib } from "node:zlib";
import type { Damage } from "../damage.ts";

/**
 * Bytes that the decompressor works on at a time, and options that make it hand out its
 * results one by one: it never works ahead of the reader.
 */
export const STEP_BYTES = 1 << 14;
export const STEPWISE = { chunkSize: 1 << 16, readableHighWaterMark: 1 } as const;

/** What is said of packed data that ends too early, and of any other fault in it. */
export const CUT_OFF = "The packed data stops before its end: the file was cut off.";
export const DAMAGED = "The packed data is damaged; what follows cannot be unpacked.";

/** A decompressor, driven by hand. */
export class ZlibDriver {
  readonly #transform: Transform & Zlib;
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(transform: Transform & Zlib) {
    this.#transform = transform;
    transform.on("readable", () => this.#wake());
    transform.on("end", () => this.#wake());
    transform.on("close", () => this.#wake());
    transform.on("error", (error) => {
      this.#failure ??= error;
      this.#wake();
    });
  }

  /** Bytes that were used up. */
  get used(): number {
    return this.#transform.bytesWritten;
  }

  /** Whether the packed data told its own end; what was written behind it is not used. */
  get ended(): boolean {
    return this.#transform.readableEnded;
  }

  /** What a piece unpacks to; the piece must stay unchanged until the end. */
  async *write(piece: Uint8Array): AsyncGenerator<Buffer | Damage, void, undefined> {
    let written = false;
    this.#transform.write(piece, (error) => {
      written = true;
      if (error) this.#failure ??= error;
      this.#wake();
    });
    yield* this.#results(() => written || this.ended);
  }

  /** What is left once everything was written; damage when the packed data is not complete. */
  async *end(): AsyncGenerator<Buffer | Damage, void, undefined> {
    this.#transform.end();
    yield* this.#results(() => this.ended);
  }

  /** Frees its memory. */
  close(): void {
    this.#transform.destroy();
  }

  async *#results(finished: () => boolean): AsyncGenerator<Buffer | Damage, void, undefined> {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const result = this.#transform.read() as Buffer | null;
      if (result !== null) {
        yield result;
      } else if (this.#failure !== undefined) {
        yield {
          damage:
            "code" in this.#failure && this.#failure.code === "Z_BUF_ERROR" ? CUT_OFF : DAMAGED,
        };
        return;
      } else if (finished()) {
        return;
      } else {
        await woken;
      }
    }
  }
}
