// How long it takes from entries of one kind to the next of another.

import { MICROSECONDS_PER_SECOND } from "../../../model/instant.ts";
import type { PercentileMeasure } from "../../../model/measure.ts";
import type { OrderedKind } from "./kind.ts";
import { nearestRank } from "./nearest-rank.ts";
import { divided, partitions } from "./partitions.ts";

/**
 * Each entry of the population is followed by the next `to` entry after it, in order, that has
 * the same texts in the `same` fields (unrecorded equals unrecorded), if that comes at most
 * `within` later; never by itself. The percentile is taken over those that are followed. The
 * others are the exceptions, `unfollowed`: also those that the log's end leaves no time for.
 */
export const percentile: OrderedKind<PercentileMeasure> = {
  needs: ({ population, to, same }) => ({
    roles: [population.predicate, to.predicate],
    asks: [],
    texts: same,
    numbers: [],
    untimed: false,
  }),
  find({ population, to, same, percentile: percent, within }, log, { inputs }) {
    const rows = log.rowsWith([population.predicate, to.predicate]);
    const { of, size } = divided(log, rows, partitions(log, rows, []), same);
    const isAsked = log.holds(population.predicate);
    const isNext = log.holds(to.predicate);
    /** By key, the time of the next `to` entry: the rows are walked backwards. */
    const next = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    const spans = new Float64Array(rows.length);
    const exceptions = new Uint8Array(log.length);
    let followed = 0;
    let unfollowed = 0;
    for (let at = rows.length - 1; at >= 0; at -= 1) {
      const row = rows[at] as number;
      const key = of[at] as number;
      const instant = log.instants[row] as number;
      if (isAsked(row)) {
        const span = (next[key] as number) - instant;
        if (span <= within) {
          spans[followed] = span;
          followed += 1;
        } else {
          exceptions[row] = 1;
          unfollowed += 1;
        }
      }
      if (isNext(row)) next[key] = instant;
    }
    const found = nearestRank(spans.subarray(0, followed).sort(), percent);
    return { exceptions, numbers: { unfollowed, ...against(found, inputs?.recoveryTime) } };
  },
};

/** The percentile in seconds, and what it is of the recovery time objective. */
function against(
  found: number | undefined,
  recovery: number | undefined,
): Readonly<Record<string, number | undefined>> {
  return {
    percentile_seconds: found === undefined ? undefined : found / MICROSECONDS_PER_SECOND,
    recovery_seconds: recovery === undefined ? undefined : recovery / MICROSECONDS_PER_SECOND,
    times_recovery:
      found === undefined || recovery === undefined || recovery <= 0 ? undefined : found / recovery,
  };
}
