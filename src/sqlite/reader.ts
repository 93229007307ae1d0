// Reads a database without changing it or its folder. One reader sees one state of the
// database, however long it reads and whatever others write meanwhile.

import { ComplianceError } from "../model/error.ts";
import { chooseDriver } from "./choose-driver.ts";
import type { Connection, Driver, SqlValue } from "./driver.ts";
import { describeFailure, isNoSpace, sqliteCode } from "./failure.ts";
import { identityOf, inspectDatabase, type DatabaseFile, type FileIdentity } from "./inspect.ts";
import { narrowIntegers, rowsOf, type LiveRows } from "./rows.ts";
import { stage, type Stage } from "./stage.ts";

/**
 * Opens a database for reading. Neither the file nor its folder is changed, and a missing
 * file is not created. Committed rows in a write-ahead log are seen. A reader on a file
 * without write-ahead log keeps writers waiting until it is closed.
 *
 * @throws ComplianceError `unreadable-source` when the file is missing, forbidden, cut
 *   short, damaged or locked; `unsupported-source` when it is no SQLite database;
 *   `source-changed` when it was rewritten while it was opened; `missing-package` when the
 *   runtime has no driver
 */
export async function openForReading(path: string): Promise<SqliteReader> {
  return openReader(path);
}

/** As {@link openForReading}, at once. */
export function openReader(path: string, driver: Driver = chooseDriver()): SqliteReader {
  const file = inspectDatabase(path);
  try {
    return readerOf(path, openSnapshot(driver, file));
  } catch (error) {
    throw describeFailure(error, path);
  }
}

/** How rows are handed over. */
export interface RowOptions {
  /** Fetches all rows before the first is given: faster, for queries that yield a few hundred. */
  readonly atOnce?: boolean;
  /** No INTEGER of the result is beyond 2^53 - 1: the caller knows. Saves their exact reading. */
  readonly smallIntegers?: boolean;
}

/** A database that is open for reading. Every query sees the state that was there when it was opened. */
export interface SqliteReader {
  /**
   * Runs a query. Rows are arrays in the order of its columns and are read as they are
   * asked for. INTEGER is a number, or a bigint beyond 2^53 - 1; BLOB is a Uint8Array; TEXT
   * that is not UTF-8 holds U+FFFD.
   *
   * @throws ComplianceError, here or while rows are read: `unreadable-source` when the file
   *   turns out to be damaged, `unsupported-source` when the query does not fit it,
   *   `source-changed` when the file was replaced or rewritten, `closed` after `close`
   */
  rows(
    sql: string,
    parameters?: readonly SqlValue[],
    options?: RowOptions,
  ): IterableIterator<unknown[]>;
  /**
   * Ends every query and closes the file. May be called again.
   *
   * @throws ComplianceError `source-changed` when the file was replaced or rewritten
   *   meanwhile and no query has failed before
   */
  close(): void;
}

/** An open connection that holds a read transaction, and how to tell that its file changed. */
interface Snapshot {
  readonly connection: Connection;
  readonly stage: Stage | undefined;
  readonly hasChanged: () => boolean;
}

const BUSY_MILLISECONDS = 10_000;

function openSnapshot(driver: Driver, file: DatabaseFile): Snapshot {
  switch (file.journal) {
    case "no-wal":
      return driver.opensImmutable
        ? begin(file, driver.open(file.realPath, { readOnly: true, immutable: true }))
        : openStaged(driver, file, "link", []);
    case "loose-wal":
      return openStaged(driver, file, "link", ["-wal"]);
    case "live-wal":
      return orElse(
        () => openInPlace(driver, file),
        () => openStaged(driver, file, "link", ["-wal"]),
      );
    case "rollback":
      // Refused when a writer crashed half-way: what it left must be undone, in a copy.
      return orElse(
        () => openInPlace(driver, file),
        () => openStaged(driver, file, "copy", ["-journal"]),
      );
  }
}

/** SQLite asks for write access where a reader would have to mend something first. */
function orElse(open: () => Snapshot, staged: () => Snapshot): Snapshot {
  try {
    return open();
  } catch (error) {
    const code = sqliteCode(error);
    if (code !== "READONLY" && code !== "CANTOPEN") throw error;
    try {
      return staged();
    } catch (other) {
      // Without room for a copy, no permission would help.
      throw isNoSpace(other) ? other : error;
    }
  }
}

