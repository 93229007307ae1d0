// The largest value of a number, and the one that 99 of 100 do not exceed. Keeps how often
// each different value stands in the log.

import type { MaxMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";
import type { NamedNumbersState } from "./numbers.ts";

export interface MaxState {
  /** Entries of the population that record the number; the others cannot be asked. */
  population: number;
  exceptions: number;
  readonly values: Map<number, number>;
  readonly first: Listed[];
  readonly named: NamedNumbersState;
}

export function max(measure: MaxMeasure, asking: Asking): Accumulator<MaxState> {
  const inPopulation = asking.condition(measure.population);
  const numberOf = asking.number(measure.of);
  const named = asking.named(measure);
  const state: MaxState = {
    population: 0,
    exceptions: 0,
    values: new Map(),
    first: [],
    named: named.state,
  };
  const add = (value: number, entries: number): void => {
    state.values.set(value, (state.values.get(value) ?? 0) + entries);
  };
  return {
    state,
    meaning(row) {
      if (!inPopulation(row)) return undefined;
      const counted = named.ofPopulation(row);
      const deviating = named.ofException(row);
      /** Counts entries that record a number. @returns whether they are exceptions */
      const take = (value: number, times: number): boolean => {
        state.population += times;
        named.take(counted, times);
        add(value, times);
        if (value <= measure.above) return false;
        state.exceptions += times;
        named.take(deviating, times);
        return true;
      };
      return {
        each(step) {
          const value = numberOf(step.row);
          if (!Number.isNaN(value) && take(value, 1)) asking.offer(state.first, step);
        },
        alike(same) {
          const value = numberOf(same);
          if (Number.isNaN(value)) return {};
          return {
            count: (times) => void take(value, times),
            ...(value > measure.above ? { each: (step) => asking.offer(state.first, step) } : {}),
          };
        },
      };
    },
    merge(other) {
      state.population += other.population;
      state.exceptions += other.exceptions;
      for (const [value, entries] of other.values) add(value, entries);
      for (const listed of other.first) offer(state.first, listed);
      named.merge(other.named);
    },
    references: () => state.first.map((listed) => listed.reference),
    finish: (resolve) => ({
      kind: "max",
      measure: measure.id,
      population: state.population,
      exceptions: state.exceptions,
      exceptionEntries: state.first.map((listed) => resolve(listed.reference)),
      numbers: { ...named.finish(), ...highest(state.values, state.population) },
    }),
  };
}

/** The largest value and the 99th percentile by nearest rank; neither of no value. */
function highest(values: ReadonlyMap<number, number>, entries: number): Record<string, number> {
  const sorted = [...values].sort(([left], [right]) => left - right);
  const [largest] = sorted.at(-1) ?? [];
  if (largest === undefined) return {};
  let rank = Math.ceil((99 * entries) / 100);
  for (const [value, times] of sorted) {
    rank -= times;
    if (rank <= 0) return { max: largest, p99: value };
  }
  return { max: largest, p99: largest };
}
