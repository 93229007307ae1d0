// The logger's own layout in every database: a column for each field, of the field's own name.

import type { EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";

/**
 * @throws ComplianceError `invalid-option` when a URL names other columns
 */
export function requireOwnNames(order: string, columns: ReadonlyMap<EntryField, string>): void {
  const other = [...columns].find(([field, column]) => field !== column)?.[0];
  if (order === "id" && other === undefined) return;
  throw new ComplianceError(
    "invalid-option",
    `Expected a table of the logger's own layout, got a URL that names another column for ${other ?? "order"}`,
    { hint: "Only reading takes `order=` and `column.…=`; leave them out." },
  );
}

/** The error for a table of another layout. */
export function wrongLayout(table: string, why: string): ComplianceError {
  return new ComplianceError(
    "unsupported-source",
    `Expected the table ${table} to have the logger's own layout, but ${why}`,
    { hint: "Name a table that does not exist; it is made." },
  );
}
