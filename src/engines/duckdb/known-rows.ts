// What entries mean whose values came before: by the numbers that stand for the values.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { AlikeRow, Fold } from "../fold/fold.ts";
import type { ScannedRow } from "./scanned-row.ts";

/** Rows that are kept at a time. */
const MOST_ROWS = 32_768;
/** When so few entries had a row that was kept, keeping is not worth its while. */
const WORTHWHILE = 4;

/** Rows of the columns that a question reads, but id and time, which each entry has for itself. */
export class KnownRows {
  readonly #running: Fold;
  /** Slots of the columns; of the first two nothing is looked at. */
  readonly #slots: readonly number[];
  readonly #most: number;
  /** By place, a row's number from 1. */
  readonly #places: Int32Array;
  /** Of each row, what is recorded and the numbers of its values. */
  #keys = new Int32Array(64);
  /** What its entries mean; found out when a second one comes. */
  #rows: (AlikeRow | undefined)[] = [];
  #entries = 0;
  #isGiven = false;

  /**
   * @param columns fields in the order of the fold's rows, id and timestamp first
   * @param most rows that are kept at a time
   */
  constructor(running: Fold, columns: readonly EntryField[], most = MOST_ROWS) {
    this.#running = running;
    this.#slots = columns.map((field) => ENTRY_FIELD_NAMES.indexOf(field));
    this.#most = most;
    this.#places = new Int32Array(2 ** Math.ceil(Math.log2(most * 2)));
  }

  /** What the entry means, if that is known. */
  find(row: ScannedRow): AlikeRow | undefined {
    if (this.#isGiven) return undefined;
    const slots = this.#slots;
    const { codes, recorded } = row;
    let hash = recorded;
    for (let index = OWN; index < slots.length; index += 1) {
      const code = codes[slots[index] as number] as number;
      if (code < 0) return undefined;
      hash = Math.imul(hash ^ code, FACTOR);
      hash ^= hash >>> 15;
    }
    const places = this.#places;
    const mask = places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = (places[place] as number) - 1;
      if (number < 0) return this.#keep(row, place);
      if (!this.#isRow(number, row)) continue;
      this.#entries += 1;
      return this.#rows[number] ?? this.#ask(number, row);
    }
  }

  #isRow(number: number, { codes, recorded }: ScannedRow): boolean {
    const slots = this.#slots;
    const keys = this.#keys;
    let at = number * (slots.length - OWN + 1);
    if (keys[at] !== recorded) return false;
    for (let index = OWN; index < slots.length; index += 1) {
      at += 1;
      if (keys[at] !== codes[slots[index] as number]) return false;
    }
    return true;
  }

  #ask(number: number, row: ScannedRow): AlikeRow {
    const values = this.#slots.map((slot, index) => (index < OWN ? null : row.valueOf(slot)));
    const asked = this.#running.alike(values, row.recorded);
    this.#rows[number] = asked;
    return asked;
  }

  /** Keeps a row that was not there before. */
  #keep({ codes, recorded }: ScannedRow, place: number): undefined {
    const number = this.#rows.length;
    if (number >= this.#most) {
      this.#isGiven = this.#entries < WORTHWHILE * number;
      this.#entries = 0;
      this.#rows = [];
      this.#places.fill(0);
      return;
    }
    const slots = this.#slots;
    const width = slots.length - OWN + 1;
    let at = number * width;
    if (at + width > this.#keys.length) {
      const larger = new Int32Array(Math.max(this.#keys.length * 2, at + width));
      larger.set(this.#keys);
      this.#keys = larger;
    }
    this.#keys[at] = recorded;
    for (let index = OWN; index < slots.length; index += 1) {
      at += 1;
      this.#keys[at] = codes[slots[index] as number] as number;
    }
    this.#rows.push(undefined);
    this.#places[place] = number + 1;
  }
}

/** Columns that each entry has for itself: id and timestamp. */
const OWN = 2;
const FACTOR = 0x9e3779b1 | 0;
