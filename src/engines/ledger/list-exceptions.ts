// Lists exceptions entry by entry.

import type { DuckDb } from "../../duckdb/open.ts";
import type { ListedException, ObserveOptions, Question } from "../engine.ts";
import { NOTHING_LATE, lateQuestion } from "../fold/late.ts";
import { listing } from "../fold/listing.ts";
import type { CheckedLedger } from "./checked-ledger.ts";
import { entryRows } from "./entry-rows.ts";
import { foldLedger, told } from "./fold-ledger.ts";
import type { LedgerOptions } from "./fold-ledger.ts";

/** Reads the entries once more, and before that once where only the end tells what is an exception. */
export async function* listExceptions(
  duckdb: DuckDb,
  checked: CheckedLedger,
  options: LedgerOptions,
  question: Question,
  { onProgress }: ObserveOptions = {},
): AsyncGenerator<ListedException> {
  const { parts, ill_formed } = checked.manifest;
  const late = lateQuestion(question);
  const onRows = told(checked, late === undefined ? 1 : 2, onProgress);
  const known =
    late === undefined
      ? NOTHING_LATE
      : (await foldLedger(duckdb, checked, options, late, onRows)).late();
  const { columns, ...listed } = listing(question, known);
  const range = { parts, illFormed: ill_formed > 0 };
  const places = ["source_file", "source_line"] as const;
  for await (const rows of entryRows(duckdb, range, columns, question, places)) {
    const [files = [], lines = []] = places.map((column) => rows.cells(column));
    for (const [index, ordinal] of rows.ordinals.entries()) {
      const row = rows.row(index);
      const measures = listed.step(row, ordinal);
      if (measures.length === 0) continue;
      const source = `${String(files[index])}:${String(lines[index])}`;
      const entry = { ...listed.evidence(row), source };
      for (const measure of measures) yield { measure, entry };
    }
    onRows(rows.length);
  }
}
