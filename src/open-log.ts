// Opens whatever a log is kept in: an audit database, a ledger, a table of PostgreSQL or ClickHouse,
// files of a foreign format, or several of these as one.

import { basename } from "node:path";
import { loadCatalog } from "./catalog/catalog.ts";
import type { Engine } from "./engines/engine.ts";
import type { GrowingEngine } from "./engines/growing.ts";
import type { PartEngine } from "./engines/part.ts";
import type { RollupOptions } from "./engines/rollup.ts";
import { ComplianceError } from "./model/error.ts";
import type { RejectedRecord } from "./model/intake.ts";
import type { Mapping } from "./model/mapping.ts";
import { namedLogs } from "./open-log/named-logs.ts";
import type { NamedLog } from "./open-log/named-logs.ts";
import { ENGINES } from "./registry.ts";
import type { LogFormat } from "./sources/source.ts";
import { TOOL } from "./version.ts";

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

/** Where what is known of a database is kept between reports. */
export interface KeptRollup extends Omit<RollupOptions, "log" | "tool"> {
  /** Its own file, which is made when there is none. Never the log's. */
  readonly path: string;
}

/** Options of {@link openLog}. */
export interface OpenLogOptions extends ReadOptions {
  /** Threads that read; by default as many as are useful, at most four. */
  readonly workers?: number;
  /** Told of each file in a folder or pattern that is not read, by name, with the reason. */
  readonly onSkipped?: (name: string, reason: string) => void;
  /** Told of each record of a foreign log that became no entry. */
  readonly onRejected?: (record: RejectedRecord) => void;
  /** Of one database only: what reports ask of it is kept, and only what is new is read again. */
  readonly rollup?: KeptRollup;
  /** Stops the opening, which then throws the signal's reason. Readings have a signal of their own. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a log for reports. Several logs, whatever they are kept in, become one: each is read where it
 * lies, and the report names all of them.
 *
 * @param paths audit databases, ledger folders, URLs (`postgres://user@host/database?table=audit_log`,
 *   `clickhouse://user@host:8123/database?table=audit_log`; never with a password), or files, folders
 *   and patterns (`hosts/*.db`, `logs/*.jsonl.gz`); `-` is standard input
 * @throws ComplianceError `unreadable-source`, `unsupported-source` (no mapping recognises it, or the
 *   scheme of a URL), `invalid-option` (a password in a URL), `invalid-catalog`, `missing-package`
 */
export async function openLog(
  paths: string | readonly string[],
  options: OpenLogOptions = {},
): Promise<Engine> {
  const logs = await namedLogs(typeof paths === "string" ? [paths] : paths, {
    isForeign: options.as !== undefined || options.table !== undefined,
    isAuditDatabase,
    ...(options.onSkipped === undefined ? {} : { onSkipped: options.onSkipped }),
  });
  const [only, ...others] = logs;
  if (only === undefined) {
    throw new ComplianceError("invalid-option", "expected a log to open, got none");
  }
  if (options.rollup !== undefined) return openWithRollup(logs, options, options.rollup);
  if (others.length === 0) return openOne(only, options);
  const parts: { name: string; engine: PartEngine }[] = [];
  try {
    for (const log of logs) {
      // A file that is called like its log is not called twice.
      const called = log.kind === "files" && log.isOneFile ? { name: log.name } : {};
      parts.push({ name: log.name, engine: await openOne(log, options, called) });
    }
    const { several } = await ENGINES.several();
    return several(parts);
  } catch (error) {
    await Promise.allSettled(parts.map(({ engine }) => engine.close()));
    throw error;
  }
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

/** How a foreign log calls its only file. */
interface Called {
  readonly name?: string;
}

async function openOne(
  log: NamedLog,
  options: OpenLogOptions,
  called: Called = {},
): Promise<PartEngine> {
  options.signal?.throwIfAborted();
  const { workers } = options;
  if (log.kind === "files") return openForeign(log.paths, options, called);
  if (log.kind === "ledger") {
    return (await ENGINES.ledger()).ledger(log.path, workers === undefined ? {} : { workers });
  }
  return openGrowing(log, options);
}

/** @throws ComplianceError `invalid-option` for anything but one database */
async function openWithRollup(
  [only, ...others]: readonly NamedLog[],
  options: OpenLogOptions,
  { path, ...rest }: KeptRollup,
): Promise<Engine> {
  if (only === undefined || others.length > 0 || !isGrowing(only)) {
    throw new ComplianceError(
      "invalid-option",
      "expected one audit database, or one table of PostgreSQL or ClickHouse, to keep a rollup of",
      { hint: "Leave out the rollup, or keep one for each database in a report of its own." },
    );
  }
  const { rollup } = await ENGINES.rollup();
  const growing = await openGrowing(only, options);
  try {
    return rollup(growing, path, {
      ...rest,
      log: only.kind === "sqlite" ? basename(only.name) : only.name,
      tool: `${TOOL.name} ${TOOL.version}`,
    });
  } catch (error) {
    await growing.close();
    throw error;
  }
}

/** A log that can be read on from where another reading ended. */
type GrowingLog = Exclude<NamedLog, { readonly kind: "ledger" | "files" }>;

function isGrowing(log: NamedLog): log is GrowingLog {
  return log.kind !== "ledger" && log.kind !== "files";
}

async function openGrowing(
  log: GrowingLog,
  { workers: threads, signal }: OpenLogOptions,
): Promise<GrowingEngine> {
  switch (log.kind) {
    case "sqlite":
      return (await ENGINES.sqlite()).sqlite(
        log.path,
        threads === undefined ? {} : { workers: threads },
      );
    case "postgresql":
      return (await ENGINES.postgresql()).postgresql(
        log.url,
        signal === undefined ? {} : { signal },
      );
    case "clickhouse":
      return (await ENGINES.clickhouse()).clickhouse(log.url);
  }
}

async function openForeign(
  paths: readonly string[],
  options: OpenLogOptions,
  called: Called,
): Promise<PartEngine> {
  const { as, signal: _, rollup: __, ...rest } = options;
  const mapping = as === undefined ? undefined : mappingNamed(as);
  const { duckdbLog } = await ENGINES.duckdb();
  return duckdbLog(paths, {
    ...rest,
    ...called,
    ...(mapping === undefined ? {} : { mapping }),
    mappings: mapping === undefined ? loadCatalog().mappings() : [],
  });
}

/** Whether a SQLite file holds the log of an audit logger. Throws when it cannot be read at all. */
async function isAuditDatabase(path: string): Promise<boolean> {
  const { sqlite } = await ENGINES.sqlite();
  try {
    const engine = await sqlite(path);
    await engine.close();
    return true;
  } catch (error) {
    if (error instanceof ComplianceError && error.code === "unsupported-source") return false;
    throw error;
  }
}
