// A ledger: the entries of foreign logs as `import` wrote them. DuckDB reads the columns that
// are asked for, and the fold answers, so a report through a ledger is the report of the logs.

import { openDuckDb } from "../duckdb/open.ts";
import type { DuckDb } from "../duckdb/open.ts";
import type { LedgerColumn } from "../ledger/layout.ts";
import type { LedgerManifest } from "../ledger/manifest.ts";
import { ENTRY_FIELDS, ENTRY_FIELD_NAMES, toEvidence } from "../model/audit-entry.ts";
import type { AuditEntry } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type { LogInput } from "../model/population.ts";
import type { Answer, Engine, EntrySelection, ObserveOptions, Question } from "./engine.ts";
import { selectionTest } from "./fold/selection.ts";
import { checkLedger } from "./ledger/checked-ledger.ts";
import type { CheckedLedger } from "./ledger/checked-ledger.ts";
import { foldLedger, told } from "./ledger/fold-ledger.ts";
import type { LedgerOptions } from "./ledger/fold-ledger.ts";
import { exactTexts } from "./ledger/ill-formed.ts";
import { jsonValue } from "./ledger/json-value.ts";
import { listExceptions } from "./ledger/list-exceptions.ts";
import { lookUp } from "./ledger/look-up.ts";
import { cellsOf, readColumns } from "./ledger/read-columns.ts";

export type { LedgerOptions } from "./ledger/fold-ledger.ts";

/**
 * Opens a ledger. Every file of it is digested and held against the manifest first; the folder
 * is never changed.
 *
 * @param folder that `import` wrote
 * @throws ComplianceError `unreadable-source` when a file is missing or not what the manifest
 *   says, `unsupported-source` when it is no ledger, `missing-package` without DuckDB
 */
export async function ledger(folder: string, options: LedgerOptions = {}): Promise<Engine> {
  const checked = await checkLedger(folder);
  const duckdb = await openDuckDb({ path: checked.folder });
  let closed = false;
  const open = (): DuckDb => {
    if (closed) throw new ComplianceError("closed", "this engine was closed");
    return duckdb;
  };
  return {
    observe: async (question, observing) => observe(open(), checked, options, question, observing),
    exceptions: async function* exceptions(question, observing) {
      yield* listExceptions(open(), checked, options, question, observing);
    },
    entries: async function* entries(selection) {
      yield* select(open(), checked.manifest, selection);
    },
    close: async () => {
      closed = true;
      await duckdb.close();
    },
  };
}

async function observe(
  duckdb: DuckDb,
  checked: CheckedLedger,
  options: LedgerOptions,
  question: Question,
  { onProgress }: ObserveOptions = {},
): Promise<Answer> {
  const { manifest, sha256 } = checked;
  const running = await foldLedger(
    duckdb,
    checked,
    options,
    question,
    told(checked, 1, onProgress),
  );
  const shown = new Set([...running.references()] as number[]);
  for (const { pointer } of running.state.population.unreadableFirst) {
    if (typeof pointer !== "string") shown.add(pointer.line);
  }
  const located = await lookUp(duckdb, manifest.parts, shown);
  const { population, ...found } = running.finish(
    (reference) => {
      const { entry = {}, source = "" } = located.get(reference as number) ?? {};
      return { ...toEvidence(entry), source };
    },
    ({ line }) => located.get(line)?.source ?? `#${line}`,
  );
  const { recordable } = manifest;
  return {
    population: {
      ...population,
      inputs: manifest.inputs.map((input) => throughLedger(input, sha256)),
      recordable,
      recorded: new Map(recordable.map((field) => [field, population.recorded.get(field) ?? 0])),
      intake: manifest.intake,
    },
    ...found,
  };
}

function throughLedger(input: LogInput, sha256: string): LogInput {
  const through = `through a ledger, manifest SHA-256 ${sha256}`;
  return { ...input, query: input.query === undefined ? through : `${input.query}, ${through}` };
}

async function* select(
  duckdb: DuckDb,
  { parts }: LedgerManifest,
  selection: EntrySelection,
): AsyncGenerator<AuditEntry> {
  const isSelected = selectionTest(selection);
  const columns: LedgerColumn[] = [
    ...ENTRY_FIELD_NAMES,
    "id_number",
    "present",
    "ill_formed",
    "source_file",
    "source_line",
    "ordinal",
  ];
  for await (const batch of readColumns(duckdb, parts, columns)) {
    const cells = ENTRY_FIELD_NAMES.map((field) => cellsOf(batch, field));
    const [present, illFormed, files, lines] = (
      ["present", "ill_formed", "source_file", "source_line"] as const
    ).map((column) => cellsOf(batch, column));
    for (let index = 0; index < (present?.length ?? 0); index += 1) {
      const exact = exactTexts(illFormed?.[index]);
      const row = ENTRY_FIELD_NAMES.map((field, slot) => {
        const cell = exact[field] ?? cells[slot]?.[index];
        return ENTRY_FIELDS[field] === "json" ? jsonValue(cell) : cell;
      });
      if (!isSelected(row)) continue;
      const entry: Record<string, unknown> = {};
      for (const [slot, field] of ENTRY_FIELD_NAMES.entries()) {
        if ((Number(present?.[index]) & (1 << slot)) !== 0) entry[field] = row[slot];
      }
      entry["source"] = `${String(files?.[index])}:${String(lines?.[index])}`;
      yield entry;
    }
  }
}
