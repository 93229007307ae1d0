// A rollup on disk: what each hour, day and month of a log answered, in an SQLite file of its
// own. It is derived from the log and can be thrown away at any time.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import { ComplianceError } from "../../model/error.ts";
import type { SqlValue } from "../../sqlite/driver.ts";
import { openForWriting } from "../../sqlite/writer.ts";
import type { SqliteWriter } from "../../sqlite/writer.ts";
import type { FoldState } from "../fold/fold.ts";
import type { Span } from "./spans.ts";

/** What does not change any more, and what is asked anew at every update. */
export type Segment = "closed" | "open";

/** How far the answers to one question go. */
export interface RollupHead {
  /** The log, as its population statement names it. */
  readonly log: string;
  /** Number of the last entry of the closed segment, and how many it has. */
  readonly closedTo: number;
  readonly closedRows: number;
  /** Number of the last entry that was read, and how many were. */
  readonly last: number;
  readonly rows: number;
}

/** What is stored for one question. */
export interface RollupStore {
  /** Absent for a question that was not asked before. */
  head(): RollupHead | undefined;
  setHead(head: RollupHead): void;
  /** A span's state; absent when nothing lies in it. */
  state(segment: Segment, span: Span): FoldState | undefined;
  setState(segment: Segment, span: Span, state: FoldState): void;
  /** Spans of a unit that have a state and a time, in order; from `from` on, to before `to`, in hours. */
  spans(segment: Segment, unit: Span["unit"], from?: number, to?: number): Span[];
  /** Forgets a segment, or everything. */
  clear(segment?: Segment): void;
}

/** The file. */
export interface RollupFile {
  /**
   * Does `work` on what is stored for a question, and keeps all of it or, when it throws,
   * nothing. Nobody else can write meanwhile.
   *
   * @param question digest of the question and everything that its answers depend on
   */
  transaction<T>(question: string, work: (store: RollupStore) => Promise<T>): Promise<T>;
  close(): void;
}

/** "AEGR"; tells a rollup from other SQLite files. */
const APPLICATION_ID = 0x41454752;
/** Changes with the form of the states. Another one is forgotten. */
const LAYOUT = 1;
/** The start of spans that have none: entries without a readable time, and the log as a whole. */
const NO_START = -(2 ** 40);
/** Questions that are kept; the one that was not asked for longest is forgotten. */
const QUESTIONS = 16;

/**
 * Opens a rollup, or makes a new one where there is no file.
 *
 * @throws ComplianceError `unsupported-source` when the file is something else,
 *   `unreadable-source`, `missing-package`
 */
export function openRollup(path: string): RollupFile {
  requireRollup(path);
  const file = openForWriting(path);
  try {
    prepare(file);
  } catch (error) {
    file.close();
    throw error;
  }
  return {
    async transaction(question, work) {
      file.exec("BEGIN IMMEDIATE");
      try {
        const result = await work(storeOf(file, idOf(file, question), path));
        file.exec("COMMIT");
        return result;
      } catch (error) {
        rollBack(file);
        throw error;
      }
    },
    close: () => file.close(),
  };
}

/** A full disk has rolled back already; then there is nothing left to do. */
function rollBack(file: SqliteWriter): void {
  try {
    file.exec("ROLLBACK");
  } catch {
    // The error that led here is the one to report.
  }
}

const SQLITE_HEADER = "SQLite format 3\u0000";
const HEADER_BYTES = 100;
/** Where the application's number stands in the header (The SQLite File Format, 1.3). */
const APPLICATION_ID_AT = 68;
/** A page holds no table but the first. */
const ONE_PAGE = 4096;

