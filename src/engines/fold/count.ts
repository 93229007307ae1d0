// How many entries of a population deviate, and the first of them.

import { compilePredicate } from "../../expression/compile.ts";
import type { SlotOf } from "../../expression/compile.ts";
import type { CountMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";

export interface CountState {
  population: number;
  exceptions: number;
  readonly first: Listed[];
}

export function count(measure: CountMeasure, slotOf: SlotOf): Accumulator<CountState> {
  const inPopulation = compilePredicate(measure.population.predicate, slotOf);
  const isException = compilePredicate(measure.exception.predicate, slotOf);
  const state: CountState = { population: 0, exceptions: 0, first: [] };
  return {
    state,
    step(step) {
      if (!inPopulation(step.row)) return;
      state.population += 1;
      if (!isException(step.row)) return;
      state.exceptions += 1;
      offer(state.first, step);
    },
    merge(other) {
      state.population += other.population;
      state.exceptions += other.exceptions;
      for (const listed of other.first) offer(state.first, listed);
    },
    references: () => state.first.map((listed) => listed.reference),
    finish: (resolve) => ({
      kind: "count",
      measure: measure.id,
      population: state.population,
      exceptions: state.exceptions,
      exceptionEntries: state.first.map((listed) => resolve(listed.reference)),
    }),
  };
}
