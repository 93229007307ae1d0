// The score of weighted frameworks: an average over what was decided, capped by what failed,
// and withheld where too little could be said.

import type { Language } from "../languages/language.ts";
import type { ComplianceFinding, Test } from "../model/finding.ts";
import type { CriterionSeverity, WeightedFramework } from "../model/framework.ts";
import type { Band, Coverage, Grade, WeightedStatement } from "../model/report.ts";
import type { Result } from "../model/result.ts";
import { gradeOf } from "./grade.ts";

/** What each severity weighs. */
export const SEVERITY_WEIGHTS: Readonly<Record<CriterionSeverity, number>> = {
  critical: 10,
  high: 7.5,
  medium: 5,
  low: 2.5,
};

const CREDITS: Partial<Readonly<Record<Result, number>>> = { pass: 1, warn: 0.5, fail: 0 };

/** The most that a score can be beside a failure of this severity. */
const CAPS: readonly { readonly severity: CriterionSeverity; readonly at: number }[] = [
  { severity: "critical", at: 49 },
  { severity: "high", at: 79 },
];

/** Entries in scope without which there is no score. */
const LEAST_ENTRIES = 20;

/** What a weighted score is made of. */
export interface Scored {
  readonly findings: readonly ComplianceFinding[];
  readonly tests: readonly Test[];
  readonly recordInDoubt: readonly string[];
  /** Entries in scope. */
  readonly inScope: number;
  /** In which it is said why there is no score. */
  readonly language: Language;
}

/** What a weighted framework's findings add up to. */
export interface WeightedVerdict extends Pick<WeightedStatement, "band" | "withheld" | "capped"> {
  readonly score: number | null;
  readonly grade: Grade | null;
  readonly coverage: Coverage;
}

interface Weighed {
  readonly finding: ComplianceFinding;
  readonly severity: CriterionSeverity;
  readonly weight: number;
}

/** The score as a whole number, cut, with everything that belongs beside it. */
export function weightedVerdict(framework: WeightedFramework, scored: Scored): WeightedVerdict {
  const weighed = scored.findings.map((finding): Weighed => {
    const severity = finding.weighted?.criterionSeverity ?? "low";
    return { finding, severity, weight: SEVERITY_WEIGHTS[severity] };
  });
  const testable = weighed.filter(
    ({ finding }) => finding.weighted?.mode === "tested" && finding.result !== "not_applicable",
  );
  const disproved = weighed.filter(
    (one) => one.finding.weighted?.mode === "disprove-only" && isDecided(one),
  );
  const decidedOfTestable = testable.filter(isDecided);
  const counted = [...decidedOfTestable, ...disproved];
  const coverage: Coverage = {
    decided: counted.length,
    possible: testable.length + disproved.length,
    ...(framework.criteriaInEdition === undefined ? {} : { total: framework.criteriaInEdition }),
    weightDecided: weightOf(counted),
    weightPossible: weightOf(testable) + weightOf(disproved),
  };
  const withheld = whyWithheld(weightOf(decidedOfTestable), weightOf(testable), scored);
  const band = bandOf(weighed, scored.tests, withheld !== undefined);
  if (withheld !== undefined) return { score: null, grade: null, coverage, band, withheld };
  const uncapped = lowest(decidedOfTestable, [...disproved, ...weighed.filter(isOpenWarning)]);
  const capped = cap(uncapped, weighed);
  const score = capped?.at ?? uncapped;
  return {
    score,
    grade: gradeOf(score),
    coverage,
    band,
    ...(capped === undefined ? {} : { capped }),
  };
}

/** A test that can only disprove never passes. */
function isDecided(one: Weighed): boolean {
  return CREDITS[one.finding.result] !== undefined && !isOpenWarning(one);
}

function isOpenWarning({ finding }: Weighed): boolean {
  return finding.weighted?.open === true;
}

function creditOf({ finding, weight }: Weighed): number {
  return weight * (CREDITS[finding.result] ?? 0);
}

function weightOf(some: readonly Weighed[]): number {
  return sum(some, ({ weight }) => weight);
}

/**
 * The average over what was decided, with what can lower it and never raise it. A failure earns
 * nothing and lowers every average; a warning would raise one below half, and is then left out.
 */
function lowest(decided: readonly Weighed[], lowering: readonly Weighed[]): number {
  const failed = lowering.filter(({ finding }) => finding.result === "fail");
  return Math.min(average([...decided, ...failed]), average([...decided, ...lowering]));
}

/** The weighted average of their credits, 0 to 100, cut to a whole number. */
function average(some: readonly Weighed[]): number {
  return Math.floor((100 * sum(some, creditOf)) / weightOf(some));
}

/** Weights and half weights are multiples of 1.25, so their sums are exact. */
function sum(some: readonly Weighed[], of: (one: Weighed) => number): number {
  return some.reduce((total, one) => total + of(one), 0);
}

function whyWithheld(
  decided: number,
  testable: number,
  { recordInDoubt, inScope, language: { assess, numbers } }: Scored,
): string | undefined {
  const { withheld } = assess;
  const reasons = [
    ...(inScope < LEAST_ENTRIES ? [withheld.tooFewEntries(inScope, LEAST_ENTRIES)] : []),
    ...(recordInDoubt.length > 0 ? [withheld.recordInDoubt] : []),
    ...(decided === 0
      ? [withheld.nothingDecided]
      : decided * 2 < testable
        ? [withheld.tooLittleWeight(numbers.decimal(decided), numbers.decimal(testable))]
        : []),
  ];
  return reasons.length === 0 ? undefined : withheld.join(reasons);
}

/** By how much a failure holds the score down; undefined where none does. */
function cap(uncapped: number, weighed: readonly Weighed[]): WeightedVerdict["capped"] {
  for (const { severity, at } of CAPS) {
    const by = failuresOf(weighed, severity);
    if (by.length === 0) continue;
    return uncapped > at ? { at, uncapped, by } : undefined;
  }
  return undefined;
}

function failuresOf(weighed: readonly Weighed[], severity: CriterionSeverity): string[] {
  return weighed
    .filter((one) => one.finding.result === "fail" && one.severity === severity)
    .map(({ finding }) => finding.criterion);
}

/** What was found decides the band, also where too little was decided for a score. */
function bandOf(weighed: readonly Weighed[], tests: readonly Test[], withheld: boolean): Band {
  if (failuresOf(weighed, "critical").length > 0) return "critical exceptions";
  if (failuresOf(weighed, "high").length > 0) return "significant exceptions";
  const failed = weighed.some(({ finding }) => finding.result === "fail");
  if (failed || weighed.some(({ finding }) => warnsOfExceptions(finding, tests))) {
    return "minor exceptions";
  }
  return withheld ? "not enough evidence" : "no exceptions in the tests run";
}

/** A pass that is only held at a warning found nothing. */
function warnsOfExceptions(
  { result, weighted }: ComplianceFinding,
  tests: readonly Test[],
): boolean {
  if (result !== "warn" || weighted === undefined) return false;
  const resultsOf = (keys: readonly string[]): Result[] =>
    tests.filter(({ key }) => keys.includes(key)).map((test) => test.result);
  return (
    resultsOf(weighted.decisive).includes("warn") || resultsOf(weighted.supporting).includes("fail")
  );
}
