// Which share of a population is of a kind. Either that part or the rest counts as exceptions.

import type { RatioMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";
import { shareNumbers } from "./numbers.ts";
import type { NamedNumbersState } from "./numbers.ts";

export interface RatioState {
  population: number;
  part: number;
  readonly first: Listed[];
  readonly named: NamedNumbersState;
}

export function ratio(measure: RatioMeasure, asking: Asking): Accumulator<RatioState> {
  const inPopulation = asking.condition(measure.population);
  const isPart = asking.condition(measure.part);
  const partDeviates = measure.exceptions === "part";
  const named = asking.named(measure);
  const state: RatioState = { population: 0, part: 0, first: [], named: named.state };
  return {
    state,
    meaning(row) {
      if (!inPopulation(row)) return undefined;
      const part = isPart(row);
      const counted = named.ofPopulation(row);
      const deviating = part === partDeviates ? named.ofException(row) : undefined;
      return {
        count(times) {
          state.population += times;
          if (part) state.part += times;
          named.take(counted, times);
          if (deviating !== undefined) named.take(deviating, times);
        },
        ...(deviating === undefined ? {} : { each: (step) => asking.offer(state.first, step) }),
      };
    },
    merge(other) {
      state.population += other.population;
      state.part += other.part;
      for (const listed of other.first) offer(state.first, listed);
      named.merge(other.named);
    },
    references: () => state.first.map((listed) => listed.reference),
    finish: (resolve) => ({
      kind: "ratio",
      measure: measure.id,
      population: state.population,
      part: state.part,
      exceptions: partDeviates ? state.part : state.population - state.part,
      exceptionEntries: state.first.map((listed) => resolve(listed.reference)),
      numbers: { ...named.finish(), ...shareNumbers(state.part, state.population) },
    }),
  };
}
