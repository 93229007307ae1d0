// Parquet (https://parquet.apache.org/docs/file-format/), read by DuckDB: each row is a document
// `{column: value}`.

import { open, stat } from "node:fs/promises";
import type { BigIntStats } from "node:fs";
import { describeDuckDbFailure } from "../duckdb/failure.ts";
import { openDuckDb } from "../duckdb/open.ts";
import type { DuckDb } from "../duckdb/open.ts";
import { rowJson } from "../duckdb/row-json.ts";
import { quoteText } from "../duckdb/sql-text.ts";
import { ComplianceError } from "../model/error.ts";
import { parseExact } from "./parquet/exact-integers.ts";
import type { LogFile, Source, SourceItem, SourceOptions, SourceRefusal } from "./source.ts";

const LONGEST_RECORD = 64 * 1024 * 1024;
const MOST_BYTES_KEPT = 64 * 1024;
const MAGIC = "PAR1";

/**
 * Reads a Parquet file. Numbers, booleans and texts are themselves, lists, structs and maps are
 * JSON values, times are ISO 8601 text; `rowJson` says the rest. A row's bytes are its JSON text,
 * columns in the file's order.
 */
export const source: Source = async function* parquet(file, options) {
  const { path } = file;
  if (file.stream !== undefined || path === "-" || file.packing !== "none") {
    throw new ComplianceError(
      "unsupported-source",
      "Parquet can be read from a plain file only, not from a pipe or a packed file",
      { location: { file: file.name }, hint: "Write it to a file, unpacked, and name that." },
    );
  }
  const before = await requireParquet(file);
  const duckdb = await openDuckDb({ path });
  try {
    yield* readRows(duckdb, file, Number(before.size), options);
  } finally {
    await duckdb.close();
  }
  const after = await stat(path, { bigint: true }).catch(() => undefined);
  if (after?.mtimeNs !== before.mtimeNs || after.size !== before.size || after.ino !== before.ino) {
    throw new ComplianceError(
      "source-changed",
      "The file was replaced or rewritten while it was read",
      { location: { file: file.name }, hint: "Run again." },
    );
  }
};

async function* readRows(
  duckdb: DuckDb,
  file: LogFile,
  bytes: number,
  { longestRecord = LONGEST_RECORD, onBytes, onEnd }: SourceOptions,
): AsyncGenerator<readonly SourceItem[], void, undefined> {
  const table = `read_parquet(${quoteText(duckdb.path)}, hive_partitioning = false)`;
  let line = 0;
  let told = 0;
  try {
    const columns = await duckdb.describe(`SELECT * FROM ${table}`);
    const names = columns.map(({ name }) => name);
    const [rows] = (await duckdb.firstRow(`SELECT count(*)::VARCHAR FROM ${table}`)) ?? [];
    const total = Number(rows);
    for await (const [texts = []] of duckdb.columns(`SELECT ${rowJson(columns)} FROM ${table}`)) {
      const items = texts.map((row) => {
        line += 1;
        return itemOf(row ?? "[]", names, line, longestRecord);
      });
      const read = Math.min(bytes, Math.floor((bytes * line) / Math.max(1, total)));
      onBytes?.(read - told);
      told = read;
      yield items;
    }
    // DuckDB may end a damaged column as if nothing followed.
    if (line < total) {
      yield [damaged(line + 1, `The file says it has ${total} rows, but only ${line} can be read`)];
    }
  } catch (error) {
    const described = describeDuckDbFailure(error, file.name);
    if (!isDamage(described)) throw described;
    yield [damaged(line + 1, described.message)];
  }
  onBytes?.(bytes - told);
  onEnd?.({ lines: line, bytes });
}

/** Memory that ran out says nothing about the file. */
function isDamage(error: unknown): error is ComplianceError {
  return (
    error instanceof ComplianceError &&
    error.code === "unreadable-source" &&
    error.hint === undefined
  );
}

function damaged(line: number, message: string): SourceRefusal {
  const sentence = message.replace(/^.*?: (?=[A-Z])/, "");
  const rest = "the rest of the file cannot be read";
  return {
    line,
    reason: "damaged-file",
    message: line === 1 ? sentence : `${rest}: ${sentence}`,
    bytes: new Uint8Array(),
    length: 0,
  };
}

function itemOf(
  row: string,
  names: readonly string[],
  line: number,
  longestRecord: number,
): SourceItem {
  const length = Buffer.byteLength(row);
  if (length > longestRecord) {
    return {
      line,
      reason: "too-long",
      message: `The row has ${length} bytes as JSON, more than the ${longestRecord} that a record may have`,
      bytes: Buffer.from(row).subarray(0, MOST_BYTES_KEPT),
      length,
    };
  }
  const { value: values, unsafeIntegers } = parseExact(row);
  const cells = values as readonly unknown[];
  // Own properties, whatever a column is called.
  const value = Object.fromEntries(names.map((name, index) => [name, cells[index]]));
  return { value, line, bytes: Buffer.from(JSON.stringify(value)), unsafeIntegers };
}

/** @throws ComplianceError `unsupported-source` when the file does not begin as Parquet does */
async function requireParquet({ path, name }: LogFile): Promise<BigIntStats> {
  const location = { file: name };
  try {
    const handle = await open(path);
    try {
      const stats = await handle.stat({ bigint: true });
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(MAGIC.length),
        0,
        MAGIC.length,
        0,
      );
      if (buffer.subarray(0, bytesRead).toString("latin1") === MAGIC) return stats;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw new ComplianceError("unreadable-source", "The file cannot be read", { cause, location });
  }
  throw new ComplianceError(
    "unsupported-source",
    "Expected a Parquet file, got one that does not begin as Parquet does (or an encrypted one)",
    { location },
  );
}
