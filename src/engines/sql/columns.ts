// The fields of an entry as expressions over a table's columns.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { dialectOf, quoteIdentifier } from "./dialect.ts";
import { joined, sql, written } from "./fragment.ts";
import type { Fragment } from "./fragment.ts";
import type { ColumnKind, LogTable } from "./log-table.ts";

/** A field's column, quoted, and what it holds. */
export interface QuotedColumn {
  readonly name: Fragment;
  readonly kind: ColumnKind;
}

/** The column of a field, if the table has one. */
export function columnOf(table: LogTable, field: EntryField): QuotedColumn | undefined {
  const column = table.columns.get(field);
  return column === undefined
    ? undefined
    : { name: written(quoteIdentifier(table.dialect, column.name)), kind: column.kind };
}

/** The column of order numbers. */
export function orderOf(table: LogTable): Fragment {
  return written(quoteIdentifier(table.dialect, table.order));
}

/**
 * A field's value as the database hands it over; NULL without a column. Whole numbers are numbers
 * where the field is one, and decimal text elsewhere. SQLite hands over whatever is stored.
 */
export function deliveredOf(table: LogTable, field: EntryField): Fragment {
  const column = columnOf(table, field);
  if (column === undefined) return sql`NULL`;
  const dialect = dialectOf(table.dialect);
  return ENTRY_FIELDS[field] === "integer"
    ? dialect.deliveredNumber(column.name, column.kind)
    : dialect.deliveredText(column.name, column.kind);
}

/** Whether a field is recorded; undefined without a column, where it never is. */
export function recordedOf(table: LogTable, field: EntryField): Fragment | undefined {
  const column = columnOf(table, field);
  return column === undefined
    ? undefined
    : dialectOf(table.dialect).recorded(
        column.name,
        column.kind,
        ENTRY_FIELDS[field] === "json" ? "json" : "plain",
      );
}

/** Bit mask, in the order of the entry's fields, of the recorded fields that are not among those asked. */
export function recordedMask(table: LogTable, asked: readonly EntryField[]): Fragment {
  const bits = ENTRY_FIELD_NAMES.flatMap((field, bit): Fragment[] => {
    const recorded = asked.includes(field) ? undefined : recordedOf(table, field);
    if (recorded === undefined) return [];
    return [sql`CASE WHEN ${recorded} THEN ${written(String(1 << bit))} ELSE 0 END`];
  });
  return dialectOf(table.dialect).smallInteger(bits.length === 0 ? sql`0` : joined(bits, " + "));
}
