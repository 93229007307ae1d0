// The table of the log in PostgreSQL, as the logger makes it.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES, type EntryField } from "../model/audit-entry.ts";
import { wrongLayout } from "./own-layout.ts";
import type { PostgresQuery } from "./postgresql-place.ts";

/**
 * Makes the table when there is none, and adds the columns that it lacks. Processes that do so at
 * once wait for each other.
 *
 * @param table quoted, with its schema if it is named
 * @param fields for which a new table has columns, and an old one gets them
 * @returns the names of its columns
 * @throws ComplianceError `unsupported-source` when a column has another type than the logger's
 */
export async function completePostgresTable(
  query: PostgresQuery,
  table: string,
  fields: readonly EntryField[],
): Promise<ReadonlySet<string>> {
  await query("SELECT pg_advisory_xact_lock(hashtextextended($1, $2))", [table, LOCK]);
  const present = await columnTypes(query, table);
  if (present.size === 0) {
    const columns = fields.map((field) => `${field} ${typeOf(field)}`);
    await query(`CREATE TABLE ${table} (${[...columns, KEY_COLUMN].join(", ")})`);
    return new Set(fields);
  }
  if (!present.has("id") || !present.has("timestamp")) {
    throw wrongLayout(table, "it lacks id or timestamp");
  }
  for (const field of fields) {
    const type = present.get(field);
    if (type === undefined)
      await query(`ALTER TABLE ${table} ADD COLUMN ${field} ${typeOf(field)}`);
    else if (!fits(field, type))
      throw wrongLayout(table, `its column ${field} has the type ${type}`);
  }
  if (!present.has("entry_key")) await query(`ALTER TABLE ${table} ADD COLUMN ${KEY_COLUMN}`);
  return new Set([...present.keys(), ...fields]);
}

/**
 * Makes everyone wait who stores entries in the table, until the transaction ends. In it, what is
 * committed is on disk, and a process that hangs is cut off.
 */
export async function lockPostgresTable(query: PostgresQuery, table: string): Promise<void> {
  // Else the highest id would be that of the time before the lock.
  await query("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
  await query(LOCK_TABLE, [LOCK, table]);
}

/** The types of the columns. */
export const POSTGRES_COLUMN_TYPES = Object.fromEntries(
  ENTRY_FIELD_NAMES.map((field) => [
    field,
    field === "id" ? "bigint" : ENTRY_FIELDS[field] === "integer" ? "integer" : "text",
  ]),
) as Readonly<Record<EntryField, string>>;

/** Any number that other programs are unlikely to lock. */
const LOCK = "5207316451270930000";

const KEY_COLUMN = 'entry_key text COLLATE "C" UNIQUE';

const LOCK_TABLE = `
  SELECT
    set_config('idle_in_transaction_session_timeout', '30s', true),
    set_config(
      'synchronous_commit',
      CASE current_setting('synchronous_commit')
        WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit')
      END,
      true
    ),
    pg_advisory_xact_lock($1::bigint + $2::regclass::oid::bigint)`;

function typeOf(field: EntryField): string {
  const type = POSTGRES_COLUMN_TYPES[field];
  if (field === "id") return `${type} PRIMARY KEY`;
  return type === "text" ? 'text COLLATE "C"' : type;
}

function fits(field: EntryField, type: string): boolean {
  if (field === "chain_depth") return type === "integer" || type === "bigint";
  const wanted = POSTGRES_COLUMN_TYPES[field];
  return type === wanted || (wanted === "text" && type === "character varying");
}

async function columnTypes(
  query: PostgresQuery,
  table: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await query(
    "SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute " +
      "WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped",
    [table],
  );
  return new Map(rows.map(([name, type]) => [name as string, type as string]));
}
