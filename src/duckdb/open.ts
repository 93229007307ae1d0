// Opens DuckDB in memory, locked down: it reaches the one folder or file it was given and
// nothing else, loads no extension, asks no network, and its clock is UTC.

import { mkdtemp, realpath, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ComplianceError } from "../model/error.ts";
import { loadDuckDb } from "./load.ts";
import type {
  ColumnType,
  DuckDbChunk,
  DuckDbConnection,
  DuckDbInstance,
  DuckDbPackage,
  DuckDbResult,
} from "./load.ts";
import type { Column } from "./row-json.ts";
import { quoteText } from "./sql-text.ts";

/** How DuckDB is opened. */
export interface DuckDbOptions {
  /** The one folder in which files may be read and written, or the one file that may be read. */
  readonly path: string;
  /** Threads of its own; 1 when absent, which also keeps every result in a fixed order. */
  readonly threads?: number;
  /** Most memory for its own data in MB; 256 when absent. Buffers for reading files come on top. */
  readonly memory?: number;
  /** Gives the package; for tests. */
  readonly load?: () => Promise<DuckDbPackage>;
}

/** A value that holds much. */
export type DuckDbValue = string | DuckDbNumbers | Uint8Array | null;

/** The numbers of a list of INTEGER or DOUBLE. */
export type DuckDbNumbers = Int32Array | Float64Array;

/** An open DuckDB. Errors are the library's own; `describeDuckDbFailure` translates them. */
export interface DuckDb {
  /** The path as SQL must name it: absolute, without characters that mean a pattern. */
  readonly path: string;
  /** Runs one statement that yields no rows. */
  run(sql: string): Promise<void>;
  /** Names and types of a query's columns. */
  describe(sql: string): Promise<readonly Column[]>;
  /**
   * Runs a query whose columns are all text and hands them over column by column, some rows at
   * a time, as they are asked for. A text is exactly what DuckDB holds, NUL and a byte order
   * mark included; NULL is null. A reader that stops early interrupts the query.
   */
  columns(sql: string): AsyncGenerator<readonly (readonly (string | null)[])[], void, undefined>;
  /**
   * The first row of a query whose columns are all text, as {@link columns} gives them; undefined
   * when it has none. DuckDB works through the whole query without needing this thread.
   */
  firstRow(sql: string): Promise<readonly (string | null)[] | undefined>;
  /**
   * The first row of a query, for much data in few values: a column of lists of INTEGER or DOUBLE
   * without NULL is given as its numbers, a BLOB as its bytes, any other column as a text, which
   * the query must begin with a character of its own; that is dropped.
   *
   * @param use is given the values. Numbers and bytes lie in DuckDB's own memory, which is freed
   *   when it returns: what is to stay must be copied.
   * @returns what `use` returns; undefined when there is no row
   */
  firstValues<T>(sql: string, use: (values: readonly DuckDbValue[]) => T): Promise<T | undefined>;
  /** Stops what is running: it rejects, and then this resolves. DuckDB can be used again. */
  interrupt(): Promise<void>;
  /** Stops what is running, frees everything, removes temporary files. May be called again. */
  close(): Promise<void>;
}

/**
 * Opens DuckDB.
 *
 * @throws ComplianceError `missing-package` when it is not installed, `unreadable-source` when
 *   nothing can be put where temporary files go
 */
export async function openDuckDb(options: DuckDbOptions): Promise<DuckDb> {
  const { DuckDBInstance } = await (options.load ?? loadDuckDb)();
  const temporary = await temporaryFolder();
  let instance: DuckDbInstance | undefined;
  try {
    const real = await realpath(options.path);
    const isFolder = (await stat(real)).isDirectory();
    const path = await plainPath(real, isFolder, temporary);
    instance = await DuckDBInstance.create(":memory:", {
      threads: String(options.threads ?? 1),
      memory_limit: `${options.memory ?? 256}MB`,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    for (const setting of [
      "GLOBAL TimeZone = 'UTC'",
      "GLOBAL preserve_insertion_order = true",
      "GLOBAL parquet_metadata_cache = true",
      `GLOBAL temp_directory = ${quoteText(join(temporary, "spill"))}`,
      isFolder
        ? `GLOBAL allowed_directories = [${quoteText(`${path}/`)}]`
        : `GLOBAL allowed_paths = [${quoteText(path)}]`,
      "GLOBAL enable_external_access = false",
      "GLOBAL lock_configuration = true",
    ]) {
      await connection.run(`SET ${setting}`);
    }
    return duckDb(path, temporary, instance, connection);
  } catch (error) {
    instance?.closeSync();
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), "aegis-duckdb-"));
  } catch (cause) {
    throw new ComplianceError("unreadable-source", "DuckDB needs a folder for temporary files", {
      cause,
      location: { file: tmpdir() },
      hint: "Set TMPDIR to a folder that exists, that this user may write, and that has room.",
    });
  }
}

/** DuckDB takes `*`, `?` and `[` in a path for a pattern; such a one is reached by a link. */
async function plainPath(path: string, isFolder: boolean, temporary: string): Promise<string> {
  if (!/[*?[\]{}]/.test(path)) return path;
  const link = join(temporary, isFolder ? "folder" : "file");
  await symlink(path, link, isFolder ? "junction" : "file");
  return link;
}

