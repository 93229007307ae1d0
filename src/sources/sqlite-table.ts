// A table of a SQLite file that is no audit database: each row is a document `{column: value}`.

import { statSync } from "node:fs";
import { ComplianceError } from "../model/error.ts";
import { isDamage } from "../sqlite/failure.ts";
import { openForReading } from "../sqlite/reader.ts";
import type { SqliteReader } from "../sqlite/reader.ts";
import type { LogFile, Source, SourceItem, SourceOptions } from "./source.ts";

const LONGEST_RECORD = 64 * 1024 * 1024;
const MOST_BYTES_KEPT = 64 * 1024;
/** Rows of a batch; fewer where they are long. */
const BATCH_ROWS = 1_000;
const BATCH_BYTES = 4 * 1024 * 1024;

/**
 * Reads the table that the options name, or the only one that the file has, in the order of
 * its row numbers. TEXT and REAL are themselves, INTEGER beyond 2^53 is its decimal text, BLOB
 * is base64. A row's bytes are its JSON text.
 */
export const source: Source = async function* sqliteTable(file, options) {
  if (file.stream !== undefined || file.path === "-" || file.packing !== "none") {
    throw new ComplianceError(
      "unsupported-source",
      "SQLite can be read from a plain file only, not from a pipe or a packed file",
      { location: { file: file.name }, hint: "Write it to a file, unpacked, and name that." },
    );
  }
  const reader = await openForReading(file.path);
  try {
    yield* readRows(reader, file, options);
  } finally {
    reader.close();
  }
};

async function* readRows(
  reader: SqliteReader,
  file: LogFile,
  { table, longestRecord = LONGEST_RECORD, onBytes, onEnd }: SourceOptions,
): AsyncGenerator<readonly SourceItem[], void, undefined> {
  const { name, ordered } = chooseTable(reader, file, table);
  const identifier = quote(name);
  const columns = [...reader.rows(`SELECT name FROM pragma_table_info(${literal(name)})`)].map(
    ([column]) => String(column),
  );
  const bytes = statSync(file.path).size;
  const [[total] = []] = [...reader.rows(`SELECT count(*) FROM ${identifier}`)];
  let line = 0;
  let told = 0;
  let batch: SourceItem[] = [];
  let batchBytes = 0;
  const tell = (): void => {
    const read = Math.min(bytes, Math.floor((bytes * line) / Math.max(1, Number(total))));
    onBytes?.(read - told);
    told = read;
  };
  const selected = columns.map(quote).join(", ");
  const order = ordered ? " ORDER BY rowid" : "";
  try {
    for (const row of reader.rows(`SELECT ${selected} FROM ${identifier}${order}`)) {
      line += 1;
      const item = itemOf(row, columns, line, longestRecord);
      batch.push(item);
      batchBytes += item.bytes.length;
      if (batch.length < BATCH_ROWS && batchBytes < BATCH_BYTES) continue;
      tell();
      yield batch;
      batch = [];
      batchBytes = 0;
    }
  } catch (error) {
    // What could be read is kept, and the rest is accounted for.
    if (!isDamage(error)) throw error;
    batch.push({
      line: line + 1,
      reason: "damaged-file",
      message: "The rest of the table cannot be read: the database is damaged",
      bytes: new Uint8Array(),
      length: 0,
    });
  }
  if (batch.length > 0) yield batch;
  onBytes?.(bytes - told);
  onEnd?.({ lines: line, bytes });
}

function itemOf(
  row: readonly unknown[],
  columns: readonly string[],
  line: number,
  longestRecord: number,
): SourceItem {
  let unsafeIntegers = 0;
  const value = Object.fromEntries(
    columns.map((column, index) => {
      const cell = row[index];
      if (typeof cell === "bigint") {
        unsafeIntegers += 1;
        return [column, String(cell)];
      }
      if (cell instanceof Uint8Array) return [column, Buffer.from(cell).toString("base64")];
      // JSON has no word for the infinite values that a REAL may hold.
      if (typeof cell === "number" && !Number.isFinite(cell)) return [column, String(cell)];
      return [column, cell];
    }),
  );
  const bytes = Buffer.from(JSON.stringify(value));
  if (bytes.length <= longestRecord) return { value, line, bytes, unsafeIntegers };
  return {
    line,
    reason: "too-long",
    message: `The row has ${bytes.length} bytes as JSON, more than the ${longestRecord} that a record may have`,
    bytes: bytes.subarray(0, MOST_BYTES_KEPT),
    length: bytes.length,
  };
}

interface Table {
  readonly name: string;
  /** Whether it has row numbers; a view and a table without them come as SQLite gives them. */
  readonly ordered: boolean;
}

/** @throws ComplianceError `unsupported-source` when there is no such table, or no only one */
function chooseTable(reader: SqliteReader, file: LogFile, wanted: string | undefined): Table {
  const tables = [
    ...reader.rows(
      "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' " +
        "AND type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    ),
  ].map(([name, type, withoutRowId]) => ({
    name: String(name),
    ordered: type === "table" && withoutRowId === 0,
    isTable: type === "table",
  }));
  const own = tables.filter(({ isTable }) => isTable);
  const [only] = own;
  if (wanted === undefined && only !== undefined && own.length === 1) return only;
  const named = tables.find(({ name }) => name === wanted);
  if (named !== undefined) return named;
  const list = tables.map(({ name }) => JSON.stringify(name)).join(", ");
  const has = tables.length === 0 ? "none" : list;
  throw new ComplianceError(
    "unsupported-source",
    wanted === undefined
      ? `expected a database with one table, but it has ${has}`
      : `expected a table ${JSON.stringify(wanted)}, but the database has ${has}`,
    {
      location: { file: file.name },
      ...(tables.length === 0 ? {} : { hint: "Name one of them with the option `table`." }),
    },
  );
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
