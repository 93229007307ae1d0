// The optional package `better-sqlite3`, loaded only when a file is to be opened.

import { createRequire } from "node:module";
import { ComplianceError } from "../model/error.ts";
import type { Connection, Driver, SqlValue } from "./driver.ts";

const require = createRequire(import.meta.url);

/**
 * The driver of the package.
 *
 * @param load gives the package's export; by default it is looked up in `node_modules`
 * @throws ComplianceError `missing-package` when it is not installed or was not built for this runtime
 */
export function betterSqlite3Driver(
  load: () => unknown = (): unknown => require("better-sqlite3"),
): Driver {
  const Database = loadPackage(load);
  return {
    name: "better-sqlite3",
    // It is compiled without URI file names.
    opensImmutable: false,
    open(path, { readOnly }) {
      return connect(openDatabase(Database, path, readOnly));
    },
  };
}

/** The part of the package that is used here. */
type BetterSqlite3 = new (
  path: string,
  options: { readonly readonly: boolean; readonly fileMustExist: boolean },
) => BetterDatabase;

interface BetterDatabase {
  prepare(sql: string): BetterStatement;
  exec(sql: string): void;
  close(): void;
}

interface BetterStatement {
  raw(): BetterStatement;
  safeIntegers(enabled: boolean): BetterStatement;
  iterate(...parameters: SqlValue[]): Iterator<unknown[]>;
  all(...parameters: SqlValue[]): unknown[][];
  run(...parameters: SqlValue[]): { readonly lastInsertRowid: number | bigint };
}

function connect(database: BetterDatabase): Connection {
  const prepared = new Map<string, BetterStatement>();
  const queries = new Map<string, BetterStatement>();
  return {
    iterate(sql, parameters) {
      return database
        .prepare(sql)
        .raw()
        .safeIntegers(true)
        .iterate(...parameters);
    },
    all(sql, parameters, bigints) {
      let statement = queries.get(sql);
      if (statement === undefined) {
        statement = database.prepare(sql).raw();
        queries.set(sql, statement);
      }
      return statement.safeIntegers(bigints).all(...parameters);
    },
    run(sql, parameters) {
      let statement = prepared.get(sql);
      if (statement === undefined) {
        statement = database.prepare(sql).safeIntegers(true);
        prepared.set(sql, statement);
      }
      return statement.run(...parameters);
    },
    exec(sql) {
      database.exec(sql);
    },
    close() {
      database.close();
    },
  };
}

function loadPackage(load: () => unknown): BetterSqlite3 {
  try {
    return load() as BetterSqlite3;
  } catch (cause) {
    throw missing(
      `SQLite files on Node ${process.versions.node} need the package better-sqlite3, which is not installed`,
      "Run `npm install better-sqlite3@12.11`, or use Node 24 or newer, which has SQLite built in.",
      cause,
    );
  }
}

/** The native part loads with the first database, so that is where its absence shows. */
function openDatabase(Database: BetterSqlite3, path: string, readOnly: boolean): BetterDatabase {
  try {
    return new Database(path, { readonly: readOnly, fileMustExist: readOnly });
  } catch (cause) {
    if (!isMissingBinary(cause)) throw cause;
    throw missing(
      `The package better-sqlite3 is installed, but not built for Node ${process.versions.node} on ${process.platform} ${process.arch}`,
      "Run `npm rebuild better-sqlite3`, or use Node 24 or newer, which has SQLite built in.",
      cause,
    );
  }
}

function isMissingBinary(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : undefined;
  return (
    code === "ERR_DLOPEN_FAILED" ||
    code === "MODULE_NOT_FOUND" ||
    error.message.startsWith("Could not locate the bindings file")
  );
}

function missing(message: string, hint: string, cause: unknown): ComplianceError {
  return new ComplianceError("missing-package", message, { hint, cause });
}
