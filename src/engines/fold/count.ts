// How many entries of a population deviate, and the first of them.

import type { CountMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";
import type { NamedNumbersState } from "./numbers.ts";

export interface CountState {
  population: number;
  exceptions: number;
  readonly first: Listed[];
  readonly named: NamedNumbersState;
}

export function count(measure: CountMeasure, asking: Asking): Accumulator<CountState> {
  const inPopulation = asking.condition(measure.population);
  const isException = asking.condition(measure.exception);
  const named = asking.named(measure);
  const state: CountState = { population: 0, exceptions: 0, first: [], named: named.state };
  return {
    state,
    meaning(row) {
      if (!inPopulation(row)) return undefined;
      const counted = named.ofPopulation(row);
      if (!isException(row)) {
        return {
          count(times) {
            state.population += times;
            named.take(counted, times);
          },
        };
      }
      const deviating = named.ofException(row);
      return {
        count(times) {
          state.population += times;
          state.exceptions += times;
          named.take(counted, times);
          named.take(deviating, times);
        },
        each: (step) => asking.offer(state.first, step),
      };
    },
    merge(other) {
      state.population += other.population;
      state.exceptions += other.exceptions;
      for (const listed of other.first) offer(state.first, listed);
      named.merge(other.named);
    },
    references: () => state.first.map((listed) => listed.reference),
    finish: (resolve) => ({
      kind: "count",
      measure: measure.id,
      population: state.population,
      exceptions: state.exceptions,
      exceptionEntries: state.first.map((listed) => resolve(listed.reference)),
      numbers: named.finish(),
    }),
  };
}
