// How a population divides by a text.

import { compilePredicate, compileText } from "../../expression/compile.ts";
import type { SlotOf } from "../../expression/compile.ts";
import { compareText } from "../../expression/text.ts";
import type { GroupsMeasure } from "../../model/measure.ts";
import { LISTED } from "../../model/observation.ts";
import type { Group } from "../../model/observation.ts";
import type { Accumulator } from "./accumulator.ts";

export interface GroupsState {
  population: number;
  readonly counts: Map<string, number>;
}

export function groups(measure: GroupsMeasure, slotOf: SlotOf): Accumulator<GroupsState> {
  const inPopulation = compilePredicate(measure.population.predicate, slotOf);
  const keyOf = compileText(measure.by.term, slotOf);
  const state: GroupsState = { population: 0, counts: new Map() };
  return {
    state,
    step({ row }) {
      if (!inPopulation(row)) return;
      state.population += 1;
      const key = keyOf(row);
      state.counts.set(key, (state.counts.get(key) ?? 0) + 1);
    },
    merge(other) {
      state.population += other.population;
      for (const [key, number] of other.counts) {
        state.counts.set(key, (state.counts.get(key) ?? 0) + number);
      }
    },
    references: () => [],
    finish: () => ({
      kind: "groups",
      measure: measure.id,
      population: state.population,
      exceptions: 0,
      exceptionEntries: [],
      distinct: state.counts.size,
      groups: largest(state.counts).slice(0, LISTED),
      all: state.counts,
    }),
  };
}

/** Groups by size, the largest first; ties by the key's UTF-8 bytes. */
function largest(counts: ReadonlyMap<string, number>): Group[] {
  return [...counts]
    .map(([key, number]) => ({ key, count: number }))
    .sort((left, right) => right.count - left.count || compareText(left.key, right.key));
}
