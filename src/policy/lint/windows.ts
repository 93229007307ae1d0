// A rule that lets something through at certain times is only worth its window when the
// other times are stricter.

import type { FallThrough, PolicyLintWords } from "../../languages/words/policy-lint.ts";
import type { PolicyLintFinding } from "../../model/report.ts";
import { compareStrictness } from "../decision.ts";
import type { Verdict } from "../decision.ts";
import { covers } from "../glob/compare.ts";
import type { PolicyDefaults } from "../rule.ts";
import { describeVerdict, nameOf, timesInWeek } from "./describe.ts";
import type { ExaminedRule } from "./describe.ts";
import { DIMENSIONS, hasTimes, impliesParams } from "./region.ts";
import type { Region, Span } from "./region.ts";

const MINUTES_PER_DAY = 1440;

/** For each day, Monday first, and each minute of it: 1 when it is meant. */
type Week = readonly Uint8Array[];

/**
 * Names what an auto or approve rule with a time window gives outside it, where that is no
 * stricter than inside. Rules that have a window of their own are taken as intended.
 */
export function lintWindow(
  examined: ExaminedRule,
  rules: readonly ExaminedRule[],
  defaults: PolicyDefaults,
  words: PolicyLintWords,
): PolicyLintFinding | undefined {
  const { rule, region } = examined;
  if (rule.approval === "block" || !hasTimes(region)) return undefined;
  const left = outside(region);
  const falls: FallThrough[] = [];
  const fall = (to: string | undefined, verdict: Verdict, taken: Week) => {
    const isStricter = compareStrictness(verdict, rule) > 0;
    const week = timesInWeek(taken.map((day) => spansIn(day)));
    if (isStricter || week.length === 0) return;
    const named = to === undefined ? {} : { rule: to };
    falls.push({ week, ...named, verdict: describeVerdict(verdict) });
  };
  for (const other of rules) {
    if (other === examined || !takesAll(other.region, region)) continue;
    const taken = takeAway(left, other.region);
    if (!hasTimes(other.region)) fall(nameOf(other), other.rule, taken);
  }
  fall(undefined, defaults, left);
  if (falls.length === 0) return undefined;
  return {
    code: "window-falls-through",
    severity: "warning",
    rule: rule.label,
    ...(rule.line === undefined ? {} : { line: rule.line }),
    ...words.windowFallsThrough(nameOf(examined), describeVerdict(rule), falls),
  };
}

/** Whether one rule takes all that another matches, whatever the time. */
function takesAll(wide: Region, narrow: Region): boolean {
  return (
    DIMENSIONS.every((dimension) => covers([wide[dimension]], narrow[dimension])) &&
    impliesParams(narrow, wide)
  );
}

function outside(region: Region): Week {
  const week = Array.from({ length: 7 }, () => new Uint8Array(MINUTES_PER_DAY).fill(1));
  takeAway(week, region);
  return week;
}

/** Takes the region's times out of the week, and returns those that were still there. */
function takeAway(week: Week, region: Region): Week {
  return week.map((minutes, index) => {
    const taken = new Uint8Array(MINUTES_PER_DAY);
    if (!region.days.includes(index + 1)) return taken;
    for (const [from, to] of region.spans) {
      taken.set(minutes.subarray(from, to), from);
      minutes.fill(0, from, to);
    }
    return taken;
  });
}

function spansIn(minutes: Uint8Array): readonly Span[] {
  const spans: Span[] = [];
  let from = minutes.indexOf(1);
  while (from !== -1) {
    const end = minutes.indexOf(0, from);
    const to = end === -1 ? MINUTES_PER_DAY : end;
    spans.push([from, to]);
    from = minutes.indexOf(1, to);
  }
  return spans;
}
