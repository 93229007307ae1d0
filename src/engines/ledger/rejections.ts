// The rejected records of a ledger in the order of their ordinals, read as they are needed.

import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Interface } from "node:readline";
import { REJECTED } from "../../ledger/layout.ts";
import { REJECTION_REASONS } from "../../model/intake.ts";
import type { RejectionReason } from "../../model/intake.ts";
import { misfit } from "./read-columns.ts";

/** One of them. */
export interface Rejected {
  readonly ordinal: number;
  /** `file:line`. */
  readonly pointer: string;
  readonly reason: RejectionReason;
}

const REASONS: ReadonlySet<unknown> = new Set(REJECTION_REASONS);

/** Walks through the rejected records. */
export class Rejections {
  readonly #lines: Interface;
  readonly #iterator: AsyncIterator<string>;
  #before = 0;
  /** The next record; undefined behind the last. Known after the first {@link advance}. */
  next: Rejected | undefined;

  constructor(folder: string) {
    this.#lines = createInterface({ input: createReadStream(join(folder, REJECTED)) });
    this.#iterator = this.#lines[Symbol.asyncIterator]();
  }

  /** Goes to the next record. */
  async advance(): Promise<void> {
    const { value, done } = await this.#iterator.next();
    this.next = done === true ? undefined : this.#read(value);
  }

  close(): void {
    this.#lines.close();
  }

  #read(line: string): Rejected {
    let record: Partial<Record<string, unknown>> | null = null;
    try {
      record = JSON.parse(line) as Partial<Record<string, unknown>> | null;
    } catch {
      // Told below.
    }
    const { ordinal, file, line: number, reason } = record ?? {};
    if (
      typeof ordinal !== "number" ||
      !Number.isSafeInteger(ordinal) ||
      ordinal <= this.#before ||
      typeof file !== "string" ||
      typeof number !== "number" ||
      !REASONS.has(reason)
    ) {
      throw misfit(REJECTED, "a line of it is none of a rejected record, or out of order");
    }
    this.#before = ordinal;
    return { ordinal, pointer: `${file}:${number}`, reason: reason as RejectionReason };
  }
}
