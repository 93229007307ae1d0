// The report in a few sentences that can be read aloud.

import { criteriaDecided, criteriaNotAssessed } from "../model/coverage-in-words.ts";
import { formatCount } from "../model/figures.ts";
import type { ComplianceFinding } from "../model/finding.ts";
import type { ComplianceReport, Coverage, WeightedStatement } from "../model/report.ts";
import type { Result } from "../model/result.ts";

type Summarised = Omit<ComplianceReport, "summary">;

/** What was tested, on how many entries, between which dates, what came out, and what was not tested. */
export function summarise(report: Summarised): string {
  const { weighted } = report;
  const parts =
    weighted === undefined
      ? [results(report.findings), score(report)]
      : [weightedResults(report.findings), weightedScore(report, weighted)];
  return [scope(report), decisions(report), ...parts]
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
  return `${actions} ${dates} allowed a verdict on ${tested(coverage)} of ${framework.title}.`;
}

/** Of how many criteria of the edition; a law has no such number. */
function tested({ decided, total }: Coverage): string {
  return total === undefined
    ? count(decided, "criterion", "criteria")
    : `${decided} of the ${count(total, "criterion", "criteria")}`;
}

function decisions(report: Summarised): string {
  if (report.totalActions === 0) return "";
  if (report.weighted !== undefined) {
    const { recordable } = report.population;
    if (!recordable.includes("approval")) {
      return "The log does not record what the policy decided.";
    }
    if (!recordable.includes("human_decision")) {
      return `${policyDecisions(report)}; the log does not record what humans answered.${unknownDecisions(report)}`;
    }
  }
  const { approved, denied, unanswered } = report.humanDecisions;
  return (
    `${policyDecisions(report)}, who approved ${formatCount(approved)} and denied ` +
    `${formatCount(denied)}; ${formatCount(unanswered)} have no recorded ` +
    `answer.${unknownDecisions(report)}`
  );
}

function policyDecisions({ blockedActions, autoApproved, approvedActions }: Summarised): string {
  return (
    `The policy blocked ${formatCount(blockedActions)}, let ${formatCount(autoApproved)} ` +
    `through and sent ${formatCount(approvedActions)} to a human`
  );
}

function unknownDecisions(report: Summarised): string {
  const { totalActions, blockedActions, approvedActions, autoApproved } = report;
  const other = totalActions - blockedActions - approvedActions - autoApproved;
  return other === 0
    ? ""
    : ` For ${formatCount(other)} no known decision of the policy is recorded.`;
}

/** What is said of so many findings of a result. */
type ResultWords = readonly (readonly [Result, string | ((amount: number) => string)])[];

const RESULT_WORDS: ResultWords = [
  ["fail", "failed"],
  ["warn", "gave a warning"],
  ["pass", "passed"],
  ["inconclusive", "could not be decided"],
  ["error", "could not be run"],
];

function results(findings: readonly ComplianceFinding[]): string {
  const parts = amounts(findings, RESULT_WORDS);
  return parts.length === 0 ? "" : `Of its tests, ${parts.join(", ")}.`;
}

function amounts(findings: readonly ComplianceFinding[], all: ResultWords): string[] {
  return all.flatMap(([result, words]) => {
    const amount = findings.filter((finding) => finding.result === result).length;
    if (amount === 0) return [];
    return [`${amount} ${typeof words === "string" ? words : words(amount)}`];
  });
}

function score({ score: points, grade, coverage, findings }: Summarised): string {
  if (points === null) return "Nothing could be decided, so there is no score and no grade.";
  return `Score ${points} of 100, grade ${grade ?? ""}${undecided(points, coverage, findings)}.`;
}

function weightedResults(findings: readonly ComplianceFinding[]): string {
  const open = findings.filter(({ weighted }) => weighted?.open === true);
  const among = "Of the criteria that a log can speak to";
  const parts = [
    ...amounts(
      findings.filter((finding) => !open.includes(finding)),
      RESULT_WORDS,
    ),
    ...(open.length === 0
      ? []
      : [
          `${open.length} gave a warning by supporting tests alone and ${wereNot(open.length)} decided`,
        ]),
    ...amounts(findings, [
      ["no_exception", (amount) => `could only have been disproved and ${wereNot(amount)}`],
      ["context", "gave figures only"],
      ["not_applicable", "did not apply"],
    ]),
  ];
  return parts.length === 0 ? "" : `${among}, ${parts.join(", ")}.`;
}

function wereNot(amount: number): string {
  return amount === 1 ? "was not" : "were not";
}

function weightedScore(report: Summarised, { band, withheld, capped }: WeightedStatement): string {
  const { score: points, grade, coverage } = report;
  const rest = `${capital(band)}; ${criteriaDecided(coverage)}; ${criteriaNotAssessed(report)}.`;
  if (points === null) return `There is no score, because ${withheld ?? ""}. ${rest}`;
  const held = capped === undefined ? "" : `, held at ${capped.at} by ${capped.by.join(", ")}`;
  return `Evidence score ${points} of 100, grade ${grade ?? ""}${held}. ${rest}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
