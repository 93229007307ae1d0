// Spans of activity merged until a chart has room for them. Everything is UTC; times are
// milliseconds since 1970.

import type { TimeParts, TimeUnit } from "../../languages/words/charts.ts";
import type { ActivityCounts } from "../../model/activity.ts";
import { parseInstant } from "../../model/instant.ts";
import type { ComplianceReport } from "../../model/report.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A stretch of time with what happened in it, also when that is nothing. */
export interface Bin extends ActivityCounts {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** The stretch of time that charts show. */
export interface Stretch {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** From the finest to the coarsest, with about how long each is. */
const UNITS: readonly (readonly [unit: TimeUnit, length: number])[] = [
  ["hour", HOUR],
  ["day", DAY],
  ["week", 7 * DAY],
  ["month", 30 * DAY],
  ["quarter", 91 * DAY],
  ["year", 365 * DAY],
  ["decade", 3652 * DAY],
];

const NOTHING: ActivityCounts = {
  entries: 0,
  auto: 0,
  approve: 0,
  block: 0,
  other: 0,
  elevated: 0,
  elevatedApproved: 0,
};

/** When a bin of the unit begins that holds this time. */
export function startOf(unit: TimeUnit, time: number): number {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (unit) {
    case "hour":
      return Math.floor(time / HOUR) * HOUR;
    case "day":
      return Math.floor(time / DAY) * DAY;
    case "week": {
      // 1970-01-01 was a Thursday.
      const day = Math.floor(time / DAY);
      return (day - ((((day + 3) % 7) + 7) % 7)) * DAY;
    }
    case "month":
      return Date.UTC(year, month);
    case "quarter":
      return Date.UTC(year, month - (month % 3));
    case "year":
      return Date.UTC(year, 0);
    case "decade":
      return Date.UTC(year - (year % 10), 0);
  }
}

/** When the bin ends that begins at a time. */
export function endOf(unit: TimeUnit, start: number): number {
  const date = new Date(start);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (unit) {
    case "hour":
      return start + HOUR;
    case "day":
      return start + DAY;
    case "week":
      return start + 7 * DAY;
    case "month":
      return Date.UTC(year, month + 1);
    case "quarter":
      return Date.UTC(year, month + 3);
    case "year":
      return Date.UTC(year + 1, 0);
    case "decade":
      return Date.UTC(year + 10, 0);
  }
}

/** Milliseconds of an ISO 8601 text, NaN when it is none. */
export function timeOf(text: string): number {
  return parseInstant(text) / 1000;
}

/** A period's bound farther from the log than the log is long, and than this, is not drawn. */
const FAR = 400 * DAY;

/**
 * The stretch that the charts of a report show: from its first span to its last, and on to the
 * period's bounds unless they lie far away. Undefined when no entry has a readable time.
 */
export function stretchOf(report: ComplianceReport): Stretch | undefined {
  const { unit, spans } = report.activity;
  const starts = spans.map(({ start }) => timeOf(start)).filter((time) => !Number.isNaN(time));
  const [first] = starts;
  const last = starts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const from = startOf(unit, first);
  const to = endOf(unit, startOf(unit, last));
  const reach = Math.max(to - from, FAR);
  const start = timeOf(report.periodStart ?? "");
  // The bound is included in the period; what is drawn ends behind it.
  const end = Math.floor(timeOf(report.periodEnd ?? "")) + 1;
  return {
    from: start < from && from - start <= reach ? startOf(unit, start) : from,
    to: end > to && end - to <= reach ? endOf(unit, startOf(unit, end - 1)) : to,
  };
}

/** Bins without a hole between them, and how wide they are. */
export interface Bins {
  readonly unit: TimeUnit;
  readonly bins: readonly Bin[];
}

/** The finest bins of a stretch of which there are at most so many. */
export function binsOf(report: ComplianceReport, stretch: Stretch, most: number): Bins {
  const finest = UNITS.findIndex(([unit]) => unit === report.activity.unit);
  const fitting = UNITS.slice(finest).find(
    ([, length]) => (stretch.to - stretch.from) / length <= most,
  );
  const [unit] = fitting ?? ["decade" as const];
  return { unit, bins: binsOfUnit(report, stretch, unit) };
}

/** The bins of a stretch in a unit that is no finer than that of the report's activity. */
export function binsOfUnit(
  { activity }: ComplianceReport,
  stretch: Stretch,
  unit: TimeUnit,
): readonly Bin[] {
  const counts = new Map<number, ActivityCounts>();
  for (const span of activity.spans) {
    const start = startOf(unit, timeOf(span.start));
    counts.set(start, sum(counts.get(start) ?? NOTHING, span));
  }
  const bins: Bin[] = [];
  for (let from = startOf(unit, stretch.from); from < stretch.to;) {
    const to = endOf(unit, from);
    bins.push({ ...(counts.get(from) ?? NOTHING), from, to });
    from = to;
  }
  return bins;
}

/** Year, month, day and hour of a time, in UTC. */
export function partsOf(time: number): TimeParts {
  const date = new Date(time);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
  };
}

/** Counts of both. */
export function sum(one: ActivityCounts, other: ActivityCounts): ActivityCounts {
  return {
    entries: one.entries + other.entries,
    auto: one.auto + other.auto,
    approve: one.approve + other.approve,
    block: one.block + other.block,
    other: one.other + other.other,
    elevated: one.elevated + other.elevated,
    elevatedApproved: one.elevatedApproved + other.elevatedApproved,
  };
}

/** The counts of a whole report's spans. */
export function totalOf(bins: readonly ActivityCounts[]): ActivityCounts {
  return bins.reduce(sum, NOTHING);
}

/** Runs of bins without an entry between others, as stretches. */
export function emptyRuns(bins: readonly Bin[]): Stretch[] {
  const runs: { from: number; to: number }[] = [];
  for (const { entries, from, to } of bins) {
    if (entries > 0) continue;
    const open = runs.at(-1);
    if (open?.to === from) open.to = to;
    else runs.push({ from, to });
  }
  return runs;
}
