// Which share of a population is of a kind. Either that part or the rest counts as exceptions.

import { compilePredicate } from "../../expression/compile.ts";
import type { SlotOf } from "../../expression/compile.ts";
import type { RatioMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";

export interface RatioState {
  population: number;
  part: number;
  readonly first: Listed[];
}

export function ratio(measure: RatioMeasure, slotOf: SlotOf): Accumulator<RatioState> {
  const inPopulation = compilePredicate(measure.population.predicate, slotOf);
  const isPart = compilePredicate(measure.part.predicate, slotOf);
  const partDeviates = measure.exceptions === "part";
  const state: RatioState = { population: 0, part: 0, first: [] };
  return {
    state,
    step(step) {
      if (!inPopulation(step.row)) return;
      state.population += 1;
      const part = isPart(step.row);
      if (part) state.part += 1;
      if (part === partDeviates) offer(state.first, step);
    },
    merge(other) {
      state.population += other.population;
      state.part += other.part;
      for (const listed of other.first) offer(state.first, listed);
    },
    references: () => state.first.map((listed) => listed.reference),
    finish: (resolve) => ({
      kind: "ratio",
      measure: measure.id,
      population: state.population,
      part: state.part,
      exceptions: partDeviates ? state.part : state.population - state.part,
      exceptionEntries: state.first.map((listed) => resolve(listed.reference)),
    }),
  };
}
