// The evidence of a record as it was scanned, kept for as long as somebody may want it: where its
// values stand is written over and over, and values are made when they are wanted, or before the
// bytes are moved.

import { ENTRY_FIELD_NAMES, EVIDENCE_FIELDS } from "../../model/audit-entry.ts";
import type { Held, PlacedEntry } from "../fold/accumulator.ts";
import { placedEntry } from "../log/fold-sink.ts";
import type { Scanned, ScannedRow } from "./scanned-row.ts";

/** Fields that are shown. */
const SHOWN = EVIDENCE_FIELDS.map((field) => ENTRY_FIELD_NAMES.indexOf(field));
const FIELDS = ENTRY_FIELD_NAMES.length;

export class HeldScan implements Held, Scanned {
  readonly codes = new Int32Array(FIELDS);
  readonly starts = new Int32Array(FIELDS);
  readonly ends = new Int32Array(FIELDS);
  readonly made: unknown[] = ENTRY_FIELD_NAMES.map(() => undefined);
  bytes: Buffer = Buffer.alloc(0);
  isAscii = false;
  #row: ScannedRow | undefined;
  #part = 0;
  #line = 0;
  /** Present once it was wanted, or the bytes were about to be moved. */
  #entry: PlacedEntry | undefined;

  /**
   * Holds another one instead.
   *
   * @param part as references name it
   */
  take(row: ScannedRow, part: number, line: number): void {
    this.#row = row;
    this.#part = part;
    this.#line = line;
    this.#entry = undefined;
    this.bytes = row.bytes;
    this.isAscii = row.isAscii;
    const { codes, starts, ends, made } = this;
    for (let index = 0; index < SHOWN.length; index += 1) {
      const slot = SHOWN[index] as number;
      codes[slot] = row.codes[slot] as number;
      starts[slot] = row.starts[slot] as number;
      ends[slot] = row.ends[slot] as number;
      made[slot] = row.made[slot];
    }
  }

  /** Makes what is held, because the bytes are about to be moved. */
  keep(): void {
    const row = this.#row;
    if (row === undefined || this.#entry !== undefined) return;
    this.#entry = placedEntry((slot) => row.valueOf(slot, this), this.#part, this.#line);
  }

  get reference(): PlacedEntry {
    this.keep();
    return this.#entry as PlacedEntry;
  }
}
