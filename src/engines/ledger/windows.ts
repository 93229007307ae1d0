// The windows in which a ledger is read: some thousand rows each, together all rows in the
// order of their ordinals, each row once.

import { quoteTexts } from "../../duckdb/sql-text.ts";
import { ENTRIES } from "../../ledger/layout.ts";
import type { LedgerPart } from "../../ledger/manifest.ts";

/** Rows that are read by one query. */
export interface Window {
  /** What stands behind FROM: the rows of the window in the order of their ordinals. */
  readonly from: string;
  /** A part that it reads, for messages. */
  readonly file: string;
}

/** About so many rows make a window; more would only cost memory. */
const ROWS = 16_384;
/** Most parts of one window. */
const PARTS = 256;

/**
 * The windows of a ledger.
 *
 * @param parts by the ordinal of their first row
 * @param folder as SQL names it
 */
export function* windowsOf(parts: readonly LedgerPart[], folder: string): Generator<Window> {
  let small: LedgerPart[] = [];
  let rows = 0;
  for (const cluster of clustersOf(parts)) {
    const [only] = cluster;
    const isSmall = only !== undefined && cluster.length === 1 && only.rows < ROWS;
    if (small.length > 0 && (!isSmall || rows + only.rows > ROWS || small.length === PARTS)) {
      yield windowOfSmall(small, folder);
      small = [];
      rows = 0;
    }
    if (isSmall) {
      small.push(only);
      rows += only.rows;
    } else if (only !== undefined && cluster.length === 1) {
      yield* windowsOfPart(only, folder);
    } else {
      yield* windowsOfCluster(cluster, folder);
    }
  }
  if (small.length > 0) yield windowOfSmall(small, folder);
}

/** Parts that overlap, directly or by others. Those of an ordered log hardly ever do. */
export function* clustersOf(parts: readonly LedgerPart[]): Generator<LedgerPart[]> {
  let cluster: LedgerPart[] = [];
  let last = 0;
  for (const part of parts) {
    if (cluster.length > 0 && part.first > last) {
      yield cluster;
      cluster = [];
    }
    cluster.push(part);
    last = Math.max(last, part.last);
  }
  if (cluster.length > 0) yield cluster;
}

/** Parts one behind the other, each in its order: one query for all of them. */
function windowOfSmall(parts: readonly LedgerPart[], folder: string): Window {
  return { from: tableOf(parts, folder), file: parts[0]?.path ?? ENTRIES };
}

/** The rows of a part stand in their order already. */
function* windowsOfPart(part: LedgerPart, folder: string): Generator<Window> {
  const { path, rows } = part;
  const size = Math.ceil(rows / Math.max(1, Math.round(rows / ROWS)));
  for (let start = 0; start < rows; start += size) {
    const end = start + size >= rows ? rows : start + size;
    const table = tableOf([part], folder, "file_row_number = true");
    yield {
      from: `${table} WHERE file_row_number >= ${start} AND ${fromEnd(end, rows)}`,
      file: path,
    };
  }
}

/** The last window takes what a part holds beyond what the manifest says, so that it is found. */
function fromEnd(end: number, rows: number): string {
  return end === rows ? "true" : `file_row_number < ${end}`;
}

function* windowsOfCluster(cluster: readonly LedgerPart[], folder: string): Generator<Window> {
  const end = cluster.reduce((last, part) => Math.max(last, part.last), 0);
  for (let start = cluster[0]?.first ?? 1; start <= end; start += ROWS) {
    const last = start + ROWS - 1;
    const parts = cluster.filter((part) => part.first <= last && part.last >= start);
    if (parts.length === 0) continue;
    const rows = `SELECT * FROM ${tableOf(parts, folder)} WHERE ordinal BETWEEN ${start} AND ${last}`;
    yield { from: `(${rows} ORDER BY ordinal)`, file: parts[0]?.path ?? ENTRIES };
  }
}

function tableOf(parts: readonly LedgerPart[], folder: string, option?: string): string {
  const files = quoteTexts(parts.map(({ path }) => `${folder}/${path}`));
  const options = option === undefined ? "" : `, ${option}`;
  return `read_parquet(${files}, hive_partitioning = false${options})`;
}
