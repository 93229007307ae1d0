// Which fields of the log a question reads.

import type { EntryField } from "../../model/audit-entry.ts";
import type { Measure } from "../../model/measure.ts";
import type { Question } from "../engine.ts";
import { ACTIVITY_FIELDS } from "./activity.ts";
import { comparedFields } from "./ordered/ordered.ts";
import { REPLAYED_FIELDS } from "./policy-replay.ts";

/** The fields that a fold of this question reads, `id` and `timestamp` first. */
export function columnsOf({ measures }: Pick<Question, "measures">): readonly EntryField[] {
  const asked = measures.flatMap(fieldsReadBy);
  return [...new Set<EntryField>(["id", "timestamp", ...ACTIVITY_FIELDS, ...asked])];
}

function fieldsReadBy(measure: Measure): readonly EntryField[] {
  const { kind, fields, anyFields = [] } = measure;
  const replayed = kind === "policy-replay" ? REPLAYED_FIELDS : [];
  return [...fields, ...anyFields.flat(), ...comparedFields(measure), ...replayed];
}
