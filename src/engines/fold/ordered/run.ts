// Entries of a kind one after the other, unbroken.

import type { RunMeasure } from "../../../model/measure.ts";
import type { OrderedKind } from "./kind.ts";
import { partitions } from "./partitions.ts";

/**
 * A run is what lies between two breaking entries of a partition: entries of the population,
 * however far apart in time, with entries between them that are neither of the population nor
 * break. An entry that is both breaks, and is in no run. `runs` counts those of at least
 * `atLeast` entries, whose entries are the exceptions; `longest_run` is the longest of any
 * length, 0 when there is none. Entries in no partition are in no run.
 */
export const run: OrderedKind<RunMeasure> = {
  needs: ({ population, by, brokenBy }) => ({
    roles: [population.predicate, brokenBy.predicate],
    asks: [],
    texts: by,
    numbers: [],
    untimed: false,
  }),
  find({ population, by, brokenBy, atLeast }, log) {
    const rows = log.rowsWith([population.predicate, brokenBy.predicate]);
    const { of, size } = partitions(log, rows, by);
    const isBreak = log.holds(brokenBy.predicate);
    /** By partition, the number of its open run; 0 while none is open. */
    const open = new Uint32Array(size);
    /** By row place, the number of its run. */
    const runOf = new Uint32Array(rows.length);
    const lengths: number[] = [0];
    for (let at = 0; at < rows.length; at += 1) {
      const partition = of[at] as number;
      if (partition === 0) continue;
      if (isBreak(rows[at] as number)) {
        open[partition] = 0;
        continue;
      }
      if (open[partition] === 0) open[partition] = lengths.push(0) - 1;
      const current = open[partition] as number;
      runOf[at] = current;
      lengths[current] = (lengths[current] as number) + 1;
    }
    const exceptions = new Uint8Array(log.length);
    for (let at = 0; at < rows.length; at += 1) {
      const number = runOf[at] as number;
      if (number === 0 || (lengths[number] as number) < atLeast) continue;
      exceptions[rows[at] as number] = 1;
    }
    let runs = 0;
    let longest = 0;
    for (const length of lengths) {
      if (length > 0 && length >= atLeast) runs += 1;
      if (length > longest) longest = length;
    }
    return { exceptions, numbers: { runs, longest_run: longest } };
  },
};
