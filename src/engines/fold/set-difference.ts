// Values that a list beside the log does not have. Keeps one number a different value.

import { compilePredicate } from "../../expression/compile.ts";
import type { Row } from "../../expression/compile.ts";
import type { SetDifferenceMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";
import { largest } from "./largest.ts";
import type { NamedNumbersState } from "./numbers.ts";

interface Value {
  entries: number;
  readonly unknown: boolean;
}

export interface SetDifferenceState {
  /** Entries of the population that record a value; the others cannot be asked. */
  population: number;
  exceptions: number;
  readonly values: Map<string, Value>;
  readonly first: Listed[];
  readonly named: NamedNumbersState;
}

/** Without the list nothing is unknown, nothing is known, and all values are listed. */
export function setDifference(
  measure: SetDifferenceMeasure,
  asking: Asking,
): Accumulator<SetDifferenceState> {
  const { roster, allowList } = asking.inputs;
  const given = (measure.reference === "roster" ? roster : allowList) !== undefined;
  const inPopulation = asking.condition(measure.population);
  const valueOf = asking.text(measure.by);
  const isListed = compilePredicate(
    { kind: "listed", term: measure.by.term, input: measure.reference },
    asking.slotOf,
    asking.inputs,
  );
  const named = asking.named(measure);
  const state: SetDifferenceState = {
    population: 0,
    exceptions: 0,
    values: new Map(),
    first: [],
    named: named.state,
  };
  const isUnknown = (row: Row): boolean => given && !isListed(row);
  const valueIn = (text: string, row: Row): Value => {
    const known = state.values.get(text);
    if (known !== undefined) return known;
    const value = { entries: 0, unknown: isUnknown(row) };
    state.values.set(text, value);
    return value;
  };
  return {
    state,
    meaning(row) {
      if (!inPopulation(row)) return undefined;
      const counted = named.ofPopulation(row);
      const deviating = named.ofException(row);
      /** Counts entries that record a value. @returns whether they are exceptions */
      const take = (same: Row, text: string, times: number): boolean => {
        state.population += times;
        named.take(counted, times);
        const value = valueIn(text, same);
        value.entries += times;
        if (!value.unknown) return false;
        state.exceptions += times;
        named.take(deviating, times);
        return true;
      };
      return {
        each(step) {
          const text = valueOf(step.row);
          if (text !== "" && take(step.row, text, 1)) asking.offer(state.first, step);
        },
        alike(same) {
          const text = valueOf(same);
          if (text === "") return {};
          return {
            count: (times) => void take(same, text, times),
            ...(isUnknown(same) ? { each: (step) => asking.offer(state.first, step) } : {}),
          };
        },
      };
    },
    merge(other) {
      state.population += other.population;
      state.exceptions += other.exceptions;
      for (const [text, { entries, unknown }] of other.values) {
        const value = state.values.get(text);
        if (value === undefined) state.values.set(text, { entries, unknown });
        else value.entries += entries;
      }
      for (const listed of other.first) offer(state.first, listed);
      named.merge(other.named);
    },
    references: () => state.first.map((listed) => listed.reference),
    finish(resolve) {
      const shown = [...state.values].filter(([, { unknown }]) => unknown || !given);
      const known = state.values.size - shown.length;
      return {
        kind: "set-difference",
        measure: measure.id,
        population: state.population,
        exceptions: state.exceptions,
        exceptionEntries: state.first.map((listed) => resolve(listed.reference)),
        groups: largest(shown.map(([text, { entries }]) => [text, entries])),
        numbers: { ...named.finish(), ...(given ? { unknown: shown.length, known } : {}) },
      };
    },
  };
}
