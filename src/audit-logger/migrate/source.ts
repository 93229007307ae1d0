// The database that rows are migrated from: one state of it, page by page, exactly as it stands.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES, type EntryField } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import { openForReading, type SqliteReader } from "../../sqlite/reader.ts";
import type { StoredValue } from "../logged-action.ts";
import type { MigratedRow, RefusalReason } from "./row.ts";

/** What is migrated from. */
export interface MigrationSource {
  /** Fields that it has columns for. */
  readonly columns: readonly EntryField[];
  /** Columns that no audit entry has; they stay behind. */
  readonly otherColumns: readonly string[];
  readonly rows: number;
  /** Ids that were given out after the highest row. */
  readonly missingAtEnd?: number;
  /** What its counters say. */
  readonly tenure?: SourceTenure;
  /** All rows, some hundreds at a time, by row number. May be read again and is then the same. */
  pages(): Generator<SourcePage>;
  /** @throws ComplianceError `source-changed` when the file was replaced or rewritten */
  close(): void;
}

/** The counters of `governance_tenure`. */
export interface SourceTenure {
  readonly first_activated?: string;
  readonly total_actions: number;
  readonly threats_blocked?: number;
}

/** Some rows of the source. */
export interface SourcePage {
  readonly rows: readonly SourceRow[];
  readonly refused: readonly RefusedRow[];
}

/** A row that can be held elsewhere. */
export interface SourceRow {
  /** Row number in the source. */
  readonly row: string;
  readonly values: MigratedRow;
}

/** A row that stays behind. */
export interface RefusedRow {
  /** Row number in the source. */
  readonly row: string;
  readonly reason: RefusalReason;
}

/**
 * Opens an audit database of any form. Its file and folder are never changed.
 *
 * @throws ComplianceError `unreadable-source`, `unsupported-source`, `source-changed`,
 *   `missing-package`
 */
export async function openMigrationSource(path: string): Promise<MigrationSource> {
  const reader = await openForReading(path);
  try {
    return sourceOf(reader, path);
  } catch (error) {
    reader.close();
    throw error;
  }
}

const PAGE = 250;
const LOWEST_ROW = -(2n ** 63n);

function sourceOf(reader: SqliteReader, path: string): MigrationSource {
  const names = [...reader.rows("SELECT name FROM pragma_table_info('audit_log')")].map(
    ([name]) => name as string,
  );
  const columns = ENTRY_FIELD_NAMES.filter((field) => names.includes(field));
  for (const needed of ["id", "timestamp"] as const) {
    if (columns.includes(needed)) continue;
    throw new ComplianceError(
      "unsupported-source",
      names.length === 0
        ? "Expected a table audit_log, but there is none"
        : `Expected audit_log to have a column ${needed}, but it has none`,
      {
        hint: "Name the database that the audit logger writes, by default aegis_audit.db.",
        location: { file: path },
      },
    );
  }
  const repeated = repeatedIds(reader);
  const encoding = one(reader, "PRAGMA encoding") as string;
  const list = ENTRY_FIELD_NAMES.map((name) => (columns.includes(name) ? name : "NULL")).join(", ");
  const page = `SELECT rowid, ${list} FROM audit_log WHERE rowid >= ? ORDER BY rowid LIMIT ${PAGE}`;
  const bytes = `SELECT ${columns.map((name) => `CAST(${name} AS BLOB)`).join(", ")} FROM audit_log WHERE rowid = ?`;

  const isText = (rowId: number | bigint, values: readonly unknown[]): boolean => {
    if (!values.some((value) => typeof value === "string" && value.includes("\uFFFD"))) return true;
    const [stored = []] = [...reader.rows(bytes, [rowId], { atOnce: true })];
    return columns.every((name, index) => {
      const value = values[ENTRY_FIELD_NAMES.indexOf(name)];
      return (
        typeof value !== "string" || encoded(value, encoding).equals(stored[index] as Uint8Array)
      );
    });
  };

  return {
    columns,
    otherColumns: names.filter((name) => !columns.some((column) => column === name)),
    rows: one(reader, "SELECT count(*) FROM audit_log") as number,
    ...counters(reader),
    *pages() {
      let first: bigint | undefined = LOWEST_ROW;
      while (first !== undefined) {
        const rows: SourceRow[] = [];
        const refused: RefusedRow[] = [];
        const read: unknown[][] = [...reader.rows(page, [first], { atOnce: true })];
        for (const [rowId, ...values] of read as [number | bigint, ...unknown[]][]) {
          const row = String(rowId);
          const reason =
            refusal(values) ??
            (repeated.has(row) ? "id stands in an earlier row" : undefined) ??
            (isText(rowId, values) ? undefined : "text that is not UTF-8");
          if (reason === undefined) rows.push({ row, values: values as StoredValue[] });
          else refused.push({ row, reason });
        }
        if (read.length > 0) yield { rows, refused };
        const last = read.at(-1)?.[0] as number | bigint | undefined;
        first = read.length < PAGE || last === undefined ? undefined : BigInt(last) + 1n;
      }
    },
    close: () => {
      reader.close();
    },
  };
}

