// Spans of time with a count for each of some kinds of entries: hours, as long as they are few,
// then days, months, years. Which of them depends on the entries only, not on their order:
// of a part of a log there are never more spans than of the whole.

import type { ActivityUnit } from "../../model/activity.ts";
import { MICROSECONDS_PER_SECOND } from "../../model/instant.ts";
import type { Instant } from "../../model/instant.ts";

/** With more spans than this the next wider ones are taken. */
export const MOST_SPANS = 2500;

const UNITS = ["hour", "day", "month", "year"] as const satisfies readonly ActivityUnit[];
const HOUR = 3600 * MICROSECONDS_PER_SECOND;
const DAY = 24 * HOUR;
const MICROSECONDS_PER_MILLISECOND = 1000;

/** Plain data that another thread can merge. */
export interface SpansState {
  unit: ActivityUnit;
  /** By the beginning of the span: how many entries of each kind. */
  counts: Map<Instant, number[]>;
}

export interface Spans {
  readonly state: SpansState;
  /** Counts an entry of a kind, from 0, at a readable time. */
  add(instant: Instant, kind: number): void;
  merge(other: SpansState): void;
}

/** @param kinds how many kinds of entries are told apart */
export function spans(kinds: number, most = MOST_SPANS): Spans {
  const state: SpansState = { unit: "hour", counts: new Map() };
  // The span of the last entry: logs are written in the order of time, or nearly so.
  let from = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  let current: number[] = [];

  const countsAt = (start: Instant): number[] => {
    const known = state.counts.get(start);
    if (known !== undefined) return known;
    const counts = Array.from({ length: kinds }, () => 0);
    state.counts.set(start, counts);
    return counts;
  };

  const widen = (unit: ActivityUnit): void => {
    const finer = state.counts;
    state.unit = unit;
    state.counts = new Map();
    addAll(finer);
    from = Number.POSITIVE_INFINITY;
    until = Number.NEGATIVE_INFINITY;
  };

  const addAll = (others: ReadonlyMap<Instant, readonly number[]>): void => {
    for (const [start, counts] of others) {
      const into = countsAt(startOf(state.unit, start));
      for (const [kind, entries] of counts.entries()) into[kind] = (into[kind] ?? 0) + entries;
    }
  };

  const widenWhileMany = (): void => {
    for (let next = wider(state.unit); next !== undefined; next = wider(state.unit)) {
      if (state.counts.size <= most) return;
      widen(next);
    }
  };

  const enter = (instant: Instant): void => {
    const start = startOf(state.unit, instant);
    current = countsAt(start);
    from = start;
    until = endOf(state.unit, start);
    if (state.counts.size <= most || state.unit === "year") return;
    widenWhileMany();
    enter(instant);
  };

  return {
    state,
    add(instant, kind) {
      if (instant < from || instant >= until) enter(instant);
      current[kind] = (current[kind] as number) + 1;
    },
    merge(other) {
      if (UNITS.indexOf(other.unit) > UNITS.indexOf(state.unit)) widen(other.unit);
      addAll(other.counts);
      widenWhileMany();
    },
  };
}

function wider(unit: ActivityUnit): ActivityUnit | undefined {
  return UNITS[UNITS.indexOf(unit) + 1];
}

/** The beginning of the span that an instant lies in, by UTC. */
function startOf(unit: ActivityUnit, instant: Instant): Instant {
  if (unit === "hour") return Math.floor(instant / HOUR) * HOUR;
  const day = Math.floor(instant / DAY) * DAY;
  if (unit === "day") return day;
  const date = new Date(day / MICROSECONDS_PER_MILLISECOND);
  const month = unit === "month" ? date.getUTCMonth() : 0;
  return Date.UTC(date.getUTCFullYear(), month) * MICROSECONDS_PER_MILLISECOND;
}

/** Where a span ends, itself excluded. */
function endOf(unit: ActivityUnit, start: Instant): Instant {
  if (unit === "hour") return start + HOUR;
  if (unit === "day") return start + DAY;
  const date = new Date(start / MICROSECONDS_PER_MILLISECOND);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const next = unit === "month" ? Date.UTC(year, month + 1) : Date.UTC(year + 1, 0);
  return next * MICROSECONDS_PER_MILLISECOND;
}
