// Which share of a population the largest group among some of its entries makes up.

import { compilePredicate, compileText } from "../../expression/compile.ts";
import type { SlotOf } from "../../expression/compile.ts";
import { compareText } from "../../expression/text.ts";
import type { ShareOfTopMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";

interface ListedGroup {
  count: number;
  readonly first: Listed[];
}

export interface ShareOfTopState {
  population: number;
  readonly groups: Map<string, ListedGroup>;
}

export function shareOfTop(
  measure: ShareOfTopMeasure,
  slotOf: SlotOf,
): Accumulator<ShareOfTopState> {
  const inPopulation = compilePredicate(measure.population.predicate, slotOf);
  const isAmong = compilePredicate(measure.among.predicate, slotOf);
  const keyOf = compileText(measure.by.term, slotOf);
  const state: ShareOfTopState = { population: 0, groups: new Map() };

  const groupOf = (key: string): ListedGroup => {
    const known = state.groups.get(key);
    if (known !== undefined) return known;
    const group: ListedGroup = { count: 0, first: [] };
    state.groups.set(key, group);
    return group;
  };

  return {
    state,
    step(step) {
      if (!inPopulation(step.row)) return;
      state.population += 1;
      if (!isAmong(step.row)) return;
      const group = groupOf(keyOf(step.row));
      group.count += 1;
      offer(group.first, step);
    },
    merge(other) {
      state.population += other.population;
      for (const [key, { count, first }] of other.groups) {
        const group = groupOf(key);
        group.count += count;
        for (const listed of first) offer(group.first, listed);
      }
    },
    references: () => topOf(state.groups)?.[1].first.map((listed) => listed.reference) ?? [],
    finish(resolve) {
      const top = topOf(state.groups);
      return {
        kind: "share-of-top",
        measure: measure.id,
        population: state.population,
        exceptions: top?.[1].count ?? 0,
        exceptionEntries: top?.[1].first.map((listed) => resolve(listed.reference)) ?? [],
        distinct: state.groups.size,
        ...(top === undefined ? {} : { top: { key: top[0], count: top[1].count } }),
      };
    },
  };
}

/** The largest group; among equals the one whose key comes first by UTF-8 bytes. */
function topOf(groups: ReadonlyMap<string, ListedGroup>): [string, ListedGroup] | undefined {
  let top: [string, ListedGroup] | undefined;
  for (const candidate of groups) {
    if (
      top === undefined ||
      candidate[1].count > top[1].count ||
      (candidate[1].count === top[1].count && compareText(candidate[0], top[0]) < 0)
    ) {
      top = candidate;
    }
  }
  return top;
}
