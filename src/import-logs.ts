// Writes foreign logs once as a ledger: the catalog's mappings and this tool's name, handed to
// the ledger's own import.

import { loadCatalog } from "./catalog/catalog.ts";
import { importLogs as importAs } from "./ledger/import-logs.ts";
import type { ImportProgress, ImportResult } from "./ledger/import-logs.ts";
import { ComplianceError } from "./model/error.ts";
import { readInstant } from "./model/period.ts";
import type { TimeInput } from "./model/period.ts";
import { logUrl } from "./open-log/log-url.ts";
import { mappingNamed } from "./open-log.ts";
import type { ReadOptions } from "./open-log.ts";
import { TOOL } from "./version.ts";

/** Options of {@link importLogs}. */
export interface ImportLogsOptions extends ReadOptions {
  /** Folder of the ledger: a new one, or that of the same import, which then goes on. */
  readonly to: string;
  /** When, for the manifest; it says nothing of the time when absent. */
  readonly now?: TimeInput;
  /** Told now and then how far a long import has come. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops the import within a moment; what was written stays. */
  readonly signal?: AbortSignal;
  /** Told of each file in a folder or pattern that is not read, by name, with the reason. */
  readonly onSkipped?: (name: string, reason: string) => void;
}

/**
 * Imports foreign logs into a ledger, a folder of Parquet files with a manifest, which
 * {@link openLog} reads at full speed. The same logs give the same bytes.
 *
 * @param paths files, folders, patterns, and `-` for standard input
 * @throws ComplianceError `unsupported-source` when a format is unknown or the folder holds
 *   something else, or for a URL, `source-changed`, `missing-package` without DuckDB, and what reading throws
 */
export async function importLogs(
  paths: string | readonly string[],
  { as, now, ...options }: ImportLogsOptions,
): Promise<ImportResult> {
  const all = typeof paths === "string" ? [paths] : paths;
  for (const path of all) refuseDatabase(path);
  return importAs(all, {
    ...options,
    tool: TOOL,
    mappings: as === undefined ? loadCatalog().mappings() : [],
    ...(as === undefined ? {} : { mapping: mappingNamed(as) }),
    ...(now === undefined ? {} : { now: readInstant(now) }),
  });
}

/** A database is asked where it is. */
function refuseDatabase(path: string): void {
  const url = logUrl(path);
  if (url === undefined) return;
  throw new ComplianceError("unsupported-source", `expected files to import, got ${url.name}`, {
    hint: "Reports read a database where it is; nothing has to be imported.",
  });
}
