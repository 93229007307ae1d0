// Finds the files of a log: what the user named, the folders below it, patterns, standard input.

import { open, stat } from "node:fs/promises";
import type { BigIntStats } from "node:fs";
import { basename, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
import { ComplianceError } from "../../model/error.ts";
import { LOG_FORMATS, type LogFile, type LogFormat } from "../source.ts";
import { keepStart } from "./byte-stream.ts";
import { filesInFolder, filesOfPattern, isPattern, type FoundFile } from "./list-files.ts";
import { lookInto } from "./look-into.ts";
import { uniqueNames } from "./names.ts";
import { unreadable } from "./read-stored.ts";

/** Options of {@link findLogs}. */
export interface FindOptions {
  /** Kind of every file; told by name and content when absent. */
  readonly format?: LogFormat;
  /** What `-` reads; the process's standard input when absent. */
  readonly stdin?: Readable;
  /** Told of each file in a folder or pattern that is not read, by name, with the reason. */
  readonly onSkipped?: (name: string, reason: string) => void;
}

/**
 * The files of a log, in the order in which they are read: as named, and inside a folder or
 * pattern by the bytes of their names. A file that is named twice is read once.
 *
 * @param paths files, folders (with everything below), patterns (`logs/*.jsonl.gz`), and `-`
 * @throws ComplianceError `unreadable-source` when something named is not there or cannot be
 *   read, `unsupported-source` when it is no log of a known kind, or a folder without one
 */
export async function findLogs(
  paths: readonly string[],
  options: FindOptions = {},
): Promise<LogFile[]> {
  const found: Candidate[] = [];
  const known = new Set<string>();
  for (const path of paths) {
    const group = await named(path, options);
    const before = found.length;
    for (const candidate of group.candidates) {
      const key = candidate.identity ?? candidate.file.absolute;
      if (known.has(key)) continue;
      known.add(key);
      found.push(candidate);
    }
    if (group.many && group.candidates.length === 0 && found.length === before) {
      throw nothingFound(path);
    }
  }
  const names = uniqueNames(found.map(({ file }) => file));
  return found.map(({ log }, index) => Object.assign(log, { name: names[index] ?? log.name }));
}

interface Candidate {
  readonly file: FoundFile;
  readonly log: LogFile;
  /** Device and number of the file, the same for all its names. */
  readonly identity?: string;
}

/** What one of the named things holds; `many` when it may hold any number. */
interface Group {
  readonly candidates: readonly Candidate[];
  readonly many: boolean;
}

async function named(path: string, options: FindOptions): Promise<Group> {
  if (path === "-") return { candidates: [await standardInput(options)], many: false };
  const stats = await stat(path, { bigint: true }).catch((error: unknown) => error);
  if (!isStats(stats)) {
    if (!isPattern(path)) throw unreadable(path, stats);
    return { candidates: await several(await filesOfPattern(path), options), many: true };
  }
  if (stats.isDirectory()) {
    return {
      candidates: await several(await filesInFolder(path, options.onSkipped), options),
      many: true,
    };
  }
  const file = { path, relative: basename(path), absolute: absolutePath(path) };
  const candidate = stats.isFile()
    ? await regularFile(file, stats, options)
    : await pipe(file, options);
  if (typeof candidate !== "string") return { candidates: [candidate], many: false };
  throw new ComplianceError(
    "unsupported-source",
    `Expected JSON Lines, JSON, CSV, TSV, Parquet or SQLite in ${JSON.stringify(path)}: ${candidate}`,
    { hint: `Say which it is with --source: ${LOG_FORMATS.join(", ")}.` },
  );
}

/** The logs among files; the others are skipped with a word. */
async function several(files: readonly FoundFile[], options: FindOptions): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const file of files) {
    const stats = await stat(file.path, { bigint: true }).catch((error: unknown) => error);
    if (!isStats(stats)) throw unreadable(file.path, stats);
    const candidate = await regularFile(file, stats, options);
    if (typeof candidate === "string") options.onSkipped?.(file.relative, candidate);
    else candidates.push(candidate);
  }
  return candidates;
}

/** A file as a log, or why it is none. */
async function regularFile(
  file: FoundFile,
  stats: BigIntStats,
  options: FindOptions,
): Promise<Candidate | string> {
  const log = {
    path: file.path,
    name: file.relative,
    bytes: Number(stats.size),
  };
  const kind = await lookInto(log, options.format);
  if (typeof kind === "string") return kind;
  return { file, log: { ...log, ...kind }, identity: `${stats.dev}:${stats.ino}` };
}

async function pipe(file: FoundFile, options: FindOptions): Promise<Candidate> {
  const handle = await open(file.path).catch((error: unknown) => {
    throw unreadable(file.path, error);
  });
  return streamed(file, handle.createReadStream(), options);
}

async function standardInput(options: FindOptions): Promise<Candidate> {
  const file = { path: "-", relative: "stdin", absolute: "stdin" };
  return streamed(file, options.stdin ?? process.stdin, options);
}

async function streamed(
  file: FoundFile,
  input: Readable,
  options: FindOptions,
): Promise<Candidate> {
  const stream = keepStart(input, file.path === "-" ? "standard input" : file.relative);
  const log = { path: file.path, name: file.relative, stream };
  const kind = await lookInto(log, options.format);
  const table = typeof kind !== "string" && (kind.format === "parquet" || kind.format === "sqlite");
  if (typeof kind !== "string" && !table) return { file, log: { ...log, ...kind } };
  throw new ComplianceError(
    "unsupported-source",
    typeof kind === "string"
      ? `Expected JSON Lines, JSON, CSV or TSV from ${log.name}: ${kind}`
      : `Expected a text from ${log.name}, got ${kind.format}, which cannot be read from a stream`,
    { hint: "Save it to a file and name the file, or say which kind of text it is with --source." },
  );
}

function nothingFound(path: string): ComplianceError {
  return new ComplianceError(
    "unsupported-source",
    `Expected logs in ${JSON.stringify(path)}, found none`,
    { hint: "Name the files, or say which kind they are with --source." },
  );
}

function isStats(value: unknown): value is BigIntStats {
  return typeof value === "object" && value !== null && "isDirectory" in value;
}

function absolutePath(path: string): string {
  return resolve(path).split(sep).join("/");
}
