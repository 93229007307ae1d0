// Writes files so that a reader sees the old one or the whole new one, never a half: each
// is written beside its place and renamed over it, after all of them were written.

import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ComplianceError } from "../index.ts";

/** A file and the whole of what it is to hold. */
export interface WholeFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** A file that is written piece by piece, beside its place. */
export interface StagedFile {
  /** What to write to; of a pipe or device, it itself. */
  readonly temporary: string;
  /** Puts what was written, if anything was, in its place. Throws `invalid-option`. */
  readonly commit: () => void;
  /** Removes what was written. Nothing happens after `commit`. */
  readonly discard: () => void;
}

/** Prepares a file that another writes in pieces; nothing is created yet. */
export function stagedFile(path: string): StagedFile {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing !== undefined && !existing.isFile()) {
    return { temporary: path, commit: () => undefined, discard: () => undefined };
  }
  const target = targetOf(path, existing);
  const temporary = besideOf(target);
  return {
    temporary,
    commit: () =>
      attempt(path, () => {
        if (statSync(temporary, { throwIfNoEntry: false }) === undefined) return;
        if (existing !== undefined) chmodSync(temporary, existing.mode & 0o777);
        renameSync(temporary, target);
      }),
    discard: () => rmSync(temporary, { force: true }),
  };
}

/**
 * Writes all files or, if one of them cannot be written, none. Folders are made. No signal is let
 * in meanwhile, as long as somebody listens for it. Pipes and devices are written to directly.
 *
 * @throws ComplianceError `invalid-option` when a file cannot be written
 */
export function writeFiles(files: readonly WholeFile[]): void {
  const staged: { readonly temporary: string; readonly target: string }[] = [];
  try {
    for (const { path, content } of files) {
      attempt(path, () => {
        const existing = statSync(path, { throwIfNoEntry: false });
        if (existing !== undefined && !existing.isFile()) writeFileSync(path, content);
        else staged.push(stage(path, content, existing));
      });
    }
    for (const { temporary, target } of staged) {
      attempt(target, () => {
        renameSync(temporary, target);
      });
    }
  } finally {
    // Those that were renamed are no longer there.
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  }
}

function stage(path: string, content: string | Uint8Array, existing: Stats | undefined) {
  const target = targetOf(path, existing);
  mkdirSync(dirname(target), { recursive: true });
  const temporary = besideOf(target);
  const handle = openSync(temporary, "wx");
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  if (existing !== undefined) chmodSync(temporary, existing.mode & 0o777);
  return { temporary, target };
}

/** Through a symbolic link, the file behind it is replaced and not the link. */
function targetOf(path: string, existing: Stats | undefined): string {
  return existing === undefined ? path : realpathSync(path);
}

function besideOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
}

function attempt(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ComplianceError("invalid-option", `the output cannot be written: ${reason}`, {
      cause,
      hint: "Check the folder, its permissions and the free space.",
      location: { file: path },
    });
  }
}
