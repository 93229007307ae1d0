// The finding on one weighted criterion: result, severity, words, and the figures of the test
// that decided.

import type { ComplianceFinding, Test, WeightedFinding } from "../model/finding.ts";
import type { WeightedCriterion } from "../model/framework.ts";
import type { Severity } from "../model/result.ts";
import { recommendation } from "./recommendation.ts";
import { rollUp } from "./roll-up.ts";
import type { RolledUp } from "./roll-up.ts";
import { titleOf } from "./title.ts";
import type { Asked, Occasion } from "./weighted-conclusion.ts";
import { describe } from "./weighted-sentences.ts";

/** What a finding knows of its date and of the record. */
type Circumstances = Pick<WeightedFinding, "bindsFrom" | "recordInDoubt">;

/** The finding on a criterion out of its tests. */
export function findingOf(
  criterion: WeightedCriterion,
  asked: Asked,
  occasion: Occasion,
  { recordInDoubt, ...circumstances }: Circumstances,
): ComplianceFinding {
  const rolled = onEntries(rollUp(criterion, asked.decisive, asked.supporting), occasion);
  const { result, reason, deciding } = rolled;
  const limit = deciding === undefined ? undefined : passingLimit(deciding);
  const doubtful = recordInDoubt === true && result === "pass";
  return {
    severity: severityOf(criterion, rolled),
    category: criterion.category,
    title: titleOf(criterion, result),
    description: describe(criterion, rolled, asked, occasion),
    recommendation: recommendation(criterion, rolled, asked, occasion),
    criterion: criterion.id,
    result,
    ...(reason === undefined ? {} : { reason }),
    population: deciding?.population ?? 0,
    exceptions: deciding?.exceptions ?? 0,
    exceptionEntries: deciding?.exceptionEntries ?? [],
    ...(deciding?.observed === undefined ? {} : { observed: deciding.observed }),
    ...(limit === undefined ? {} : { limit }),
    points: 0,
    measures: measuresOf(criterion),
    ...(deciding?.gaps === undefined ? {} : { gaps: deciding.gaps }),
    ...(deciding?.groups === undefined ? {} : { groups: deciding.groups }),
    weighted: {
      ...rules(criterion),
      decisive: asked.decisive.map(({ key }) => key),
      supporting: asked.supporting.map(({ key }) => key),
      ...circumstances,
      ...(doubtful ? { recordInDoubt } : {}),
      ...(rolled.heldBecause === undefined ? {} : { heldBecause: rolled.heldBecause }),
      ...(rolled.open === undefined ? {} : { open: true }),
    },
  };
}

/**
 * A policy, or the log outside the period, can be in order where nothing is in scope. A test of
 * it may say so; a criterion is about what agents did, and does not pass on nothing.
 */
function onEntries(rolled: RolledUp, { actions }: Occasion): RolledUp {
  const { result, deciding, heldBecause } = rolled;
  const good = result === "pass" || result === "no_exception" || heldBecause !== undefined;
  if (actions > 0 || !good || deciding === undefined) return rolled;
  return { result: "inconclusive", reason: "not-exercised", deciding };
}

/** The finding on a criterion that is not asked: no test, no population. */
export function exempted(
  criterion: WeightedCriterion,
  why: string,
  circumstances: Circumstances,
): ComplianceFinding {
  return {
    severity: "info",
    category: criterion.category,
    title: titleOf(criterion, "not_applicable"),
    description: why,
    recommendation: "",
    criterion: criterion.id,
    result: "not_applicable",
    population: 0,
    exceptions: 0,
    exceptionEntries: [],
    points: 0,
    measures: [],
    weighted: { ...rules(criterion), decisive: [], supporting: [], ...circumstances },
  };
}

function rules({ mode, severity, shows, notShown }: WeightedCriterion) {
  return { mode, criterionSeverity: severity, shows, notShown };
}

function severityOf({ severity }: WeightedCriterion, { result }: RolledUp): Severity {
  if (result === "warn" || result === "error") return "warning";
  if (result !== "fail") return "info";
  return severity === "critical" || severity === "high" ? "critical" : "warning";
}

/** The condition that a pass of a test needs: its own, and none of those tried before it. */
function passingLimit({ limits }: Test): string | undefined {
  const index = limits.findIndex(({ result }) => result === "pass" || result === "no_exception");
  const own = limits[index];
  if (own === undefined) return undefined;
  const before = limits.slice(0, index).map(({ when }) => `!(${when ?? "true"})`);
  const all = own.when === undefined ? before : [...before, own.when];
  return all.length === 0 ? "true" : all.join(" && ");
}

function measuresOf({ decisive, supporting }: WeightedCriterion): string[] {
  return [...new Set([...decisive, ...supporting].map(({ measure }) => measure))];
}
