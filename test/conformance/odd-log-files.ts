// The odd log in files of every kind, written a batch of rows at a time.

import { closeSync, createReadStream, createWriteStream, openSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type BetterSqlite3 from "better-sqlite3";
import { openDuckDb } from "../../src/duckdb/open.ts";
import { quoteText } from "../../src/duckdb/sql-text.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { OddLogEntry } from "./odd-log.ts";

type Entries = Iterable<OddLogEntry>;

const Database = createRequire(import.meta.url)("better-sqlite3") as typeof BetterSqlite3;

/** Characters that are written at once. */
const AT_ONCE = 4 * 1024 * 1024;

/** Texts, put together to pieces of some size. */
export function* inPieces(texts: Iterable<string>): Generator<string, void, undefined> {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length < AT_ONCE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

function writeTexts(path: string, texts: Iterable<string>): void {
  const file = openSync(path, "w");
  try {
    for (const piece of inPieces(texts)) writeSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** JSON Lines: the entry with an id stands in the line of that number. */
export function writeJsonLines(path: string, entries: Entries): void {
  writeTexts(
    path,
    (function* lines() {
      for (const entry of entries) yield `${JSON.stringify(entry)}\n`;
    })(),
  );
}

/**
 * CSV (RFC 4180) with a header.
 *
 * @returns in which line the record of each id begins, from 1, by the id
 */
export function writeCsv(path: string, entries: Entries): readonly number[] {
  const linesOf = [1];
  writeTexts(
    path,
    (function* records() {
      yield `${ENTRY_FIELD_NAMES.join(",")}\n`;
      let line = 2;
      for (const entry of entries) {
        const record = ENTRY_FIELD_NAMES.map((field) => csvCell(entry[field])).join(",");
        linesOf.push(line);
        line += record.split("\n").length;
        yield `${record}\n`;
      }
    })(),
  );
  return linesOf;
}

function csvCell(value: string | number | null): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows with tabs between the values, as both PostgreSQL and ClickHouse take them; ends each row. */
export function* tabbedRows(entries: Entries): Generator<string, void, undefined> {
  for (const entry of entries) {
    yield `${ENTRY_FIELD_NAMES.map((field) => tabbed(entry[field])).join("\t")}\n`;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

function tabbed(value: string | number | null): string {
  if (value === null) return "\\N";
  return String(value).replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

export function writeTabbed(path: string, entries: Entries): void {
  writeTexts(path, tabbedRows(entries));
}

/** An audit database. It does not count the ids that it gives out, as other databases do not. */
export function writeSqlite(path: string, entries: Entries): void {
  const database = new Database(path);
  try {
    const columns = ENTRY_FIELD_NAMES.map((field) => {
      if (field === "id") return "id INTEGER PRIMARY KEY";
      return `${field} ${field === "chain_depth" ? "INTEGER" : "TEXT"}`;
    });
    database.exec(`PRAGMA synchronous = OFF; CREATE TABLE audit_log (${columns.join(", ")})`);
    const insert = database.prepare(
      `INSERT INTO audit_log VALUES (${ENTRY_FIELD_NAMES.map(() => "?").join(", ")})`,
    );
    database.transaction(() => {
      for (const entry of entries) insert.run(ENTRY_FIELD_NAMES.map((field) => entry[field]));
    })();
  } finally {
    database.close();
  }
}

/** Packs a file. */
export async function gzip(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createGzip({ level: 1 }), createWriteStream(to));
}

/** How DuckDB writes what a JSON Lines file holds, into a file beside it. */
export const DUCKDB_FORMATS = {
  parquet: "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480",
  "jsonl.zst": "FORMAT json, COMPRESSION zstd",
} as const;

export async function writeByDuckDb(
  jsonLines: string,
  to: string,
  format: keyof typeof DUCKDB_FORMATS,
): Promise<void> {
  const types = ENTRY_FIELD_NAMES.map((field) => {
    const type = field === "id" ? "BIGINT" : field === "chain_depth" ? "INTEGER" : "VARCHAR";
    return `${field}: '${type}'`;
  });
  const read =
    `read_json(${quoteText(jsonLines)}, format = 'newline_delimited', ` +
    `columns = {${types.join(", ")}})`;
  const duckdb = await openDuckDb({ path: dirname(to), memory: 1_024 });
  try {
    await duckdb.run(
      `COPY (SELECT * FROM ${read}) TO ${quoteText(to)} (${DUCKDB_FORMATS[format]})`,
    );
  } finally {
    await duckdb.close();
  }
}
