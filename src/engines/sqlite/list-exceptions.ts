// Lists exceptions row by row.

import type { ListedException, ObserveOptions, Question } from "../engine.ts";
import { NOTHING_LATE, lateQuestion } from "../fold/late.ts";
import { listing } from "../fold/listing.ts";
import { foldRows, spanOf, told } from "./fold-rows.ts";
import type { AuditDatabase } from "./fold-rows.ts";
import { PROGRESS_EVERY, rowIdSlotOf, rowsOf } from "./read-range.ts";

/** Reads the rows once more, and before that once where only the end tells what is an exception. */
export async function* listExceptions(
  database: AuditDatabase,
  question: Question,
  { onProgress }: ObserveOptions = {},
): AsyncGenerator<ListedException> {
  const { reader, table } = database;
  const { range } = table;
  if (range === undefined) return;
  const late = lateQuestion(question);
  const onRows = told(spanOf(table) * (late === undefined ? 1 : 2), onProgress);
  const known = late === undefined ? NOTHING_LATE : (await foldRows(database, late, onRows)).late();
  const { columns, ...listed } = listing(question, known);
  const rowIdSlot = rowIdSlotOf(table, columns);
  let rows = 0;
  for (const batch of rowsOf(reader, table, columns, range)) {
    for (const row of batch) {
      const measures = listed.step(row, row[rowIdSlot] as number);
      if (measures.length === 0) continue;
      const entry = listed.evidence(row);
      for (const measure of measures) yield { measure, entry };
    }
    rows += batch.length;
    if (rows < PROGRESS_EVERY) continue;
    onRows(rows);
    rows = 0;
  }
  onRows(rows);
}
