// Whether the times of a log can be right: readable, with an offset, not in the future, and not
// running backwards.

import type { ClockMeasure } from "../../../model/measure.ts";
import { goodPart } from "./good-part.ts";
import type { OrderedKind } from "./kind.ts";
import { NAIVE } from "./needs.ts";
import type { OrderedLog } from "./ordered-log.ts";
import { partitions } from "./partitions.ts";

/**
 * An entry counts in each of these, and once as an exception: `unreadable`, its time is missing
 * or none; `naive`, its time names no offset; `future`, its time is more than `ahead` after the
 * report's own; `backwards`, its time is more than `tolerance` before the largest time so far,
 * among the entries of the population that were written before it in its partition. A time in
 * the future does not become the largest, so that one wrong entry does not make all others
 * late. Entries in no partition are never backwards. Each of several logs was written by itself.
 */
export const clock: OrderedKind<ClockMeasure> = {
  needs: ({ population, by }) => ({
    roles: [population.predicate],
    asks: [NAIVE],
    texts: by,
    numbers: [],
    untimed: true,
  }),
  find({ population, by, tolerance, ahead }, log, { now, positionsOfALog }) {
    const rows = asWritten(log, log.rowsWith([population.predicate], true));
    const { of, size } = partitions(log, rows, by);
    const isNaive = log.holds(NAIVE);
    const latest = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    const exceptions = new Uint8Array(log.length);
    const counts = { unreadable: 0, naive: 0, future: 0, backwards: 0 };
    let part = rows.length;
    let written = Number.NaN;
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at] as number;
      const instant = log.instants[row] as number;
      if (positionsOfALog !== undefined) {
        const here = Math.floor((log.reference(row) as number) / positionsOfALog);
        if (here !== written) latest.fill(Number.NEGATIVE_INFINITY);
        written = here;
      }
      let isBad = false;
      if (instant === Number.POSITIVE_INFINITY) {
        counts.unreadable += 1;
        isBad = true;
      } else {
        if (isNaive(row)) {
          counts.naive += 1;
          isBad = true;
        }
        const partition = of[at] as number;
        if (instant - now > ahead) {
          counts.future += 1;
          isBad = true;
        } else if (partition !== 0) {
          const before = latest[partition] as number;
          if (instant > before) latest[partition] = instant;
          else if (before - instant > tolerance) {
            counts.backwards += 1;
            isBad = true;
          }
        }
      }
      if (!isBad) continue;
      part -= 1;
      exceptions[row] = 1;
    }
    return { exceptions, numbers: { ...counts, ...goodPart(part, rows.length) } };
  },
};

/** Some rows in the order in which they were written. */
function asWritten(log: OrderedLog, rows: Uint32Array): Uint32Array {
  const order = log.writtenOrder();
  if (order === undefined) return rows;
  const among = new Uint8Array(log.length);
  for (const row of rows) among[row] = 1;
  return order.filter((row) => among[row] === 1);
}
