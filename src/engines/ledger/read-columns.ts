// Columns of a ledger out of DuckDB: each column of a window is one JSON text, written by DuckDB
// and parsed by one call. Values one by one would cost three times as much, and texts arrive
// exactly as they are.

import { describeDuckDbFailure } from "../../duckdb/failure.ts";
import type { DuckDb } from "../../duckdb/open.ts";
import { ENTRIES, LEDGER_COLUMNS } from "../../ledger/layout.ts";
import type { LedgerColumn } from "../../ledger/layout.ts";
import { ComplianceError } from "../../model/error.ts";
import type { LedgerPart } from "../../ledger/manifest.ts";
import { CodedColumns } from "./coded-columns.ts";
import { windowsOf } from "./windows.ts";
import type { Window } from "./windows.ts";

/** Rows of a ledger by column; texts, numbers and nulls. */
export type ColumnBatch = ReadonlyMap<LedgerColumn, readonly unknown[]>;

/** The values of a field; of an id the number where it is one. */
export function cellsOf(batch: ColumnBatch, column: LedgerColumn): readonly unknown[] {
  const cells = batch.get(column) ?? [];
  if (column !== "id") return cells;
  return (batch.get("id_number") ?? []).map((number, index) => number ?? cells[index] ?? null);
}

/**
 * Reads columns of all rows, in the order of their ordinals, some thousand rows at a time. While
 * one batch is used, DuckDB reads the next.
 *
 * @param columns always with `ordinal`
 * @throws ComplianceError `unreadable-source` when a part does not hold what the manifest says
 */
export async function* readColumns(
  duckdb: DuckDb,
  parts: readonly LedgerPart[],
  columns: readonly LedgerColumn[],
): AsyncGenerator<ColumnBatch, void, undefined> {
  const coded = await translated(parts[0]?.path ?? ENTRIES, () =>
    CodedColumns.learn(duckdb, parts, columns.filter(mayRepeat)),
  );
  const windows = windowsOf(parts, duckdb.path);
  const next = (): Promise<ColumnBatch> | undefined => {
    const { value, done } = windows.next();
    if (done === true) return undefined;
    const reading = readWindow(duckdb, columns, coded, value);
    // Awaited in its turn; a failure before that must not count as one that nobody handles.
    reading.catch(() => undefined);
    return reading;
  };
  let rows = 0;
  let before = 0;
  let reading = next();
  try {
    while (reading !== undefined) {
      const batch = await reading;
      reading = next();
      const ordinals = batch.get("ordinal") ?? [];
      for (const ordinal of ordinals) {
        if (typeof ordinal !== "number" || ordinal <= before) {
          throw misfit(ENTRIES, "the ordinals of its entries do not grow");
        }
        before = ordinal;
      }
      rows += ordinals.length;
      if (ordinals.length > 0) yield batch;
    }
  } finally {
    await reading?.catch(() => undefined);
    await coded.drop(duckdb).catch(() => undefined);
  }
  const expected = parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows !== expected) {
    throw misfit(ENTRIES, `its parts hold ${rows} entries instead of ${expected}`);
  }
}

/** Columns whose values hardly ever repeat are not worth a look. */
const UNIQUE: ReadonlySet<LedgerColumn> = new Set([
  "id",
  "id_number",
  "timestamp",
  "action_params",
  "result_data",
  "ill_formed",
  "source_line",
  "record_sha256",
  "ordinal",
]);

function mayRepeat(column: LedgerColumn): boolean {
  return !UNIQUE.has(column);
}

async function readWindow(
  duckdb: DuckDb,
  columns: readonly LedgerColumn[],
  coded: CodedColumns,
  window: Window,
): Promise<ColumnBatch> {
  return translated(window.file, async () => {
    const known = coded.columns;
    const whole = columns.filter((column) => !known.includes(column));
    const select = [...whole.map(jsonList), ...coded.selected];
    const texts = (await duckdb.firstRow(`SELECT ${select.join(", ")} FROM ${window.from}`)) ?? [];
    if (texts[0] === null || texts[0] === undefined)
      return new Map(columns.map((column) => [column, []]));
    const decoded = coded.decode(texts.slice(whole.length));
    if (decoded !== undefined) {
      return checkedBatch([...listsOf(whole, texts, window.file), ...decoded], window.file);
    }
    coded.forget();
    const lists = columns.map(jsonList).join(", ");
    const all = (await duckdb.firstRow(`SELECT ${lists} FROM ${window.from}`)) ?? [];
    return checkedBatch(listsOf(columns, all, window.file), window.file);
  });
}

async function translated<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw describeDuckDbFailure(error, file);
  }
}

/** Yields a whole column as JSON. */
function jsonList(column: LedgerColumn): string {
  const type = LEDGER_COLUMNS.get(column) ?? "VARCHAR";
  const value = column === "id" ? "CASE WHEN id_number IS NULL THEN id END" : column;
  return `to_json(list((${value})::${type}))::VARCHAR`;
}

function listsOf(
  columns: readonly LedgerColumn[],
  texts: readonly (string | null)[],
  file: string,
): [LedgerColumn, readonly unknown[]][] {
  return columns.map((column, index) => {
    try {
      return [column, JSON.parse(texts[index] ?? "[]") as unknown[]];
    } catch (cause) {
      throw misfit(file, `its column ${column} cannot be read`, cause);
    }
  });
}

function checkedBatch(
  lists: readonly (readonly [LedgerColumn, readonly unknown[]])[],
  file: string,
): ColumnBatch {
  if (new Set(lists.map(([, list]) => list.length)).size > 1) {
    throw misfit(file, "its columns have different lengths");
  }
  return new Map(lists);
}

/** The error for a part that is not what the manifest says. */
export function misfit(file: string, what: string, cause?: unknown): ComplianceError {
  return new ComplianceError("unreadable-source", `The ledger contradicts itself: ${what}`, {
    cause,
    location: { file },
    hint: "Import the logs again into a new folder.",
  });
}
