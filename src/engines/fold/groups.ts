// How a population divides by a text. Keeps one number a group.

import type { Row } from "../../expression/compile.ts";
import type { TextExpression, TextTerm } from "../../model/expression.ts";
import type { GroupsMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { largest } from "./largest.ts";
import type { NamedNumbersState } from "./numbers.ts";

interface Counted {
  entries: number;
}

export interface GroupsState {
  population: number;
  readonly groups: Map<string, Counted>;
  readonly named: NamedNumbersState;
}

export function groups(measure: GroupsMeasure, asking: Asking): Accumulator<GroupsState> {
  const inPopulation = asking.condition(measure.population);
  const named = asking.named(measure);
  const state: GroupsState = { population: 0, groups: new Map(), named: named.state };
  const groupOf = (key: string): Counted => {
    const known = state.groups.get(key);
    if (known !== undefined) return known;
    const group = { entries: 0 };
    state.groups.set(key, group);
    return group;
  };
  const groupIn = rememberedGroups(measure.by, asking, groupOf);
  return {
    state,
    meaning(row) {
      if (!inPopulation(row)) return undefined;
      const counted = named.ofPopulation(row);
      const count = (times: number): void => {
        state.population += times;
        named.take(counted, times);
      };
      return {
        count,
        each(step) {
          groupIn(step.row).entries += 1;
        },
        alike: (same) => ({
          count(times) {
            count(times);
            groupIn(same).entries += times;
          },
        }),
      };
    },
    merge(other) {
      state.population += other.population;
      for (const [key, { entries }] of other.groups) groupOf(key).entries += entries;
      named.merge(other.named);
    },
    references: () => [],
    finish() {
      const all = new Map([...state.groups].map(([key, { entries }]) => [key, entries]));
      return {
        kind: "groups",
        measure: measure.id,
        population: state.population,
        exceptions: 0,
        exceptionEntries: [],
        distinct: all.size,
        groups: largest(all),
        all,
        numbers: { ...named.finish(), groups: all.size },
      };
    },
  };
}

/** Values whose groups are remembered. */
const REMEMBERED = 4096;

/** Finds the group of a row; by the value itself, where a text is made of one that was there before. */
function rememberedGroups(
  by: TextExpression,
  asking: Asking,
  groupOf: (key: string) => Counted,
): (row: Row) => Counted {
  const keyOf = asking.text(by);
  const field = fieldIn(by.term);
  if (field === undefined) return (row) => groupOf(keyOf(row));
  const slot = asking.slotOf(field);
  const remembered = new Map<unknown, Counted>();
  let lastValue: unknown = remembered;
  let last: Counted | undefined;
  return (row) => {
    const value = row[slot];
    if (last !== undefined && value === lastValue) return last;
    let group = remembered.get(value);
    if (group === undefined) {
      group = groupOf(keyOf(row));
      if (remembered.size >= REMEMBERED) remembered.clear();
      if (typeof value !== "object") remembered.set(value, group);
    }
    lastValue = value;
    last = group;
    return group;
  };
}

/** The one text field that a term is made of. */
function fieldIn(term: TextTerm): string | undefined {
  switch (term.kind) {
    case "text-field":
      return term.name;
    case "lower-ascii":
    case "trim":
    case "host":
      return fieldIn(term.of);
    default:
      return undefined;
  }
}
