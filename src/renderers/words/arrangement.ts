// In which order people read findings: what needs a hand first, what stayed open, the rest.

import type { ComplianceFinding, Result, Severity } from "../../model/finding.ts";

/** Findings in three heaps; together they are all of them. */
export interface Arrangement {
  /** Failures, warnings and errors; the most severe first, then the most points, then the framework's order. */
  readonly first: readonly ComplianceFinding[];
  /** What could not be concluded, in the framework's order. */
  readonly open: readonly ComplianceFinding[];
  /** Passes and figures, in the framework's order. */
  readonly rest: readonly ComplianceFinding[];
}

const HEAP: Readonly<Record<Result, keyof Arrangement>> = {
  fail: "first",
  error: "first",
  warn: "first",
  inconclusive: "open",
  not_assessed: "open",
  pass: "rest",
  no_exception: "rest",
  context: "rest",
  not_applicable: "rest",
};

const SEVERITY_RANK: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** Sorts findings for a reader. */
export function arrange(findings: readonly ComplianceFinding[]): Arrangement {
  const heap = (name: keyof Arrangement): ComplianceFinding[] =>
    findings.filter(({ result }) => HEAP[result] === name);
  return {
    first: heap("first").toSorted(
      (a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity] || b.points - a.points,
    ),
    open: heap("open"),
    rest: heap("rest"),
  };
}

/** The title without the result it ends in, which is written alike in every language: `: NO EXCEPTION`. */
export function bareTitle(finding: ComplianceFinding): string {
  const { title, result } = finding;
  const capitals = result.toUpperCase();
  const ending = [capitals.replaceAll("_", " "), capitals].find((word) =>
    title.endsWith(`: ${word}`),
  );
  return ending === undefined ? title : title.slice(0, -ending.length - 2);
}

/** The title of a finding without its criterion, which stands beside it, and its result. */
export function titleAlone(finding: ComplianceFinding): string {
  const title = bareTitle(finding);
  return title.startsWith(`${finding.criterion} `)
    ? title.slice(finding.criterion.length + 1)
    : title;
}

/** How many findings have each result that came out, worst first. */
export function resultCounts(
  findings: readonly ComplianceFinding[],
): readonly (readonly [Result, number])[] {
  return (Object.keys(HEAP) as Result[])
    .map((result) => [result, findings.filter((one) => one.result === result).length] as const)
    .filter(([, amount]) => amount > 0);
}
