// Imports logs with progress, and stops when it is asked to.

import { importLogs } from "../../../index.ts";
import type { ImportResult } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { noteSkipped, readOptions } from "../../log-input.ts";
import type { ReadFlags } from "../../log-input.ts";
import { progressLine } from "../../progress.ts";
import { jsonDocument, shown } from "../../shown.ts";
import { stoppable } from "../../stop.ts";
import { note, print } from "../../streams.ts";

export interface ImportFlags extends ReadFlags {
  readonly to: string;
  readonly strict?: true | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** @throws ComplianceError whatever keeps the logs from being read or the ledger from being written */
export function runImport(logs: readonly string[], flags: ImportFlags): Promise<ExitCode> {
  return stoppable((signal) => importWhole(logs, flags, signal));
}

async function importWhole(
  logs: readonly string[],
  flags: ImportFlags,
  signal: AbortSignal,
): Promise<ExitCode> {
  const progress = progressLine(flags.quiet === true);
  let result: ImportResult;
  try {
    result = await importLogs(logs, {
      ...readOptions(flags),
      to: flags.to,
      signal,
      onProgress: ({ done, total, entries }) =>
        progress.report({
          unit: "bytes",
          done,
          entries,
          ...(total === undefined ? {} : { total }),
        }),
      onSkipped: noteSkipped(flags.quiet === true),
    });
  } finally {
    progress.clear();
  }
  if (result.outcome === "stopped") {
    note(
      `stopped: ${result.entries} entries are kept in ${result.folder}; the same command goes on`,
    );
    return EXIT.stopped;
  }
  const { manifest } = result;
  await print(flags.json === true ? jsonDocument(manifest) : summary(result));
  return flags.strict === true && manifest.counts.rejected > 0 ? EXIT.input : EXIT.fine;
}

function summary({
  outcome,
  folder,
  manifest,
  resumedFrom,
}: Exclude<ImportResult, { outcome: "stopped" }>): string {
  const { read, accepted, rejected, duplicate } = manifest.counts;
  const lines = [
    outcome === "already-complete"
      ? `${folder} holds this import already`
      : `${folder}: written${resumedFrom === 0 ? "" : `, going on from entry ${resumedFrom}`}`,
    `${read} read = ${accepted} accepted + ${rejected} rejected + ${duplicate} duplicate`,
    ...(rejected === 0 ? [] : [`rejected records are in ${folder}/rejected.jsonl`]),
    ...(duplicate === 0 ? [] : [`duplicates are named in ${folder}/duplicates.jsonl`]),
    ...manifest.mappings.map(({ id, version }) => `mapping ${id}, version ${version}`),
  ];
  return lines.map((line) => `${shown(line)}\n`).join("");
}
