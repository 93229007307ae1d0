// Rows are migrated to PostgreSQL, a batch a transaction.

import { ENTRY_FIELD_NAMES, type EntryField } from "../../model/audit-entry.ts";
import { openPostgresPlace, type PostgresQuery } from "../postgresql-place.ts";
import {
  completePostgresTable,
  lockPostgresTable,
  POSTGRES_COLUMN_TYPES,
} from "../postgresql-table.ts";
import { LARGEST_DEPTH } from "../row-limits.ts";
import { idOf, withinDepth, type MigratedRow } from "./row.ts";
import { missingFrom, type MigrationTarget } from "./target.ts";

/** As `openMigrationTarget`. */
export async function openPostgresTarget(
  url: string,
  fields: readonly EntryField[],
): Promise<MigrationTarget> {
  const place = openPostgresPlace(url);
  const { table } = place;
  try {
    const name = await place.name();
    const present = await place.transaction((query) => completePostgresTable(query, table, fields));
    const select = selectByIds(table, present);
    const insert = insertInto(table, fields);
    const byIds = (query: PostgresQuery, ids: readonly number[]): Promise<readonly MigratedRow[]> =>
      query(select, [JSON.stringify(ids)]) as Promise<readonly MigratedRow[]>;
    return {
      name,
      refusal: (row) =>
        row.some((value) => typeof value === "string" && value.includes("\0"))
          ? "text with a NUL character"
          : withinDepth(row, LARGEST_DEPTH),
      add: (rows) =>
        place.transaction(async (query) => {
          await lockPostgresTable(query, table);
          const missing = missingFrom(await byIds(query, rows.map(idOf)), rows, name);
          if (missing.length > 0) await query(insert, [JSON.stringify(missing.map(asObject))]);
          return missing.length;
        }),
      withIds: (ids) => place.transaction((query) => byIds(query, ids)),
      count: () =>
        place.transaction(async (query) => {
          const [row] = await query(`SELECT count(*) FROM ${table}`);
          return row?.[0] as number;
        }),
      close: () => place.close(),
    };
  } catch (error) {
    await place.close();
    throw error;
  }
}

function selectByIds(table: string, present: ReadonlySet<string>): string {
  const list = ENTRY_FIELD_NAMES.map((field) => (present.has(field) ? field : "NULL::text"));
  return (
    `SELECT ${list.join(", ")} FROM ${table} ` +
    "WHERE id = ANY (ARRAY(SELECT value::bigint FROM json_array_elements_text($1::json)))"
  );
}

function insertInto(table: string, fields: readonly EntryField[]): string {
  const list = fields.join(", ");
  const typed = fields.map((field) => `${field} ${POSTGRES_COLUMN_TYPES[field]}`).join(", ");
  return `INSERT INTO ${table} (${list}) SELECT ${list} FROM json_to_recordset($1::json) AS new (${typed})`;
}

function asObject(row: MigratedRow): Readonly<Record<string, unknown>> {
  return Object.fromEntries(ENTRY_FIELD_NAMES.map((field, index) => [field, row[index]]));
}
