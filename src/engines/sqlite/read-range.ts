// Folds one range of rows: the whole of a small log, or one worker's part of a large one.

import { ENTRY_FIELD_NAMES, isRecorded } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { SqliteReader } from "../../sqlite/reader.ts";
import type { EntrySink } from "../growing.ts";
import { PAUSE_EVERY, pause } from "../stopping/pause.ts";
import { selectRange } from "./table.ts";
import type { AuditTable, RowRange } from "./table.ts";

/** Rows of one query: fetched at once, few enough to stay small in memory. */
const BATCH = 250;
/** How many rows pass between two reports of progress. */
export const PROGRESS_EVERY = 16_384;

/** How rows are read. */
export interface RowOptions {
  /** Added to row numbers, which then are references and positions. */
  readonly shift: number;
  /** Told now and then how many more rows were read. */
  readonly onRows: (rows: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** @throws the signal's reason when it was aborted */
export async function readRange(
  reader: SqliteReader,
  table: AuditTable,
  columns: readonly EntryField[],
  range: RowRange,
  sink: EntrySink,
  { shift, onRows, signal }: RowOptions,
): Promise<void> {
  const maskSlot = columns.length;
  const rowIdSlot = rowIdSlotOf(table, columns);
  const bits = columns.map((column) => 1 << ENTRY_FIELD_NAMES.indexOf(column));
  let rows = 0;
  let sincePause = 0;
  for (const batch of rowsOf(reader, table, columns, range)) {
    for (const row of batch) {
      let recorded = row[maskSlot] as number;
      for (let slot = 0; slot < maskSlot; slot += 1) {
        const value = row[slot];
        if (value === null || value === "") continue;
        if (typeof value === "string" || isRecorded(columns[slot] as EntryField, value)) {
          recorded |= bits[slot] as number;
        }
      }
      sink.step(row, (row[rowIdSlot] as number) + shift, recorded);
    }
    rows += batch.length;
    sincePause += batch.length;
    if (rows >= PROGRESS_EVERY) {
      onRows(rows);
      rows = 0;
    }
    if (sincePause >= PAUSE_EVERY) {
      await pause(signal);
      sincePause = 0;
    }
  }
  onRows(rows);
}

/** Where the row number stands in a row of these columns. */
export function rowIdSlotOf(table: AuditTable, columns: readonly EntryField[]): number {
  return table.idIsRowId ? columns.indexOf("id") : columns.length + 1;
}

/** The rows of a range, some hundreds at a time: the columns, which others are recorded, the row number. */
export function* rowsOf(
  reader: SqliteReader,
  table: AuditTable,
  columns: readonly EntryField[],
  range: RowRange,
): Generator<readonly unknown[][]> {
  const rowIdSlot = rowIdSlotOf(table, columns);
  const sql = `${selectRange(table, columns)} LIMIT ${BATCH}`;
  const smallIntegers =
    table.idIsRowId && Number.isSafeInteger(range.last) && !columns.includes("chain_depth");
  // Row numbers may have holes of any size, so each batch begins behind the last row of the one before.
  let first = range.first;
  let batch: readonly unknown[][];
  do {
    batch = [...reader.rows(sql, [first, range.last], { atOnce: true, smallIntegers })];
    if (batch.length > 0) yield batch;
    first = ((batch.at(-1)?.[rowIdSlot] as number | undefined) ?? range.last) + 1;
  } while (batch.length === BATCH && first <= range.last);
}
