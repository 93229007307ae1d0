// The entries that matter, in order, as the kinds of measures see them: rows from 0, by time,
// then id, then place in the log. Rows without a readable time stand last.

import type { EntryField } from "../../../model/audit-entry.ts";
import type { EntryReference } from "../accumulator.ts";
import { writtenOrder } from "./arrange.ts";
import { CODES, INSTANT, REFERENCE } from "./block.ts";
import type { Block } from "./block.ts";
import type { Codes } from "./codes.ts";
import type { Asked } from "./needs.ts";
import { codesOfHashes } from "./hash.ts";
import { isHashed, numberColumnName, textColumnName } from "./plan.ts";
import type { Plan } from "./plan.ts";
import type { TimelineState } from "./timeline.ts";

export type { Codes } from "./codes.ts";

/** Whether something that was asked holds of a row. */
export type RowHolds = (row: number) => boolean;

export interface OrderedLog {
  readonly length: number;
  /** How many of the rows, from the first, have a readable time. */
  readonly timed: number;
  /** Microseconds, or Infinity. */
  readonly instants: Float64Array;
  holds(asked: Asked): RowHolds;
  texts(field: EntryField): Codes;
  /** The same of some rows only, in their order. */
  textsOf(field: EntryField, rows: Uint32Array): Codes;
  /** The number of a row; NaN where unrecorded. */
  numbers(field: EntryField): (row: number) => number;
  /** Rows in which any of these holds, in order; without `untimed` only those with a readable time. */
  rowsWith(any: readonly Asked[], untimed?: boolean): Uint32Array;
  /** In how many rows this holds; without `untimed` of those with a readable time. */
  count(asked: Asked, untimed: boolean): number;
  /** All rows in the order in which they were written; undefined where that is their own. */
  writtenOrder(): Uint32Array | undefined;
  reference(row: number): EntryReference;
}

export function orderedLog(
  plan: Plan,
  block: Block,
  dictionaries: TimelineState["dictionaries"],
): OrderedLog {
  const { length, columns } = block;
  const instants = columns[INSTANT] as Float64Array;
  let timed = length;
  while (timed > 0 && instants[timed - 1] === Number.POSITIVE_INFINITY) timed -= 1;

  const wordAt = (word: number): Uint32Array =>
    columns[CODES + plan.columns.length + word] as Uint32Array;
  const holds = (asked: Asked): RowHolds => {
    const { word, mask } = plan.bitOf(asked);
    const masks = wordAt(word);
    return (row) => ((masks[row] as number) & mask) !== 0;
  };
  /** By word, which of its bits stand for one of these. */
  const masksOf = (any: readonly Asked[]): Map<Uint32Array, number> => {
    const masks = new Map<Uint32Array, number>();
    for (const { word, mask } of any.map(plan.bitOf)) {
      const column = wordAt(word);
      masks.set(column, (masks.get(column) ?? 0) | mask);
    }
    return masks;
  };
  const column = (name: string): Codes => {
    const index = plan.columns.findIndex((planned) => planned.name === name);
    const dictionary = dictionaries.get(plan.columns[index]?.dictionary ?? "");
    return { of: columns[CODES + index] as Uint32Array, size: (dictionary?.size ?? 0) + 1 };
  };

  const hashesOf = (field: EntryField): readonly [Uint32Array, Uint32Array] => {
    // A block of no rows has no columns.
    if (length === 0) return [new Uint32Array(), new Uint32Array()];
    const index = plan.hashes.findIndex((planned) => planned.field === field);
    const low = CODES + plan.columns.length + plan.words + 2 * index;
    return [columns[low] as Uint32Array, columns[low + 1] as Uint32Array];
  };

  return {
    length,
    timed,
    instants,
    holds,
    texts: (field) =>
      isHashed(field) ? codesOfHashes(...hashesOf(field)) : column(textColumnName(field)),
    textsOf(field, rows) {
      if (!isHashed(field)) {
        const { of, size } = column(textColumnName(field));
        return { of: at(of, rows), size };
      }
      const [lows, highs] = hashesOf(field);
      return codesOfHashes(at(lows, rows), at(highs, rows));
    },
    numbers(field) {
      const { of, size } = column(numberColumnName(field));
      const values = new Float64Array(size).fill(Number.NaN);
      for (const [value, code] of dictionaries.get(numberColumnName(field)) ?? []) {
        values[code] = value as number;
      }
      return (row) => values[of[row] as number] as number;
    },
    rowsWith(any, untimed = false) {
      const marked = new Uint8Array(untimed ? length : timed);
      let count = 0;
      for (const [masks, mask] of masksOf(any)) {
        for (let row = 0; row < marked.length; row += 1) {
          if (((masks[row] as number) & mask) === 0 || marked[row] === 1) continue;
          marked[row] = 1;
          count += 1;
        }
      }
      const rows = new Uint32Array(count);
      for (let row = 0, taken = 0; taken < count; row += 1) {
        if (marked[row] === 0) continue;
        rows[taken] = row;
        taken += 1;
      }
      return rows;
    },
    count(asked, untimed) {
      let count = 0;
      for (const [masks, mask] of masksOf([asked])) {
        for (let row = 0; row < (untimed ? length : timed); row += 1) {
          if (((masks[row] as number) & mask) !== 0) count += 1;
        }
      }
      return count;
    },
    writtenOrder: () => writtenOrder(block),
    reference: (row) => (columns[REFERENCE] as EntryReference[])[row] as EntryReference,
  };
}

function at(column: Uint32Array, rows: Uint32Array): Uint32Array {
  return rows.map((row) => column[row] as number);
}
