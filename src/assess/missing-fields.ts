// Which fields questions read that this log does not record.

import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { Measure } from "../model/measure.ts";
import type { LogPopulation } from "../model/population.ts";

/**
 * In the fields' order; empty when all of the measures can be answered. Of fields that serve
 * alike, where the log records none, the measure's first stands for all.
 */
export function missingFields(
  measures: readonly Measure[],
  { recordable }: Pick<LogPopulation, "recordable">,
): EntryField[] {
  const missing = new Set<EntryField>();
  for (const { fields, anyFields = [] } of measures) {
    for (const field of fields) if (!recordable.includes(field)) missing.add(field);
    for (const alike of anyFields) {
      const [first] = alike;
      if (first === undefined || alike.some((field) => recordable.includes(field))) continue;
      missing.add(first);
    }
  }
  return ENTRY_FIELD_NAMES.filter((field) => missing.has(field));
}
