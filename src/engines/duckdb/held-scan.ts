// The evidence of a record as it was scanned, kept for as long as somebody may want it: written
// over and over, so that of a record that nobody wanted in the end no text of its own was made.

import { ENTRY_FIELD_NAMES, EVIDENCE_FIELDS } from "../../model/audit-entry.ts";
import type { Held, PlacedEntry } from "../fold/accumulator.ts";
import { placedEntry } from "../log/fold-sink.ts";
import { VALUE } from "./scanned-row.ts";
import type { ScannedRow } from "./scanned-row.ts";

const TIMESTAMP = ENTRY_FIELD_NAMES.indexOf("timestamp");
/** Fields that are shown, but for the time. */
const SHOWN = EVIDENCE_FIELDS.map((field) => ENTRY_FIELD_NAMES.indexOf(field)).filter(
  (slot) => slot !== TIMESTAMP,
);
/** Longer times are made at once. */
const LONGEST_TIME = 48;

export class HeldScan implements Held {
  readonly #values: unknown[] = ENTRY_FIELD_NAMES.map(() => undefined);
  readonly #time = new Uint8Array(LONGEST_TIME);
  /** 0 for a time that is among the values. */
  #timeLength = 0;
  #part = 0;
  #line = 0;

  /**
   * Holds another one instead.
   *
   * @param part as references name it
   */
  take(row: ScannedRow, part: number, line: number): void {
    const values = this.#values;
    this.#part = part;
    this.#line = line;
    for (let index = 0; index < SHOWN.length; index += 1) {
      const slot = SHOWN[index] as number;
      values[slot] = row.valueOf(slot);
    }
    const { bytes, starts, ends } = row;
    const start = starts[TIMESTAMP] as number;
    const length = (ends[TIMESTAMP] as number) - start;
    if (row.codes[TIMESTAMP] !== VALUE.text || length > LONGEST_TIME) {
      this.#timeLength = 0;
      values[TIMESTAMP] = row.valueOf(TIMESTAMP);
      return;
    }
    const time = this.#time;
    this.#timeLength = length;
    for (let index = 0; index < length; index += 1) time[index] = bytes[start + index] as number;
  }

  get reference(): PlacedEntry {
    const values = this.#values;
    if (this.#timeLength > 0) {
      const bytes = this.#time.subarray(0, this.#timeLength);
      values[TIMESTAMP] = Buffer.from(bytes).toString("utf8");
    }
    return placedEntry((slot) => values[slot], this.#part, this.#line);
  }
}
