// Folds records as they were scanned: those whose values came before by what is known of them,
// all others like any row. Evidence is made of those only that are kept as evidence.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import { isNaive, parseInstant } from "../../model/instant.ts";
import type { RejectedRecord } from "../../model/intake.ts";
import type { Question } from "../engine.ts";
import type { Held, PlacedEntry } from "../fold/accumulator.ts";
import type { Referrer } from "../fold/current-step.ts";
import { columnsOf, readsEachEntry } from "../fold/fold.ts";
import type { Fold } from "../fold/fold.ts";
import { placedEntry, withoutTime } from "../log/fold-sink.ts";
import { HeldScan } from "./held-scan.ts";
import { InstantReader } from "./instant-reader.ts";
import { KnownRows } from "./known-rows.ts";
import { VALUE } from "./scanned-row.ts";
import type { ScannedRow } from "./scanned-row.ts";

/** Where records come from, and who is told of those that are rejected. */
export interface ScannedFrom {
  readonly file: string;
  /** As references name it. */
  readonly part: number;
  readonly onRejected: ((record: RejectedRecord) => void) | undefined;
}

const ID = ENTRY_FIELD_NAMES.indexOf("id");
const TIMESTAMP = ENTRY_FIELD_NAMES.indexOf("timestamp");

export class ScannedFold {
  readonly #running: Fold;
  readonly #from: ScannedFrom;
  readonly #slots: readonly number[];
  readonly #values: unknown[];
  readonly #known: KnownRows | undefined;
  readonly #instants = new InstantReader();
  readonly #own = { id: undefined as unknown, instant: 0, naive: false };
  #row: ScannedRow | undefined;
  #line = 0;
  readonly #reference: Referrer;
  /** One for each of those that hold entries; they are written over. */
  readonly #held: HeldScan[] = [];

  /** @param mostRows rows of which it is kept at a time what they mean; as many as is good when absent */
  constructor(question: Question, running: Fold, from: ScannedFrom, mostRows?: number) {
    const columns = columnsOf(question);
    this.#running = running;
    this.#from = from;
    this.#slots = columns.map((field) => ENTRY_FIELD_NAMES.indexOf(field));
    this.#values = columns.map(() => undefined);
    this.#known = readsEachEntry(question) ? undefined : new KnownRows(running, columns, mostRows);
    const make = (): PlacedEntry => {
      const row = this.#row as ScannedRow;
      return placedEntry((slot) => row.valueOf(slot), from.part, this.#line);
    };
    const hold = (over: Held | undefined): Held => {
      // One of another file's would not be told when the bytes of this one move.
      const held = this.#held.find((own) => own === over) ?? this.#newHeld();
      held.take(this.#row as ScannedRow, from.part, this.#line);
      return held;
    };
    this.#reference = Object.assign(make, { hold });
  }

  /** To be called before the bytes are moved in which entries were scanned. */
  beforeMoving(): void {
    for (const held of this.#held) held.keep();
  }

  /**
   * Takes an entry.
   *
   * @param bytes of its record, called for those that are rejected
   */
  take(row: ScannedRow, line: number, bytes: () => Uint8Array): void {
    this.#row = row;
    this.#line = line;
    const same = this.#known?.find(row);
    if (same !== undefined) {
      const own = this.#own;
      this.#readTime(row);
      own.id = row.valueOf(ID);
      if (!this.#running.stepAlike(same, own, this.#reference)) this.#reject(bytes);
      return;
    }
    const slots = this.#slots;
    const values = this.#values;
    for (let index = 0; index < slots.length; index += 1) {
      values[index] = row.valueOf(slots[index] as number);
    }
    if (!this.#running.step(values, this.#reference, row.recorded)) this.#reject(bytes);
  }

  #newHeld(): HeldScan {
    const held = new HeldScan();
    this.#held.push(held);
    return held;
  }

  #readTime(row: ScannedRow): void {
    const own = this.#own;
    if (row.codes[TIMESTAMP] === VALUE.text) {
      const { bytes, starts, ends } = row;
      const instants = this.#instants;
      own.instant = instants.read(bytes, starts[TIMESTAMP] as number, ends[TIMESTAMP] as number);
      own.naive = instants.naive && !Number.isNaN(own.instant);
      return;
    }
    const text = row.valueOf(TIMESTAMP);
    own.instant = typeof text === "string" ? parseInstant(text) : Number.NaN;
    own.naive = !Number.isNaN(own.instant) && isNaive(text as string);
  }

  #reject(bytes: () => Uint8Array): void {
    const { file, onRejected } = this.#from;
    onRejected?.(withoutTime({ file, line: this.#line, bytes: bytes() }));
  }
}
