// Rules behind other rules: the first match wins, so a later rule only sees what the
// earlier ones leave.

import type { PolicyLintWords, Unreachable } from "../../languages/words/policy-lint.ts";
import type { PolicyLintFinding } from "../../model/report.ts";
import { compareStrictness } from "../decision.ts";
import { covers, meet } from "../glob/compare.ts";
import { describeVerdict, nameOf, partTakenBy } from "./describe.ts";
import type { ExaminedRule } from "./describe.ts";
import {
  DIMENSIONS,
  coversConditions,
  coversRegion,
  emptiness,
  isEverything,
  meets,
} from "./region.ts";

/** An earlier rule that takes something from a later one. */
interface Taker {
  readonly examined: ExaminedRule;
  /**
   * It takes everything; it is a special case of the later one; neither contains the other,
   * but each glob contains its opposite; or two globs merely share some texts, as `read_*`
   * and `*_config` do.
   */
  readonly relation: "covers" | "within" | "crosses" | "overlaps";
}

/** A rule that never decides anything, and the earlier rules that take it all (none: it is empty). */
interface DeadRule {
  readonly reason: Unreachable;
  readonly by: readonly ExaminedRule[];
}

/** The earlier rules that take something from a rule, in order. */
export function takersOf(later: ExaminedRule, earlier: readonly ExaminedRule[]): readonly Taker[] {
  return earlier
    .filter((other) => meets(other.region, later.region))
    .map((other) => ({ examined: other, relation: relationOf(other, later) }));
}

function relationOf(earlier: ExaminedRule, later: ExaminedRule): Taker["relation"] {
  if (coversRegion(earlier.region, later.region)) return "covers";
  if (coversRegion(later.region, earlier.region)) return "within";
  const comparable = DIMENSIONS.every(
    (one) =>
      covers([earlier.region[one]], later.region[one]) ||
      covers([later.region[one]], earlier.region[one]),
  );
  return comparable ? "crosses" : "overlaps";
}

/** Why a rule never decides; undefined when it does. */
export function deathOf(
  examined: ExaminedRule,
  earlier: readonly ExaminedRule[],
): DeadRule | undefined {
  const reason = emptiness(examined.region);
  if (reason !== undefined) return { reason, by: [] };
  const by = takenBy(examined, earlier);
  if (by.length === 0) return undefined;
  return { reason: { why: "taken", by: by.map((other) => nameOf(other)) }, by };
}

/** One earlier rule that takes everything, or several that do so along one of the three globs. */
function takenBy(
  examined: ExaminedRule,
  earlier: readonly ExaminedRule[],
): readonly ExaminedRule[] {
  const { region } = examined;
  const candidates = earlier.filter((other) => coversConditions(other.region, region));
  const single = candidates.find((other) => coversRegion(other.region, region));
  if (single !== undefined) return [single];
  for (const dimension of DIMENSIONS) {
    const others = DIMENSIONS.filter((other) => other !== dimension);
    const wide = candidates.filter(
      (other) =>
        others.every((one) => covers([other.region[one]], region[one])) &&
        meet(other.region[dimension], region[dimension]),
    );
    const globs = wide.map((other) => other.region[dimension]);
    if (wide.length > 1 && covers(globs, region[dimension])) return wide;
  }
  return [];
}

export function lintUnreachable(
  examined: ExaminedRule,
  dead: DeadRule,
  words: PolicyLintWords,
): PolicyLintFinding {
  const { rule } = examined;
  const weakens = dead.by.some((earlier) => compareStrictness(earlier.rule, rule) < 0);
  return {
    code: "unreachable-rule",
    severity: weakens ? "error" : "warning",
    ...at(examined),
    ...words.unreachable(nameOf(examined), dead.reason),
  };
}

/**
 * A rule that crosses earlier ones: they take a part of what it speaks about, without being
 * special cases of it. An earlier rule that is wholly contained in a later one is the usual
 * way to write an exception and is not named. Nor is anything when all verdicts are the same,
 * or when globs only happen to share some texts.
 */
export function lintPartlyShadowed(
  examined: ExaminedRule,
  takers: readonly Taker[],
  words: PolicyLintWords,
): PolicyLintFinding | undefined {
  const crossing = takers
    .filter(({ relation }) => relation === "crosses")
    .map((taker) => taker.examined);
  const changes = crossing.some((other) => compareStrictness(other.rule, examined.rule) !== 0);
  if (!changes) return undefined;
  const weakens = crossing.some((other) => compareStrictness(other.rule, examined.rule) < 0);
  return {
    code: "partly-shadowed-rule",
    severity: weakens ? "warning" : "info",
    ...at(examined),
    ...words.partlyShadowed(
      nameOf(examined),
      crossing.map((other) => partTakenBy(other)),
      nameOf(crossing[0] ?? examined),
    ),
  };
}

/**
 * A block with more permissive rules before it that take a part of it, or all. Exceptions
 * from a block on everything are not named: that is how an allow-list is written.
 */
export function lintShadowedBlock(
  examined: ExaminedRule,
  takers: readonly Taker[],
  words: PolicyLintWords,
): PolicyLintFinding | undefined {
  if (examined.rule.approval !== "block") return undefined;
  const permissive = takers.filter(
    ({ examined: other, relation }) => other.rule.approval !== "block" && relation !== "overlaps",
  );
  const wholly = permissive.filter(({ relation }) => relation === "covers");
  const crossing = permissive.filter(({ relation }) => relation === "crosses");
  let named = permissive;
  if (wholly.length > 0) named = wholly;
  else if (isEverything(examined.region)) named = crossing;
  const [first] = named;
  if (first === undefined) return undefined;
  const instead = named.map(({ examined: other }) => ({
    ...partTakenBy(other),
    verdict: describeVerdict(other.rule),
  }));
  const partly = crossing.length > 0 ? "warning" : "info";
  return {
    code: "shadowed-block",
    severity: wholly.length > 0 ? "error" : partly,
    ...at(examined),
    ...words.shadowedBlock(nameOf(examined), wholly.length > 0, instead, nameOf(first.examined)),
  };
}

function at(examined: ExaminedRule) {
  const { label, line } = examined.rule;
  return { rule: label, ...(line === undefined ? {} : { line }) };
}
