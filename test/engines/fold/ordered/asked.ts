// One measure asked of a log that a test writes down.

import type { OrderedMeasure } from "../../../../src/engines/fold/ordered/kind.ts";
import { formatInstant } from "../../../../src/model/instant.ts";
import type { AuditEntry } from "../../../../src/model/audit-entry.ts";
import type { Observation } from "../../../../src/model/observation.ts";
import { START, foldOf, place } from "./logs.ts";

/** A measure without its words. */
export type Bare<Kind extends OrderedMeasure> = Omit<
  Kind,
  "id" | "title" | "question" | "limitations" | "fields"
>;

/** An entry so many microseconds after the start of the logs. */
export function at(microseconds: number, fields: AuditEntry = {}): AuditEntry {
  return { timestamp: formatInstant(START + microseconds), ...fields };
}

/** Answers; an entry that is shown has its place in the log as its id, from 1. */
export function ask<Kind extends OrderedMeasure>(
  measure: Bare<Kind>,
  entries: readonly AuditEntry[],
  recoveryTime?: number,
): Observation {
  const whole = {
    id: "asked",
    title: "",
    question: "",
    limitations: "",
    fields: [],
    ...measure,
  } as unknown as Kind;
  const fold = foldOf([whole], place(entries), { byPosition: true, recoveryTime });
  const answer = fold.finish((position) => ({ id: position as number })).get("asked");
  if (answer === undefined) throw new Error("the measure has no answer");
  return answer;
}

/** The places of the exceptions. */
export function exceptionsOf({ exceptionEntries }: Observation): unknown[] {
  return exceptionEntries.map(({ id }) => id);
}