/** Row numbers of all but the first row of each whole number that stands as id more than once. */
function repeatedIds(reader: SqliteReader): ReadonlySet<string> {
  const key = [
    ...reader.rows("SELECT name, upper(type), pk FROM pragma_table_info('audit_log')"),
  ].some(([name, type, pk]) => name === "id" && type === "INTEGER" && pk === 1);
  if (key) return new Set();
  const rows = reader.rows(
    "SELECT r FROM (SELECT rowid AS r, row_number() OVER (PARTITION BY id ORDER BY rowid) AS n " +
      "FROM audit_log WHERE typeof(id) = 'integer') WHERE n > 1",
  );
  return new Set([...rows].map(([row]) => String(row)));
}

function refusal(values: readonly unknown[]): RefusalReason | undefined {
  for (const [index, name] of ENTRY_FIELD_NAMES.entries()) {
    const value = values[index];
    if (name === "id") {
      if (!Number.isSafeInteger(value)) return "id is no whole number";
    } else if (value !== null && !isOfType(name, value)) {
      return "value of another type";
    }
  }
  return undefined;
}

function isOfType(name: EntryField, value: unknown): boolean {
  return ENTRY_FIELDS[name] === "integer" ? Number.isSafeInteger(value) : typeof value === "string";
}

function encoded(text: string, encoding: string): Buffer {
  if (encoding === "UTF-8") return Buffer.from(text);
  const units = Buffer.from(text, "utf16le");
  return encoding === "UTF-16be" ? units.swap16() : units;
}

function counters(reader: SqliteReader): Pick<MigrationSource, "missingAtEnd" | "tenure"> {
  const tables = new Set(
    [...reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")].map(([name]) => name),
  );
  const given = tables.has("sqlite_sequence")
    ? one(reader, "SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'")
    : undefined;
  const highest = one(reader, "SELECT max(rowid) FROM audit_log") ?? 0;
  const [activated, total, blocked] = tables.has("governance_tenure") ? tenureRow(reader) : [];
  return {
    ...(typeof given === "number" && typeof highest === "number"
      ? { missingAtEnd: Math.max(0, given - highest) }
      : {}),
    ...(typeof total === "number"
      ? {
          tenure: {
            ...(typeof activated === "string" ? { first_activated: activated } : {}),
            total_actions: total,
            ...(typeof blocked === "number" ? { threats_blocked: blocked } : {}),
          },
        }
      : {}),
  };
}

function tenureRow(reader: SqliteReader): readonly unknown[] {
  const names = [...reader.rows("SELECT name FROM pragma_table_info('governance_tenure')")].flat();
  const list = ["first_activated", "total_actions", "threats_blocked"].map((name) =>
    names.includes(name) ? name : "NULL",
  );
  const [row = []] = [
    ...reader.rows(`SELECT ${list.join(", ")} FROM governance_tenure ORDER BY rowid LIMIT 1`),
  ];
  return row;
}

function one(reader: SqliteReader, sql: string): unknown {
  const [row] = [...reader.rows(sql)];
  return row?.[0];
}
