// Lists exceptions entry by entry.

import type { DuckDb } from "../../duckdb/open.ts";
import type { ListedException, ObserveOptions, Question } from "../engine.ts";
import { NOTHING_LATE, lateQuestion } from "../fold/late.ts";
import type { KnownLate } from "../fold/late.ts";
import { listing } from "../fold/listing.ts";
import { pause } from "../stopping/pause.ts";
import type { CheckedLedger } from "./checked-ledger.ts";
import { entryRows } from "./entry-rows.ts";
import { foldLedger, ledgerProgress } from "./fold-ledger.ts";
import type { LedgerOptions } from "./fold-ledger.ts";
import type { RangeOptions } from "./fold-range.ts";
import { interrupting, interruptingEach } from "./interrupting.ts";
import type { SharedDuckDb } from "./interrupting.ts";

/** Reads the entries once more, and before that once where only the end tells what is an exception. */
export async function* listExceptions(
  shared: SharedDuckDb,
  checked: CheckedLedger,
  options: LedgerOptions,
  question: Question,
  { onProgress, signal }: ObserveOptions = {},
): AsyncGenerator<ListedException> {
  const late = lateQuestion(question);
  const onRows = ledgerProgress(checked, late === undefined ? 1 : 2, onProgress);
  const reading = { ...options, base: 0, onRows, signal };
  const known =
    late === undefined
      ? NOTHING_LATE
      : await interrupting(shared, signal, async () =>
          (await foldLedger(shared.duckdb, checked, late, reading)).late(),
        );
  yield* listEntries(shared, checked, question, known, reading);
}

/**
 * Reads the entries and lists those that are exceptions.
 *
 * @param known of places behind the base
 * @throws the signal's reason when it was aborted
 */
export function listEntries(
  shared: SharedDuckDb,
  checked: CheckedLedger,
  question: Question,
  known: KnownLate,
  options: RangeOptions,
): AsyncGenerator<ListedException> {
  const listed = listedEntries(shared.duckdb, checked, question, known, options);
  return interruptingEach(shared, options.signal, listed);
}

async function* listedEntries(
  duckdb: DuckDb,
  { manifest: { parts, ill_formed } }: CheckedLedger,
  question: Question,
  known: KnownLate,
  { base, onRows, signal }: RangeOptions,
): AsyncGenerator<ListedException> {
  const { columns, ...listed } = listing(question, known);
  const range = { parts, illFormed: ill_formed > 0 };
  const places = ["source_file", "source_line"] as const;
  for await (const rows of entryRows(duckdb, range, columns, question, places)) {
    const [files = [], lines = []] = places.map((column) => rows.cells(column));
    for (const [index, ordinal] of rows.ordinals.entries()) {
      const row = rows.row(index);
      const measures = listed.step(row, base + ordinal);
      if (measures.length === 0) continue;
      const source = `${String(files[index])}:${String(lines[index])}`;
      const entry = { ...listed.evidence(row), source };
      for (const measure of measures) yield { measure, entry };
    }
    onRows(rows.length);
    await pause(signal);
  }
}
