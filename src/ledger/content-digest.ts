// The digest of everything that an import takes in, in order: by it an import that goes on knows
// that it reads again what it read before.

import { createHash, hash } from "node:crypto";
import type { Origin } from "../intake/sink.ts";

/** How much text is digested at once. */
const CHUNK = 16 * 1024;

/** Digests records, and what becomes of them. */
export class ContentDigest {
  readonly #hash = createHash("sha256");
  #waiting = "";
  #record = "";
  #recordOf = "";

  /** SHA-256 of the bytes of an action's record, lower-case hex. */
  recordOf({ fileIndex, line, bytes }: Origin): string {
    // A document may hold many actions.
    const of = `${fileIndex}:${line}`;
    if (of !== this.#recordOf) {
      this.#record = hash("sha256", bytes, "hex");
      this.#recordOf = of;
    }
    return this.#record;
  }

  /** Takes one line of text. */
  add(line: string): void {
    this.#waiting += `${line}\n`;
    if (this.#waiting.length >= CHUNK) this.#flush();
  }

  /** The digest so far, lower-case hex. */
  get value(): string {
    this.#flush();
    return this.#hash.copy().digest("hex");
  }

  #flush(): void {
    this.#hash.update(this.#waiting);
    this.#waiting = "";
  }
}
