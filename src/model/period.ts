// The span under review. Inside it is half-open and in UTC; at the door, where the
// documented interface includes both bounds, they are translated once.

import { ComplianceError } from "./error.ts";
import { MICROSECONDS_PER_SECOND, formatInstant, parseInstant } from "./instant.ts";
import type { Instant } from "./instant.ts";

/** Half-open: `start <= t < end`. A missing bound leaves that side open. */
export interface Period {
  readonly start?: Instant;
  readonly end?: Instant;
}

/** Whether a period bounds anything at all. */
export function isBounded(period: Period): boolean {
  return period.start !== undefined || period.end !== undefined;
}

/**
 * A point in time from outside: a `Date`, or ISO 8601 text (`2026-03-31`,
 * `2026-03-31T17:00:00.5+02:00`; UTC where no offset is written).
 */
export type TimeInput = Date | string;

/**
 * The period between two bounds that are both included. A date without a time stands for
 * the whole day.
 *
 * @throws ComplianceError `invalid-period` when a bound is no time or the end lies before the start
 */
export function inclusivePeriod(
  from: TimeInput | null | undefined,
  to: TimeInput | null | undefined,
): Period {
  const start = from === undefined || from === null ? undefined : readBound(from, "start");
  const last = to === undefined || to === null ? undefined : readBound(to, "end");
  if (start !== undefined && last !== undefined && last < start) {
    throw new ComplianceError(
      "invalid-period",
      `the period ends at ${formatInstant(last)}, before it starts at ${formatInstant(start)}`,
      { hint: "Exchange the bounds." },
    );
  }
  return {
    ...(start === undefined ? {} : { start }),
    ...(last === undefined ? {} : { end: last + 1 }),
  };
}

/**
 * An instant from outside, in microseconds.
 *
 * @throws ComplianceError `invalid-period` when it is none
 */
export function readInstant(input: TimeInput): Instant {
  return readBound(input, "start");
}

const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const DAY = 86_400 * MICROSECONDS_PER_SECOND;

function readBound(input: TimeInput, side: "start" | "end"): Instant {
  const whole = typeof input === "string" && DATE_ONLY.test(input);
  let instant = Number.NaN;
  if (input instanceof Date) instant = fromDate(input);
  else if (whole) instant = parseInstant(`${input}T00:00:00Z`);
  else if (typeof input === "string") instant = parseInstant(input);
  if (Number.isNaN(instant)) {
    const shown = input instanceof Date ? "an invalid Date" : JSON.stringify(input);
    throw new ComplianceError("invalid-period", `expected a time, but got ${shown}`, {
      hint: "Write 2026-03-31 or 2026-03-31T17:00:00Z; without an offset it is UTC.",
    });
  }
  return whole && side === "end" ? instant + DAY - 1 : instant;
}

/** NaN for a date whose year has not four digits: it could not be written in a report. */
function fromDate(date: Date): number {
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999 ? date.getTime() * 1000 : Number.NaN;
}

const QUARTER = /^(\d{4})-Q([1-4])$/i;
const MONTH = /^(\d{4})-(\d{2})$/;
const YEAR = /^(\d{4})$/;
const LAST_DAYS = /^last-(\d{1,5})d$/i;

/**
 * A named period: `2026`, `2026-Q1`, `2026-03`, `2026-03-14`, or `last-90d`, which is the 90
 * whole days (UTC) before the day of `now`.
 *
 * @throws ComplianceError `invalid-period` when the text names none
 */
export function namedPeriod(text: string, now: Instant): Period {
  const quarter = QUARTER.exec(text);
  if (quarter !== null) return months(text, Number(quarter[1]), Number(quarter[2]) * 3 - 3, 3);
  const month = MONTH.exec(text);
  if (month !== null && Number(month[2]) >= 1 && Number(month[2]) <= 12) {
    return months(text, Number(month[1]), Number(month[2]) - 1, 1);
  }
  const year = YEAR.exec(text);
  if (year !== null) return months(text, Number(year[1]), 0, 12);
  if (DATE_ONLY.test(text)) return inclusivePeriod(text, text);
  const days = LAST_DAYS.exec(text);
  if (days !== null && Number(days[1]) > 0) {
    const end = Math.floor(now / DAY) * DAY;
    return { start: end - Number(days[1]) * DAY, end };
  }
  throw unknownPeriod(text);
}

function months(text: string, year: number, month: number, length: number): Period {
  if (year < 1900 || year > 2198) throw unknownPeriod(text);
  return {
    start: Date.UTC(year, month, 1) * 1000,
    end: Date.UTC(year, month + length, 1) * 1000,
  };
}

function unknownPeriod(text: string): ComplianceError {
  return new ComplianceError(
    "invalid-period",
    `expected a period, but got ${JSON.stringify(text)}`,
    {
      hint: "Write 2026, 2026-Q1, 2026-03, 2026-03-14 or last-90d.",
    },
  );
}
