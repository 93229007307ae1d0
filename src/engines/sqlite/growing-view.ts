// An audit database, as it was when it was opened, read from one row number to another.

import { toEvidence } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { EntryReference } from "../fold/accumulator.ts";
import { columnsOf } from "../fold/fold.ts";
import type { GrowingView } from "../growing.ts";
import type { AuditDatabase } from "./fold-rows.ts";
import { inputsUndigested } from "./input.ts";
import { readRange } from "./read-range.ts";
import type { RowRange } from "./table.ts";

/** @param lookUp finds rows by their numbers */
export function growingView(
  { reader, table, path }: AuditDatabase,
  lookUp: (references: ReadonlySet<EntryReference>) => ReadonlyMap<number, AuditEntry>,
  signal: AbortSignal | undefined,
): GrowingView {
  const { range, columns: recordable, missingAtEnd, tenure } = table;
  const counted = (where: string, bounds: readonly number[]): number => {
    const [[found] = []] = [...reader.rows(`SELECT count(*) FROM audit_log ${where}`, bounds)];
    return found as number;
  };
  // All rows are counted in the smallest index, those of a range only in the table itself.
  const rows = range === undefined ? 0 : counted("", []);
  const count = ({ first, last }: RowRange): number =>
    range !== undefined && first <= range.first
      ? rows - counted("WHERE rowid > ?", [last])
      : counted("WHERE rowid BETWEEN ? AND ?", [first, last]);
  return {
    rows,
    ...(range === undefined ? {} : { range }),
    count: async (some) => count(some),
    read: (question, some, sink, onRows) =>
      readRange(reader, table, columnsOf(question), some, sink, { shift: 0, onRows, signal }),
    async resolve(references) {
      const entries = lookUp(references);
      return (reference) =>
        toEvidence(entries.get(reference as number) ?? { id: reference as number });
    },
    surroundings: async (entries) => ({
      inputs: await inputsUndigested(path, range),
      recordable,
      ...(missingAtEnd === undefined ? {} : { missingAtEnd: Math.max(0, missingAtEnd) }),
      ...(tenure === undefined ? {} : { tenure: { ...tenure, rows: entries } }),
    }),
    close: async () => undefined,
  };
}
