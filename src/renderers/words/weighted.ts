// In which order findings and tests of weighted frameworks are told, and what belongs together.

import type { ComplianceFinding, Test } from "../../model/finding.ts";
import type { CriterionSeverity } from "../../model/framework.ts";
import type { Reason, Result } from "../../model/result.ts";

const SEVERITY_RANK: Readonly<Record<CriterionSeverity, number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
};
const RESULT_RANK: Partial<Readonly<Record<Result, number>>> = { fail: 0, error: 1, warn: 2 };

/** Whether a result needs a hand: a failure, a test that could not be run, a warning. */
export function deviates({ result }: { readonly result: Result }): boolean {
  return RESULT_RANK[result] !== undefined;
}

/** Criteria that need a hand: failures, tests that could not be run, warnings; the heaviest first. */
export function toDoFirst(findings: readonly ComplianceFinding[]): readonly ComplianceFinding[] {
  return findings
    .filter(deviates)
    .toSorted((a, b) => resultRank(a) - resultRank(b) || severityRank(a) - severityRank(b));
}

function resultRank({ result }: { readonly result: Result }): number {
  return RESULT_RANK[result] ?? 3;
}

function severityRank({ weighted }: ComplianceFinding): number {
  return weighted === undefined ? 4 : SEVERITY_RANK[weighted.criterionSeverity];
}

/** The severity of the heaviest criterion that asks a test; absent when none does. */
export function heaviestSeverity(
  test: Test,
  findings: readonly ComplianceFinding[],
): CriterionSeverity | undefined {
  return touchedBy(test, findings).toSorted((a, b) => severityRank(a) - severityRank(b))[0]
    ?.weighted?.criterionSeverity;
}

/** Tests that need a hand: failures, errors, warnings; those of the heaviest criteria first. */
export function deviatingTests(
  tests: readonly Test[],
  findings: readonly ComplianceFinding[],
): readonly Test[] {
  const heaviest = (test: Test): number =>
    Math.min(4, ...touchedBy(test, findings).map(severityRank));
  return tests
    .filter(deviates)
    .toSorted((a, b) => resultRank(a) - resultRank(b) || heaviest(a) - heaviest(b));
}

/** Criteria that ask a test, in the framework's order. */
export function touchedBy(
  test: Test,
  findings: readonly ComplianceFinding[],
): readonly ComplianceFinding[] {
  return findings.filter(({ criterion }) => test.criteria.includes(criterion));
}

/** Supporting tests that speak against a good result without changing it. */
export function contraryTests(
  { result, weighted }: ComplianceFinding,
  tests: readonly Test[],
): readonly Test[] {
  if (result !== "pass" && result !== "no_exception") return [];
  return tests.filter((test) => deviates(test) && weighted?.supporting.includes(test.key) === true);
}

/** Why nothing could be concluded, in the order in which an owner can help; last, what states no reason. */
export const REASONS: readonly (Reason | undefined)[] = [
  "not-recorded",
  "missing-input",
  "too-few",
  "not-exercised",
  "record-in-doubt",
  undefined,
];

/** Criteria that stay open for a reason: those without a result, and warnings whose deciding tests are open. */
export function leftOpen(
  reason: Reason | undefined,
  findings: readonly ComplianceFinding[],
  tests: readonly Test[],
): readonly ComplianceFinding[] {
  return findings.filter((finding) => {
    const { reason: own, weighted } = finding;
    if (weighted?.open !== true) return isOpen(finding) && own === reason;
    const decisive = tests.filter(({ key }) => weighted.decisive.includes(key));
    return decisive.find(({ result }) => result === "inconclusive")?.reason === reason;
  });
}

/** Tests that have no answer for a reason. */
export function openTests(reason: Reason | undefined, tests: readonly Test[]): readonly Test[] {
  return tests.filter((test) => isOpen(test) && test.reason === reason);
}

function isOpen({ result }: { readonly result: Result }): boolean {
  return result === "inconclusive" || result === "not_assessed";
}

/** Tests within their limits, figures, and those that do not apply. */
export function quietTests(tests: readonly Test[]): readonly Test[] {
  return tests.filter((test) => !deviates(test) && !isOpen(test));
}
