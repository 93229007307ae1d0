// How the results of weighted frameworks read, in every format for people.

import { criteriaDecided, criteriaNotAssessed } from "../../model/coverage-in-words.ts";
import { formatList } from "../../model/figures.ts";
import type { ComplianceFinding, Test } from "../../model/finding.ts";
import type { CriterionSeverity } from "../../model/framework.ts";
import type { LimitBasis } from "../../model/measure.ts";
import type { ComplianceReport, WeightedStatement } from "../../model/report.ts";
import type { Reason, Result } from "../../model/result.ts";
import { bareTitle, resultWord } from "./arrangement.ts";
import { counted } from "./phrases.ts";

/** The three figures that are never shown apart, and the first of them by itself. */
export function threeFigures(report: ComplianceReport): readonly [string, string, string] {
  const { score, grade, coverage } = report;
  return [
    score === null ? "No score" : `Evidence score ${score} of 100, grade ${grade ?? "none"}`,
    criteriaDecided(coverage),
    criteriaNotAssessed(report),
  ];
}

/** What a band means, as a sentence without a full stop. */
export const BANDS: Readonly<Record<WeightedStatement["band"], string>> = {
  "critical exceptions": "a test of a critical criterion failed",
  "significant exceptions": "a test of a criterion of high severity failed",
  "minor exceptions": "tests found exceptions, none of them on a critical or high criterion",
  "no exceptions in the tests run": "every test that could be decided stayed within its limits",
  "not enough evidence": "too little could be decided to say more",
};

/** What stands beside a result: open tests, a record in doubt, a date from which the criterion binds. */
export function notesOf({ weighted }: ComplianceFinding): readonly string[] {
  return [
    weighted?.open === true ? "deciding tests open" : undefined,
    weighted?.recordInDoubt === true ? "record in doubt" : undefined,
    weighted?.bindsFrom === undefined ? undefined : `binds from ${weighted.bindsFrom}`,
  ].filter((note) => note !== undefined);
}

/** `PASS (record in doubt)`, `FAIL (binds from 2027-12-02)`. */
export function resultOf(finding: ComplianceFinding): string {
  const { result } = finding;
  const notes = notesOf(finding);
  return notes.length === 0 ? resultWord(result) : `${resultWord(result)} (${notes.join(", ")})`;
}

/** The title of a finding without its criterion, which stands beside it, and its result. */
export function titleAlone(finding: ComplianceFinding): string {
  const title = bareTitle(finding);
  return title.startsWith(`${finding.criterion} `)
    ? title.slice(finding.criterion.length + 1)
    : title;
}

/** Short name of a test: its code, and the criterion whose own limits it was held against. */
export function testName({ key, measure, code }: Test): string {
  const own = key.startsWith(`${measure}@`) ? ` for ${key.slice(measure.length + 1)}` : "";
  return `${code ?? measure}${own}`;
}

/** Supporting tests that speak against a good result without changing it: `ENF-05 warn`. */
export function contraryTests(
  { result, weighted }: ComplianceFinding,
  tests: readonly Test[],
): readonly string[] {
  if (result !== "pass" && result !== "no_exception") return [];
  return tests
    .filter(
      (test) =>
        RESULT_RANK[test.result] !== undefined && weighted?.supporting.includes(test.key) === true,
    )
    .map((test) => `${testName(test)} ${resultWord(test.result).toLowerCase()}`);
}

/** What the findings of a test of the policy are about: `2 rules and the defaults`. */
export function aboutRules(rules: NonNullable<Test["rules"]>): string {
  const named = new Set(rules.flatMap(({ rule }) => (rule === undefined ? [] : [rule]))).size;
  return formatList([
    ...(named === 0 ? [] : [counted(named, "rule", "rules")]),
    ...(rules.some(({ rule }) => rule === undefined) ? ["the defaults"] : []),
  ]);
}

/** An expression in one line, however it was written; one of nothing but blanks as it is. */
export function oneLine(expression: string): string {
  const line = expression.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
  return line === "" ? expression : line;
}

