// The report in a few sentences that can be read aloud.

import type { Language } from "../languages/language.ts";
import type { ResultAmount } from "../languages/words/assess.ts";
import type { ComplianceFinding } from "../model/finding.ts";
import type { ComplianceReport, WeightedStatement } from "../model/report.ts";

type Summarised = Omit<ComplianceReport, "summary">;

/** What was tested, on how many entries, between which dates, what came out, and what was not tested. */
export function summarise(report: Summarised, language: Language): string {
  const { weighted } = report;
  const parts =
    weighted === undefined
      ? [results(report.findings, language), score(report, language)]
      : [weightedResults(report.findings, language), weightedScore(report, weighted, language)];
  return [scope(report, language), decisions(report, language), ...parts]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function scope(report: Summarised, { assess: { summary } }: Language): string {
  const { totalActions, coverage, framework, periodStart, periodEnd } = report;
  if (totalActions === 0) return summary.nothingInScope;
  return summary.scope({
    actions: totalActions,
    ...(periodStart === null || periodEnd === null
      ? {}
      : { days: { from: periodStart, to: periodEnd } }),
    decided: coverage.decided,
    ...(coverage.total === undefined ? {} : { total: coverage.total }),
    framework: framework.title,
  });
}

function decisions(report: Summarised, { assess: { summary } }: Language): string {
  const { totalActions, blockedActions, autoApproved, approvedActions } = report;
  if (totalActions === 0) return "";
  const { recordable } = report.population;
  if (!recordable.includes("approval")) return summary.policyNotRecorded;
  return summary.decisions({
    blocked: blockedActions,
    auto: autoApproved,
    asked: approvedActions,
    unknown: totalActions - blockedActions - approvedActions - autoApproved,
    ...(recordable.includes("human_decision") ? { answers: report.humanDecisions } : {}),
  });
}

const DECIDED: readonly ResultAmount["result"][] = [
  "fail",
  "warn",
  "pass",
  "inconclusive",
  "error",
];

function results(
  findings: readonly ComplianceFinding[],
  { assess: { summary } }: Language,
): string {
  const amounts = amountsOf(DECIDED, ({ result }) => result, findings);
  return amounts.length === 0 ? "" : summary.results(amounts);
}

function weightedResults(
  findings: readonly ComplianceFinding[],
  { assess: { summary } }: Language,
): string {
  const amounts = amountsOf(
    [...DECIDED, "open", "no_exception", "context", "not_applicable"],
    ({ result, weighted }) => (weighted?.open === true ? "open" : result),
    findings,
  );
  return amounts.length === 0 ? "" : summary.weightedResults(amounts);
}

/** How many findings there are of each result, in the order of the results; those without any are left out. */
function amountsOf(
  order: readonly ResultAmount["result"][],
  resultOf: (finding: ComplianceFinding) => ResultAmount["result"],
  findings: readonly ComplianceFinding[],
): ResultAmount[] {
  return order
    .map((result) => ({
      result,
      amount: findings.filter((finding) => resultOf(finding) === result).length,
    }))
    .filter(({ amount }) => amount > 0);
}

function score(report: Summarised, { assess: { summary } }: Language): string {
  const { score: points, grade, coverage, findings } = report;
  if (points === null) return summary.notGraded;
  const tests = coverage.possible - coverage.decided;
  const lost = findings.reduce((sum, finding) => sum + finding.points, 0);
  return summary.score({
    score: points,
    grade: grade ?? "",
    ...(tests === 0 ? {} : { undecided: { tests, holdDown: points < Math.floor(100 - lost) } }),
  });
}

function weightedScore(
  report: Summarised,
  { band, withheld, capped }: WeightedStatement,
  { assess: { summary } }: Language,
): string {
  const { score: points, grade, coverage, notAssessed } = report;
  return summary.weightedScore({
    ...(points === null
      ? {}
      : {
          graded: {
            score: points,
            grade: grade ?? "",
            ...(capped === undefined ? {} : { capped }),
          },
        }),
    ...(withheld === undefined ? {} : { withheld }),
    band,
    decided: coverage.decided,
    possible: coverage.possible,
    notAssessed: notAssessed.reduce((sum, { count = 1 }) => sum + count, 0),
    ...(coverage.total === undefined ? {} : { total: coverage.total }),
  });
}
