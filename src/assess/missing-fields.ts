// Which fields a criterion's questions read that this log does not record.

import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { Criterion } from "../model/framework.ts";
import type { Measure } from "../model/measure.ts";
import type { LogPopulation } from "../model/population.ts";

/** In the fields' order; empty when the criterion can be tested. */
export function missingFields(
  { measure, doubt }: Criterion,
  measures: ReadonlyMap<string, Measure>,
  { recordable }: LogPopulation,
): EntryField[] {
  const needed = new Set([
    ...(measures.get(measure)?.fields ?? []),
    ...(measures.get(doubt?.measure ?? "")?.fields ?? []),
  ]);
  return ENTRY_FIELD_NAMES.filter((field) => needed.has(field) && !recordable.includes(field));
}
