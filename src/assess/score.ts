// Result, score, grade and coverage come from here, for every surface.

import type { ComplianceFinding, Result } from "../model/finding.ts";
import type { Framework } from "../model/framework.ts";
import type { Coverage, Grade } from "../model/report.ts";

const DECIDED: readonly Result[] = ["pass", "warn", "fail"];
/** Neither decided nor undecided: they say something, but not what was asked. */
const UNCOUNTED: readonly Result[] = ["no_exception", "not_applicable", "context"];

const GRADES: readonly (readonly [number, Grade])[] = [
  [97, "A+"],
  [93, "A"],
  [90, "A-"],
  [87, "B+"],
  [83, "B"],
  [80, "B-"],
  [77, "C+"],
  [73, "C"],
  [70, "C-"],
  [67, "D+"],
  [63, "D"],
  [60, "D-"],
];

/** What a framework's findings add up to. */
export interface Verdict {
  /** 0 to 100, or null when no weight could be decided. */
  readonly score: number | null;
  readonly grade: Grade | null;
  readonly coverage: Coverage;
}

/**
 * The score of the documented report types: 100 less the points lost, and never more than
 * the share of the weight that could be decided; a whole number, rounded down. What nothing
 * in the log exercised neither costs points nor counts as undecided. Without any decided
 * weight there is no score.
 */
export function verdict(framework: Framework, findings: readonly ComplianceFinding[]): Verdict {
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

/** The letter of a score on the documented scale. */
export function gradeOf(score: number): Grade {
  return GRADES.find(([least]) => score >= least)?.[1] ?? "F";
}
