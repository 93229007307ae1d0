// The counts and shares that a measure asks for by name, and the Wilson interval by which a
// share of few is not taken for a share of many.

import { compilePredicate } from "../../expression/compile.ts";
import type { Row, RowTest, SlotOf } from "../../expression/compile.ts";
import type { Expression } from "../../model/expression.ts";
import type { Inputs } from "../../model/inputs.ts";
import type { Measure } from "../../model/measure.ts";

/** What was counted so far, in the order in which the measure names it. Plain data. */
export interface NamedNumbersState {
  readonly counts: number[];
  /** Of each share, how many entries it is a share of. */
  readonly among: number[];
  readonly parts: number[];
}

/** In which of the counts and shares an entry counts, by their places. */
export interface Named {
  readonly counts: readonly number[];
  readonly among: readonly number[];
  readonly parts: readonly number[];
}

export interface NamedNumbers {
  /** Takes an entry of the population. */
  population(row: Row): void;
  /** Takes an exception, besides taking it as an entry of the population. */
  exception(row: Row): void;
  /** In what an entry of the population counts, to be taken later. */
  ofPopulation(row: Row): Named;
  /** In what it counts besides when it is an exception. */
  ofException(row: Row): Named;
  /** Takes so many entries by what they count in. */
  take(named: Named, times: number): void;
  readonly state: NamedNumbersState;
  merge(other: NamedNumbersState): void;
  /**
   * Every count; of every share that is one of something, the share and its lower bound.
   *
   * @param late exceptions that are only known now, by what they count in
   */
  finish(late?: readonly Named[]): Record<string, number>;
}

const IN_NOTHING: Named = { counts: [], among: [], parts: [] };

/** Starts to count what a measure asks for under `counts` and `shares`. */
export function namedNumbers(
  measure: Pick<Measure, "counts" | "shares">,
  slotOf: SlotOf,
  inputs: Inputs = {},
  condition: (expression: Expression) => RowTest = ({ predicate }) =>
    compilePredicate(predicate, slotOf, inputs),
): NamedNumbers {
  const { counts = [], shares = [] } = measure;
  const tests = counts.map(({ of, where }, index) => ({ of, index, holds: condition(where) }));
  const amongPopulation = tests.filter(({ of }) => of === "population");
  const amongExceptions = tests.filter(({ of }) => of === "exceptions");
  const divided = shares.map(({ among, part }, index) => ({
    index,
    isAmong: condition(among),
    isPart: condition(part),
  }));
  const state: NamedNumbersState = {
    counts: counts.map(() => 0),
    among: shares.map(() => 0),
    parts: shares.map(() => 0),
  };

  return {
    state,
    population(row) {
      for (const { index, holds } of amongPopulation) if (holds(row)) add(state.counts, index, 1);
      for (const { index, isAmong, isPart } of divided) {
        if (!isAmong(row)) continue;
        add(state.among, index, 1);
        if (isPart(row)) add(state.parts, index, 1);
      }
    },
    exception(row) {
      for (const { index, holds } of amongExceptions) if (holds(row)) add(state.counts, index, 1);
    },
    ofPopulation(row) {
      if (amongPopulation.length === 0 && divided.length === 0) return IN_NOTHING;
      const among = divided.filter(({ isAmong }) => isAmong(row));
      return {
        counts: amongPopulation.filter(({ holds }) => holds(row)).map(({ index }) => index),
        among: among.map(({ index }) => index),
        parts: among.filter(({ isPart }) => isPart(row)).map(({ index }) => index),
      };
    },
    ofException(row) {
      const met = amongExceptions.filter(({ holds }) => holds(row));
      if (met.length === 0) return IN_NOTHING;
      return { ...IN_NOTHING, counts: met.map(({ index }) => index) };
    },
    take(named, times) {
      for (const index of named.counts) add(state.counts, index, times);
      for (const index of named.among) add(state.among, index, times);
      for (const index of named.parts) add(state.parts, index, times);
    },
    merge(other) {
      for (const [index, number] of other.counts.entries()) add(state.counts, index, number);
      for (const [index, number] of other.among.entries()) add(state.among, index, number);
      for (const [index, number] of other.parts.entries()) add(state.parts, index, number);
    },
    finish(late = []) {
      const numbers: Record<string, number> = {};
      const totals = [...state.counts];
      for (const named of late) for (const index of named.counts) add(totals, index, 1);
      for (const [index, { name }] of counts.entries()) numbers[name] = totals[index] ?? 0;
      for (const [index, { name }] of shares.entries()) {
        const whole = state.among[index] ?? 0;
        if (whole === 0) continue;
        const part = state.parts[index] ?? 0;
        numbers[name] = part / whole;
        numbers[`${name}_low`] = wilson(part, whole).low;
      }
      return numbers;
    },
  };
}

/** The two-sided 95 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Bounds between which the true share lies with 95 % confidence, by Wilson's score interval
 * without continuity correction. Exactly 0 and 1 at the ends; of nothing, nothing is known.
 */
export function wilson(
  part: number,
  whole: number,
): { readonly low: number; readonly high: number } {
  if (whole === 0) return { low: 0, high: 1 };
  const squared = Z * Z;
  const middle = (part + squared / 2) / (whole + squared);
  const spread = (Z / (whole + squared)) * Math.sqrt((part * (whole - part)) / whole + squared / 4);
  return {
    low: part === 0 ? 0 : Math.max(0, middle - spread),
    high: part === whole ? 1 : Math.min(1, middle + spread),
  };
}

/** A share with its bounds, under the names that limits use; nothing where it is a share of nothing. */
export function shareNumbers(part: number, whole: number): Record<string, number> {
  if (whole === 0) return { part };
  const { low, high } = wilson(part, whole);
  return { part, share: part / whole, share_low: low, share_high: high };
}

function add(numbers: number[], index: number, more: number): void {
  numbers[index] = (numbers[index] ?? 0) + more;
}
