// How lint names rules, decisions and times.

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

/**
 * What the earlier rule takes away from the later one, in the later one's words: the globs
 * that narrow it, and whether conditions narrow it further.
 */
export function describeTaken(earlier: ExaminedRule): string {
  const globs = DIMENSIONS.filter((dimension) => !earlier.region[dimension].isUniversal).map(
    (dimension) => `${dimension} ${quote(earlier.region[dimension].source)}`,
  );
  const taken = globs.length === 0 ? "any action" : globs.join(" and ");
  const isConditional = earlier.rule.conditions.length > 0;
  return `${taken}${isConditional ? " where its conditions hold" : ""} (${nameOf(earlier)})`;
}

const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Spans for each of the seven days, days with the same ones together: `Mon-Fri 00:00-09:00`. */
export function describeTimes(week: readonly (readonly Span[])[]): string {
  const parts: string[] = [];
  let first = 0;
  while (first < week.length) {
    const spans = describeSpans(week[first] ?? []);
    let last = first;
    while (last + 1 < week.length && describeSpans(week[last + 1] ?? []) === spans) last += 1;
    const days = first === last ? DAY_NAMES[first] : `${DAY_NAMES[first]}-${DAY_NAMES[last]}`;
    if (spans !== "") parts.push(`${days} ${spans}`);
    first = last + 1;
  }
  return parts.join(", ");
}

function describeSpans(spans: readonly Span[]): string {
  return spans
    .map(([from, to]) => `${formatTime(from)}-${to === 1440 ? "24:00" : formatTime(to)}`)
    .join(" and ");
}
