// Hours, days and months in UTC, and which of them make up a period.

import type { Instant } from "../../model/instant.ts";
import { hourOf } from "../fold/hours.ts";

/** A stretch of time with one state. */
export interface Span {
  readonly unit: "hour" | "day" | "month" | "log";
  /**
   * Its first hour, since 1970 in UTC. Null for entries without a readable time, which are kept
   * as an hour, and for what concerns the log as a whole.
   */
  readonly start: number | null;
}

/** What concerns the log as a whole. */
export const WHOLE_LOG: Span = { unit: "log", start: null };

const HOURS_A_DAY = 24;
const MILLISECONDS_AN_HOUR = 3_600_000;

export function hourSpan(hour: number | null): Span {
  return { unit: "hour", start: hour };
}

/** The day that an hour lies in. */
export function dayOf(hour: number): Span {
  return { unit: "day", start: Math.floor(hour / HOURS_A_DAY) * HOURS_A_DAY };
}

/** The month that an hour lies in. */
export function monthOf(hour: number): Span {
  const date = new Date(hour * MILLISECONDS_AN_HOUR);
  return { unit: "month", start: firstHour(date.getUTCFullYear(), date.getUTCMonth()) };
}

/** The hour behind the last one of a span. */
export function endOf({ unit, start }: Span): number {
  if (start === null || unit === "log") return Number.POSITIVE_INFINITY;
  if (unit === "hour") return start + 1;
  if (unit === "day") return start + HOURS_A_DAY;
  const date = new Date(start * MILLISECONDS_AN_HOUR);
  return firstHour(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

function firstHour(year: number, month: number): number {
  return Math.floor(Date.UTC(year, month, 1) / MILLISECONDS_AN_HOUR);
}

/** Hours that a period begins and ends with; the end is not in it. */
export interface HourBounds {
  readonly from: number;
  readonly to: number;
}

/** @param period whose bounds are whole hours */
export function hourBounds({
  start,
  end,
}: {
  readonly start?: Instant;
  readonly end?: Instant;
}): HourBounds {
  return {
    from: start === undefined ? Number.NEGATIVE_INFINITY : hourOf(start),
    to: end === undefined ? Number.POSITIVE_INFINITY : hourOf(end),
  };
}

/**
 * The fewest spans that hold what lies within the bounds.
 *
 * @param list spans of a unit that begin within bounds
 */
export function spansWithin(
  { from, to }: HourBounds,
  list: (unit: Span["unit"], bounds: HourBounds) => readonly Span[],
): readonly Span[] {
  const chosen: Span[] = [];
  let open: HourBounds[] = [{ from, to }];
  for (const unit of ["month", "day", "hour"] as const) {
    const left: HourBounds[] = [];
    for (const bounds of open) {
      const whole = list(unit, bounds).filter((span) => endOf(span) <= bounds.to);
      chosen.push(...whole);
      let at = bounds.from;
      for (const span of whole) {
        if (span.start !== null && span.start > at) left.push({ from: at, to: span.start });
        at = endOf(span);
      }
      if (at < bounds.to) left.push({ from: at, to: bounds.to });
    }
    open = left;
  }
  return chosen;
}
