// Finds the entries that references stand for, by order number, in the view that was folded.

import { EVIDENCE_FIELDS, toEvidence } from "../../model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import type { EntryReference, Resolve } from "../fold/accumulator.ts";
import { selectKeys } from "../sql/select.ts";
import type { Placing } from "./placing.ts";
import type { TableRow } from "./reader.ts";
import type { OpenView } from "./table-rows.ts";

/** Rows asked for in one statement. */
const LOOKED_UP = 500;

/**
 * @throws ComplianceError `unreadable-source` when a row that was read is not found again
 */
export async function lookUp(
  { table, view, signal }: OpenView,
  references: ReadonlySet<EntryReference>,
  { shift }: Placing,
): Promise<Resolve> {
  const entries = new Map<EntryReference, AuditEntry>();
  const keys = [...references]
    .filter((reference) => typeof reference === "number")
    .map((reference) => reference - shift)
    .sort((left, right) => left - right);
  for (let start = 0; start < keys.length; start += LOOKED_UP) {
    signal?.throwIfAborted();
    const some = keys.slice(start, start + LOOKED_UP);
    for await (const batch of view.read(selectKeys(table, EVIDENCE_FIELDS, some), signal)) {
      for (const row of batch) {
        entries.set(shift + (row[0] as number), toEvidence(entryOf(EVIDENCE_FIELDS, row)));
      }
    }
  }
  signal?.throwIfAborted();
  if (entries.size !== keys.length) {
    throw new ComplianceError(
      "unreadable-source",
      `expected ${keys.length} rows of ${view.input.name} to be found again by their order numbers, but ${entries.size} were`,
      { hint: "Run again. If it happens again, an index of the table is damaged." },
    );
  }
  return (reference) => entries.get(reference) as AuditEntry;
}

/** An entry of a row that begins with its order number. */
export function entryOf(fields: readonly EntryField[], row: TableRow): AuditEntry {
  return Object.fromEntries(fields.map((field, slot) => [field, row[slot + 1]]));
}