/** Milliseconds. */
const INTERRUPT_AGAIN = 20;

function duckDb(
  path: string,
  temporary: string,
  instance: DuckDbInstance,
  first: DuckDbConnection,
): DuckDb {
  /** A connection answers one query at a time, so those that overlap have one each. */
  const idle: DuckDbConnection[] = [first];
  const all: DuckDbConnection[] = [first];
  const running = new Map<Promise<unknown>, DuckDbConnection | undefined>();
  let closed = false;

  const requireOpen = (): void => {
    if (closed) throw new ComplianceError("closed", "DuckDB was used after it was closed");
  };

  /** Nothing may be closed under what is running: that would take the process with it. */
  const watched = async <T>(start: () => Promise<T>, connection?: DuckDbConnection): Promise<T> => {
    requireOpen();
    const work = start();
    running.set(work, connection);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  };

  const connectAgain = async (): Promise<DuckDbConnection> => {
    const connection = await watched(() => instance.connect());
    all.push(connection);
    return connection;
  };

  const runOnce = async (sql: string): Promise<DuckDbResult> => {
    const connection = idle.pop() ?? (await connectAgain());
    try {
      return await watched(() => connection.run(sql), connection);
    } finally {
      idle.push(connection);
    }
  };

  /** A query that has not begun yet does not notice, so it is told again. */
  const stop = async (): Promise<void> => {
    while (running.size > 0) {
      for (const connection of running.values()) connection?.interrupt();
      await Promise.race([Promise.allSettled(running.keys()), setTimeout(INTERRUPT_AGAIN)]);
    }
  };

  return {
    path,
    run: async (sql) => {
      await runOnce(sql);
    },
    describe: async (sql) => {
      const result = await runOnce(`SELECT * FROM (${sql}) LIMIT 0`);
      const types = result.columnTypes();
      return result.columnNames().map((name, index) => ({ name, type: types[index] ?? UNKNOWN }));
    },
    async *columns(sql) {
      const connection = idle.pop() ?? (await connectAgain());
      let complete = false;
      try {
        const result = await watched(() => connection.stream(marked(sql)), connection);
        const width = result.columnCount;
        for (;;) {
          const chunk = await watched(() => result.fetchChunk(), connection);
          if (chunk === null || chunk.rowCount === 0) break;
          yield Array.from({ length: width }, (_, column) => textsOf(chunk, column));
        }
        complete = true;
      } finally {
        if (!complete && !closed) connection.interrupt();
        idle.push(connection);
      }
    },
    firstRow: async (sql) => {
      const result = await runOnce(marked(sql));
      const chunk = await watched(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return undefined;
      return Array.from(
        { length: result.columnCount },
        (_, column) => textsOf(chunk, column)[0] ?? null,
      );
    },
    firstValues: async (sql, use) => {
      const result = await runOnce(sql);
      const chunk = await watched(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return undefined;
      const columns = Array.from({ length: result.columnCount }, (_, column) => column);
      const used = use(columns.map((column) => valueOf(chunk, column)));
      // The values lie in the memory of the chunk, which is held until here.
      return chunk.rowCount > 0 ? used : undefined;
    },
    interrupt: stop,
    close: async () => {
      if (closed) return;
      closed = true;
      await stop();
      for (const connection of all) connection.closeSync();
      instance.closeSync();
      await rm(temporary, { recursive: true, force: true });
    },
  };
}

/** The client drops a byte order mark that begins a text, so no text may begin with one. */
function marked(sql: string): string {
  return `SELECT '=' || COLUMNS(*) FROM (${sql})`;
}

const UNKNOWN: ColumnType = { typeId: 0 };

function textsOf(chunk: DuckDbChunk, column: number): (string | null)[] {
  const vector = chunk.getColumnVector(column);
  const texts: (string | null)[] = [];
  // The vector points into the chunk's memory, which is freed when nobody holds the chunk: it
  // is asked for its length again and again, so that it is held until the last text is out.
  for (let row = 0; row < chunk.rowCount; row += 1) {
    const text = vector.getItem(row);
    texts.push(typeof text === "string" ? text.slice(1) : null);
  }
  return texts;
}

/** The first row's value. */
function valueOf(chunk: DuckDbChunk, column: number): DuckDbValue {
  const numbers = numbersOf(chunk, column);
  if (numbers !== undefined) return numbers;
  const value = chunk.getColumnVector(column).getItem(0);
  if (typeof value === "string") return value.slice(1);
  const { bytes } = (value ?? {}) as { readonly bytes?: Uint8Array };
  return bytes ?? null;
}

/** The numbers of the first row's list; undefined where the column holds no such lists. */
function numbersOf(chunk: DuckDbChunk, column: number): DuckDbNumbers | undefined {
  const vector = chunk.getColumnVector(column);
  const items = vector.childVector?.items;
  if (items === undefined) return undefined;
  const start = vector.getEntryOffset?.(0) ?? 0;
  return items.subarray(start, start + (vector.getEntryLength?.(0) ?? 0));
}
