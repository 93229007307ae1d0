// How many different values there are, in all and apart for each of a group. Keeps every
// different value once, and once more for each group that has it.

import type { Row } from "../../expression/compile.ts";
import type { DistinctMeasure } from "../../model/measure.ts";
import { MICROSECONDS_PER_SECOND } from "../../model/instant.ts";
import type { Accumulator, Step } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { largest } from "./largest.ts";
import type { NamedNumbersState } from "./numbers.ts";

const DAY = 86_400 * MICROSECONDS_PER_SECOND;

export interface DistinctState {
  population: number;
  /** Days of UTC since 1970 with an entry of the population. */
  readonly days: Set<number>;
  /** In the order in which the measure names them. */
  readonly values: readonly Set<string>[];
  readonly groups: Map<string, readonly Set<string>[]>;
  readonly named: NamedNumbersState;
}

/** An unrecorded value is none, and entries without a group belong to none. */
export function distinct(measure: DistinctMeasure, asking: Asking): Accumulator<DistinctState> {
  const inPopulation = asking.condition(measure.population);
  const named = asking.named(measure);
  const names = measure.of.map(({ name }) => name);
  const texts = measure.of.map(({ value }) => asking.text(value));
  const groupOf = measure.per === undefined ? undefined : asking.text(measure.per);
  const newSets = (): Set<string>[] => names.map(() => new Set());
  const state: DistinctState = {
    population: 0,
    days: new Set(),
    values: newSets(),
    groups: new Map(),
    named: named.state,
  };
  let lastDay = Number.NaN;
  /** Logs repeat themselves: most values are those of the entry before. */
  const last = names.map(() => "");

  const setsOf = (key: string): readonly Set<string>[] => {
    const known = state.groups.get(key);
    if (known !== undefined) return known;
    const sets = newSets();
    state.groups.set(key, sets);
    return sets;
  };

  const takeDay = ({ instant }: Step): void => {
    if (instant === Number.POSITIVE_INFINITY) return;
    const day = Math.floor(instant / DAY);
    if (day !== lastDay) state.days.add(day);
    lastDay = day;
  };

  const takeValues = (row: Row): void => {
    const key = groupOf?.(row) ?? "";
    const sets = key === "" ? undefined : setsOf(key);
    for (let index = 0; index < texts.length; index += 1) {
      const value = texts[index]?.(row) ?? "";
      if (value === "") continue;
      if (value !== last[index]) state.values[index]?.add(value);
      last[index] = value;
      sets?.[index]?.add(value);
    }
  };

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
          takeDay(step);
          takeValues(step.row);
        },
        alike: (same) => ({
          count(times) {
            count(times);
            takeValues(same);
          },
          each: takeDay,
        }),
      };
    },
    merge(other) {
      state.population += other.population;
      for (const day of other.days) state.days.add(day);
      addAll(state.values, other.values);
      for (const [key, sets] of other.groups) addAll(setsOf(key), sets);
      named.merge(other.named);
    },
    references: () => [],
    finish() {
      const numbers = named.finish();
      numbers["active_days"] = state.days.size;
      for (const [index, name] of names.entries()) {
        numbers[name] = state.values[index]?.size ?? 0;
        let most = 0;
        for (const sets of state.groups.values()) most = Math.max(most, sets[index]?.size ?? 0);
        if (state.groups.size > 0) numbers[`most_${name}`] = most;
      }
      return {
        kind: "distinct",
        measure: measure.id,
        population: state.population,
        exceptions: 0,
        exceptionEntries: [],
        groups: largest([...state.groups].map(([key, [first]]) => [key, first?.size ?? 0])),
        numbers,
      };
    },
  };
}

function addAll(sets: readonly Set<string>[], others: readonly ReadonlySet<string>[]): void {
  for (const [index, values] of others.entries()) {
    for (const value of values) sets[index]?.add(value);
  }
}
