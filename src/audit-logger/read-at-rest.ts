// Reads a database that this process does not write, again when it changed meanwhile.

import { ComplianceError } from "../model/error.ts";
import { pause } from "../sqlite/pause.ts";
import { openReader, type SqliteReader } from "../sqlite/reader.ts";

/**
 * Does `work` on one state of the database and closes it. A process that just begins to
 * write can be caught in the middle; then everything is done again, some ten times within
 * a quarter of a second.
 *
 * @throws what opening, `work` and closing throw at the last attempt
 */
export function readAtRest<T>(path: string, work: (reader: SqliteReader) => T): T {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return readOnce(path, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !mayPass(error)) throw error;
      pause(PAUSE_MILLISECONDS);
    }
  }
}

const ATTEMPTS = 10;
const PAUSE_MILLISECONDS = 25;

function readOnce<T>(path: string, work: (reader: SqliteReader) => T): T {
  const reader = openReader(path);
  let result: T;
  try {
    result = work(reader);
  } catch (error) {
    closeQuietly(reader);
    throw error;
  }
  reader.close();
  return result;
}

function closeQuietly(reader: SqliteReader): void {
  try {
    reader.close();
  } catch {
    // The error that led here is the one to report.
  }
}

function mayPass(error: unknown): boolean {
  return (
    error instanceof ComplianceError &&
    (error.code === "source-changed" || error.code === "unreadable-source")
  );
}
