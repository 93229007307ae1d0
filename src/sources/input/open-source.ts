// From a file to its records: picks the source of the file's kind and loads it.

import type { LogFile, LogFormat, Source, SourceItem, SourceOptions } from "../source.ts";

/**
 * The records of a file, in batches, in the file's order. Nothing is opened before the first
 * batch is asked for; a reader that stops early closes everything.
 *
 * @throws ComplianceError as {@link Source} says, at the first batch or later
 */
export async function* openSource(
  file: LogFile,
  options: SourceOptions = {},
): AsyncGenerator<readonly SourceItem[], void, undefined> {
  const { source } = await SOURCE_OF[file.format]();
  yield* source(file, options);
}

/** Kind of file -> its source. */
export const SOURCE_OF: Readonly<Record<LogFormat, () => Promise<{ readonly source: Source }>>> = {
  jsonl: () => import("../json-lines.ts"),
  json: () => import("../json.ts"),
  csv: () => import("../csv.ts"),
  tsv: () => import("../csv.ts"),
  parquet: () => import("../parquet.ts"),
  sqlite: () => import("../sqlite-table.ts"),
};
