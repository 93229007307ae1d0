// Writes a text file line by line, so that its readers see the old file or the whole new
// one, never half of it.

import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { ComplianceError } from "../model/error.ts";

/**
 * Writes lines to a file beside the wanted one and puts it in its place when it is complete
 * and on disk. A symbolic link keeps pointing where it does.
 *
 * @param lines without line ends; each gets a line feed
 * @param forbidden paths that must not be replaced, whatever name `path` has for them
 * @returns how many lines were written
 * @throws ComplianceError `invalid-option` when the file cannot be written there; what
 *   `lines` throws comes through, and nothing is replaced
 */
export function writeLines(
  path: string,
  lines: Iterable<string>,
  forbidden: readonly string[] = [],
): number {
  const target = checkedTarget(path, forbidden);
  const temporary = `${target}.${randomUUID()}.tmp`;
  const descriptor = attempt(path, () => openSync(temporary, "wx"));
  let complete = false;
  try {
    const count = append(path, descriptor, lines);
    attempt(path, () => {
      fsyncSync(descriptor);
    });
    complete = true;
    return count;
  } finally {
    closeSync(descriptor);
    if (complete) replace(path, temporary, target);
    else rmSync(temporary, { force: true });
  }
}

const CHUNK_CHARACTERS = 1 << 16;

function append(path: string, descriptor: number, lines: Iterable<string>): number {
  let count = 0;
  let chunk = "";
  const flush = (): void => {
    attempt(path, () => {
      const bytes = Buffer.from(chunk);
      let written = 0;
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    });
    chunk = "";
  };
  for (const line of lines) {
    chunk += `${line}\n`;
    count += 1;
    if (chunk.length >= CHUNK_CHARACTERS) flush();
  }
  flush();
  return count;
}

function replace(path: string, temporary: string, target: string): void {
  attempt(path, () => {
    try {
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

function checkedTarget(path: string, forbidden: readonly string[]): string {
  return attempt(path, () => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return resolve(path);
    if (!stats.isFile()) throw refused(path, "which is no regular file");
    for (const other of forbidden) {
      const found = statSync(other, { throwIfNoEntry: false });
      if (found?.ino === stats.ino && found.dev === stats.dev) {
        throw refused(path, "which is the database itself");
      }
    }
    return realpathSync(path);
  });
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ComplianceError || !(error instanceof Error)) throw error;
    throw refused(path, `which fails: ${error.message}`, error);
  }
}

function refused(path: string, why: string, cause?: unknown): ComplianceError {
  return new ComplianceError(
    "invalid-option",
    `Expected a path that can be written, got ${JSON.stringify(path)}, ${why}`,
    { cause, hint: "Choose another path; nothing was replaced." },
  );
}
