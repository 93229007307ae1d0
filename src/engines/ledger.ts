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
import type { EntrySelection, ObserveOptions, Question } from "./engine.ts";
import { selectionTest } from "./fold/selection.ts";
import { checkLedger } from "./ledger/checked-ledger.ts";
import type { CheckedLedger } from "./ledger/checked-ledger.ts";
import { foldLedger, ledgerProgress } from "./ledger/fold-ledger.ts";
import type { LedgerOptions } from "./ledger/fold-ledger.ts";
import { exactTexts } from "./ledger/ill-formed.ts";
import { interrupting } from "./ledger/interrupting.ts";
import type { SharedDuckDb } from "./ledger/interrupting.ts";
import { jsonValue } from "./ledger/json-value.ts";
import { listEntries, listExceptions } from "./ledger/list-exceptions.ts";
import { lookUp } from "./ledger/look-up.ts";
import { cellsOf, readColumns } from "./ledger/read-columns.ts";
import { answerOf } from "./part.ts";
import type { FoldedPart, PartEngine } from "./part.ts";

export type { LedgerOptions } from "./ledger/fold-ledger.ts";

/**
 * Opens a ledger. Every file of it is digested and held against the manifest first; the folder
 * is never changed.
 *
 * @param folder that `import` wrote
 * @throws ComplianceError `unreadable-source` when a file is missing or not what the manifest
 *   says, `unsupported-source` when it is no ledger, `missing-package` without DuckDB
 */
export async function ledger(folder: string, options: LedgerOptions = {}): Promise<PartEngine> {
  const checked = await checkLedger(folder);
  const shared: SharedDuckDb = { duckdb: await openDuckDb({ path: checked.folder }), running: 0 };
  let closed = false;
  const open = (): SharedDuckDb => {
    if (closed) throw new ComplianceError("closed", "this engine was closed");
    return shared;
  };
  const foldPart: PartEngine["foldPart"] = async (question, base, observing) =>
    foldAll(open(), checked, options, question, base, observing);
  return {
    foldPart,
    observe: async (question, observing) => answerOf(await foldPart(question, 0, observing)),
    exceptions: async function* exceptions(question, observing) {
      yield* listExceptions(open(), checked, options, question, observing);
    },
    entries: async function* entries(selection, { signal } = {}) {
      yield* select(open().duckdb, checked.manifest, selection, signal);
    },
    close: async () => {
      closed = true;
      await shared.duckdb.close();
    },
  };
}

async function foldAll(
  shared: SharedDuckDb,
  checked: CheckedLedger,
  options: LedgerOptions,
  question: Question,
  base: number,
  { onProgress, signal }: ObserveOptions = {},
): Promise<FoldedPart> {
  const { duckdb } = shared;
  const { manifest, sha256 } = checked;
  const { running, pointed } = await interrupting(shared, signal, async () => {
    const onRows = ledgerProgress(checked, 1, onProgress);
    const folded = await foldLedger(duckdb, checked, question, {
      ...options,
      base,
      onRows,
      signal,
    });
    const unreadable = folded.state.population.unreadableFirst.flatMap(({ pointer }) =>
      typeof pointer === "string" ? [] : [pointer.line],
    );
    return {
      running: folded,
      pointed: await lookUp(duckdb, manifest.parts, new Set(unreadable)),
    };
  });
  const { recordable, intake, inputs } = manifest;
  return {
    running,
    surroundings: {
      inputs: inputs.map((input) => throughLedger(input, sha256)),
      recordable,
      intake,
    },
    async resolve(references) {
      const ordinals = ([...references] as number[]).map((reference) => reference - base);
      const located = await interrupting(shared, signal, () =>
        lookUp(duckdb, manifest.parts, new Set(ordinals)),
      );
      return (reference) => {
        const { entry = {}, source = "" } = located.get((reference as number) - base) ?? {};
        return { ...toEvidence(entry), source };
      };
    },
    textOf: ({ line }) => pointed.get(line)?.source ?? `#${line}`,
    exceptions: (asked, known, { onProgress: tell, signal: stop } = {}) => {
      const onRows = ledgerProgress(checked, 1, tell);
      return listEntries(shared, checked, asked, known, { base, onRows, signal: stop });
    },
  };
}

function throughLedger(input: LogInput, sha256: string): LogInput {
  return { ...input, through: { kind: "ledger", sha256 } };
}

async function* select(
  duckdb: DuckDb,
  { parts }: LedgerManifest,
  selection: EntrySelection,
  signal: AbortSignal | undefined,
): AsyncGenerator<AuditEntry> {
  signal?.throwIfAborted();
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
    signal?.throwIfAborted();
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
