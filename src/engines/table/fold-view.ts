// Hands the rows of one view of a table to a fold.

import { ENTRY_FIELD_NAMES, isRecorded } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { Question } from "../engine.ts";
import { columnsOf, fold } from "../fold/fold.ts";
import type { Fold } from "../fold/fold.ts";
import type { EntrySink } from "../growing.ts";
import type { Placing } from "./placing.ts";
import { rowsIn } from "./table-rows.ts";
import type { OpenView } from "./table-rows.ts";

/**
 * @param onRows told now and then how many more rows were read
 * @throws ComplianceError as {@link rowsIn}; the signal's reason
 */
export async function foldView(
  open: OpenView,
  question: Question,
  { base, shift }: Placing,
  onRows: (rows: number) => void,
): Promise<Fold> {
  const running = fold(question, base + 1);
  await stepRows(open, question, { sink: running, shift }, onRows);
  return running;
}

/** Hands all rows of the view to a sink, whose references are the order numbers with a shift. */
export async function stepRows(
  open: OpenView,
  question: Question,
  { sink, shift }: { readonly sink: EntrySink; readonly shift: number },
  onRows: (rows: number) => void,
): Promise<void> {
  const columns = columnsOf(question);
  const width = columns.length;
  const values: unknown[] = Array.from({ length: width });
  const bits = columns.map((column) => 1 << ENTRY_FIELD_NAMES.indexOf(column));
  for await (const batch of rowsIn(open, columns, onRows)) {
    for (const row of batch) {
      let recorded = row[width + 1] as number;
      for (let slot = 0; slot < width; slot += 1) {
        const value = row[slot + 1];
        values[slot] = value;
        if (value === null || value === "") continue;
        if (typeof value === "string" || isRecorded(columns[slot] as EntryField, value)) {
          recorded |= bits[slot] as number;
        }
      }
      sink.step(values, (row[0] as number) + shift, recorded);
    }
  }
}
