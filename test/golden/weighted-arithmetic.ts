// The score of a weighted report worked out again from its findings alone, by the rule as it
// is written down and not as it is programmed.

import type { ComplianceFinding } from "../../src/model/finding.ts";
import type { ComplianceReport } from "../../src/model/report.ts";

const WEIGHT = { critical: 10, high: 7.5, medium: 5, low: 2.5 } as const;
const CREDIT = new Map([
  ["pass", 1],
  ["warn", 0.5],
  ["fail", 0],
]);

/** What the findings add up to. */
export interface Reckoning {
  readonly decided: number;
  readonly possible: number;
  readonly weightDecided: number;
  readonly weightPossible: number;
  readonly score: number | null;
}

/** Reckons a weighted report's score and coverage. */
export function reckon({
  findings,
  totalActions,
  weighted,
}: Pick<ComplianceReport, "findings" | "totalActions" | "weighted">): Reckoning {
  const tested = findings.filter(
    (one) => modeOf(one) === "tested" && one.result !== "not_applicable",
  );
  const open = findings.filter(({ weighted: found }) => found?.open === true);
  const decided = tested.filter((one) => CREDIT.has(one.result) && !open.includes(one));
  const disproved = findings.filter(
    (one) =>
      modeOf(one) === "disprove-only" &&
      ["warn", "fail"].includes(one.result) &&
      !open.includes(one),
  );
  const counted = [...decided, ...disproved];
  const withheld =
    totalActions < 20 ||
    decided.length === 0 ||
    weigh(decided) < weigh(tested) / 2 ||
    (weighted?.tests ?? []).some(
      ({ key, result }) =>
        ["field-completeness", "record-identity"].includes(key) && result === "fail",
    );
  return {
    decided: counted.length,
    possible: tested.length + disproved.length,
    weightDecided: weigh(counted),
    weightPossible: weigh([...tested, ...disproved]),
    score: withheld
      ? null
      : Math.min(Math.floor(lowest(decided, [...disproved, ...open])), ceiling(findings)),
  };
}

function modeOf({ weighted }: ComplianceFinding): string | undefined {
  return weighted?.mode;
}

function weightOf({ weighted }: ComplianceFinding): number {
  if (weighted === undefined) throw new Error("a finding without a severity");
  return WEIGHT[weighted.criterionSeverity];
}

function weigh(some: readonly ComplianceFinding[]): number {
  return some.map(weightOf).reduce((sum, weight) => sum + weight, 0);
}

function average(some: readonly ComplianceFinding[]): number {
  const credits = some.map((one) => weightOf(one) * (CREDIT.get(one.result) ?? 0));
  return (100 * credits.reduce((sum, credit) => sum + credit, 0)) / weigh(some);
}

/**
 * What can only disprove, and what a supporting test warns of beside open ones, lowers a score
 * and never raises it: the lowest average with any of them.
 */
function lowest(decided: readonly ComplianceFinding[], more: readonly ComplianceFinding[]): number {
  const one = more.map((finding) => average([...decided, finding]));
  const least = Math.min(...one);
  const next = more[one.indexOf(least)];
  if (next === undefined || least >= average(decided)) return average(decided);
  return lowest(
    [...decided, next],
    more.filter((finding) => finding !== next),
  );
}

function ceiling(findings: readonly ComplianceFinding[]): number {
  const failed = findings
    .filter(({ result }) => result === "fail")
    .map(({ weighted }) => weighted?.criterionSeverity);
  if (failed.includes("critical")) return 49;
  return failed.includes("high") ? 79 : 100;
}
