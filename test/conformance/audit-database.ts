// Writes entries into an audit database as they are: with the columns of a historical shape,
// and without the constraints that would refuse an odd entry or a repeated id.

import { createRequire } from "node:module";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import type BetterSqlite3 from "better-sqlite3";

const Database = createRequire(import.meta.url)("better-sqlite3") as typeof BetterSqlite3;

/** The columns of the oldest shape: before agents and delegation chains were recorded. */
export const OLDEST_COLUMNS = ENTRY_FIELD_NAMES.slice(0, 14);

export function writeAuditDatabase(
  path: string,
  entries: readonly AuditEntry[],
  columns: readonly EntryField[] = ENTRY_FIELD_NAMES,
): void {
  const database = new Database(path);
  const ids = new Set(entries.map(({ id }) => id));
  const numbered = ids.size === entries.length && [...ids].every(Number.isSafeInteger);
  const text = [...ids].some((id) => typeof id === "string");
  const definitions = columns.map((column) => {
    // A column of whole numbers would make numbers of texts that look like one.
    if (column === "id" && text) return "id";
    if (column === "id") return `id INTEGER${numbered ? " PRIMARY KEY AUTOINCREMENT" : ""}`;
    return `${column} ${column === "chain_depth" ? "INTEGER" : "TEXT"}`;
  });
  database.exec(`CREATE TABLE audit_log (${definitions.join(", ")})`);
  const insert = database.prepare(
    `INSERT INTO audit_log (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
  );
  database.transaction(() => {
    for (const entry of entries) insert.run(columns.map((column) => bindable(entry[column])));
  })();
  database.close();
}

function bindable(value: unknown): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  return JSON.stringify(value);
}
