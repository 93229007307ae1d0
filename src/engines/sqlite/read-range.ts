// Folds one range of rows: the whole of a small log, or one worker's part of a large one.

import type { EntryField } from "../../model/audit-entry.ts";
import type { SqliteReader } from "../../sqlite/reader.ts";
import type { Fold } from "../fold/fold.ts";
import { selectRange } from "./table.ts";
import type { AuditTable, RowRange } from "./table.ts";

/** How many rows pass between two reports of progress. */
const PROGRESS_EVERY = 16_384;

export function readRange(
  reader: SqliteReader,
  table: AuditTable,
  columns: readonly EntryField[],
  range: RowRange,
  fold: Fold,
  onRows: (rows: number) => void,
): void {
  const maskSlot = columns.length;
  let rows = 0;
  for (const row of reader.rows(selectRange(table, columns), [range.first, range.last])) {
    fold.step(row, row[0] as number, row[maskSlot] as number);
    rows += 1;
    if (rows === PROGRESS_EVERY) {
      onRows(rows);
      rows = 0;
    }
  }
  onRows(rows);
}
