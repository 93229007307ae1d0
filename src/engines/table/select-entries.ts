// The entries of a selection: chosen by the database where its SQL can say what is asked, by
// the compiled expression where it cannot.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { EntrySelection } from "../engine.ts";
import { selectionTest } from "../fold/selection.ts";
import { selectMatching } from "../sql/select.ts";
import { entryOf } from "./look-up.ts";
import { rowsIn } from "./table-rows.ts";
import type { OpenView } from "./table-rows.ts";

/** Reads only what is selected, or everything. */
export async function* selectEntries(
  open: OpenView,
  selection: EntrySelection,
): AsyncGenerator<AuditEntry, void, undefined> {
  const { table, view } = open;
  if (view.range === undefined) return;
  const matching = selectMatching(table, selection);
  if (matching !== undefined) {
    for await (const batch of view.read(matching)) {
      for (const row of batch) yield entryOf(ENTRY_FIELD_NAMES, row);
    }
    return;
  }
  const isSelected = selectionTest(selection);
  for await (const batch of rowsIn(open, ENTRY_FIELD_NAMES)) {
    for (const row of batch) {
      if (isSelected(row.slice(1))) yield entryOf(ENTRY_FIELD_NAMES, row);
    }
  }
}
