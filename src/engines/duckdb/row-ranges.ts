// How Parquet files are divided between threads, and each range into windows of some ten
// thousand rows that never straddle two row groups without need.

import { openDuckDb } from "../../duckdb/open.ts";
import type { DuckDb } from "../../duckdb/open.ts";
import { quoteText } from "../../duckdb/sql-text.ts";
import type { PlannedInput } from "../../intake/plan.ts";
import type { RowRange } from "./places.ts";
import { StepBack } from "./step-back.ts";

/** Smaller tables are read by one thread. */
const SMALL_TABLE = 60_000;
/** Most rows of a window: a row group of the usual size is one. */
const WINDOW_ROWS = 131_072;
/** Smallest range of a thread, in rows; several for each thread even out what they take. */
const RANGES_A_THREAD = 3;

/** The ranges of each Parquet file among the inputs, by its ordinal. */
export async function rowRanges(
  inputs: readonly PlannedInput[],
  threads: number,
): Promise<Map<number, readonly RowRange[]>> {
  const ranges = new Map<number, readonly RowRange[]>();
  for (const [index, { file }] of inputs.entries()) {
    if (file.format !== "parquet") continue;
    const duckdb = await steppingBack(() => openDuckDb({ path: file.path }));
    try {
      ranges.set(index, divided(await windowsOf(duckdb), threads));
    } finally {
      await duckdb.close();
    }
  }
  return ranges;
}

/**
 * The windows in which the rows of a file are read, in order.
 *
 * @throws StepBack when DuckDB cannot tell them
 */
export async function windowsOf(duckdb: DuckDb): Promise<RowRange[]> {
  const groups = await steppingBack(async () => {
    const rows: number[] = [];
    const sql =
      `SELECT row_group_num_rows::VARCHAR FROM parquet_metadata(${quoteText(duckdb.path)}) ` +
      `WHERE column_id = 0 ORDER BY row_group_id`;
    for await (const [counts = []] of duckdb.columns(sql)) rows.push(...counts.map(Number));
    return rows;
  });
  const windows: RowRange[] = [];
  let start = 0;
  for (const rows of groups) {
    const pieces = Math.max(1, Math.ceil(rows / WINDOW_ROWS));
    const size = Math.ceil(rows / pieces);
    for (let from = start; from < start + rows; from += size) {
      windows.push({ start: from, end: Math.min(from + size, start + rows) });
    }
    start += rows;
  }
  return joined(windows);
}

/** Small windows that follow each other become one. */
function joined(windows: readonly RowRange[]): RowRange[] {
  const all: RowRange[] = [];
  for (const window of windows) {
    const last = all.at(-1);
    if (last !== undefined && window.end - last.start <= WINDOW_ROWS / 4) {
      all[all.length - 1] = { start: last.start, end: window.end };
    } else {
      all.push(window);
    }
  }
  return all;
}

/** Ranges of about the same size that begin where windows do. */
function divided(windows: readonly RowRange[], threads: number): RowRange[] {
  const rows = windows.at(-1)?.end ?? 0;
  const whole = { start: 0, end: rows };
  if (threads < 2 || rows < SMALL_TABLE) return [whole];
  const size = rows / (threads * RANGES_A_THREAD);
  const ranges: RowRange[] = [];
  let start = 0;
  for (const { end } of windows) {
    if (end - start < size && end < rows) continue;
    ranges.push({ start, end });
    start = end;
  }
  return ranges;
}

/** Whatever DuckDB cannot do, the ordinary way can, or says why not. */
export async function steppingBack<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StepBack(error instanceof Error ? error.message : String(error));
  }
}
