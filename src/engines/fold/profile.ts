// Shares of a part on steps that should not fall from one to a later one.

import type { ProfileMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";
import type { NamedNumbersState } from "./numbers.ts";

interface StepCount {
  entries: number;
  part: number;
}

export interface ProfileState {
  population: number;
  part: number;
  exceptions: number;
  /** From the least to the most. */
  readonly steps: readonly StepCount[];
  readonly first: Listed[];
  readonly named: NamedNumbersState;
}

/** An entry counts on every step whose condition holds for it. */
export function profile(measure: ProfileMeasure, asking: Asking): Accumulator<ProfileState> {
  const inPopulation = asking.condition(measure.population);
  const isPart = asking.condition(measure.part);
  const tests = measure.steps.map(({ where }) => asking.condition(where));
  const named = asking.named(measure);
  const state: ProfileState = {
    population: 0,
    part: 0,
    exceptions: 0,
    steps: measure.steps.map(() => ({ entries: 0, part: 0 })),
    first: [],
    named: named.state,
  };
  return {
    state,
    meaning(row) {
      if (!inPopulation(row)) return undefined;
      const part = isPart(row);
      const met = state.steps.filter((_, index) => tests[index]?.(row) === true);
      const isException = !part && tests.at(-1)?.(row) === true;
      const counted = named.ofPopulation(row);
      const deviating = isException ? named.ofException(row) : undefined;
      return {
        count(times) {
          state.population += times;
          if (part) state.part += times;
          for (const step of met) {
            step.entries += times;
            if (part) step.part += times;
          }
          named.take(counted, times);
          if (deviating === undefined) return;
          state.exceptions += times;
          named.take(deviating, times);
        },
        ...(isException ? { each: (step) => asking.offer(state.first, step) } : {}),
      };
    },
    merge(other) {
      state.population += other.population;
      state.part += other.part;
      state.exceptions += other.exceptions;
      for (const [index, step] of state.steps.entries()) {
        step.entries += other.steps[index]?.entries ?? 0;
        step.part += other.steps[index]?.part ?? 0;
      }
      for (const listed of other.first) offer(state.first, listed);
      named.merge(other.named);
    },
    references: () => state.first.map((listed) => listed.reference),
    finish(resolve) {
      const numbers = named.finish();
      for (const [index, { name }] of measure.steps.entries()) {
        const { entries = 0, part = 0 } = state.steps[index] ?? {};
        numbers[`${name}_count`] = entries;
        if (entries > 0) numbers[`${name}_share`] = part / entries;
      }
      const compared = state.steps.filter(
        ({ entries }) => entries > 0 && entries >= measure.atLeast,
      );
      return {
        kind: "profile",
        measure: measure.id,
        population: state.population,
        exceptions: state.exceptions,
        exceptionEntries: state.first.map((listed) => resolve(listed.reference)),
        numbers: {
          ...numbers,
          part: state.part,
          compared: compared.length,
          inversion: largestFall(compared.map(({ entries, part }) => part / entries)),
        },
      };
    },
  };
}

/** The largest fall from a share to any later one; 0 when none is lower than one before it. */
function largestFall(shares: readonly number[]): number {
  let highest = 0;
  let fall = 0;
  for (const share of shares) {
    highest = Math.max(highest, share);
    fall = Math.max(fall, highest - share);
  }
  return fall;
}
