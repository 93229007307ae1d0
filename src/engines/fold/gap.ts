// Silences, exactly and in one pass over entries in any order. Time is cut into buckets as
// wide as the limit; each keeps its first and last entry. Two neighbours in one bucket are
// closer than the limit, so a longer silence always lies between the last entry of a bucket
// and the first of the next one that has any.

import { compilePredicate } from "../../expression/compile.ts";
import type { SlotOf } from "../../expression/compile.ts";
import type { GapMeasure } from "../../model/measure.ts";
import { LISTED } from "../../model/observation.ts";
import type { Accumulator, Step } from "./accumulator.ts";
import { compareListed, listed } from "./first.ts";
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
      const only = listed(entry);
      current = { first: only, last: only };
      state.buckets.set(index, current);
    } else {
      if (compareListed(entry, bucket.last) > 0) bucket.last = listed(entry);
      else if (compareListed(entry, bucket.first) < 0) bucket.first = listed(entry);
      current = bucket;
    }
    currentIndex = index;
  };

  const silences = (): { earliest: Silence[]; count: number; longest: number } => {
    const earliest: Silence[] = [];
    let count = 0;
    let longest = 0;
    let previous: Bucket | undefined;
    for (const [, bucket] of [...state.buckets].sort(([left], [right]) => left - right)) {
      const length = previous === undefined ? 0 : bucket.first.instant - previous.last.instant;
      if (previous !== undefined && length > width) {
        count += 1;
        longest = Math.max(longest, length);
        if (earliest.length < LISTED) {
          earliest.push({ from: previous.last, to: bucket.first, length });
        }
      }
      previous = bucket;
    }
    return { earliest, count, longest };
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
    references: () => silences().earliest.flatMap(({ from, to }) => [from.reference, to.reference]),
    finish(resolve) {
      const { earliest, count, longest } = silences();
      const gaps = earliest.map(({ from, to, length }) => ({
        from: resolve(from.reference),
        to: resolve(to.reference),
        length,
      }));
      return {
        kind: "gap",
        measure: measure.id,
        population: state.population,
        exceptions: count,
        exceptionEntries: gaps.map(({ to }) => to),
        gaps,
        ...(count === 0 ? {} : { longest }),
      };
    },
  };
}
