// time_after "HH:MM" and time_before "HH:MM", together one window of the day in UTC.

import type { Mistake } from "../mistakes.ts";
import { expected } from "../tree/fields.ts";
import type { MapTree, Tree } from "../tree/tree.ts";
import type { Answer, Occasion, TimeWindow } from "./condition.ts";

const MICROSECONDS_PER_MINUTE = 60_000_000;
const MINUTES_PER_DAY = 1440;

/**
 * The window that the two keys of a rule state, or undefined when they state none. A start
 * that lies after the end spans midnight: 18:00 to 08:00 is the night. Equal ones are a
 * mistake, because they could mean no time as well as the whole day.
 */
export function readTimeWindow(conditions: MapTree, mistakes: Mistake[]): TimeWindow | undefined {
  const afterTree = conditions.entries.get("time_after")?.value;
  const beforeTree = conditions.entries.get("time_before")?.value;
  const after = afterTree && readTime(afterTree, mistakes);
  const before = beforeTree && readTime(beforeTree, mistakes);
  if (beforeTree !== undefined && before !== undefined && after === before) {
    expected(beforeTree, "another time than that of time_after", mistakes, sameTimeHint);
  }
  if (after === undefined && before === undefined) return undefined;
  return {
    kind: "time-window",
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
}

const sameTimeHint = "Leave out both for the whole day, or remove the rule if it means no time.";

/** Minutes after midnight. Seconds may be written and do not count. */
function readTime(tree: Tree, mistakes: Mistake[]): number | undefined {
  const what = "a time of day as HH:MM, 00:00 to 23:59";
  if (tree.kind !== "scalar" || typeof tree.value !== "string") {
    return expected(tree, what, mistakes, numberHint(tree));
  }
  const match = /^\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s*$/u.exec(tree.value);
  const [hours, minutes, seconds] = [match?.[1], match?.[2], match?.[3] ?? "0"].map(Number);
  const valid =
    match !== null &&
    (hours ?? Number.NaN) <= 23 &&
    (minutes ?? Number.NaN) <= 59 &&
    (seconds ?? Number.NaN) <= 59;
  if (!valid) {
    const hint = /^\s*24:00/u.test(tree.value)
      ? "Write 00:00, or leave out time_before for a window to midnight."
      : undefined;
    return expected(tree, what, mistakes, hint);
  }
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** 1080 is what some YAML readers make of an unquoted 18:00. */
function numberHint(tree: Tree): string {
  if (tree.kind !== "scalar" || typeof tree.value !== "number") return "Write it as text.";
  const { value } = tree;
  if (!Number.isInteger(value) || value < 0 || value >= MINUTES_PER_DAY) return "Write it as text.";
  if (value < 24) return `Did you mean "${formatTime(value * 60)}"?`;
  return `Did you mean "${formatTime(value)}"? In quotes every YAML reader takes it for a time.`;
}

/** Whether the time of day lies in the window, to the microsecond. */
export function holdsAt(window: TimeWindow, occasion: Occasion): Answer {
  const { timeOfDay } = occasion;
  const { after, before } = window;
  const started = after === undefined || timeOfDay >= after * MICROSECONDS_PER_MINUTE;
  const notEnded = before === undefined || timeOfDay < before * MICROSECONDS_PER_MINUTE;
  const overnight = after !== undefined && before !== undefined && before < after;
  return overnight ? started || notEnded : started && notEnded;
}

/** The window as half-open spans of minutes in one day, ascending. Empty for "before 00:00". */
export function spansOf(window: TimeWindow): readonly (readonly [number, number])[] {
  const after = window.after ?? 0;
  const before = window.before ?? MINUTES_PER_DAY;
  const spans: readonly (readonly [number, number])[] =
    window.after !== undefined && before < after
      ? [
          [0, before],
          [after, MINUTES_PER_DAY],
        ]
      : [[after, before]];
  return spans.filter(([from, to]) => from < to);
}

/** Minutes after midnight as HH:MM. */
export function formatTime(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
