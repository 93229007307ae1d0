// Finds rows of Parquet files again, to show them as evidence.

import { openDuckDb } from "../../duckdb/open.ts";
import { quoteText } from "../../duckdb/sql-text.ts";
import type { PlannedInput } from "../../intake/plan.ts";
import { EVIDENCE_FIELDS, ENTRY_FIELD_NAMES, toEvidence } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import { ownColumns } from "./own-columns.ts";
import type { RowRange } from "./places.ts";
import { idReader, tableColumns } from "./read-table.ts";
import { windowsOf } from "./row-ranges.ts";
import { StepBack } from "./step-back.ts";

/** Rows of a table that were read one after the other. */
export interface ReadTable {
  readonly input: PlannedInput;
  readonly rows: RowRange;
  /** Position of the first of them. */
  readonly first: number;
}

/**
 * Reads the rows at some positions.
 *
 * @returns by position, each entry's evidence with its file and line
 * @throws Error as DuckDB says, and when a row is not there any more
 */
export async function lookUpRows(
  tables: readonly ReadTable[],
  positions: readonly number[],
): Promise<Map<number, AuditEntry>> {
  const found = new Map<number, AuditEntry>();
  const byInput = new Map<PlannedInput, Map<number, number>>();
  for (const position of positions) {
    const table = tables.find(
      ({ first, rows }) => position >= first && position < first + rows.end - rows.start,
    );
    if (table === undefined) throw new Error("an entry is in no table");
    const { input, rows, first } = table;
    const wanted = byInput.get(input) ?? new Map<number, number>();
    byInput.set(input, wanted.set(rows.start + position - first, position));
  }
  for (const [input, wanted] of byInput) {
    for await (const [row, entry] of rowsOf(input, [...wanted.keys()])) {
      found.set(wanted.get(row) as number, { ...entry, source: `${input.file.name}:${row + 1}` });
    }
  }
  if (found.size < new Set(positions).size) throw new Error("a row is not there any more");
  return found;
}

async function* rowsOf(
  { file, mapping }: PlannedInput,
  numbers: readonly number[],
): AsyncGenerator<readonly [number, AuditEntry]> {
  const own = ownColumns(mapping);
  if (own === undefined) throw new StepBack("the format is not an entry's own");
  const duckdb = await openDuckDb({ path: file.path });
  try {
    const columns = (await tableColumns(duckdb, own, new Set(EVIDENCE_FIELDS))).filter(({ slot }) =>
      SHOWN.has(slot),
    );
    const idOf = idReader(mapping, columns);
    const values = columns.map(({ sql }) => `(${sql})::VARCHAR`);
    const source = `read_parquet(${quoteText(duckdb.path)}, hive_partitioning = false, file_row_number = true)`;
    for (const { start, end } of await windowsOf(duckdb)) {
      const inside = numbers.filter((number) => number >= start && number < end);
      if (inside.length === 0) continue;
      const sql =
        `SELECT file_row_number::VARCHAR, ${values.join(", ")} FROM ${source} ` +
        `WHERE file_row_number >= ${start} AND file_row_number < ${end} ` +
        `AND file_row_number IN (${inside.join(", ")})`;
      for await (const [rows = [], ...texts] of duckdb.columns(sql)) {
        for (const [index, row] of rows.entries()) {
          const entry: Record<string, unknown> = {};
          for (const [place, { slot, kind }] of columns.entries()) {
            const text = texts[place]?.[index] ?? null;
            const value = kind === "number" && text !== null ? Number(text) : text;
            const field = ENTRY_FIELD_NAMES[slot] as string;
            entry[field] = field === "id" && idOf !== undefined ? idOf(value) : value;
          }
          yield [Number(row), toEvidence(entry)];
        }
      }
    }
  } finally {
    await duckdb.close();
  }
}

const SHOWN: ReadonlySet<number> = new Set(
  EVIDENCE_FIELDS.map((field) => ENTRY_FIELD_NAMES.indexOf(field)),
);
