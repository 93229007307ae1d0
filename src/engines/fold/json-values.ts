// Which JSON fields a question reads by value. Of all others it only asks whether they are
// recorded, which a source may know without handing the value over.

import { ENTRY_FIELDS } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { Question } from "../engine.ts";
import { comparedFields } from "./ordered/ordered.ts";

/** The fields whose values a fold of this question looks into. */
export function jsonFieldsRead({ measures }: Pick<Question, "measures">): ReadonlySet<EntryField> {
  const read = new Set<EntryField>();
  for (const measure of measures) {
    if (measure.kind === "policy-replay") read.add("action_params");
    for (const field of comparedFields(measure)) {
      if (ENTRY_FIELDS[field] === "json") read.add(field);
    }
    const { examples: _, ...asked } = measure;
    collectTerms(asked, read);
  }
  return read;
}

/** Adds the fields of all terms that read JSON as text, wherever in the measure they stand. */
function collectTerms(part: unknown, read: Set<EntryField>): void {
  if (typeof part !== "object" || part === null) return;
  const { kind, name } = part as { readonly kind?: unknown; readonly name?: unknown };
  if (kind === "json-text" && typeof name === "string") read.add(name as EntryField);
  for (const inner of Object.values(part)) collectTerms(inner, read);
}
