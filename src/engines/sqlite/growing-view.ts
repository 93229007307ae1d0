// An audit database, as it was when it was opened, read from one row number to another.

import { toEvidence } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { EntryReference } from "../fold/accumulator.ts";
import { columnsOf } from "../fold/fold.ts";
import type { GrowingView } from "../growing.ts";
import type { AuditDatabase } from "./fold-rows.ts";
import { inputsOf } from "./input.ts";
import { readRange } from "./read-range.ts";
import type { RowRange } from "./table.ts";

/** @param lookUp finds rows by their numbers */
export function growingView(
  { reader, table, path }: AuditDatabase,
  lookUp: (references: ReadonlySet<EntryReference>) => ReadonlyMap<number, AuditEntry>,
  signal: AbortSignal | undefined,
): GrowingView {
  const { range, columns: recordable, missingAtEnd, tenure } = table;
  const count = ({ first, last }: RowRange): number => {
    const sql = "SELECT count(*) FROM audit_log WHERE rowid BETWEEN ? AND ?";
    const [[rows] = []] = [...reader.rows(sql, [first, last])];
    return rows as number;
  };
  return {
    rows: range === undefined ? 0 : count(range),
    ...(range === undefined ? {} : { range }),
    count: async (rows) => count(rows),
    read: (question, rows, sink, onRows) =>
      readRange(reader, table, columnsOf(question), rows, sink, { shift: 0, onRows, signal }),
    async resolve(references) {
      const entries = lookUp(references);
      return (reference) =>
        toEvidence(entries.get(reference as number) ?? { id: reference as number });
    },
    surroundings: async (rows) => ({
      inputs: await inputsOf(path, range, signal),
      recordable,
      ...(missingAtEnd === undefined ? {} : { missingAtEnd: Math.max(0, missingAtEnd) }),
      ...(tenure === undefined ? {} : { tenure: { ...tenure, rows } }),
    }),
    close: async () => undefined,
  };
}