/** Looks at the header: opening a file for writing would change it already. */
function requireRollup(path: string): void {
  const header = Buffer.alloc(HEADER_BYTES);
  let length: number;
  let size: number;
  try {
    const descriptor = openSync(path, "r");
    try {
      length = readSync(descriptor, header, 0, HEADER_BYTES, 0);
      ({ size } = fstatSync(descriptor));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Missing, or not to be read: opening it says which.
    return;
  }
  const isRollup =
    header.toString("latin1", 0, SQLITE_HEADER.length) === SQLITE_HEADER &&
    // The number of a file that was just begun may still stand in its write-ahead log.
    (header.readUInt32BE(APPLICATION_ID_AT) === APPLICATION_ID || size <= ONE_PAGE);
  if (length === 0 || isRollup) return;
  throw new ComplianceError(
    "unsupported-source",
    "expected a rollup, but the file is another one",
    {
      location: { file: path },
      hint: "Name a file that does not exist yet.",
    },
  );
}

function prepare(file: SqliteWriter): void {
  const tables = single(file, "SELECT count(*) FROM sqlite_master");
  if (tables !== 0 && single(file, "PRAGMA user_version") === LAYOUT) return;
  file.exec(
    `PRAGMA application_id = ${APPLICATION_ID};
     DROP TABLE IF EXISTS questions;
     DROP TABLE IF EXISTS states;
     CREATE TABLE questions (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE,
       head TEXT, asked INTEGER NOT NULL);
     CREATE TABLE states (question INTEGER NOT NULL, segment TEXT NOT NULL, unit TEXT NOT NULL,
       start INTEGER NOT NULL, state BLOB NOT NULL,
       PRIMARY KEY (question, segment, unit, start)) WITHOUT ROWID;
     PRAGMA user_version = ${LAYOUT};`,
  );
}

/** The number under which a question is stored; the least recently asked makes room. */
function idOf(file: SqliteWriter, digest: string): number {
  const next = "(SELECT coalesce(max(asked), 0) + 1 FROM questions)";
  file.run(
    `INSERT INTO questions (digest, asked) VALUES (?, ${next})
     ON CONFLICT (digest) DO UPDATE SET asked = ${next}`,
    [digest],
  );
  const forgotten = `SELECT id FROM questions ORDER BY asked DESC LIMIT -1 OFFSET ${QUESTIONS}`;
  file.exec(
    `DELETE FROM states WHERE question IN (${forgotten});
     DELETE FROM questions WHERE id IN (${forgotten});`,
  );
  return single(file, "SELECT id FROM questions WHERE digest = ?", [digest]) as number;
}

function storeOf(file: SqliteWriter, question: number, path: string): RollupStore {
  return {
    head() {
      const head = single(file, "SELECT head FROM questions WHERE id = ?", [question]);
      return typeof head === "string" ? (JSON.parse(head) as RollupHead) : undefined;
    },
    setHead(head) {
      file.run("UPDATE questions SET head = ? WHERE id = ?", [JSON.stringify(head), question]);
    },
    state(segment, { unit, start }) {
      const state = single(
        file,
        "SELECT state FROM states WHERE question = ? AND segment = ? AND unit = ? AND start = ?",
        [question, segment, unit, start ?? NO_START],
      );
      return state === undefined ? undefined : stateOf(state, path);
    },
    setState(segment, { unit, start }, state) {
      file.run(
        "INSERT OR REPLACE INTO states (question, segment, unit, start, state) VALUES (?, ?, ?, ?, ?)",
        [question, segment, unit, start ?? NO_START, serialize(state)],
      );
    },
    spans(segment, unit, from = NO_START + 1, to = -NO_START) {
      return [
        ...file.rows(
          "SELECT start FROM states WHERE question = ? AND segment = ? AND unit = ? AND start >= ? AND start < ? ORDER BY start",
          [question, segment, unit, from, to],
        ),
      ].map(([start]) => ({ unit, start: start as number }));
    },
    clear(segment) {
      const where = segment === undefined ? "" : " AND segment = ?";
      const values = segment === undefined ? [question] : [question, segment];
      file.run(`DELETE FROM states WHERE question = ?${where}`, values);
      if (segment === undefined) {
        file.run("UPDATE questions SET head = NULL WHERE id = ?", [question]);
      }
    },
  };
}

function single(file: SqliteWriter, sql: string, values: readonly SqlValue[] = []): unknown {
  return [...file.rows(sql, values)][0]?.[0];
}

function stateOf(bytes: unknown, path: string): FoldState {
  try {
    return deserialize(bytes as Uint8Array) as FoldState;
  } catch (cause) {
    throw new ComplianceError("unreadable-source", "expected the state of an hour in the rollup", {
      cause,
      location: { file: path },
      hint: "Remove the file; it is made anew from the log.",
    });
  }
}
