// Result, score, grade and coverage come from here, for every surface.

import type { ComplianceFinding } from "../model/finding.ts";
import type { Framework, PointsFramework } from "../model/framework.ts";
import type { Coverage, Grade, WeightedStatement } from "../model/report.ts";
import type { Result } from "../model/result.ts";
import { gradeOf } from "./grade.ts";
import { weightedVerdict } from "./weighted-score.ts";
import type { Scored } from "./weighted-score.ts";

const DECIDED: readonly Result[] = ["pass", "warn", "fail"];
/** Neither decided nor undecided: they say something, but not what was asked. */
const UNCOUNTED: readonly Result[] = ["no_exception", "not_applicable", "context"];

/** What a framework's findings add up to. */
export interface Verdict {
  /** 0 to 100, or null when there is none. */
  readonly score: number | null;
  readonly grade: Grade | null;
  readonly coverage: Coverage;
  /** Of weighted frameworks only. */
  readonly weighted?: Pick<WeightedStatement, "band" | "withheld" | "capped">;
}

/** The verdict on a framework, by the kind of its scoring. */
export function verdict(framework: Framework, scored: Scored): Verdict {
  if (framework.scoring === "points") return pointsVerdict(framework, scored.findings);
  const { score, grade, coverage, ...weighted } = weightedVerdict(framework, scored);
  return { score, grade, coverage, weighted };
}

/**
 * The score of the documented report types: 100 less the points lost, and never more than
 * the share of the weight that could be decided; a whole number, rounded down. What nothing
 * in the log exercised neither costs points nor counts as undecided. Without any decided
 * weight there is no score.
 */
function pointsVerdict(
  framework: PointsFramework,
  findings: readonly ComplianceFinding[],
): Verdict {
  let weightDecided = 0;
  let weightPossible = 0;
  let decided = 0;
  let possible = 0;
  let lost = 0;
  for (const finding of findings) {
    const weight = framework.criteria.find(({ id }) => id === finding.criterion)?.weight ?? 0;
    if (weight === 0 || finding.reason === "not-exercised") continue;
    if (UNCOUNTED.includes(finding.result)) continue;
    possible += 1;
    weightPossible += weight;
    if (!DECIDED.includes(finding.result)) continue;
    decided += 1;
    weightDecided += weight;
    lost += finding.points;
  }
  const coverage: Coverage = {
    decided,
    possible,
    total: framework.criteriaInEdition,
    weightDecided,
    weightPossible,
  };
  if (weightDecided === 0) return { score: null, grade: null, coverage };
  const ceiling = decided === possible ? 100 : (100 * weightDecided) / weightPossible;
  const score = Math.max(0, Math.floor(Math.min(100 - lost, ceiling)));
  return { score, grade: gradeOf(score), coverage };
}
