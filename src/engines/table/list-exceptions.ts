// Lists exceptions row by row, in one view of a table.

import type { ListedException, ObserveOptions, Question } from "../engine.ts";
import { NOTHING_LATE, lateQuestion } from "../fold/late.ts";
import type { KnownLate } from "../fold/late.ts";
import { listing } from "../fold/listing.ts";
import { foldView } from "./fold-view.ts";
import { ALONE } from "./placing.ts";
import type { Placing } from "./placing.ts";
import { rowsIn } from "./table-rows.ts";
import type { OpenView } from "./table-rows.ts";
import { rowProgress } from "../progress/row-progress.ts";

/** Reads the rows, and before that once more where only the end tells what is an exception. */
export async function* listExceptions(
  open: OpenView,
  question: Question,
  { onProgress }: ObserveOptions,
): AsyncGenerator<ListedException, void, undefined> {
  const late = lateQuestion(question);
  const onRows = rowProgress(open.view.rows * (late === undefined ? 1 : 2), onProgress);
  const known =
    late === undefined ? NOTHING_LATE : (await foldView(open, late, ALONE, onRows)).late();
  yield* listRows(open, question, known, { ...ALONE, onRows });
}

/** How rows are listed. */
export interface ListOptions extends Placing {
  /** Told now and then how many more rows were read. */
  readonly onRows: (rows: number) => void;
}

/**
 * Reads the rows once and lists those that are exceptions.
 *
 * @param known of the places that the shift makes of order numbers
 */
export async function* listRows(
  open: OpenView,
  question: Question,
  known: KnownLate,
  { shift, onRows }: ListOptions,
): AsyncGenerator<ListedException, void, undefined> {
  const { columns, ...listed } = listing(question, known);
  for await (const batch of rowsIn(open, columns, onRows)) {
    for (const row of batch) {
      const values = row.slice(1);
      const measures = listed.step(values, (row[0] as number) + shift);
      if (measures.length === 0) continue;
      const entry = listed.evidence(values);
      for (const measure of measures) yield { measure, entry };
    }
  }
}
