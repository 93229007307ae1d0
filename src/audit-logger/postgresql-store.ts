// Keeps the log in PostgreSQL. Ids are dense: whoever stores entries takes the next after the
// highest while all others wait. What is in doubt is found again by its key.

import { ENTRY_FIELD_NAMES, type AuditEntry } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { entryOf, type EntryQuery } from "./entry-filter.ts";
import type { EntryRow, LogStore, NewEntry } from "./log-store.ts";
import { openPostgresPlace, type PostgresQuery } from "./postgresql-place.ts";
import {
  completePostgresTable,
  lockPostgresTable,
  POSTGRES_COLUMN_TYPES,
} from "./postgresql-table.ts";
import { requireDepth, sizeOfRow, withoutNul } from "./row-limits.ts";

/**
 * Connects and makes the table when there is none.
 *
 * @param url `postgres://…`
 * @throws ComplianceError `invalid-option`, `unreadable-source`, `unsupported-source`,
 *   `missing-package`
 */
export async function openPostgresStore(url: string): Promise<LogStore> {
  const place = openPostgresPlace(url);
  const { table } = place;
  try {
    await place.transaction((query) => completePostgresTable(query, table, ENTRY_FIELD_NAMES));
  } catch (error) {
    await place.close();
    throw error;
  }
  return {
    take(entry) {
      const row = withoutNul(entry.row);
      requireDepth(row);
      return { ...entry, row, size: sizeOfRow(row) };
    },
    append: (entries, again) =>
      place.transaction(async (query) => {
        await lockPostgresTable(query, table);
        const ids = await storedIds(query, table, entries, again);
        const fresh = new Map<string, NewEntry>();
        for (const entry of entries) {
          if (!ids.has(entry.key) && !fresh.has(entry.key)) fresh.set(entry.key, entry);
        }
        if (fresh.size > 0) {
          const rows = JSON.stringify([...fresh.values()].map(asRecord));
          for (const [key, id] of await query(insertInto(table), [rows])) {
            ids.set(key as string, id as number);
          }
        }
        return entries.map(({ key }) => requireId(ids.get(key), table));
      }),
    mayPass: (error) => place.mayPass(error),
    drop: () => place.drop(),
    entries: (query) => matching(place.read(selectEntries(table, query))),
    close: () => place.close(),
  };
}

const STORED_FIELDS = ENTRY_FIELD_NAMES.filter((field): field is keyof EntryRow => field !== "id");

function asRecord({ key, row }: NewEntry): EntryRow & { readonly entry_key: string } {
  return Object.assign({ entry_key: key }, row);
}

/** What is there already of entries that may be. */
async function storedIds(
  query: PostgresQuery,
  table: string,
  entries: readonly NewEntry[],
  again: boolean,
): Promise<Map<string, number>> {
  const doubtful = entries.filter(({ keyGiven }) => again || keyGiven).map(({ key }) => key);
  if (doubtful.length === 0) return new Map();
  const rows = await query(
    `SELECT entry_key, id FROM ${table} ` +
      "WHERE entry_key = ANY (ARRAY(SELECT json_array_elements_text($1::json)))",
    [JSON.stringify(doubtful)],
  );
  return new Map(rows.map(([key, id]) => [key as string, id as number]));
}

/** One parameter: the rows as a JSON array, in which null and empty text differ. */
function insertInto(table: string): string {
  const list = STORED_FIELDS.join(", ");
  const typed = STORED_FIELDS.map((field) => `${field} ${POSTGRES_COLUMN_TYPES[field]}`).join(", ");
  return (
    `INSERT INTO ${table} (id, ${list}, entry_key) ` +
    `SELECT (SELECT greatest(max(id), 0) FROM ${table}) + n, ${list}, entry_key ` +
    `FROM ROWS FROM (json_to_recordset($1::json) AS (${typed}, entry_key text)) ` +
    `WITH ORDINALITY AS new (${list}, entry_key, n) ORDER BY n RETURNING entry_key, id`
  );
}

function selectEntries(
  table: string,
  { conditions }: EntryQuery,
): { text: string; values: readonly string[] } {
  const tests = conditions.map(({ column }, index) =>
    column === "risk_level"
      ? `upper(risk_level COLLATE "C") = upper($${index + 1}::text COLLATE "C")`
      : `${column} = $${index + 1}::text`,
  );
  const where = tests.length === 0 ? "" : ` WHERE ${tests.join(" AND ")}`;
  return {
    text: `SELECT ${ENTRY_FIELD_NAMES.join(", ")} FROM ${table}${where} ORDER BY id`,
    values: conditions.map(({ value }) => value.replaceAll("\0", "\uFFFD")),
  };
}

async function* matching(
  batches: AsyncIterable<readonly (readonly unknown[])[]>,
): AsyncGenerator<AuditEntry> {
  for await (const rows of batches) for (const row of rows) yield entryOf(row);
}

function requireId(id: number | undefined, table: string): number {
  if (Number.isSafeInteger(id)) return id as number;
  throw new ComplianceError(
    "unsupported-source",
    `Expected ids below 2^53 in ${table}, got ${String(id)}`,
    { hint: "Begin a new table." },
  );
}
