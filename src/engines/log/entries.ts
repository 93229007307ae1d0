// Lists the entries of a selection while the log is read.

import type { IntakePlan } from "../../intake/plan.ts";
import type { Origin } from "../../intake/sink.ts";
import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { EntrySelection } from "../engine.ts";
import { selectionTest } from "../fold/selection.ts";
import { foundWhileReading } from "./found-while-reading.ts";

/**
 * The entries of the plan's inputs that a selection asks for, in the log's order.
 *
 * @throws ComplianceError as the intake does; the signal's reason when it was aborted
 */
export async function* listEntries(
  plan: IntakePlan,
  selection: EntrySelection,
  signal?: AbortSignal,
): AsyncGenerator<AuditEntry> {
  const isSelected = selectionTest(selection);
  yield* foundWhileReading<AuditEntry>(
    plan,
    (found) => ({
      accept(values, origin) {
        if (isSelected(values)) found(wholeEntry(values, origin));
      },
      duplicate() {},
      refuse() {},
    }),
    undefined,
    signal,
  );
}

function wholeEntry(values: readonly unknown[], { file, line }: Origin): AuditEntry {
  const entry: Record<string, unknown> = {};
  for (const [slot, field] of ENTRY_FIELD_NAMES.entries()) {
    if (values[slot] !== undefined) entry[field] = values[slot];
  }
  entry["source"] = `${file}:${line}`;
  return entry;
}
