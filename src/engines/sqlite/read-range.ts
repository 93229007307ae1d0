// Folds one range of rows: the whole of a small log, or one worker's part of a large one.

import { ENTRY_FIELD_NAMES, isRecorded } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { SqliteReader } from "../../sqlite/reader.ts";
import type { Fold } from "../fold/fold.ts";
import { selectRange } from "./table.ts";
import type { AuditTable, RowRange } from "./table.ts";

/** Rows of one query: fetched at once, few enough to stay small in memory. */
const BATCH = 250;
/** How many rows pass between two reports of progress. */
const PROGRESS_EVERY = 16_384;

/** @param onRows told now and then how many more rows were read */
export function readRange(
  reader: SqliteReader,
  table: AuditTable,
  columns: readonly EntryField[],
  range: RowRange,
  fold: Fold,
  onRows: (rows: number) => void,
): void {
  const maskSlot = columns.length;
  const rowIdSlot = table.idIsRowId ? columns.indexOf("id") : maskSlot + 1;
  const bits = columns.map((column) => 1 << ENTRY_FIELD_NAMES.indexOf(column));
  const sql = `${selectRange(table, columns)} LIMIT ${BATCH}`;
  const smallIntegers =
    table.idIsRowId && Number.isSafeInteger(range.last) && !columns.includes("chain_depth");
  let rows = 0;
  // Row numbers may have holes of any size, so each batch begins behind the last row of the one before.
  let first = range.first;
  let found = BATCH;
  while (found === BATCH && first <= range.last) {
    found = 0;
    for (const row of reader.rows(sql, [first, range.last], { atOnce: true, smallIntegers })) {
      let recorded = row[maskSlot] as number;
      for (let slot = 0; slot < maskSlot; slot += 1) {
        const value = row[slot];
        if (value === null || value === "") continue;
        if (typeof value === "string" || isRecorded(columns[slot] as EntryField, value)) {
          recorded |= bits[slot] as number;
        }
      }
      const rowId = row[rowIdSlot] as number;
      fold.step(row, rowId, recorded);
      first = rowId + 1;
      found += 1;
      rows += 1;
    }
    if (rows >= PROGRESS_EVERY) {
      onRows(rows);
      rows = 0;
    }
  }
  onRows(rows);
}
