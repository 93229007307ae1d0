// Exceptions that only the end of the log tells: what a first reading finds out about them, so
// that a second one can list them as they go by.

import type { Measure } from "../../model/measure.ts";
import type { Question } from "../engine.ts";
import { placeOf } from "./accumulator.ts";
import type { Accumulator } from "./accumulator.ts";
import { isOrdered } from "./ordered/ordered.ts";

/** What a first reading knows, by measure. */
export interface KnownLate {
  /** Places of the exceptions, ascending: eight bytes each. */
  readonly places: ReadonlyMap<string, Float64Array>;
  /** The group whose entries are the exceptions. */
  readonly groups: ReadonlyMap<string, string>;
}

/** Nothing has to be known beforehand. */
export const NOTHING_LATE: KnownLate = { places: new Map(), groups: new Map() };

/** The question for the first reading; undefined when none is needed. */
export function lateQuestion(question: Question): Question | undefined {
  const measures = question.measures.filter(isLate);
  const { sampling: _sampling, ...asked } = question;
  return measures.length === 0 ? undefined : { ...asked, measures };
}

/** Whether only the end of the log tells which entries are exceptions. */
export function isLate(measure: Measure): boolean {
  const { kind } = measure;
  return kind === "gap" || kind === "spike" || kind === "share-of-top" || isOrdered(measure);
}

/** @param ordered places by measure of those that need order */
export function knownLate(
  accumulators: ReadonlyMap<string, Accumulator<unknown>>,
  ordered: ReadonlyMap<string, Float64Array> = new Map(),
): KnownLate {
  const places = new Map(ordered);
  const groups = new Map<string, string>();
  for (const [id, accumulator] of accumulators) {
    const { entries, group } = accumulator.late?.() ?? {};
    if (entries !== undefined) places.set(id, Float64Array.from(entries, placeOf).sort());
    if (group !== undefined) groups.set(id, group);
  }
  return { places, groups };
}
