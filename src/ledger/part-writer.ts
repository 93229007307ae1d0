// Turns a batch of staged entries into Parquet files, one a day, by DuckDB.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDb } from "../duckdb/open.ts";
import { quoteText, quoteTexts } from "../duckdb/sql-text.ts";
import type { EntryBatch, StagedDay } from "./entry-batch.ts";
import { describeUnwrittenPart } from "./failure.ts";
import { ENTRIES, LEDGER_COLUMNS, STAGING } from "./layout.ts";
import type { LedgerPart } from "./manifest.ts";

/** Rows that are compressed together; DuckDB holds so many in memory. */
const ROW_GROUP = 8_192;
/** DuckDB's own limit for one line of JSON, in bytes. */
const USUAL_LINE = 16 * 1024 * 1024;

/**
 * Writes the parts of a batch into the ledger's folder and removes what was staged. The same
 * batch gives the same bytes; a part that was written before is replaced.
 */
export async function writeParts(
  duckdb: DuckDb,
  ledger: string,
  batch: EntryBatch,
): Promise<LedgerPart[]> {
  const parts: LedgerPart[] = [];
  for (const day of batch.days) parts.push(await writePart(duckdb, ledger, batch, day));
  await rm(batch.folder, { recursive: true, force: true });
  return parts;
}

async function writePart(
  duckdb: DuckDb,
  ledger: string,
  batch: EntryBatch,
  { day, rows, first, last, files }: StagedDay,
): Promise<LedgerPart> {
  const name = `part-${String(batch.number).padStart(6, "0")}.parquet`;
  const path = `${ENTRIES}/day=${day}/${name}`;
  const staged = join(STAGING, name);
  try {
    await duckdb.run(copySql(duckdb, batch, files, staged));
  } catch (error) {
    throw describeUnwrittenPart(error, ledger, path);
  }
  const digest = await digestFile(join(ledger, staged));
  await mkdir(join(ledger, ENTRIES, `day=${day}`), { recursive: true });
  await rename(join(ledger, staged), join(ledger, path));
  return { path, rows, first, last, ...digest };
}

function copySql(
  duckdb: DuckDb,
  { number, longestLine }: EntryBatch,
  files: readonly string[],
  staged: string,
): string {
  const columns = [...LEDGER_COLUMNS];
  const lists = columns.map(([name, type]) => `${name}: '${type}[]'`).join(", ");
  const rows = columns.map(([name]) => `unnest(${name}) AS ${name}`).join(", ");
  const paths = files.map((file) => `${duckdb.path}/${STAGING}/batch-${number}/${file}`);
  const longest = Math.max(USUAL_LINE, longestLine + 1024);
  return (
    `COPY (SELECT ${rows} FROM read_json(${quoteTexts(paths)}, format = 'newline_delimited', ` +
    `columns = {${lists}}, maximum_object_size = ${longest})) ` +
    `TO ${quoteText(`${duckdb.path}/${staged}`)} ` +
    `(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`
  );
}

/** Size and SHA-256 of a file. */
export async function digestFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const sha256 = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    sha256.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: sha256.digest("hex") };
}
