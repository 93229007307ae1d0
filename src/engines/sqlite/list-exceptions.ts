// Lists exceptions row by row.

import type { ListedException, ObserveOptions, Question } from "../engine.ts";
import { NOTHING_LATE, lateQuestion } from "../fold/late.ts";
import type { KnownLate } from "../fold/late.ts";
import { listing } from "../fold/listing.ts";
import { PAUSE_EVERY, pause } from "../stopping/pause.ts";
import { foldRows, spanOf } from "./fold-rows.ts";
import type { AuditDatabase } from "./fold-rows.ts";
import { PROGRESS_EVERY, rowIdSlotOf, rowsOf } from "./read-range.ts";
import type { RowOptions } from "./read-range.ts";
import { rowProgress } from "../progress/row-progress.ts";

/** Reads the rows once more, and before that once where only the end tells what is an exception. */
export async function* listExceptions(
  database: AuditDatabase,
  question: Question,
  { onProgress, signal }: ObserveOptions = {},
): AsyncGenerator<ListedException> {
  const late = lateQuestion(question);
  const onRows = rowProgress(spanOf(database.table) * (late === undefined ? 1 : 2), onProgress);
  const options = { shift: 0, onRows, signal };
  const known =
    late === undefined ? NOTHING_LATE : (await foldRows(database, late, options)).late();
  yield* listRows(database, question, known, options);
}

/**
 * Reads the rows and lists those that are exceptions.
 *
 * @param known of the places that the shift makes of row numbers
 * @throws the signal's reason when it was aborted
 */
export async function* listRows(
  { reader, table }: AuditDatabase,
  question: Question,
  known: KnownLate,
  { shift, onRows, signal }: RowOptions,
): AsyncGenerator<ListedException> {
  const { range } = table;
  if (range === undefined) return;
  signal?.throwIfAborted();
  const { columns, ...listed } = listing(question, known);
  const rowIdSlot = rowIdSlotOf(table, columns);
  let rows = 0;
  let sincePause = 0;
  for (const batch of rowsOf(reader, table, columns, range)) {
    for (const row of batch) {
      const measures = listed.step(row, (row[rowIdSlot] as number) + shift);
      if (measures.length === 0) continue;
      const entry = listed.evidence(row);
      for (const measure of measures) yield { measure, entry };
    }
    rows += batch.length;
    sincePause += batch.length;
    if (rows >= PROGRESS_EVERY) {
      onRows(rows);
      rows = 0;
    }
    if (sincePause >= PAUSE_EVERY) {
      await pause(signal);
      sincePause = 0;
    }
  }
  onRows(rows);
}
