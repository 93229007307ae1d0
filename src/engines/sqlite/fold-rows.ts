// Folds all rows of a database: in the caller's thread, or in several by row range.

import { availableParallelism } from "node:os";
import type { SqliteReader } from "../../sqlite/reader.ts";
import type { Question } from "../engine.ts";
import { columnsOf, fold } from "../fold/fold.ts";
import type { Fold } from "../fold/fold.ts";
import { foldInThreads } from "../threads/fold-in-threads.ts";
import type { FoldingThreads } from "../threads/fold-in-threads.ts";
import { readRange } from "./read-range.ts";
import type { RowOptions } from "./read-range.ts";
import type { AuditTable, RowRange } from "./table.ts";
import type { WorkerTask } from "./worker.ts";

/** An open database. */
export interface AuditDatabase {
  readonly reader: SqliteReader;
  readonly table: AuditTable;
  readonly path: string;
  /** Threads that read; one for each processor, at most four, when absent. */
  readonly workers?: number;
}

/** Below so many rows a thread costs more than it saves. */
const SMALL_LOG = 100_000;
const MOST_WORKERS = 4;
const THREADS: FoldingThreads = { worker: "#sqlite-worker", nurseryMb: 4, late: "are-killed" };

/** How many row numbers there are between the first and the last. */
export function spanOf({ range }: AuditTable): number {
  return range === undefined ? 0 : range.last - range.first + 1;
}

/**
 * Folds all rows, here or with threads.
 *
 * @throws the signal's reason when it was aborted
 */
export async function foldRows(
  { reader, table, path, workers }: AuditDatabase,
  question: Question,
  { shift, onRows, signal }: RowOptions,
): Promise<Fold> {
  const { range } = table;
  const whole = fold(question, (range?.first ?? 1) + shift);
  const threads = workers ?? defaultThreads(spanOf(table));
  if (range !== undefined && threads < 2) {
    await readRange(reader, table, columnsOf(question), range, whole, { shift, onRows, signal });
  } else if (range !== undefined) {
    const tasks = split(range, threads).map((part): WorkerTask => ({
      path,
      table,
      question,
      range: part,
      shift,
    }));
    await foldInThreads(THREADS, tasks, whole, { onRows, signal });
  }
  return whole;
}

function defaultThreads(rows: number): number {
  return rows < SMALL_LOG ? 1 : Math.min(availableParallelism(), MOST_WORKERS);
}

/** Equal parts of a range of row numbers. */
function split({ first, last }: RowRange, parts: number): RowRange[] {
  const size = Math.ceil((last - first + 1) / parts);
  return Array.from({ length: parts }, (_, part) => ({
    first: first + part * size,
    last: Math.min(last, first + (part + 1) * size - 1),
  })).filter((range) => range.first <= range.last);
}
