// Silences, exactly and in one pass over entries in any order. Time is cut into buckets as
// wide as the limit; each keeps its first and last entry. Two neighbours in one bucket are
// closer than the limit, so a longer silence always lies between the last entry of a bucket
// and the first of the next one that has any.

import { compilePredicate } from "../../expression/compile.ts";
import type { SlotOf } from "../../expression/compile.ts";
import type { GapMeasure } from "../../model/measure.ts";
import { LISTED } from "../../model/observation.ts";
import type { Accumulator, Step } from "./accumulator.ts";
import { compareListed } from "./first.ts";
import type { Listed } from "./first.ts";

interface Bucket {
  first: Listed;
  last: Listed;
}

export interface GapState {
  population: number;
  readonly buckets: Map<number, Bucket>;
}

interface Silence {
  readonly from: Listed;
  readonly to: Listed;
  readonly length: number;
}

export function gap(measure: GapMeasure, slotOf: SlotOf): Accumulator<GapState> {
  const inPopulation = compilePredicate(measure.population.predicate, slotOf);
  const width = measure.longerThan;
  const state: GapState = { population: 0, buckets: new Map() };
  let currentIndex = Number.NaN;
  let current: Bucket | undefined;

  const add = (entry: Step | Listed): void => {
    const index = Math.floor(entry.instant / width);
    const bucket = index === currentIndex ? current : state.buckets.get(index);
    if (bucket === undefined) {
      const listed = { instant: entry.instant, id: entry.id, reference: entry.reference };
      current = { first: listed, last: listed };
      state.buckets.set(index, current);
    } else {
      if (compareListed(entry, bucket.last) > 0) {
        bucket.last = { instant: entry.instant, id: entry.id, reference: entry.reference };
      } else if (compareListed(entry, bucket.first) < 0) {
        bucket.first = { instant: entry.instant, id: entry.id, reference: entry.reference };
      }
      current = bucket;
    }
    currentIndex = index;
  };

  const silences = (): { listed: Silence[]; count: number; longest: number } => {
    const listed: Silence[] = [];
    let count = 0;
    let longest = 0;
    let previous: Bucket | undefined;
    for (const [, bucket] of [...state.buckets].sort(([left], [right]) => left - right)) {
      const length = previous === undefined ? 0 : bucket.first.instant - previous.last.instant;
      if (previous !== undefined && length > width) {
        count += 1;
        longest = Math.max(longest, length);
        if (listed.length < LISTED) listed.push({ from: previous.last, to: bucket.first, length });
      }
      previous = bucket;
    }
    return { listed, count, longest };
  };

  return {
    state,
    step(step) {
      if (step.instant === Number.POSITIVE_INFINITY || !inPopulation(step.row)) return;
      state.population += 1;
      add(step);
    },
    merge(other) {
      state.population += other.population;
      for (const bucket of other.buckets.values()) {
        add(bucket.first);
        add(bucket.last);
      }
    },
    references: () => silences().listed.flatMap(({ from, to }) => [from.reference, to.reference]),
    finish(resolve) {
      const { listed, count, longest } = silences();
      const gaps = listed.map(({ from, to, length }) => ({
        from: resolve(from.reference),
        to: resolve(to.reference),
        length,
      }));
      return {
        kind: "gap",
        measure: measure.id,
        population: state.population,
        exceptions: count,
        exceptionEntries: gaps.slice(0, LISTED).map(({ to }) => to),
        gaps,
        ...(count === 0 ? {} : { longest }),
      };
    },
  };
}