const SEVERITY_RANK: Readonly<Record<CriterionSeverity, number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
};
const RESULT_RANK: Partial<Readonly<Record<Result, number>>> = { fail: 0, error: 1, warn: 2 };

/** Criteria that need a hand: failures, tests that could not be run, warnings; the heaviest first. */
export function toDoFirst(findings: readonly ComplianceFinding[]): readonly ComplianceFinding[] {
  return findings
    .filter(({ result }) => RESULT_RANK[result] !== undefined)
    .toSorted((a, b) => resultRank(a) - resultRank(b) || severityRank(a) - severityRank(b));
}

function resultRank({ result }: { readonly result: Result }): number {
  return RESULT_RANK[result] ?? 3;
}

function severityRank({ weighted }: ComplianceFinding): number {
  return weighted === undefined ? 4 : SEVERITY_RANK[weighted.criterionSeverity];
}

/** Tests that need a hand: failures, errors, warnings; those of the heaviest criteria first. */
export function deviatingTests(
  tests: readonly Test[],
  findings: readonly ComplianceFinding[],
): readonly Test[] {
  const heaviest = (test: Test): number =>
    Math.min(
      4,
      ...findings.filter(({ criterion }) => test.criteria.includes(criterion)).map(severityRank),
    );
  return tests
    .filter(({ result }) => RESULT_RANK[result] !== undefined)
    .toSorted((a, b) => resultRank(a) - resultRank(b) || heaviest(a) - heaviest(b));
}

/** Criteria that a test touches: `CC6.1 (critical, decisive: FAIL)`. */
export function touched(test: Test, findings: readonly ComplianceFinding[]): readonly string[] {
  return findings
    .filter(({ criterion }) => test.criteria.includes(criterion))
    .map((finding) => {
      const { criterion, result, weighted } = finding;
      const role = weighted?.decisive.includes(test.key) === true ? "decisive" : "supporting";
      const kind = weighted?.mode === "figures" ? "figures" : role;
      return `${criterion} (${weighted?.criterionSeverity ?? "none"}, ${kind}: ${resultWord(result)})`;
    });
}

/** Why nothing could be concluded, in the order in which an owner can help. */
export const REASONS: readonly (readonly [Reason, string])[] = [
  ["not-recorded", "The log does not record what the tests need"],
  ["missing-input", "An input beside the log is missing"],
  ["too-few", "Too little is recorded"],
  ["not-exercised", "Nothing of the kind happened"],
  ["record-in-doubt", "The record itself is in doubt"],
];

/** Criteria that stay open for a reason: those without a result, and warnings whose deciding tests are open. */
export function leftOpen(
  reason: Reason,
  findings: readonly ComplianceFinding[],
  tests: readonly Test[],
): readonly ComplianceFinding[] {
  return findings.filter(({ reason: own, weighted }) => {
    if (weighted?.open !== true) return own === reason;
    const decisive = tests.filter(({ key }) => weighted.decisive.includes(key));
    return decisive.find(({ result }) => result === "inconclusive")?.reason === reason;
  });
}

/** Where a limit comes from, in words. */
export const BASES: Readonly<Record<LimitBasis, string>> = {
  law: "law",
  standard: "standard",
  "analogy-to-a-standard": "analogy to a standard",
  "audit-practice": "audit practice",
  statistic: "statistics",
  "zero-tolerance": "zero tolerance",
  "engineering-default": "engineering default",
  owner: "the owner's own",
};

/** The limits of a test in the order in which they are tried: `fail when exceptions > 0; else pass`. */
export function limitsInWords({ limits }: Test): string {
  if (limits.every(({ result }) => result === "context")) return "none; it gives a figure";
  return limits
    .map(({ result, when }) => {
      const words = result.replaceAll("_", " ");
      if (when !== undefined) return `${words} when ${oneLine(when)}`;
      return `else ${words}`;
    })
    .join("; ");
}
