// Rejected records of a log, held until it is sure that the fast reading is the one that counts.

import type { RejectedRecord } from "../../model/intake.ts";
import { StepBack } from "./step-back.ts";

/** What is held of rejected records at most, in bytes; with more the ordinary way is taken. */
const MOST_BYTES = 16 * 1024 * 1024;
/** What a record takes besides its bytes, about. */
const RECORD_BYTES = 256;

export interface HeldRejections {
  readonly records: readonly RejectedRecord[];
  /** Keeps a copy. */
  readonly keep: (record: RejectedRecord) => void;
}

/** Starts with none. */
export function heldRejections(): HeldRejections {
  const records: RejectedRecord[] = [];
  let bytes = 0;
  return {
    records,
    keep: (record) => {
      bytes += record.bytes.length + RECORD_BYTES;
      if (bytes > MOST_BYTES) throw new StepBack("many records are rejected");
      records.push({ ...record, bytes: new Uint8Array(record.bytes) });
    },
  };
}
