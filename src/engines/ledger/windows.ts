// The windows in which a ledger is read: some thousand rows each, together all rows in the
// order of their ordinals, each row once.

import { quoteText, quoteTexts } from "../../duckdb/sql-text.ts";
import { ENTRIES } from "../../ledger/layout.ts";
import type { LedgerPart } from "../../ledger/manifest.ts";

/** Rows that are read by one query. */
export interface Window {
  /** What stands behind FROM: the rows of the window in the order of their ordinals. */
  readonly from: string;
  /** A part that it reads, for messages. */
  readonly file: string;
}

/** One row group of a part; more would only cost memory. */
const ROWS = 16_384;

/**
 * The windows of a ledger.
 *
 * @param parts by the ordinal of their first row
 * @param folder as SQL names it
 */
export function* windowsOf(parts: readonly LedgerPart[], folder: string): Generator<Window> {
  for (const cluster of clustersOf(parts)) {
    const [only] = cluster;
    if (only !== undefined && cluster.length === 1) yield* windowsOfPart(only, folder);
    else yield* windowsOfCluster(cluster, folder);
  }
}

/** Parts that overlap, directly or by others. Those of an ordered log hardly ever do. */
function* clustersOf(parts: readonly LedgerPart[]): Generator<LedgerPart[]> {
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

/** The rows of a part stand in their order already. */
function* windowsOfPart({ path, rows }: LedgerPart, folder: string): Generator<Window> {
  const file = quoteText(`${folder}/${path}`);
  for (let start = 0; start < rows; start += ROWS) {
    const table = `read_parquet(${file}, hive_partitioning = false, file_row_number = true)`;
    yield {
      from:
        rows <= ROWS
          ? `read_parquet(${file}, hive_partitioning = false)`
          : `${table} WHERE file_row_number BETWEEN ${start} AND ${start + ROWS - 1}`,
      file: path,
    };
  }
}

function* windowsOfCluster(cluster: readonly LedgerPart[], folder: string): Generator<Window> {
  const end = cluster.reduce((last, part) => Math.max(last, part.last), 0);
  for (let start = cluster[0]?.first ?? 1; start <= end; start += ROWS) {
    const last = start + ROWS - 1;
    const parts = cluster.filter((part) => part.first <= last && part.last >= start);
    if (parts.length === 0) continue;
    const files = quoteTexts(parts.map(({ path }) => `${folder}/${path}`));
    yield {
      from:
        `(SELECT * FROM read_parquet(${files}, hive_partitioning = false) ` +
        `WHERE ordinal BETWEEN ${start} AND ${last} ORDER BY ordinal)`,
      file: parts[0]?.path ?? ENTRIES,
    };
  }
}
