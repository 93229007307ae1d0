// Which fields of the log a question reads.

import type { EntryField } from "../../model/audit-entry.ts";
import type { Predicate, Term } from "../../model/expression.ts";
import type { Measure } from "../../model/measure.ts";
import type { Question } from "../engine.ts";
import { ACTIVITY_FIELDS } from "./activity.ts";
import { fieldsOf, fieldsOfTerm } from "./fields-of.ts";
import { comparedFields } from "./ordered/ordered.ts";
import { REPLAYED_FIELDS } from "./policy-replay.ts";

/** The fields that a fold of this question reads, `id` and `timestamp` first. */
export function columnsOf({ measures }: Pick<Question, "measures">): readonly EntryField[] {
  const asked = measures.flatMap(fieldsReadBy);
  return [...new Set<EntryField>(["id", "timestamp", ...ACTIVITY_FIELDS, ...asked])];
}

/**
 * Whether a question reads the id or the time of each entry as a field, besides counting by them:
 * then no two entries can be told to be alike.
 */
export function readsEachEntry({ measures }: Pick<Question, "measures">): boolean {
  return measures.some(({ limits: _limits, examples: _examples, ...asked }) => {
    if (asked.kind === "clock") return true;
    return fieldsAskedIn(asked).some((field) => field === "id" || field === "timestamp");
  });
}

/** The fields that the expressions inside a value read. */
function fieldsAskedIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("predicate" in value) return fieldsOf(value.predicate as Predicate);
  if ("term" in value) return fieldsOfTerm(value.term as Term);
  return Object.values(value).flatMap(fieldsAskedIn);
}

function fieldsReadBy(measure: Measure): readonly EntryField[] {
  const { kind, fields, anyFields = [] } = measure;
  const replayed = kind === "policy-replay" ? REPLAYED_FIELDS : [];
  return [...fields, ...anyFields.flat(), ...comparedFields(measure), ...replayed];
}
