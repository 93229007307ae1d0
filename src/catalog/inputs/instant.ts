// Times that a user writes: a date, or a time with or without an offset.

import { ComplianceError } from "../../model/error.ts";
import type { Instant } from "../../model/instant.ts";
import { inclusivePeriod, readInstant } from "../../model/period.ts";
import type { Path, YamlFile } from "../yaml-file.ts";

/** Says why a text is refused, at its own place. */
export type Refuse = (reason: string, hint?: string) => ComplianceError;

/**
 * The time at a path; of a date, its first moment in UTC.
 *
 * @throws ComplianceError `invalid-catalog` when it is none
 */
export function instantAt(yaml: YamlFile, path: Path, text: string): Instant {
  return timeOf(
    () => readInstant(text),
    (reason, hint) => yaml.refuse(path, reason, { hint }),
  );
}

/**
 * A span between two times, both included; without an end it is open. A date stands for the
 * whole day.
 *
 * @throws what `refuse` gives when one is no time, or the end lies before the start
 */
export function spanOf(
  from: string,
  to: string | undefined,
  refuse: { readonly from: Refuse; readonly to: Refuse },
): { readonly from: Instant; readonly to?: Instant } {
  const start = timeOf(() => readInstant(from), refuse.from);
  if (to === undefined) return { from: start };
  const end = timeOf(() => inclusivePeriod(undefined, to).end ?? Number.NaN, refuse.to) - 1;
  if (end < start) {
    throw refuse.to(`the end ${JSON.stringify(to)} lies before the start ${JSON.stringify(from)}`);
  }
  return { from: start, to: end };
}

function timeOf(read: () => Instant, refuse: Refuse): Instant {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ComplianceError) || error.code !== "invalid-period") throw error;
    throw refuse(error.message, error.hint);
  }
}