function openInPlace(driver: Driver, file: DatabaseFile): Snapshot {
  const { realPath } = file;
  // better-sqlite3 cuts white space off both ends of a path.
  const pointer = realPath === realPath.trim() ? undefined : stage(realPath, "pointer");
  try {
    return begin(file, driver.open(pointer?.path ?? realPath, { readOnly: true }));
  } finally {
    pointer?.remove();
  }
}

function openStaged(
  driver: Driver,
  file: DatabaseFile,
  way: "link" | "copy",
  companions: readonly string[],
): Snapshot {
  const staged = stage(file.realPath, way, companions);
  try {
    const connection = driver.open(staged.path, { readOnly: way === "link" });
    const snapshot = begin(file, connection, staged);
    staged.removeEarly();
    return snapshot;
  } catch (error) {
    staged.remove();
    throw error;
  }
}

/** Starts the read transaction that every query runs in. */
function begin(file: DatabaseFile, connection: Connection, staged?: Stage): Snapshot {
  try {
    connection.exec(
      `PRAGMA busy_timeout=${BUSY_MILLISECONDS}; PRAGMA trusted_schema=OFF; ` +
        "PRAGMA cell_size_check=ON; PRAGMA query_only=ON; BEGIN",
    );
    const rows = connection.iterate("SELECT count(*) FROM sqlite_master", []);
    rows.next();
    rows.return?.();
  } catch (error) {
    connection.close();
    throw error;
  }
  return { connection, stage: staged, hasChanged: changeDetector(file, staged) };
}

function changeDetector(file: DatabaseFile, staged: Stage | undefined): () => boolean {
  const { realPath, journal } = file;
  if (journal === "live-wal" && staged === undefined) {
    return () => !samePlace(file.identity, identityOf(realPath));
  }
  // Behind a read lock nobody may write, so what counts is the time since it was taken;
  // without one, the time since the file was looked at first.
  const locked = journal === "rollback" && staged === undefined;
  const before = locked ? (identityOf(realPath) ?? file.identity) : file.identity;
  return () => !sameContent(before, identityOf(realPath));
}

function samePlace(before: FileIdentity, now: FileIdentity | undefined): boolean {
  return before.inode === now?.inode && before.device === now.device;
}

function sameContent(before: FileIdentity, now: FileIdentity | undefined): boolean {
  return (
    samePlace(before, now) && before.bytes === now?.bytes && before.modifiedNs === now.modifiedNs
  );
}

function readerOf(path: string, snapshot: Snapshot): SqliteReader {
  const { connection } = snapshot;
  const live = new Set<LiveRows>();
  let closed = false;
  let reported = false;

  const report = (error: unknown): unknown => {
    reported = true;
    return error;
  };
  const requireUnchanged = (): void => {
    if (!reported && snapshot.hasChanged()) throw report(sourceChanged(path));
  };
  const failure = (error: unknown): unknown =>
    report(snapshot.hasChanged() ? sourceChanged(path, error) : describeFailure(error, path));

  return {
    rows(sql, parameters = [], { atOnce = false, smallIntegers = false } = {}) {
      if (closed) throw readerClosed(path);
      if (atOnce) {
        let all: unknown[][];
        try {
          all = connection.all(sql, parameters, !smallIntegers);
        } catch (error) {
          throw failure(error);
        }
        requireUnchanged();
        if (!smallIntegers) for (const row of all) narrowIntegers(row);
        return all.values();
      }
      let inner: Iterator<unknown[]>;
      try {
        inner = connection.iterate(sql, parameters);
      } catch (error) {
        throw failure(error);
      }
      const rows = rowsOf(inner, {
        onCut: () => readerClosed(path),
        onEnd(complete) {
          live.delete(rows);
          if (complete) requireUnchanged();
        },
        onError(error) {
          live.delete(rows);
          return failure(error);
        },
      });
      live.add(rows);
      return rows;
    },
    close() {
      if (closed) return;
      try {
        for (const rows of live) rows.cut();
        connection.close();
      } finally {
        closed = true;
        snapshot.stage?.remove();
      }
      requireUnchanged();
    },
  };
}

function sourceChanged(path: string, cause?: unknown): ComplianceError {
  return new ComplianceError(
    "source-changed",
    "The database was replaced or rewritten while it was read",
    { cause, hint: "Run again.", location: { file: path } },
  );
}

function readerClosed(path: string): ComplianceError {
  return new ComplianceError("closed", "The database was asked for rows after it was closed", {
    location: { file: path },
  });
}
