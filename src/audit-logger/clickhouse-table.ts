// The table of the log in ClickHouse, as the logger makes it.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES, type EntryField } from "../model/audit-entry.ts";
import { quoteName, quoteTable } from "../clickhouse/identifier.ts";
import { wrongLayout } from "./own-layout.ts";
import type { ClickHousePlace } from "./clickhouse-place.ts";

/**
 * Makes the table when there is none, and adds the columns that it lacks. A `Distributed` table
 * must be there, with the tables behind it.
 *
 * @param fields for which a new table has columns, and an old one gets them
 * @returns the names of its columns
 * @throws ComplianceError `unsupported-source` when a column has another type than the logger's, or
 *   one is missing that must be added behind a `Distributed` table
 */
export async function completeClickHouseTable(
  place: ClickHousePlace,
  fields: readonly EntryField[],
): Promise<ReadonlySet<string>> {
  const { database, table } = place.target;
  const name = quoteTable(database, table);
  let present = await columnTypes(place);
  if (present.size === 0) {
    const columns = fields.map((field) => `${field} ${COLUMN_TYPES[field]}`);
    await place.run(
      `CREATE TABLE IF NOT EXISTS ${name} (${[...columns, KEY_COLUMN].join(", ")}) ` +
        `ENGINE = MergeTree() ORDER BY id${await durability(place)}`,
    );
    // Another process may have made it before, of other columns.
    present = await columnTypes(place);
  }
  const missing: string[] = [];
  for (const field of fields) {
    const type = present.get(field);
    if (type === undefined) missing.push(`${field} ${COLUMN_TYPES[field]}`);
    else if (!fits(field, type))
      throw wrongLayout(name, `its column ${field} has the type ${type}`);
  }
  if (!present.has("entry_key")) missing.push(KEY_COLUMN);
  const all = new Set([...present.keys(), ...fields]);
  if (missing.length === 0) return all;
  if (!present.has("id") || !present.has("timestamp")) {
    throw wrongLayout(name, "it lacks id or timestamp");
  }
  if (!(await isMergeTree(place))) {
    throw wrongLayout(name, `the tables behind it need the columns ${missing.join(", ")}`);
  }
  await place.run(
    `ALTER TABLE ${name} ${missing.map((column) => `ADD COLUMN ${column}`).join(", ")}`,
  );
  return all;
}

/** A text as SQL of every version, in which no text can end it. */
export function clickHouseText(text: string): string {
  return `unhex('${Buffer.from(text).toString("hex")}')`;
}

const COLUMN_TYPES = Object.fromEntries(
  ENTRY_FIELD_NAMES.map((field) => [
    field,
    field === "id"
      ? "Int64"
      : ENTRY_FIELDS[field] === "integer"
        ? "Nullable(Int32)"
        : "Nullable(String)",
  ]),
) as Readonly<Record<EntryField, string>>;

const KEY_COLUMN = "entry_key Nullable(String)";

function fits(field: EntryField, type: string): boolean {
  if (field === "id") return type === "Int64";
  if (ENTRY_FIELDS[field] === "integer") return /^(?:Nullable\()?Int(?:32|64)\)?$/.test(type);
  return /^(?:LowCardinality\()?(?:Nullable\()?String\)*$/.test(type);
}

async function columnTypes({
  query,
  target,
}: ClickHousePlace): Promise<ReadonlyMap<string, string>> {
  const rows = await query(
    "SELECT name, type FROM system.columns " +
      `WHERE database = ${clickHouseText(target.database)} AND table = ${clickHouseText(target.table)}`,
  );
  return new Map(rows.map(([name, type]) => [name as string, type as string]));
}

async function isMergeTree({ query, target }: ClickHousePlace): Promise<boolean> {
  const rows = await query(
    "SELECT engine FROM system.tables " +
      `WHERE database = ${clickHouseText(target.database)} AND name = ${clickHouseText(target.table)}`,
  );
  return rows.some(([engine]) => (engine as string).endsWith("MergeTree"));
}

/** What makes a part be on disk when the insert ends, where the server can. */
async function durability({ query }: ClickHousePlace): Promise<string> {
  const names = DURABLE.map((name) => `'${name}'`).join(", ");
  const rows = await query(`SELECT name FROM system.merge_tree_settings WHERE name IN (${names})`);
  const known = DURABLE.filter((name) => rows.some(([other]) => other === name));
  if (known.length === 0) return "";
  return ` SETTINGS ${known.map((name) => `${quoteName(name)} = 1`).join(", ")}`;
}

const DURABLE = ["fsync_after_insert", "fsync_part_directory"] as const;
