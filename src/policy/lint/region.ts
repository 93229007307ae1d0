// The actions and times that a rule speaks about, in a form that can be compared with
// another rule's: does one take all of the other's, do they meet?

import type {
  Condition,
  ParamComparison,
  ParamContains,
  ParamMatches,
  Semantic,
} from "../conditions/condition.ts";
import { spansOf } from "../conditions/time-window.ts";
import type { Unreachable } from "../../languages/words/policy-lint.ts";
import { covers, meet } from "../glob/compare.ts";
import { parseGlob } from "../glob/glob.ts";
import type { Glob } from "../glob/glob.ts";
import type { PolicyRule } from "../rule.ts";
import { areJoint, implies } from "./implication.ts";

/** Half-open, in minutes of the day. */
export type Span = readonly [number, number];

export interface Region {
  readonly type: Glob;
  readonly target: Glob;
  readonly agent: Glob;
  /** 1 to 7. */
  readonly days: readonly number[];
  readonly spans: readonly Span[];
  readonly comparisons: readonly ParamComparison[];
  /** Conditions that can only be compared as a whole. */
  readonly others: readonly (ParamContains | ParamMatches | Semantic)[];
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const WHOLE_DAY: readonly Span[] = [[0, 1440]];

export function regionOf(rule: PolicyRule): Region {
  const { conditions, match } = rule;
  const window = conditions.find((condition) => condition.kind === "time-window");
  const weekdays = conditions.find((condition) => condition.kind === "weekdays");
  return {
    type: parseGlob(match.type),
    target: parseGlob(match.target),
    agent: parseGlob(match.agent),
    days: weekdays?.days ?? EVERY_DAY,
    spans: window === undefined ? WHOLE_DAY : spansOf(window),
    comparisons: conditions.filter((condition) => condition.kind === "compare"),
    others: conditions.filter((condition) => isOther(condition)),
  };
}

function isOther(condition: Condition): condition is ParamContains | ParamMatches | Semantic {
  return ["contains", "matches", "semantic"].includes(condition.kind);
}

/** Why nothing can lie in the region; undefined when something can, as far as can be told. */
export function emptiness(region: Region): Unreachable | undefined {
  for (const glob of [region.type, region.target, region.agent]) {
    if (glob.isEmpty) return { why: "glob-matches-nothing", glob: glob.source };
  }
  if (region.spans.length === 0) return { why: "no-time" };
  const { comparisons } = region;
  const excluded = comparisons.some((one, index) =>
    comparisons.slice(index + 1).some((other) => areJoint(one, other) === false),
  );
  return excluded ? { why: "conditions-exclude-each-other" } : undefined;
}

/** Whether the rule speaks about certain times only. */
export function hasTimes(region: Region): boolean {
  return region.days.length < 7 || !coversSpans(region.spans, WHOLE_DAY);
}

/** Whether every action, at every time, matches. */
export function isEverything(region: Region): boolean {
  return (
    [region.type, region.target, region.agent].every((glob) => glob.isUniversal) &&
    !hasTimes(region) &&
    region.comparisons.length + region.others.length === 0
  );
}

/** Whether whenever the conditions of `narrow` hold, those of `wide` do; times are looked at apart. */
export function impliesParams(narrow: Region, wide: Region): boolean {
  return (
    wide.comparisons.every((asked) => narrow.comparisons.some((given) => implies(given, asked))) &&
    wide.others.every((asked) => narrow.others.some((given) => isSame(given, asked)))
  );
}

export function coversTimes(wide: Region, narrow: Region): boolean {
  return (
    narrow.days.every((day) => wide.days.includes(day)) && coversSpans(wide.spans, narrow.spans)
  );
}

/** Spans of one window never touch each other, so that one of them must take each. */
function coversSpans(wide: readonly Span[], narrow: readonly Span[]): boolean {
  return narrow.every(([from, to]) => wide.some(([start, end]) => start <= from && to <= end));
}

export type Dimension = "type" | "target" | "agent";
export const DIMENSIONS: readonly Dimension[] = ["type", "target", "agent"];

/** Whether everything that lies in `narrow` lies in `wide`. False when it cannot be told. */
export function coversRegion(wide: Region, narrow: Region): boolean {
  return (
    DIMENSIONS.every((dimension) => covers([wide[dimension]], narrow[dimension])) &&
    coversConditions(wide, narrow)
  );
}

export function coversConditions(wide: Region, narrow: Region): boolean {
  return coversTimes(wide, narrow) && impliesParams(narrow, wide);
}

/** Whether something lies in both. False when it cannot be told. */
export function meets(a: Region, b: Region): boolean {
  return (
    DIMENSIONS.every((dimension) => meet(a[dimension], b[dimension])) &&
    a.days.some((day) => b.days.includes(day)) &&
    a.spans.some(([from, to]) => b.spans.some(([start, end]) => from < end && start < to)) &&
    a.comparisons.every((one) => b.comparisons.every((other) => areJoint(one, other) === true)) &&
    othersAreFree(a, b) &&
    othersAreFree(b, a)
  );
}

/** Whether what cannot be compared speaks about other parameters than the other rule, or is the same. */
function othersAreFree(a: Region, b: Region): boolean {
  const asked = new Set<string>();
  for (const { param } of b.comparisons) asked.add(param);
  for (const other of b.others) if (other.kind !== "semantic") asked.add(other.param);
  return a.others.every(
    (one) =>
      one.kind === "semantic" ||
      !asked.has(one.param) ||
      b.others.some((other) => isSame(one, other)),
  );
}

function isSame(a: Condition, b: Condition): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
