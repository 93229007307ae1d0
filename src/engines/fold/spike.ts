// Buckets of time with far more entries than usual. Keeps a number and the first entry of each
// bucket that has any.

import type { SpikeMeasure } from "../../model/measure.ts";
import { LISTED } from "../../model/observation.ts";
import type { Accumulator, Step } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { compareListed, listed } from "./first.ts";
import type { Listed } from "./first.ts";
import type { Named, NamedNumbersState } from "./numbers.ts";

interface Bucket {
  entries: number;
  first: Listed;
  /** In what its first entry counts if the bucket is a spike. */
  deviating: Named;
}

export interface SpikeState {
  /** Entries with a readable time. */
  population: number;
  readonly buckets: Map<number, Bucket>;
  readonly named: NamedNumbersState;
}

export function spike(measure: SpikeMeasure, asking: Asking): Accumulator<SpikeState> {
  const inPopulation = asking.condition(measure.population);
  const named = asking.named(measure);
  const state: SpikeState = { population: 0, buckets: new Map(), named: named.state };
  let currentIndex = Number.NaN;
  let current: Bucket | undefined;

  const add = (entry: Step | Listed, entries: number, deviating: Named): void => {
    const index = Math.floor(entry.instant / measure.bucket);
    const bucket = index === currentIndex ? current : state.buckets.get(index);
    if (bucket === undefined) {
      current = { entries, first: listed(entry), deviating };
      state.buckets.set(index, current);
    } else {
      bucket.entries += entries;
      if (compareListed(entry, bucket.first) < 0) {
        bucket.first = listed(entry);
        bucket.deviating = deviating;
      }
      current = bucket;
    }
    currentIndex = index;
  };

  const found = (): { usual: number; peak: number; spikes: Bucket[] } => {
    const sizes = [...state.buckets.values()].map(({ entries }) => entries);
    const usual = median(sizes);
    const deviation = median(sizes.map((size) => Math.abs(size - usual)));
    const most = Math.max(usual + measure.deviations * deviation, measure.times * usual);
    const spikes =
      sizes.length < measure.atLeast
        ? []
        : [...state.buckets.values()]
            .filter(({ entries }) => entries > most)
            .sort((left, right) => compareListed(left.first, right.first));
    return { usual, peak: sizes.reduce((peak, size) => Math.max(peak, size), 0), spikes };
  };

  return {
    state,
    meaning(row) {
      if (!inPopulation(row)) return undefined;
      const counted = named.ofPopulation(row);
      const deviating = named.ofException(row);
      return {
        each(step) {
          if (step.instant === Number.POSITIVE_INFINITY) return;
          state.population += 1;
          named.take(counted, 1);
          add(step, 1, deviating);
        },
      };
    },
    merge(other) {
      state.population += other.population;
      for (const { entries, first, deviating } of other.buckets.values()) {
        add(first, entries, deviating);
      }
      named.merge(other.named);
    },
    late: () => ({ entries: found().spikes.map(({ first }) => first) }),
    references: () =>
      found()
        .spikes.slice(0, LISTED)
        .map(({ first }) => first.reference),
    finish(resolve) {
      const { usual, peak, spikes } = found();
      const shown = spikes.slice(0, LISTED);
      return {
        kind: "spike",
        measure: measure.id,
        population: state.population,
        exceptions: spikes.length,
        exceptionEntries: shown.map(({ first }) => resolve(first.reference)),
        numbers: {
          ...named.finish(spikes.map(({ deviating }) => deviating)),
          spikes: spikes.length,
          buckets: state.buckets.size,
          ...(state.buckets.size === 0 ? {} : { median: usual, peak }),
        },
      };
    },
  };
}

/** The middle of the numbers, or halfway between the two middle ones; NaN of none. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}
