// How figures and names of a report read in its language, alike in every format for people.

import type { Language } from "../../languages/language.ts";
import type { ComplianceFinding, Observed, Test } from "../../model/finding.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { resultCounts } from "./arrangement.ts";
import { notAssessedCount } from "./readings.ts";

/** What was measured: `3`, or `98.7 % (1,184 of 1,200)`. */
export function observed(measured: Observed, { numbers, report: words }: Language): string {
  switch (measured.kind) {
    case "share": {
      const { part, whole } = measured;
      return words.findings.shareOf(numbers.share(part, whole), part, whole);
    }
    case "groups":
      return words.findings.groups(measured.value);
    case "count":
      return numbers.count(measured.value);
  }
}

/** A span given in seconds, exact to the microsecond. */
export function spanOfSeconds(seconds: number, { numbers }: Language): string {
  return numbers.exactSpan(Math.round(seconds * 1_000_000));
}

/** `2026-01-01 to 2026-03-23`, days in UTC, both included. */
export function periodDays(report: ComplianceReport, { numbers, report: words }: Language): string {
  const { periodStart, periodEnd } = report;
  const { opening } = words;
  if (periodStart === null && periodEnd === null) return opening.unknownPeriod;
  const day = (bound: string | null): string =>
    bound === null ? opening.unknown : numbers.day(bound);
  return opening.days(day(periodStart), day(periodEnd));
}

/** The report's name: as documented, or for a weighted framework its title. */
export function reportTitle(report: ComplianceReport, { report: { opening } }: Language): string {
  return report.weighted === undefined
    ? opening.title(report.reportType.toUpperCase())
    : opening.titleOf(report.framework.title);
}

/** How much of a list is shown: `all 3`, `the first 50 of 1,204`. */
export function listed(shown: number, total: number, { report: words }: Language): string {
  return shown < total ? words.findings.firstOf(shown, total) : words.findings.all(total);
}

/** Why a report has no score; only meaningful when it has none. */
export function whyNotGraded(report: ComplianceReport, { report: { opening } }: Language): string {
  if (report.weighted?.withheld !== undefined) return report.weighted.withheld;
  if (report.totalActions === 0) return opening.noEntry;
  return report.coverage.weightDecided === 0 ? opening.nothingDecided : opening.tooLittleDecided;
}

/** `4 of the 61 criteria of SOC 2`; `12 criteria of GDPR` where the edition has no number of them. */
export function criteriaDecided(
  report: ComplianceReport,
  { report: { opening } }: Language,
): string {
  const { decided, total } = report.coverage;
  return opening.criteriaOf(decided, total, report.framework.title);
}

/** `12 of 14 testable criteria decided`, and `35 of 61 criteria not assessed`: figures that never stand apart from a score. */
export function coverageFigures(
  report: ComplianceReport,
  { assess: { coverage } }: Language,
): readonly [decided: string, notAssessed: string] {
  const { decided, possible, total } = report.coverage;
  return [
    coverage.decided(decided, possible),
    coverage.notAssessed(notAssessedCount(report), total),
  ];
}

/** `1 fail, 2 pass`: how many findings have each result, worst first. */
export function tally(
  findings: readonly ComplianceFinding[],
  { report: { names } }: Language,
): string {
  return resultCounts(findings)
    .map(([result, amount]) => names.amount(result, amount))
    .join(", ");
}

/** What stands beside a result: open tests, a record in doubt, a date from which the criterion binds. */
export function notesOf({ weighted }: ComplianceFinding, language: Language): readonly string[] {
  const { notes } = language.report.findings;
  const { open, recordInDoubt, bindsFrom } = weighted ?? {};
  return [
    open === true ? notes.open : undefined,
    recordInDoubt === true ? notes.inDoubt : undefined,
    bindsFrom === undefined ? undefined : notes.bindsFrom(language.numbers.day(bindsFrom)),
  ].filter((note) => note !== undefined);
}

/** Short name of a test: its code, and the criterion whose own limits it was held against. */
export function testName({ key, measure, code }: Test, { report: words }: Language): string {
  const name = code ?? measure;
  return key.startsWith(`${measure}@`)
    ? words.findings.testFor(name, key.slice(measure.length + 1))
    : name;
}

/** `ENF-05 warn`. */
export function testWithResult(test: Test, language: Language): string {
  return `${testName(test, language)} ${language.report.names.resultsInText[test.result]}`;
}

/** What the findings of a test of the policy are about: `2 rules and the defaults`. */
export function aboutRules(
  rules: NonNullable<Test["rules"]>,
  { numbers, report: { findings } }: Language,
): string {
  const named = new Set(rules.flatMap(({ rule }) => (rule === undefined ? [] : [rule]))).size;
  return numbers.list([
    ...(named === 0 ? [] : [findings.rules(named)]),
    ...(rules.some(({ rule }) => rule === undefined) ? [findings.theDefaults] : []),
  ]);
}
