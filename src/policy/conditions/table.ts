// The table of conditions: how each key of the format is read, and how each condition answers.

import type { Mistake } from "../mistakes.ts";
import { nearest } from "../suggest.ts";
import { listOf, quote } from "../quote.ts";
import { expected, isNull } from "../tree/fields.ts";
import type { Tree } from "../tree/tree.ts";
import { holdsComparison, readComparison } from "./comparison.ts";
import type { Answer, Condition, Occasion } from "./condition.ts";
import { holdsContains, readContains } from "./contains.ts";
import { matcherOf, readMatches } from "./matches.ts";
import { holdsSemantic, readSemantic } from "./semantic.ts";
import { holdsAt, readTimeWindow } from "./time-window.ts";
import { holdsOnDay, readWeekdays } from "./weekdays.ts";

type ReadParam = (param: string, tree: Tree, mistakes: Mistake[]) => Condition | undefined;

/** Conditions that are a mapping from parameter names to what is asked of them. */
const PARAM_CONDITIONS: ReadonlyMap<string, ReadParam> = new Map<string, ReadParam>([
  ["param_eq", (...rest) => readComparison("eq", ...rest)],
  ["param_gt", (...rest) => readComparison("gt", ...rest)],
  ["param_lt", (...rest) => readComparison("lt", ...rest)],
  ["param_gte", (...rest) => readComparison("gte", ...rest)],
  ["param_lte", (...rest) => readComparison("lte", ...rest)],
  ["param_contains", readContains],
  ["param_matches", readMatches],
]);

const KEYS = ["time_after", "time_before", "weekdays", ...PARAM_CONDITIONS.keys(), "semantic"];

/** All conditions of a rule. An unknown one is a mistake, since a rule must not quietly lose its force. */
export function readConditions(tree: Tree, mistakes: Mistake[]): readonly Condition[] {
  if (isNull(tree)) return [];
  if (tree.kind !== "map") {
    expected(tree, "a mapping of conditions", mistakes);
    return [];
  }
  const conditions: (Condition | undefined)[] = [readTimeWindow(tree, mistakes)];
  for (const [key, entry] of tree.entries) {
    const readParam = PARAM_CONDITIONS.get(key);
    if (readParam !== undefined) {
      conditions.push(...readParams(entry.value, readParam, mistakes));
    } else if (key === "weekdays") {
      conditions.push(readWeekdays(entry.value, mistakes));
    } else if (key === "semantic") {
      conditions.push(readSemantic(entry.value, mistakes));
    } else if (!KEYS.includes(key)) {
      const meant = nearest(key, KEYS);
      const { location } = entry;
      mistakes.push({
        message: `${entry.value.path}: ${quote(key)} is no condition`,
        hint:
          meant === undefined ? `Conditions are ${listOf(KEYS)}.` : `Did you mean ${quote(meant)}?`,
        ...(location === undefined ? {} : { location }),
      });
    }
  }
  return conditions.filter((condition) => condition !== undefined);
}

function readParams(
  tree: Tree,
  readParam: ReadParam,
  mistakes: Mistake[],
): readonly (Condition | undefined)[] {
  if (tree.kind !== "map" || tree.entries.size === 0) {
    const hint = "Without a parameter the condition would hold for every action.";
    expected(tree, "a mapping with at least one parameter name", mistakes, hint);
    return [];
  }
  return [...tree.entries].map(([param, entry]) => readParam(param, entry.value, mistakes));
}

/** Compiles a condition to what answers it. It never throws. */
export function compileCondition(condition: Condition): (occasion: Occasion) => Answer {
  switch (condition.kind) {
    case "time-window":
      return (occasion) => holdsAt(condition, occasion);
    case "weekdays":
      return (occasion) => holdsOnDay(condition, occasion);
    case "compare":
      return (occasion) => holdsComparison(condition, occasion);
    case "contains":
      return (occasion) => holdsContains(condition, occasion);
    case "matches":
      return matcherOf(condition);
    case "semantic":
      return (occasion) => holdsSemantic(condition, occasion);
  }
}
