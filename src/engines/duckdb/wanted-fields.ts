// Of which of an entry's fields a fold needs the values; of all others it is enough to know
// whether they are recorded.

import { ENTRY_FIELDS, EVIDENCE_FIELDS } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { Question } from "../engine.ts";
import { columnsOf } from "../fold/columns.ts";
import { jsonFieldsRead } from "../fold/json-values.ts";

/** The fields that a fold of the question looks into, and those that evidence shows. */
export function wantedFields(question: Question): ReadonlySet<EntryField> {
  const looked = jsonFieldsRead(question);
  return new Set(
    [...columnsOf(question), ...EVIDENCE_FIELDS].filter(
      (field) => ENTRY_FIELDS[field] !== "json" || looked.has(field),
    ),
  );
}
