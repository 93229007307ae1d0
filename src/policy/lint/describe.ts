// How lint names rules, decisions and times, for a language to put into sentences.

import type { DayTimes, TakenPart } from "../../languages/words/policy-lint.ts";
import { quote } from "../quote.ts";
import type { Verdict } from "../decision.ts";
import type { PolicyRule } from "../rule.ts";
import type { Region, Span } from "./region.ts";
import { DIMENSIONS } from "./region.ts";
import { formatTime } from "../conditions/time-window.ts";

/** A rule with everything lint asks about it. */
export interface ExaminedRule {
  readonly rule: PolicyRule;
  readonly region: Region;
}

export function nameOf(examined: ExaminedRule): string {
  return quote(examined.rule.label);
}

export function describeVerdict(verdict: Verdict): string {
  return `${verdict.approval}/${verdict.riskLevel}`;
}

/** What the earlier rule takes away from the later one: the globs that narrow it. */
export function partTakenBy(earlier: ExaminedRule): TakenPart {
  return {
    rule: nameOf(earlier),
    globs: DIMENSIONS.filter((dimension) => !earlier.region[dimension].isUniversal).map(
      (dimension) => `${dimension} ${quote(earlier.region[dimension].source)}`,
    ),
    isConditional: earlier.rule.conditions.length > 0,
  };
}

/** Spans for each of the seven days, days with the same ones together; days without any left out. */
export function timesInWeek(week: readonly (readonly Span[])[]): readonly DayTimes[] {
  const days: DayTimes[] = [];
  let first = 0;
  while (first < week.length) {
    const times = timesOf(week[first] ?? []);
    let last = first;
    while (last + 1 < week.length && isSame(timesOf(week[last + 1] ?? []), times)) last += 1;
    if (times.length > 0) days.push({ first: first + 1, last: last + 1, times });
    first = last + 1;
  }
  return days;
}

function timesOf(spans: readonly Span[]): readonly string[] {
  return spans.map(([from, to]) => `${formatTime(from)}-${to === 1440 ? "24:00" : formatTime(to)}`);
}

function isSame(times: readonly string[], others: readonly string[]): boolean {
  return times.join(" ") === others.join(" ");
}
