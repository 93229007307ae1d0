// A private folder outside the database's own, in which SQLite may put the companions that
// it needs for reading. The database's folder sees nothing of it.

import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ComplianceError } from "../model/error.ts";

/**
 * Makes a private folder that shows the database.
 *
 * - `link`: the same file under a second name; a copy where the folder is on another disk
 *   or linking is forbidden
 * - `copy`: a copy of its own, which may be written; blocks are shared where the file
 *   system can
 * - `pointer`: a symbolic link, for a path that a driver cannot take as it is
 *
 * @param companions endings of the files beside the database to copy along, for example `-wal`
 * @throws ComplianceError `unreadable-source` when no folder can be made; otherwise the system's
 *   error
 */
export function stage(
  realPath: string,
  way: "link" | "copy" | "pointer",
  companions: readonly string[] = [],
): Stage {
  const folder = temporaryFolder();
  const path = join(folder, "log.db");
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
    staged.delete(remove);
  };
  try {
    if (way === "pointer") symlinkSync(realPath, path);
    else if (way === "copy") copyWritable(realPath, path);
    else linkOrCopy(realPath, path);
    for (const ending of companions) copyWritable(`${realPath}${ending}`, `${path}${ending}`);
  } catch (error) {
    remove();
    throw error;
  }
  if (!watchesExit) process.once("exit", removeAll);
  watchesExit = true;
  staged.add(remove);
  return {
    path,
    remove,
    removeEarly() {
      if (process.platform !== "win32") remove();
    },
  };
}

/** A private folder with the database in it. */
export interface Stage {
  /** Path of the database inside it. */
  readonly path: string;
  /**
   * Removes the folder while the database is open in it, where the system allows that; so
   * nothing is left even when the process is killed.
   */
  removeEarly(): void;
  /** Removes the folder; may be called again. What is left is removed when the process exits. */
  remove(): void;
}

const staged = new Set<() => void>();
let watchesExit = false;

function removeAll(): void {
  for (const remove of staged) remove();
}

function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), "aegis-compliance-"));
  } catch (cause) {
    throw new ComplianceError("unreadable-source", "SQLite needs a folder for temporary files", {
      cause,
      location: { file: tmpdir() },
      hint: "Set TMPDIR to a folder that exists, that this user may write, and that has room.",
    });
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyWritable(from, to);
  }
}

function copyWritable(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  chmodSync(to, 0o600);
}
