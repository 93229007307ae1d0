// The options that name times, as the instants they mean.

import { ComplianceError, inclusivePeriod, namedPeriod, readInstant } from "../index.ts";
import type { Period } from "../index.ts";
import { naming } from "./naming.ts";

export interface PeriodFlags {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly period?: string | undefined;
}

/**
 * @param now the instant that `last-90d` counts from, in microseconds
 * @throws ComplianceError `invalid-period`; `invalid-option` when both ways of naming it are used
 */
export function readPeriod({ from, to, period }: PeriodFlags, now: number): Period {
  if (period === undefined) {
    if (from !== undefined) naming("--from", () => readInstant(from));
    if (to !== undefined) naming("--to", () => readInstant(to));
    return inclusivePeriod(from, to);
  }
  if (from !== undefined || to !== undefined) {
    throw new ComplianceError(
      "invalid-option",
      "expected --period, or --from and --to, but both were given",
      { hint: "Leave out one of them." },
    );
  }
  return naming("--period", () => namedPeriod(period, now));
}

/** The time that --now names, in microseconds; the current time when it is absent. */
export function readNow(now: string | undefined): number {
  return now === undefined ? readInstant(new Date()) : naming("--now", () => readInstant(now));
}
