// Silences within partitions, measured against the partitions' own rhythm.

import { MICROSECONDS_PER_SECOND } from "../../../model/instant.ts";
import type { GapMeasure } from "../../../model/measure.ts";
import { LISTED } from "../../../model/observation.ts";
import type { OrderedKind } from "./kind.ts";
import { nearestRank } from "./nearest-rank.ts";
import type { OrderedLog } from "./ordered-log.ts";
import { partitions } from "./partitions.ts";

const MICROSECONDS_PER_DAY = 86_400 * MICROSECONDS_PER_SECOND;

/**
 * A spacing lies between two entries of the population that follow each other in a partition;
 * a gap is a spacing longer than the threshold, unless it begins at an `unlessAfter` entry. The
 * threshold is `longerThan`, or so many times the percentile of all spacings where that is
 * more; spacings after an `unlessAfter` entry are among them. Entries in no partition belong to
 * the population and its span, but begin and end no spacing. Without `by`, the whole
 * population is one partition.
 *
 * A gap is corroborated when an entry of the `where` kind, of the population or not, whose
 * `same` field has the recorded text that the entry before the gap has, lies strictly inside
 * it. `threshold_seconds` is always there, `corroborated` only where it is asked for.
 */
export const gap: OrderedKind<GapMeasure> = {
  needs: ({ population, by = [], unlessAfter, corroboration }) => ({
    roles: [
      population.predicate,
      ...(corroboration === undefined ? [] : [corroboration.where.predicate]),
    ],
    asks: unlessAfter === undefined ? [] : [unlessAfter.predicate],
    texts: [...by, ...(corroboration === undefined ? [] : [corroboration.same])],
    numbers: [],
    untimed: false,
  }),
  find({ population, by = [], longerThan, rhythm, unlessAfter, corroboration }, log) {
    const rows = log.rowsWith([population.predicate]);
    const spacings = spacingsIn(log, rows, by);
    let threshold = longerThan;
    if (rhythm !== undefined) {
      const usual = nearestRank(spacings.lengths.toSorted(), rhythm.percentile) ?? 0;
      threshold = Math.max(threshold, usual * rhythm.times);
    }
    const isExcused = unlessAfter === undefined ? () => false : log.holds(unlessAfter.predicate);
    const exceptions = new Uint8Array(log.length);
    const before = new Map<number, number>();
    const gaps: number[] = [];
    let longest: number | undefined;
    for (let at = 0; at < spacings.lengths.length; at += 1) {
      const length = spacings.lengths[at] as number;
      if (length <= threshold || isExcused(spacings.from[at] as number)) continue;
      const to = spacings.to[at] as number;
      exceptions[to] = 1;
      if (gaps.length < LISTED) before.set(to, spacings.from[at] as number);
      gaps.push(at);
      longest = Math.max(longest ?? 0, length);
    }
    const seconds = longest === undefined ? undefined : longest / MICROSECONDS_PER_SECOND;
    return {
      exceptions,
      before,
      longest,
      numbers: {
        longest_seconds: seconds,
        span_days: spanOf(log, rows),
        threshold_seconds: threshold / MICROSECONDS_PER_SECOND,
        corroborated:
          corroboration === undefined
            ? undefined
            : corroborated(log, spacings, gaps, corroboration),
      },
    };
  },
};

/** Neighbours in a partition, in the order of the later ones. */
interface Spacings {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Microseconds. */
  readonly lengths: Float64Array;
}

function spacingsIn(log: OrderedLog, rows: Uint32Array, by: GapMeasure["by"] = []): Spacings {
  const { of, size } = partitions(log, rows, by);
  /** By partition, one more than the row of its last entry so far. */
  const last = new Uint32Array(size);
  const from = new Uint32Array(rows.length);
  const to = new Uint32Array(rows.length);
  const lengths = new Float64Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const partition = of[at] as number;
    if (partition === 0) continue;
    const row = rows[at] as number;
    const previous = last[partition] as number;
    last[partition] = row + 1;
    if (previous === 0) continue;
    from[count] = previous - 1;
    to[count] = row;
    lengths[count] = (log.instants[row] as number) - (log.instants[previous - 1] as number);
    count += 1;
  }
  return {
    from: from.subarray(0, count),
    to: to.subarray(0, count),
    lengths: lengths.subarray(0, count),
  };
}

function spanOf({ instants }: OrderedLog, rows: Uint32Array): number | undefined {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return ((instants[last] as number) - (instants[first] as number)) / MICROSECONDS_PER_DAY;
}

/** How many of the gaps have a witness. @param gaps places in the spacings */
function corroborated(
  log: OrderedLog,
  { from, to }: Spacings,
  gaps: readonly number[],
  { same, where }: NonNullable<GapMeasure["corroboration"]>,
): number {
  const texts = log.texts(same).of;
  const witnesses = new Map<number, number[]>();
  for (const at of gaps) witnesses.set(texts[from[at] as number] as number, []);
  witnesses.delete(0);
  for (const row of log.rowsWith([where.predicate])) {
    witnesses.get(texts[row] as number)?.push(log.instants[row] as number);
  }
  return gaps.filter((at) => {
    const begin = from[at] as number;
    const end = log.instants[to[at] as number] as number;
    const seen = witnesses.get(texts[begin] as number) ?? [];
    const next = seen[firstAfter(seen, log.instants[begin] as number)];
    return next !== undefined && next < end;
  }).length;
}

/** Place of the first of some ascending numbers that is larger than another. */
function firstAfter(numbers: readonly number[], than: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) > than) high = middle;
    else low = middle + 1;
  }
  return low;
}
