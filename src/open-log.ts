// Opens whatever a log is kept in: an audit database, a ledger, or files of a foreign format.

import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { loadCatalog } from "./catalog/catalog.ts";
import type { Engine } from "./engines/engine.ts";
import { ledger } from "./engines/ledger.ts";
import { log } from "./engines/log.ts";
import { sqlite } from "./engines/sqlite.ts";
import { ComplianceError } from "./model/error.ts";
import type { RejectedRecord } from "./model/intake.ts";
import type { Mapping } from "./model/mapping.ts";
import type { LogFormat } from "./sources/source.ts";

/** How foreign logs are read. */
export interface ReadOptions {
  /** Mapping that reads them: its id, the path of a YAML file, or itself. Recognised file by file when absent. */
  readonly as?: string | Mapping;
  /** Kind of the files; told by name and content when absent. */
  readonly format?: LogFormat;
  /** Dotted path to the list of records inside JSON files, such as `Records`. */
  readonly container?: string;
  /** Table of a SQLite file that is no audit database; its only one when absent. */
  readonly table?: string;
}

/** Options of {@link openLog}. */
export interface OpenLogOptions extends ReadOptions {
  /** Threads that read; by default as many as are useful, at most four. */
  readonly workers?: number;
  /** Told of each file in a folder or pattern that is not read, by name, with the reason. */
  readonly onSkipped?: (name: string, reason: string) => void;
  /** Told of each record of a foreign log that became no entry. */
  readonly onRejected?: (record: RejectedRecord) => void;
}

/**
 * Opens a log for reports.
 *
 * @param paths an audit database, a ledger folder, or files, folders and patterns (`logs/*.jsonl.gz`)
 *   of foreign logs; `-` is standard input
 * @throws ComplianceError `unreadable-source`, `unsupported-source` (no mapping recognises it, or
 *   several inputs that cannot be read together), `invalid-option`, `invalid-catalog`,
 *   `missing-package`
 */
export async function openLog(
  paths: string | readonly string[],
  options: OpenLogOptions = {},
): Promise<Engine> {
  const all = typeof paths === "string" ? [paths] : paths;
  const kinds = await Promise.all(all.map((path) => kindOf(path, options)));
  const alone = kinds.findIndex((kind) => kind !== "log");
  const path = all[alone];
  if (path === undefined) return openForeign(all, options);
  if (all.length > 1) {
    throw new ComplianceError(
      "unsupported-source",
      `${path} is ${kinds[alone] === "ledger" ? "a ledger" : "an audit database"}, and those are read one at a time`,
      { hint: "Make one report for each, or import the foreign logs into one ledger." },
    );
  }
  const workers = options.workers === undefined ? {} : { workers: options.workers };
  return kinds[alone] === "ledger" ? ledger(path, workers) : sqlite(path, workers);
}

/**
 * The mapping that a name or the path of a YAML file stands for.
 *
 * @throws ComplianceError `invalid-option` when there is none of that name, `unreadable-source`,
 *   `invalid-catalog`
 */
export function mappingNamed(as: string | Mapping): Mapping {
  if (typeof as !== "string") return as;
  const catalog = loadCatalog();
  return isMappingFile(as) ? catalog.loadMapping(as) : catalog.mapping(as);
}

/** Whether a mapping is named by the path of its file. */
function isMappingFile(name: string): boolean {
  return /\.ya?ml$/.test(name);
}

async function openForeign(paths: readonly string[], options: OpenLogOptions): Promise<Engine> {
  const { as, ...rest } = options;
  const mapping = as === undefined ? undefined : mappingNamed(as);
  return log(paths, {
    ...rest,
    ...(mapping === undefined ? {} : { mapping }),
    mappings: mapping === undefined ? loadCatalog().mappings() : [],
  });
}

const SQLITE_HEADER = "SQLite format 3\u0000";

async function kindOf(path: string, options: ReadOptions): Promise<"database" | "ledger" | "log"> {
  if (path === "-") return "log";
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) {
    const manifest = await stat(join(path, "manifest.json")).catch(() => undefined);
    const entries = await stat(join(path, "entries")).catch(() => undefined);
    return manifest?.isFile() === true && entries?.isDirectory() === true ? "ledger" : "log";
  }
  if (found?.isFile() !== true || options.as !== undefined || options.table !== undefined) {
    return "log";
  }
  return (await beginsWith(path, SQLITE_HEADER)) ? "database" : "log";
}

async function beginsWith(path: string, text: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const wanted = Buffer.from(text, "latin1");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted.length), 0, wanted.length, 0);
    return buffer.subarray(0, bytesRead).equals(wanted);
  } finally {
    await file.close();
  }
}
