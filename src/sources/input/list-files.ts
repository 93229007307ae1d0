// The files in a folder, and those that a pattern means.

import { readdir, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import type { NamedFile } from "./names.ts";
import { unreadable } from "./read-stored.ts";

/** A file, as it can be opened and as it is called. */
export interface FoundFile extends NamedFile {
  readonly path: string;
}

/** Whether a path that does not exist may be meant as a pattern. */
export function isPattern(path: string): boolean {
  return isDynamicPattern(path.split(sep).join("/"));
}

/**
 * All files below a folder, by the bytes of their names. Hidden ones, what belongs to a
 * database, links to folders, and what is no regular file are skipped with a word.
 *
 * @throws ComplianceError `unreadable-source`
 */
export async function filesInFolder(
  folder: string,
  onSkipped: (name: string, reason: string) => void = () => undefined,
): Promise<FoundFile[]> {
  const files: string[] = [];
  const visit = async (relative: string): Promise<void> => {
    const path = join(folder, relative);
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    for (const entry of entries) {
      const name = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (entry.name.startsWith(".")) {
        onSkipped(name, "it is hidden");
      } else if (entry.isDirectory()) {
        await visit(name);
      } else if (
        entry.isFile() ||
        (entry.isSymbolicLink() && (await isRegular(join(folder, name))))
      ) {
        files.push(name);
      } else {
        onSkipped(
          name,
          entry.isSymbolicLink() ? "it is a link to no file" : "it is no regular file",
        );
      }
    }
  };
  await visit("");
  return byBytes(files)
    .filter((name) => {
      const reason = noLogByName(name);
      if (reason !== undefined) onSkipped(name, reason);
      return reason === undefined;
    })
    .map((name) => found(folder, name));
}

/** The files that a pattern means, by the bytes of their names. */
export async function filesOfPattern(pattern: string): Promise<FoundFile[]> {
  const parts = pattern.split(sep).join("/").split("/");
  const dynamic = parts.findIndex((part) => isDynamicPattern(part));
  const folder = parts.slice(0, Math.max(0, dynamic)).join("/");
  const base = folder === "" && pattern.startsWith("/") ? "/" : folder;
  const rest = parts.slice(Math.max(0, dynamic)).join("/");
  const names = await glob(rest, {
    cwd: base === "" ? "." : base,
    dot: false,
    expandDirectories: false,
  });
  return byBytes(names).map((name) => found(base, name));
}

/** Endings of files that stand beside logs and are none, whatever they hold. */
const NO_LOG =
  /\.(?:md|markdown|html?|ya?ml|toml|ini|conf|cfg|pdf|png|jpe?g|gif|svg|zip|tar|tgz|7z|sh|py|js|ts|sha\d+|sig|asc|pem)$|^(?:licen[cs]e|readme|notice|changelog)(?:\.\w+)?$/i;

function noLogByName(name: string): string | undefined {
  const last = name.slice(name.lastIndexOf("/") + 1);
  if (/-(?:wal|shm|journal)$/.test(last)) return "it belongs to a database";
  return NO_LOG.test(last) ? "its name is none of a log" : undefined;
}

async function isRegular(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

function byBytes(names: readonly string[]): string[] {
  return [...names].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

function found(folder: string, name: string): FoundFile {
  const path = join(folder, name);
  return { path, relative: name, absolute: resolve(path).split(sep).join("/") };
}
