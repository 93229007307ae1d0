// Bursts: many entries, or many different values, within a window of time.

import type { RateMeasure } from "../../../model/measure.ts";
import type { OrderedKind } from "./kind.ts";
import type { Codes, OrderedLog } from "./ordered-log.ts";
import { divided, grouped, partitions } from "./partitions.ts";
import { isHashed } from "./plan.ts";

/**
 * A window is closed: entries exactly its length apart lie in it together. Counted are the
 * entries of the population in one partition with equal `same` fields; with `distinct`, the
 * different recorded texts of that field among them. All entries of a window that reaches
 * `atLeast` are exceptions, those that record no value too. `bursts` counts the stretches of
 * exceptions in which each neighbour lies in one such window with the next; `peak` is the most
 * that any window holds, 0 when there is none. Entries in no partition are in no window.
 */
export const rate: OrderedKind<RateMeasure> = {
  needs: ({ population, by, same, distinct }) => ({
    roles: [population.predicate],
    asks: [],
    texts: [...by, ...same, ...(distinct === undefined ? [] : [distinct])],
    numbers: [],
    untimed: false,
  }),
  find(measure, log) {
    const { population, by, same, window, atLeast, distinct } = measure;
    const { rows, left } = candidates(measure, log, log.rowsWith([population.predicate]));
    const { places, starts } = grouped(divided(log, rows, partitions(log, rows, by), same));
    const windowed = distinct === undefined ? entriesIn() : valuesIn(log.texts(distinct));
    const exceptions = new Uint8Array(log.length);
    let bursts = 0;
    let peak = left ? 1 : 0;
    const rowAt = (at: number): number => rows[places[at] as number] as number;
    for (let group = 0; group + 1 < starts.length; group += 1) {
      const end = starts[group + 1] as number;
      let first = starts[group] as number;
      /** Everything before this place that is an exception was marked. */
      let marked = first;
      for (let last = first; last < end; last += 1) {
        const row = rowAt(last);
        windowed.add(row);
        const oldest = (log.instants[row] as number) - window;
        while ((log.instants[rowAt(first)] as number) < oldest) {
          windowed.remove(rowAt(first));
          first += 1;
        }
        const count = windowed.count();
        if (count > peak) peak = count;
        if (count < atLeast) continue;
        // A window that shares no entry with those before begins a burst.
        if (first >= marked) {
          bursts += 1;
          marked = first;
        }
        for (; marked <= last; marked += 1) exceptions[rowAt(marked)] = 1;
      }
      for (; first < end; first += 1) windowed.remove(rowAt(first));
    }
    return { exceptions, numbers: { bursts, peak } };
  },
};

/**
 * Rows that could share a window with another. Fields that are long and nearly always different
 * are compared among these only; fields of few values tell first who is alone.
 */
function candidates(
  { by, same, window, atLeast, distinct }: RateMeasure,
  log: OrderedLog,
  rows: Uint32Array,
): {
  readonly rows: Uint32Array;
  /** Others are in windows of their own. */ readonly left: boolean;
} {
  if (!same.some(isHashed) || atLeast < 2 || distinct !== undefined) return { rows, left: false };
  const coarse = same.filter((field) => !isHashed(field));
  const { places, starts } = grouped(divided(log, rows, partitions(log, rows, by), coarse));
  const isCandidate = new Uint8Array(rows.length);
  let group = 0;
  for (let at = 1; at < places.length; at += 1) {
    while ((starts[group + 1] as number) < at) group += 1;
    if (starts[group + 1] === at) continue;
    const [before, place] = [places[at - 1] as number, places[at] as number];
    const silence =
      (log.instants[rows[place] as number] as number) -
      (log.instants[rows[before] as number] as number);
    if (silence > window) continue;
    isCandidate[before] = 1;
    isCandidate[place] = 1;
  }
  const found = rows.filter((_, at) => isCandidate[at] === 1);
  return { rows: found, left: found.length < places.length };
}

/** What is counted of the rows that lie in a window. */
interface Windowed {
  add(row: number): void;
  remove(row: number): void;
  count(): number;
}

function entriesIn(): Windowed {
  let count = 0;
  return {
    add() {
      count += 1;
    },
    remove() {
      count -= 1;
    },
    count: () => count,
  };
}

function valuesIn({ of, size }: Codes): Windowed {
  const rowsWith = new Uint32Array(size);
  let count = 0;
  return {
    add(row) {
      const value = of[row] as number;
      if (value === 0) return;
      const rows = (rowsWith[value] as number) + 1;
      rowsWith[value] = rows;
      if (rows === 1) count += 1;
    },
    remove(row) {
      const value = of[row] as number;
      if (value === 0) return;
      const rows = (rowsWith[value] as number) - 1;
      rowsWith[value] = rows;
      if (rows === 0) count -= 1;
    },
    count: () => count,
  };
}
