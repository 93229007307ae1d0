// Takes exact numbers of bytes from chunks of any size.

import { isDamage, type Damage } from "../damage.ts";

/** Reads stored bytes by number. */
export class StoredReader {
  /** Set when the chunks ended in damage. */
  damage: Damage | undefined;
  readonly #stored: AsyncGenerator<Buffer | Damage, void, undefined>;
  #chunk: Buffer = Buffer.alloc(0);
  #ended = false;

  /** @param stored chunks that are valid until the next one is asked for */
  constructor(stored: AsyncGenerator<Buffer | Damage, void, undefined>) {
    this.#stored = stored;
  }

  /** How many bytes of a wanted number there are; fewer only at the end. */
  async available(wanted: number): Promise<number> {
    while (this.#chunk.length < wanted && !this.#ended) await this.#advance();
    return Math.min(wanted, this.#chunk.length);
  }

  /** The next bytes, or undefined when there are fewer. They stay unchanged. */
  async take(size: number): Promise<Buffer | undefined> {
    if ((await this.available(size)) < size) return undefined;
    const taken = Buffer.from(this.#chunk.subarray(0, size));
    this.#chunk = this.#chunk.subarray(size);
    return taken;
  }

  /** Some of the next bytes, without passing over them; none at the end. They stay unchanged until then. */
  async look(most: number): Promise<Buffer> {
    await this.available(1);
    return this.#chunk.subarray(0, most);
  }

  /** Passes over bytes; tells whether there were as many. */
  async skip(size: number): Promise<boolean> {
    let left = size;
    while (left > 0 && (await this.available(1)) > 0) {
      const step = Math.min(left, this.#chunk.length);
      this.#chunk = this.#chunk.subarray(step);
      left -= step;
    }
    return left === 0;
  }

  async #advance(): Promise<void> {
    // What is left is copied first: its memory is written to while the next chunk is awaited.
    const rest = Buffer.from(this.#chunk);
    this.#chunk = rest;
    const { done, value } = await this.#stored.next();
    if (done === true) {
      this.#ended = true;
    } else if (isDamage(value)) {
      this.damage = value;
      this.#ended = true;
    } else {
      this.#chunk = rest.length === 0 ? value : Buffer.concat([rest, value]);
    }
  }
}
