// Whether the files of a log are still those that were opened.

import { stat } from "node:fs/promises";
import { ComplianceError } from "../../model/error.ts";
import type { LogFile } from "../../sources/source.ts";

/** What tells a file from the one that stood there before. */
export interface FileMark {
  readonly device: bigint;
  readonly inode: bigint;
  readonly bytes: bigint;
  /** When the content was last written, in nanoseconds. */
  readonly written: bigint;
}

/** Whether a file must not change while it is read. A database is read as of one moment. */
export function isWatched({ stream, format }: LogFile): boolean {
  return stream === undefined && format !== "sqlite";
}

/** @returns nothing when the file is gone */
export async function markOf(path: string): Promise<FileMark | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return undefined;
  return {
    device: found.dev,
    inode: found.ino,
    bytes: found.size,
    written: found.mtimeNs,
  };
}

/**
 * Compares a file with what it was before it was read. One that only grew is the same as far
 * as it was read: then its digest decides.
 *
 * @param sameContent whether the bytes that were read still have the digest that they had
 * @throws ComplianceError `source-changed`
 */
export async function checkUnchanged(
  { path, name }: LogFile,
  before: FileMark | undefined,
  sameContent: () => Promise<boolean>,
): Promise<void> {
  const now = await markOf(path);
  if (before === undefined || now === undefined) throw changed(name, "is gone");
  if (now.device !== before.device || now.inode !== before.inode) {
    throw changed(name, "was replaced");
  }
  if (now.written === before.written && now.bytes === before.bytes) return;
  if (now.bytes < before.bytes) throw changed(name, "was cut");
  if (now.bytes === before.bytes || !(await sameContent())) throw changed(name, "was rewritten");
}

/**
 * Whether a file is what it was, to the byte and the nanosecond: between two readings of it not
 * even its end may grow.
 *
 * @throws ComplianceError `source-changed`
 */
export async function checkUntouched(
  { path, name }: LogFile,
  before: FileMark | undefined,
): Promise<void> {
  const now = await markOf(path);
  const isSame =
    before !== undefined &&
    now !== undefined &&
    now.device === before.device &&
    now.inode === before.inode &&
    now.bytes === before.bytes &&
    now.written === before.written;
  if (isSame) return;
  throw new ComplianceError("source-changed", `${name} changed while it was read twice`, {
    hint: "Run again when nothing writes to it, or import it first with `aegis-compliance import`.",
  });
}

function changed(name: string, how: string): ComplianceError {
  return new ComplianceError("source-changed", `${name} ${how} while it was read`, {
    hint: "Run again when nothing writes to it but at its end.",
  });
}
