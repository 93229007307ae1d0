// One view of a table that can be read from one order number to another.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { GrowingView } from "../growing.ts";
import { selectCount } from "../sql/select.ts";
import { stepRows } from "./fold-view.ts";
import { lookUp } from "./look-up.ts";
import { ALONE } from "./placing.ts";
import type { OpenView } from "./table-rows.ts";

/** @param close ends the view */
export function growingView(open: OpenView, close: () => Promise<void>): GrowingView {
  const { table, view, signal } = open;
  const count: GrowingView["count"] = async (range) => {
    let rows = 0;
    for await (const batch of view.read(selectCount(table, range), signal)) {
      for (const [counted] of batch) rows += counted as number;
    }
    return rows;
  };
  return {
    rows: view.rows,
    ...(view.range === undefined ? {} : { range: view.range }),
    count,
    async read(question, range, sink, onRows) {
      const part = {
        rows: await count(range),
        range,
        input: view.input,
        read: view.read.bind(view),
        close: view.close.bind(view),
      };
      await stepRows({ ...open, view: part }, question, { sink, shift: 0 }, onRows);
    },
    resolve: (references) => lookUp(open, references, ALONE),
    surroundings: async () => ({
      inputs: [view.input],
      recordable: ENTRY_FIELD_NAMES.filter((field) => table.columns.has(field)),
    }),
    close,
  };
}
