// The silences that a report's tests found, as stretches of time.

import type { Gap } from "../../model/observation.ts";
import { fieldText } from "../../model/audit-entry.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { timeOf } from "./bins.ts";
import type { Stretch } from "./bins.ts";

/** Listed silences of all findings and tests, each once, in order of time; those without readable times are left out. */
export function silencesOf({ findings, weighted }: ComplianceReport): Stretch[] {
  const gaps = [...findings, ...(weighted?.tests ?? [])].flatMap((found) => found.gaps ?? []);
  const stretches = new Map<string, Stretch>();
  for (const stretch of stretchesOf(gaps)) {
    stretches.set(`${stretch.from} ${stretch.to}`, stretch);
  }
  return [...stretches.values()].sort((one, other) => one.from - other.from || one.to - other.to);
}

/** The readable ones of these. */
export function stretchesOf(gaps: readonly Gap[]): Stretch[] {
  return gaps.flatMap(({ from, to }) => {
    const start = timeOf(fieldText(from.timestamp));
    const end = timeOf(fieldText(to.timestamp));
    return start < end ? [{ from: start, to: end }] : [];
  });
}
