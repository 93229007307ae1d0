// Opens a database for writing, at once: the documented AuditLogger is made by a
// constructor. Several processes may write to one file; each waits for the others.

import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ComplianceError } from "../model/error.ts";
import { chooseDriver } from "./choose-driver.ts";
import type { Connection, Driver, SqlValue } from "./driver.ts";
import { describeFailure, sqliteCode } from "./failure.ts";
import { pause } from "./pause.ts";
import { rowsOf, type LiveRows } from "./rows.ts";

/**
 * Opens a database for writing and creates it when it is missing. It is switched to
 * write-ahead logging, and a committed transaction survives the end of the process and of
 * the machine's power.
 *
 * @param path path of the file, or `:memory:`
 * @throws ComplianceError `unreadable-source` when the file cannot be written or stays
 *   locked, `unsupported-source` when it is no database, `invalid-option` when the driver
 *   cannot take the path, `missing-package` when the runtime has no driver
 */
export function openForWriting(path: string, driver: Driver = chooseDriver()): SqliteWriter {
  const location = locate(path, driver);
  let connection: Connection | undefined;
  try {
    connection = driver.open(location, { readOnly: false });
    connection.exec(`PRAGMA busy_timeout=${BUSY_MILLISECONDS}; PRAGMA trusted_schema=OFF`);
    switchToWal(connection);
    connection.exec("PRAGMA synchronous=FULL");
    return writerOf(path, connection);
  } catch (error) {
    connection?.close();
    throw describeFailure(error, path);
  }
}

/** A database that is open for writing. Errors as {@link openForWriting}, and `closed` after `close`. */
export interface SqliteWriter {
  /** Runs one statement that yields no rows. */
  run(sql: string, parameters?: readonly SqlValue[]): { readonly lastInsertRowid: number | bigint };
  /** Rows of a query, as a reader gives them. Nothing may be written until they have ended. */
  rows(sql: string, parameters?: readonly SqlValue[]): IterableIterator<unknown[]>;
  /** Runs statements without parameters. */
  exec(sql: string): void;
  /**
   * Does `work` while no other process can write, then commits. When `work` throws, nothing
   * of it remains. Waits about half a minute for other writers.
   */
  transaction<T>(work: () => T): T;
  /** Ends every query and closes the file. May be called again. */
  close(): void;
}

const BUSY_MILLISECONDS = 5000;
const BEGIN_ATTEMPTS = 6;
const SWITCH_ATTEMPTS = 200;
const SWITCH_PAUSE_MILLISECONDS = 25;

function locate(path: string, driver: Driver): string {
  if (path === ":memory:") return path;
  const location = resolve(path);
  if (path === "" || path.includes("\0")) {
    throw new ComplianceError("invalid-option", "Expected the path of a database", {
      hint: "Give a file name, or `:memory:` for a database that is not kept.",
    });
  }
  if (driver.name === "better-sqlite3" && location !== location.trim()) {
    throw new ComplianceError(
      "invalid-option",
      "Expected a path that does not end in white space, which better-sqlite3 would cut off",
      { hint: "Rename the file.", location: { file: path } },
    );
  }
  if (statSync(dirname(location), { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new ComplianceError("unreadable-source", "The folder of the database does not exist", {
      hint: "Create the folder, or check the path.",
      location: { file: path },
    });
  }
  return location;
}

/** Unlike other statements, this one does not wait for a lock. */
function switchToWal(connection: Connection): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const mode = connection.iterate("PRAGMA journal_mode=WAL", []);
      mode.next();
      mode.return?.();
      return;
    } catch (error) {
      if (!isBusy(error) || attempt === SWITCH_ATTEMPTS) throw error;
      pause(SWITCH_PAUSE_MILLISECONDS);
    }
  }
}

function beginImmediate(connection: Connection): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      connection.exec("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      if (!isBusy(error) || attempt === BEGIN_ATTEMPTS) throw error;
    }
  }
}

function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === "BUSY" || code === "LOCKED" || code === "PROTOCOL";
}

function writerOf(path: string, connection: Connection): SqliteWriter {
  const live = new Set<LiveRows>();
  let closed = false;

  const writerClosed = (): ComplianceError =>
    new ComplianceError("closed", "The database was used after it was closed", {
      location: { file: path },
    });
  const attempt = <T>(work: () => T): T => {
    if (closed) throw writerClosed();
    try {
      return work();
    } catch (error) {
      throw describeFailure(error, path);
    }
  };

  return {
    run: (sql, parameters = []) => attempt(() => connection.run(sql, parameters)),
    exec: (sql) => attempt(() => connection.exec(sql)),
    rows(sql, parameters = []) {
      const rows = rowsOf(
        attempt(() => connection.iterate(sql, parameters)),
        {
          onCut: writerClosed,
          onEnd: () => live.delete(rows),
          onError(error) {
            live.delete(rows);
            return describeFailure(error, path);
          },
        },
      );
      live.add(rows);
      return rows;
    },
    transaction(work) {
      attempt(() => beginImmediate(connection));
      try {
        const result = work();
        connection.exec("COMMIT");
        return result;
      } catch (error) {
        rollBack(connection);
        throw describeFailure(error, path);
      }
    },
    close() {
      if (closed) return;
      for (const rows of live) rows.cut();
      closed = true;
      connection.close();
    },
  };
}

/** Some failures have rolled back already; then there is nothing left to do. */
function rollBack(connection: Connection): void {
  try {
    connection.exec("ROLLBACK");
  } catch {
    // The error that led here is the one to report.
  }
}
