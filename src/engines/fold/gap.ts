// Silences of a whole log (of those within partitions, see `ordered/gap.ts`), exactly and in one pass over entries in any order. Time is cut into
// buckets as wide as the limit; each keeps its first and last entry. Two neighbours in one
// bucket are closer than the limit, so a longer silence always lies between the last entry of a
// bucket and the first of the next one that has any.

import type { GapMeasure } from "../../model/measure.ts";
import { MICROSECONDS_PER_SECOND } from "../../model/instant.ts";
import { LISTED } from "../../model/observation.ts";
import type { Accumulator, Held, Step } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { compareListed, listed } from "./first.ts";
import type { Listed } from "./first.ts";
import type { Named, NamedNumbersState } from "./numbers.ts";

const DAY = 86_400 * MICROSECONDS_PER_SECOND;

/** An end of a bucket. */
interface End {
  readonly entry: Listed;
  /** In what it counts if it ends a silence. */
  readonly deviating: Named;
}

interface Bucket {
  first: End;
  last: End;
}

export interface GapState {
  population: number;
  readonly buckets: Map<number, Bucket>;
  readonly named: NamedNumbersState;
}

interface Silence {
  readonly from: End;
  readonly to: End;
  readonly length: number;
}

export function gap(measure: GapMeasure, asking: Asking): Accumulator<GapState> {
  const inPopulation = asking.condition(measure.population);
  const named = asking.named(measure);
  const width = measure.longerThan;
  const state: GapState = { population: 0, buckets: new Map(), named: named.state };
  let currentIndex = Number.NaN;
  let current: Bucket | undefined;
  /** The last entry of the current bucket, if it is not yet in there. */
  const latest = new LastEntry();

  const settle = (): void => {
    if (current !== undefined && latest.isThere) current.last = latest.end();
    latest.isThere = false;
  };

  const add = (entry: Step | Listed, deviating: Named): void => {
    const index = Math.floor(entry.instant / width);
    if (index !== currentIndex) {
      settle();
      current = state.buckets.get(index);
      currentIndex = index;
    }
    if (current === undefined) {
      const only = { entry: listed(entry), deviating };
      current = { first: only, last: only };
      state.buckets.set(index, current);
    } else if (compareListed(entry, latest.isThere ? latest : current.last.entry) > 0) {
      latest.take(entry, deviating);
    } else if (compareListed(entry, current.first.entry) < 0) {
      current.first = { entry: listed(entry), deviating };
    }
  };

  const sorted = (): Bucket[] => {
    settle();
    return [...state.buckets].sort(([left], [right]) => left - right).map(([, bucket]) => bucket);
  };

  const silences = (): Silence[] => {
    const found: Silence[] = [];
    let previous: Bucket | undefined;
    for (const bucket of sorted()) {
      if (previous !== undefined) {
        const length = bucket.first.entry.instant - previous.last.entry.instant;
        if (length > width) found.push({ from: previous.last, to: bucket.first, length });
      }
      previous = bucket;
    }
    return found;
  };

  return {
    get state() {
      settle();
      return state;
    },
    meaning(row) {
      if (!inPopulation(row)) return undefined;
      const counted = named.ofPopulation(row);
      const deviating = named.ofException(row);
      return {
        each(step) {
          if (step.instant === Number.POSITIVE_INFINITY) return;
          state.population += 1;
          named.take(counted, 1);
          add(step, deviating);
        },
      };
    },
    merge(other) {
      state.population += other.population;
      for (const { first, last } of other.buckets.values()) {
        add(first.entry, first.deviating);
        add(last.entry, last.deviating);
      }
      named.merge(other.named);
    },
    late: () => ({ entries: silences().map(({ to }) => to.entry) }),
    references: () =>
      silences()
        .slice(0, LISTED)
        .flatMap(({ from, to }) => [from.entry.reference, to.entry.reference]),
    finish(resolve) {
      const all = silences();
      const gaps = all.slice(0, LISTED).map(({ from, to, length }) => ({
        from: resolve(from.entry.reference),
        to: resolve(to.entry.reference),
        length,
      }));
      const longest = all.reduce((most, { length }) => Math.max(most, length), 0);
      const buckets = sorted();
      const start = buckets[0]?.first.entry.instant;
      const end = buckets.at(-1)?.last.entry.instant;
      return {
        kind: "gap",
        measure: measure.id,
        population: state.population,
        exceptions: all.length,
        exceptionEntries: gaps.map(({ to }) => to),
        gaps,
        ...(all.length === 0 ? {} : { longest }),
        numbers: {
          ...named.finish(all.map(({ to }) => to.deviating)),
          ...(all.length === 0 ? {} : { longest_seconds: longest / MICROSECONDS_PER_SECOND }),
          ...(start === undefined || end === undefined ? {} : { span_days: (end - start) / DAY }),
        },
      };
    },
  };
}

/** An end of a bucket as long as the next entry may take its place: nothing is made of it yet. */
class LastEntry implements Listed {
  isThere = false;
  instant = 0;
  id: Listed["id"] = undefined;
  position = 0;
  #held: Held | undefined = undefined;
  #deviating: Named | undefined = undefined;

  take(entry: Step | Listed, deviating: Named): void {
    this.isThere = true;
    this.instant = entry.instant;
    this.id = entry.id;
    this.position = entry.position;
    this.#held = ("hold" in entry ? entry.hold?.(this.#held) : undefined) ?? {
      reference: entry.reference,
    };
    this.#deviating = deviating;
  }

  get reference(): Listed["reference"] {
    return (this.#held as Held).reference;
  }

  end(): End {
    return { entry: listed(this), deviating: this.#deviating as Named };
  }
}
