// Single entries of a ledger by their ordinals: what a report shows as evidence.

import { describeDuckDbFailure } from "../../duckdb/failure.ts";
import type { DuckDb } from "../../duckdb/open.ts";
import { quoteTexts } from "../../duckdb/sql-text.ts";
import type { LedgerPart } from "../../ledger/manifest.ts";
import { EVIDENCE_FIELDS } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import { exactTexts } from "./ill-formed.ts";

/** An entry's evidence fields, and where it stands. */
export interface LocatedEntry {
  readonly entry: AuditEntry;
  /** `file:line`. */
  readonly source: string;
}

/** Ordinals that are asked for by one query. */
const AT_ONCE = 500;

/** The entries of these ordinals. */
export async function lookUp(
  duckdb: DuckDb,
  parts: readonly LedgerPart[],
  ordinals: ReadonlySet<number>,
): Promise<Map<number, LocatedEntry>> {
  const found = new Map<number, LocatedEntry>();
  const sorted = [...ordinals].sort((left, right) => left - right);
  for (let start = 0; start < sorted.length; start += AT_ONCE) {
    const some = sorted.slice(start, start + AT_ONCE);
    const files = parts
      .filter(({ first, last }) => some.some((ordinal) => ordinal >= first && ordinal <= last))
      .map(({ path }) => `${duckdb.path}/${path}`);
    if (files.length === 0) continue;
    try {
      for await (const [rows = []] of duckdb.columns(sqlFor(files, some))) {
        for (const row of rows) {
          const [ordinal, located] = locatedEntry(row ?? "[]");
          found.set(ordinal, located);
        }
      }
    } catch (error) {
      throw describeDuckDbFailure(error, parts[0]?.path ?? "entries");
    }
  }
  return found;
}

const COLUMNS = [
  "ordinal",
  "source_file",
  "source_line",
  "ill_formed",
  "id_number",
  ...EVIDENCE_FIELDS,
] as const;

function sqlFor(files: readonly string[], ordinals: readonly number[]): string {
  const row = COLUMNS.map((column) => `to_json(${column})`).join(", ");
  return (
    `SELECT to_json([${row}])::VARCHAR FROM read_parquet(${quoteTexts(files)}, hive_partitioning = false) ` +
    `WHERE ordinal IN (${ordinals.join(", ")})`
  );
}

function locatedEntry(row: string): [number, LocatedEntry] {
  const [ordinal, file, line, illFormed, idNumber, ...values] = JSON.parse(row) as unknown[];
  const entry: Record<string, unknown> = {};
  for (const [index, field] of EVIDENCE_FIELDS.entries()) entry[field] = values[index];
  if (typeof idNumber === "number") entry["id"] = idNumber;
  Object.assign(entry, exactTexts(illFormed));
  return [ordinal as number, { entry, source: `${String(file)}:${String(line)}` }];
}
