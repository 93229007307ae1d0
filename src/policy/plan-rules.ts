// plan_rules speak about several actions of one plan. They are checked and kept, so that a
// policy that has them loads and a mistake in them is found, but single actions never ask them.

import { APPROVALS, RISK_LEVELS } from "./decision.ts";
import type { Mistake } from "./mistakes.ts";
import type { CumulativeRisk, PlanRules, SequencePattern } from "./rule.ts";
import { below, expected, isNull, readChoice, readMap, readText } from "./tree/fields.ts";
import type { Tree } from "./tree/tree.ts";

const NO_PLAN_RULES: PlanRules = Object.freeze({ sequencePatterns: Object.freeze([]) });

export function readPlanRules(tree: Tree | undefined, mistakes: Mistake[]): PlanRules {
  if (tree === undefined || isNull(tree)) return NO_PLAN_RULES;
  const map = readMap(tree, "plan_rules", ["sequence_patterns", "cumulative_risk"], mistakes);
  const patterns = map && below(map, "sequence_patterns");
  const risk = map && below(map, "cumulative_risk");
  const cumulativeRisk = risk && !isNull(risk) ? readCumulativeRisk(risk, mistakes) : undefined;
  return Object.freeze({
    sequencePatterns: Object.freeze(readPatterns(patterns, mistakes)),
    ...(cumulativeRisk === undefined ? {} : { cumulativeRisk }),
  });
}

function readPatterns(tree: Tree | undefined, mistakes: Mistake[]): readonly SequencePattern[] {
  if (tree === undefined || isNull(tree)) return [];
  if (tree.kind !== "list") {
    expected(tree, "a list of sequence patterns", mistakes);
    return [];
  }
  return tree.items.map((item) => readPattern(item, mistakes));
}

const PATTERN_KEYS = ["name", "steps", "approval", "risk_level", "description", "window"];

function readPattern(tree: Tree, mistakes: Mistake[]): SequencePattern {
  const map = readMap(tree, "a sequence pattern", PATTERN_KEYS, mistakes);
  const part = (key: string) => (map === undefined ? undefined : below(map, key));
  const name = optional(part("name"), (value) => readText(value, "a name as text", mistakes));
  const steps = part("steps");
  if (map !== undefined && steps === undefined) {
    expected(map, "steps, a list of two or more globs", mistakes);
  }
  return Object.freeze({
    ...(name === undefined ? {} : { name }),
    description: optional(part("description"), (value) => readText(value, "text", mistakes)) ?? "",
    steps: steps === undefined ? [] : readSteps(steps, mistakes),
    window: optional(part("window"), (value) => readWindow(value, mistakes)) ?? 0,
    approval:
      optional(part("approval"), (value) => readChoice(value, APPROVALS, mistakes)) ?? "block",
    riskLevel:
      optional(part("risk_level"), (value) => readChoice(value, RISK_LEVELS, mistakes)) ??
      "CRITICAL",
  });
}

function readSteps(tree: Tree, mistakes: Mistake[]): readonly string[] {
  if (tree.kind !== "list" || tree.items.length < 2) {
    expected(tree, "a list of two or more globs", mistakes);
    return [];
  }
  return Object.freeze(tree.items.map((item) => readText(item, "a glob as text", mistakes) ?? ""));
}

function readWindow(tree: Tree, mistakes: Mistake[]): number | undefined {
  const value = tree.kind === "scalar" ? tree.value : undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  return expected(tree, "a whole number, 0 or more", mistakes);
}

function readCumulativeRisk(tree: Tree, mistakes: Mistake[]): CumulativeRisk | undefined {
  const keys = ["max_total_risk", "on_exceed", "name"];
  const map = readMap(tree, "cumulative_risk", keys, mistakes);
  if (map === undefined) return undefined;
  const most = below(map, "max_total_risk");
  const maxTotalRisk = most?.kind === "scalar" ? most.value : undefined;
  if (typeof maxTotalRisk !== "number") {
    return expected(most ?? map, "max_total_risk, a number", mistakes);
  }
  const name = optional(below(map, "name"), (value) => readText(value, "text", mistakes));
  return Object.freeze({
    ...(name === undefined ? {} : { name }),
    maxTotalRisk,
    onExceed:
      optional(below(map, "on_exceed"), (value) => readChoice(value, APPROVALS, mistakes)) ??
      "block",
  });
}

function optional<T>(tree: Tree | undefined, read: (tree: Tree) => T | undefined): T | undefined {
  return tree === undefined ? undefined : read(tree);
}
