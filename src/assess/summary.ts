// The report in a few sentences that can be read aloud.

import type { ComplianceFinding, Result } from "../model/finding.ts";
import type { ComplianceReport, Coverage } from "../model/report.ts";
import { formatCount } from "../model/figures.ts";

type Summarised = Omit<ComplianceReport, "summary">;

/** What was tested, on how many entries, between which dates, what came out, and what was not tested. */
export function summarise(report: Summarised): string {
  return [scope(report), decisions(report), results(report.findings), score(report)]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function scope(report: Summarised): string {
  const { totalActions, coverage, framework, periodStart, periodEnd } = report;
  if (totalActions === 0) return "No recorded agent action lies in the period under review.";
  const actions = count(totalActions, "recorded agent action");
  const dates =
    periodStart === null || periodEnd === null
      ? "without a readable time"
      : `from ${periodStart.slice(0, 10)} to ${periodEnd.slice(0, 10)}`;
  const tested = `${coverage.decided} of the ${count(coverage.total, "criterion", "criteria")}`;
  return `${actions} ${dates} allowed a verdict on ${tested} of ${framework.title}.`;
}

function decisions(report: Summarised): string {
  if (report.totalActions === 0) return "";
  const { approved, denied, unanswered } = report.humanDecisions;
  const other =
    report.totalActions - report.blockedActions - report.approvedActions - report.autoApproved;
  const sentence =
    `The policy blocked ${formatCount(report.blockedActions)}, let ` +
    `${formatCount(report.autoApproved)} through and sent ${formatCount(report.approvedActions)} ` +
    `to a human, who approved ${formatCount(approved)} and denied ${formatCount(denied)}; ` +
    `${formatCount(unanswered)} have no recorded answer.`;
  if (other === 0) return sentence;
  return `${sentence} For ${formatCount(other)} no known decision of the policy is recorded.`;
}

const RESULT_WORDS: readonly (readonly [Result, string])[] = [
  ["fail", "failed"],
  ["warn", "gave a warning"],
  ["pass", "passed"],
  ["inconclusive", "could not be decided"],
  ["error", "could not be run"],
];

function results(findings: readonly ComplianceFinding[]): string {
  const parts = RESULT_WORDS.flatMap(([result, words]) => {
    const number = findings.filter((finding) => finding.result === result).length;
    return number === 0 ? [] : [`${number} ${words}`];
  });
  return parts.length === 0 ? "" : `Of its tests, ${parts.join(", ")}.`;
}

function score({ score: points, grade, coverage, findings }: Summarised): string {
  if (points === null) return "Nothing could be decided, so there is no score and no grade.";
  return `Score ${points} of 100, grade ${grade ?? ""}${undecided(points, coverage, findings)}.`;
}

function undecided(
  points: number,
  { possible, decided }: Coverage,
  findings: readonly ComplianceFinding[],
): string {
  if (possible === decided) return "";
  const tests = count(possible - decided, "undecided test");
  const lost = findings.reduce((sum, finding) => sum + finding.points, 0);
  return points < Math.floor(100 - lost) ? `, held down by ${tests}` : `, with ${tests}`;
}

function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(number)} ${number === 1 ? singular : plural}`;
}
