// A record that was not decoded, as every source tells of it.

import type { RejectionReason } from "../../model/intake.ts";
import type { SourceRefusal } from "../source.ts";

/** How much of a refused record is kept. */
export const KEPT_BYTES = 1 << 16;

/** Longest record in bytes, unless the reader says otherwise. */
export const LONGEST_RECORD = 1 << 26;

/**
 * A refusal.
 *
 * @param bytes the record, or its beginning when `length` says that it is longer
 */
export function refusal(
  line: number,
  reason: RejectionReason,
  message: string,
  bytes: Uint8Array,
  length: number = bytes.length,
): SourceRefusal {
  return { line, reason, message, bytes: bytes.subarray(0, KEPT_BYTES), length };
}

/** The sentence for a record beyond the limit. */
export function tooLong(
  line: number,
  longest: number,
  head: Uint8Array,
  length: number,
): SourceRefusal {
  return refusal(
    line,
    "too-long",
    `The record has ${length} bytes; at most ${longest} are read of one.`,
    head,
    length,
  );
}
