// The answer to a question about the policy itself. No entry is read for it.

import type { PolicyLintMeasure } from "../model/measure.ts";
import { LISTED } from "../model/observation.ts";
import type { ListedRule, PolicyLintObservation } from "../model/observation.ts";
import type { PolicyLintFinding } from "../model/report.ts";
import type { StatedPolicy } from "./policy-statement.ts";

/** Notes of severity info are no exceptions. Its population is the policy's rules and its defaults; without a policy there is none. Messages are in the language of that code. */
export function lintObservation(
  measure: PolicyLintMeasure,
  policy: StatedPolicy | undefined,
  language: string,
): PolicyLintObservation {
  const findings = policy?.lint(language) ?? [];
  const counting = findings.filter(
    ({ code, severity }) => measure.codes.includes(code) && severity !== "info",
  );
  return {
    kind: "policy-lint",
    measure: measure.id,
    population: policy === undefined ? 0 : policy.rules.length + 1,
    exceptions: counting.length,
    exceptionEntries: [],
    numbers: Object.fromEntries(
      measure.lintCounts.map(({ name, ...wanted }) => [name, countOf(findings, wanted)]),
    ),
    rules: counting.slice(0, LISTED).map(listed),
  };
}

function listed({ rule, line, message }: PolicyLintFinding): ListedRule {
  return {
    ...(rule === undefined ? {} : { rule }),
    ...(line === undefined ? {} : { line }),
    message,
  };
}

function countOf(
  findings: readonly PolicyLintFinding[],
  { codes, severity }: Omit<PolicyLintMeasure["lintCounts"][number], "name">,
): number {
  return findings.filter(
    (finding) =>
      codes.includes(finding.code) && (severity === undefined || finding.severity === severity),
  ).length;
}
