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
import { setImmediate as nextTurn } from "node:timers/promises";
import { ComplianceError } from "../index.ts";

/** A file and the whole of what it is to hold. */
export interface WholeFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

const HELD_BACK = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Writes all files or, if one of them cannot be written, none. Folders are made. Signals
 * that end the process wait until no temporary file is left. Pipes and devices are written
 * to directly.
 *
 * @throws ComplianceError `invalid-option` when a file cannot be written
 */
export async function writeFiles(files: readonly WholeFile[]): Promise<void> {
  let signal: NodeJS.Signals | undefined;
  const hold = (held: NodeJS.Signals): void => {
    signal = held;
  };
  for (const name of HELD_BACK) process.on(name, hold);
  try {
    writeAll(files);
    // A signal that came meanwhile is delivered in the next turn of the event loop.
    await nextTurn();
  } finally {
    for (const name of HELD_BACK) process.off(name, hold);
  }
  if (signal !== undefined) process.kill(process.pid, signal);
}

function writeAll(files: readonly WholeFile[]): void {
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
  // Through a symbolic link, the file behind it is replaced and not the link.
  const target = existing === undefined ? path : realpathSync(path);
  mkdirSync(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
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
