// Hands windows of combined columns to a fold: what a combination of values means is asked once,
// and of each row only its time and its id are looked at.

import type { Row } from "../../expression/compile.ts";
import { ENTRY_FIELD_NAMES, isRecorded } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { columnsOf } from "../fold/fold.ts";
import type { AlikeRow, Fold } from "../fold/fold.ts";
import type { Question } from "../engine.ts";
import type { TableColumn } from "./coded-table.ts";
import type { ColumnsByUse, CombinedWindow } from "./combined-columns.ts";

/** Rows that are remembered, by their values. */
const REMEMBERED = 65_536;
const TIMESTAMP = ENTRY_FIELD_NAMES.indexOf("timestamp");
const ID = ENTRY_FIELD_NAMES.indexOf("id");

export class AlikeRows {
  readonly #running: Fold;
  readonly #looked: readonly TableColumn[];
  readonly #others: readonly TableColumn[];
  /** Of each field that the question reads, where it stands among the columns that are looked into. */
  readonly #places: readonly number[];
  readonly #idOf: (value: unknown) => unknown;
  /** Bits that every row has: its id and its time. */
  readonly #always: number;
  readonly #known = new Map<string, AlikeRow>();

  /** @param idOf reads an id as it stands in the table */
  constructor(
    running: Fold,
    question: Question,
    { id, looked, others }: ColumnsByUse,
    idOf: (value: unknown) => unknown,
  ) {
    this.#running = running;
    this.#looked = looked;
    this.#others = others;
    this.#places = columnsOf(question).map((field) => {
      const slot = ENTRY_FIELD_NAMES.indexOf(field);
      return looked.findIndex((column) => column.slot === slot);
    });
    this.#idOf = idOf;
    this.#always = (1 << TIMESTAMP) | (id === undefined ? 0 : 1 << ID);
  }

  /**
   * Takes all rows of a window, or none: only where every time can be read, every row has an id
   * and all of them lie in the period or none. Their references are their positions.
   *
   * @returns whether they were taken
   */
  take(window: CombinedWindow, { start, end }: Question["period"]): boolean {
    const { length, combinationOf } = window;
    if (window.times === undefined) return false;
    const { instants, naive } = window.times;
    let inPeriod = 0;
    for (let row = 0; row < length; row += 1) {
      const instant = instants[row] as number;
      if (!(start !== undefined && instant < start) && !(end !== undefined && instant >= end)) {
        inPeriod += 1;
      }
    }
    if (inPeriod !== 0 && inPeriod !== length) return false;
    const ids = window.ids?.map(this.#idOf);
    if (ids?.some((id) => id === null || id === undefined || id === "")) return false;

    const rows = window.combinations.map((values) => this.#alike(values));
    const { firstId } = window;
    const running = this.#running;
    const own = { id: undefined as unknown, instant: 0, naive: false };
    for (let row = 0; row < length; row += 1) {
      own.id = ids === undefined ? firstId + row : ids[row];
      own.instant = instants[row] as number;
      own.naive = naive[row] === 1;
      running.stepAlike(rows[combinationOf[row] as number] as AlikeRow, own);
    }
    if (inPeriod > 0) this.#countOthers(window.recorded);
    return true;
  }

  #alike(values: readonly unknown[]): AlikeRow {
    const key = JSON.stringify(values);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const row: Row = this.#places.map((place) => (place < 0 ? undefined : values[place]));
    let recorded = this.#always;
    for (const [index, { slot }] of this.#looked.entries()) {
      if (isRecorded(ENTRY_FIELD_NAMES[slot] as EntryField, values[index])) recorded |= 1 << slot;
    }
    const made = this.#running.alike(row, recorded);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }

  #countOthers(recorded: readonly number[]): void {
    for (const [index, { slot }] of this.#others.entries()) {
      if (slot >= ENTRY_FIELD_NAMES.length) continue;
      this.#running.recordedBesides(1 << slot, recorded[index] ?? 0);
    }
  }
}
