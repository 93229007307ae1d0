// What the names of logs stand for: each database and ledger for itself, and everything else
// together as files of foreign formats.

import { open, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { filesInFolder, filesOfPattern, isPattern } from "../sources/input/list-files.ts";
import { lookInto } from "../sources/input/look-into.ts";
import { logUrl } from "./log-url.ts";
import type { LogUrl } from "./log-url.ts";

/** A log that one engine reads. */
export type NamedLog =
  | { readonly kind: "sqlite"; readonly path: string; readonly name: string }
  | { readonly kind: "ledger"; readonly path: string; readonly name: string }
  | LogUrl
  | ForeignFiles;

/** Files, folders and patterns that are read together, as one foreign log. */
export interface ForeignFiles {
  readonly kind: "files";
  readonly paths: readonly string[];
  /** What they are called among other logs. */
  readonly name: string;
  /** Whether they are one file, and were named as such. */
  readonly isOneFile: boolean;
}

export interface NamingOptions {
  /** Whether SQLite files are read as tables of a foreign log, and not as audit databases. */
  readonly isForeign: boolean;
  /** Whether a file is an audit database. */
  readonly isAuditDatabase: (path: string) => Promise<boolean>;
  readonly onSkipped?: (name: string, reason: string) => void;
}

/**
 * The logs that were named, each once, in the order of their first name; foreign files come as
 * one log, where the first of them was named.
 *
 * @throws ComplianceError as `logUrl` and the listing of folders do
 */
export async function namedLogs(
  names: readonly string[],
  options: NamingOptions,
): Promise<readonly NamedLog[]> {
  // Whatever is wrong with a URL is said before anything is touched.
  const urls = names.map(logUrl);
  const found = new Map<string, NamedLog>();
  const files: string[] = [];
  const takeFile = (path: string): void => {
    if (files.length === 0) found.set(TOGETHER, ONE);
    files.push(path);
  };
  for (const [index, name] of names.entries()) {
    const url = urls[index];
    if (url !== undefined) {
      found.set(url.url, url);
      continue;
    }
    const { kind, path, within } = await lookAt(name, options);
    if (kind !== "files") {
      if (!found.has(path)) found.set(path, { kind, path: name, name });
    } else if (within.databases.length === 0) {
      takeFile(name);
    } else {
      for (const database of within.databases) {
        const identity = await realpath(database);
        if (!found.has(identity)) {
          found.set(identity, { kind: "sqlite", path: database, name: database });
        }
      }
      for (const file of within.others) takeFile(file);
    }
  }
  const together = await foreignFiles(files);
  return [...found.values()].map((log) => (log === ONE ? together : log));
}

/** Stands for all foreign files among the logs; no path is empty. */
const TOGETHER = "";
const ONE: ForeignFiles = { kind: "files", paths: [], name: "", isOneFile: false };

async function foreignFiles(paths: readonly string[]): Promise<ForeignFiles> {
  const [first = "", ...others] = paths;
  if (others.length > 0) return { kind: "files", paths, name: "files", isOneFile: false };
  const found = await stat(first).catch(() => undefined);
  // Whatever is in a folder has its own name behind that of the folder.
  const name = first === "-" ? "stdin" : first.replace(/(?<=[^/])\/+$/, "");
  return { kind: "files", paths, name, isOneFile: found?.isFile() === true };
}

/** The audit databases in a folder or pattern, and the other logs there. */
interface Within {
  readonly databases: readonly string[];
  /** Empty when there is no database: then the name itself stands for them. */
  readonly others: readonly string[];
}

const NOTHING: Within = { databases: [], others: [] };

interface Seen {
  readonly kind: "sqlite" | "ledger" | "files";
  /** The same for all names of one thing. */
  readonly path: string;
  readonly within: Within;
}

async function lookAt(name: string, options: NamingOptions): Promise<Seen> {
  const foreign: Seen = { kind: "files", path: name, within: NOTHING };
  if (name === "-") return foreign;
  const found = await stat(name).catch(() => undefined);
  if (found === undefined) {
    if (options.isForeign || !isPattern(name)) return foreign;
    return { ...foreign, within: await databasesAmong(await filesOfPattern(name), options) };
  }
  if (found.isDirectory()) {
    if (await isLedger(name)) {
      return { kind: "ledger", path: await realpath(name), within: NOTHING };
    }
    if (options.isForeign) return foreign;
    return { ...foreign, within: await databasesAmong(await filesInFolder(name), options) };
  }
  if (!found.isFile() || options.isForeign || !(await beginsAsSqlite(name))) return foreign;
  return { kind: "sqlite", path: await realpath(name), within: NOTHING };
}

async function isLedger(folder: string): Promise<boolean> {
  const manifest = await stat(join(folder, "manifest.json")).catch(() => undefined);
  const entries = await stat(join(folder, "entries")).catch(() => undefined);
  return manifest?.isFile() === true && entries?.isDirectory() === true;
}

/** Endings that are looked behind among many files; one that is named itself may have any. */
const SQLITE_ENDING = /\.(?:db|sqlite3?)$/i;

async function databasesAmong(
  files: readonly { readonly path: string; readonly relative: string }[],
  { isAuditDatabase, onSkipped }: NamingOptions,
): Promise<Within> {
  const databases: string[] = [];
  for (const { path } of files) {
    if (!SQLITE_ENDING.test(path) || !(await beginsAsSqlite(path))) continue;
    if (await isAuditDatabase(path)) databases.push(path);
  }
  if (databases.length === 0) return NOTHING;
  const others: string[] = [];
  const known = new Set(databases);
  for (const { path, relative } of files) {
    if (known.has(path) || BESIDE_DATABASE.test(path)) continue;
    const kind = await lookInto({ path, name: relative }, undefined);
    if (typeof kind === "string") onSkipped?.(relative, kind);
    else others.push(path);
  }
  return { databases, others };
}

const BESIDE_DATABASE = /-(?:wal|shm|journal)$/;

const SQLITE_HEADER = Buffer.from("SQLite format 3\u0000", "latin1");

async function beginsAsSqlite(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { length } = SQLITE_HEADER;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead).equals(SQLITE_HEADER);
  } finally {
    await file.close();
  }
}
