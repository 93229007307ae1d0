// What an audit database looks like inside: which of the historical shapes it has, which
// rows exist, and the SQL to read them. Identifiers come from our own list only.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import type { TenureCheck } from "../../model/population.ts";
import type { SqliteReader } from "../../sqlite/reader.ts";
import { POSITIONS_OF_A_LOG } from "../part.ts";

/** Which rows a reading covers, both bounds included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

export interface AuditTable {
  /** Fields that this table has a column for: 14 in the oldest shape, 18 in the others. */
  readonly columns: readonly EntryField[];
  /** Whether `id` is SQLite's own row number, as the logger makes it. */
  readonly idIsRowId: boolean;
  /** Absent when the table is empty. */
  readonly range?: RowRange;
  /** Ids that were given out after the highest row that exists. */
  readonly missingAtEnd?: number;
  readonly tenure?: Omit<TenureCheck, "rows">;
}

/**
 * Looks at a database once. The highest row it sees bounds everything that is read later,
 * so rows that are written meanwhile belong to the next report.
 *
 * @throws ComplianceError `unsupported-source` when it has no audit log
 */
export function inspectTable(reader: SqliteReader, path: string): AuditTable {
  const tables = new Set(
    [...reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")].map(([name]) => name),
  );
  if (!tables.has("audit_log")) {
    throw new ComplianceError(
      "unsupported-source",
      "expected a table audit_log, but there is none",
      {
        location: { file: path },
        hint: "Name the database that the audit logger writes, by default aegis_audit.db.",
      },
    );
  }
  const declared = [
    ...reader.rows("SELECT name, upper(type), pk FROM pragma_table_info('audit_log')"),
  ];
  const columns = ENTRY_FIELD_NAMES.filter((field) => declared.some(([name]) => name === field));
  const idIsRowId = declared.some(
    ([name, type, key]) => name === "id" && type === "INTEGER" && key === 1,
  );
  for (const needed of ["id", "timestamp"] as const) {
    if (!columns.includes(needed)) {
      throw new ComplianceError(
        "unsupported-source",
        `expected audit_log to have a column ${needed}, but it has none`,
        { location: { file: path } },
      );
    }
  }
  const [[first, last] = []] = [...reader.rows("SELECT min(rowid), max(rowid) FROM audit_log")];
  if (typeof first === "bigint" || typeof last === "bigint") {
    throw new ComplianceError(
      "unsupported-source",
      `expected row numbers that are exact, at most ${Number.MAX_SAFE_INTEGER}, but they go from ${String(first)} to ${String(last)}`,
      { location: { file: path } },
    );
  }
  const range = typeof first === "number" && typeof last === "number" ? { first, last } : undefined;
  const given = tables.has("sqlite_sequence")
    ? firstValue(reader, "SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'")
    : undefined;
  return {
    columns,
    idIsRowId,
    ...(range === undefined ? {} : { range }),
    ...(typeof given === "number" ? { missingAtEnd: given - (range?.last ?? 0) } : {}),
    ...(tables.has("governance_tenure") ? tenureOf(reader) : {}),
  };
}

/**
 * What is added to a row number to make it a position among those of several logs.
 *
 * @param base of this log
 * @throws ComplianceError `unsupported-source` when the row numbers lie too far apart for that
 */
export function shiftFor({ range }: AuditTable, base: number, path: string): number {
  if (range === undefined || (range.first >= 0 && range.last < POSITIONS_OF_A_LOG)) return base;
  if (range.last - range.first < POSITIONS_OF_A_LOG - 1) return base - range.first + 1;
  throw new ComplianceError(
    "unsupported-source",
    `expected row numbers less than ${POSITIONS_OF_A_LOG} apart in one of several logs, but they go from ${range.first} to ${range.last}`,
    { location: { file: path }, hint: "Make a report of this log alone." },
  );
}

function tenureOf(reader: SqliteReader): { tenure?: Omit<TenureCheck, "rows"> } {
  const [row] = [
    ...reader.rows("SELECT first_activated, total_actions FROM governance_tenure LIMIT 1"),
  ];
  const [activated, total] = row ?? [];
  if (typeof total !== "number") return {};
  return {
    tenure: {
      ...(typeof activated === "string" ? { first_activated: activated } : {}),
      total_actions: total,
    },
  };
}

function firstValue(reader: SqliteReader, sql: string): unknown {
  const [row] = [...reader.rows(sql)];
  return row?.[0];
}

/**
 * Reads the asked columns of a range of rows in order, then a bit mask of which of the
 * other fields each row records, then the row number. Columns that this shape lacks are NULL.
 */
export function selectRange(table: AuditTable, columns: readonly EntryField[]): string {
  const selected = columns.map((column) => (table.columns.includes(column) ? column : "NULL"));
  return (
    `SELECT ${[...selected, recordedMask(table, columns)].join(", ")}` +
    `${table.idIsRowId ? "" : ", rowid"} FROM audit_log ` +
    "WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
  );
}

/** Reads whole entries by row number. */
export function selectRows(
  table: AuditTable,
  columns: readonly EntryField[],
  count: number,
): string {
  const selected = columns.map((column) => (table.columns.includes(column) ? column : "NULL"));
  const places = Array.from({ length: count }, () => "?").join(", ");
  return `SELECT rowid, ${selected.join(", ")} FROM audit_log WHERE rowid IN (${places})`;
}

/**
 * Which of the fields that nobody asked for are recorded, told by the database so that their
 * values need not be handed over. Text that is not text sorts behind `x''`.
 */
function recordedMask(table: AuditTable, asked: readonly EntryField[]): string {
  const bits = ENTRY_FIELD_NAMES.flatMap((field, bit) => {
    if (asked.includes(field) || !table.columns.includes(field)) return [];
    const recorded =
      ENTRY_FIELDS[field] === "json" ? `${field} <> ''` : `${field} <> '' AND ${field} < x''`;
    return [`iif(${recorded}, ${1 << bit}, 0)`];
  });
  return bits.length === 0 ? "0" : bits.join(" + ");
}
