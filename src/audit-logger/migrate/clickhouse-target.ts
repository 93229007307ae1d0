// Rows are migrated to ClickHouse, a batch an insert.

import { ENTRY_FIELD_NAMES, type EntryField } from "../../model/audit-entry.ts";
import { openClickHousePlace } from "../clickhouse-place.ts";
import { completeClickHouseTable } from "../clickhouse-table.ts";
import { LARGEST_DEPTH } from "../row-limits.ts";
import { idOf, withinDepth, type MigratedRow } from "./row.ts";
import { missingFrom, type MigrationTarget } from "./target.ts";

/** As `openMigrationTarget`. */
export async function openClickHouseTarget(
  url: string,
  fields: readonly EntryField[],
): Promise<MigrationTarget> {
  const place = await openClickHousePlace(url);
  const { table, name } = place;
  try {
    const present = await completeClickHouseTable(place, fields);
    const list = ENTRY_FIELD_NAMES.map((field) => (present.has(field) ? field : "NULL")).join(", ");
    const slots = fields.map((field) => ENTRY_FIELD_NAMES.indexOf(field));
    const withIds = async (ids: readonly number[]): Promise<readonly MigratedRow[]> => {
      const rows = await place.query(
        `SELECT ${list} FROM ${table} WHERE id IN (${ids.join(", ")})`,
      );
      return rows as readonly MigratedRow[];
    };
    return {
      name,
      refusal: (row) => withinDepth(row, LARGEST_DEPTH),
      async add(rows) {
        const missing = missingFrom(await withIds(rows.map(idOf)), rows, name);
        await place.insert(
          fields,
          missing.map((row) => slots.map((slot) => row[slot] ?? null)),
        );
        return missing.length;
      },
      withIds,
      async count() {
        const [row] = await place.query(`SELECT count() FROM ${table}`);
        return row?.[0] as number;
      },
      close: () => place.close(),
    };
  } catch (error) {
    await place.close();
    throw error;
  }
}
