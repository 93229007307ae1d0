// The rows of one view of a table, in the log's order, and that none is missing.

import { fieldText } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import type { LogTable } from "../sql/log-table.ts";
import { selectRange } from "../sql/select.ts";
import { pause } from "../stopping/pause.ts";
import type { TableRow, TableView } from "./reader.ts";

/** A view that is being read. */
export interface OpenView {
  readonly table: LogTable;
  readonly view: TableView;
  readonly signal?: AbortSignal | undefined;
}

/** Takes one row: its order number, and the row as the statement gives it. */
export type TakeRow = (order: number, row: TableRow) => void;

/** How many rows pass between two reports of progress. */
const PROGRESS_EVERY = 16_384;

/**
 * All rows, some thousand at a time. Of each: the order number, the fields, and the mask of the
 * recorded fields that were not asked for. Each batch is checked before it is handed over.
 *
 * @param onRows told now and then how many more rows were read
 * @throws ComplianceError `unsupported-source` when the order numbers do not grow,
 *   `unreadable-source` when rows are missing or are too many; the signal's reason
 */
export async function* rowsIn(
  { table, view, signal }: OpenView,
  fields: readonly EntryField[],
  onRows: (rows: number) => void = () => {},
): AsyncGenerator<readonly TableRow[], void, undefined> {
  signal?.throwIfAborted();
  const { range, rows: expected, input } = view;
  let last = Number.NEGATIVE_INFINITY;
  let read = 0;
  let untold = 0;
  if (range !== undefined) {
    for await (const batch of view.read(selectRange(table, fields, range), signal)) {
      signal?.throwIfAborted();
      for (const [order] of batch) last = nextOrder(order, last, table, input.name);
      read += batch.length;
      yield batch;
      await pause(signal);
      untold += batch.length;
      if (untold < PROGRESS_EVERY) continue;
      onRows(untold);
      untold = 0;
    }
  }
  if (read !== expected) {
    throw new ComplianceError(
      "unreadable-source",
      `expected ${expected} rows of ${input.name}, as it counts them itself, but ${read} were read`,
      {
        hint: "Each row needs a number in the order column. If each has one, run again; a part of the database may be missing.",
      },
    );
  }
  onRows(untold);
}

/** The order number of a row, which must be higher than the one before. */
function nextOrder(order: unknown, last: number, table: LogTable, name: string): number {
  if (typeof order === "number" && Number.isSafeInteger(order) && order > last) return order;
  const column = JSON.stringify(table.order);
  const hint =
    "Name a column of unique whole numbers below 2^53 that grow along the log, as order=.";
  if (order === last) {
    throw new ComplianceError(
      "unsupported-source",
      `expected the order column ${column} of ${name} to be unique, but ${order} stands in it twice`,
      { hint },
    );
  }
  const found = order === null ? "NULL" : JSON.stringify(fieldText(order)).slice(0, 40);
  throw new ComplianceError(
    "unsupported-source",
    `expected the order column ${column} of ${name} to hold growing whole numbers below 2^53, but ${found} stands in it` +
      (Number.isFinite(last) ? ` behind ${last}` : ""),
    { hint },
  );
}
