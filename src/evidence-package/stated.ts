// What the reports say about a measure, and so what the evidence must come to.

import type { Measure } from "../model/measure.ts";
import type { ComplianceReport } from "../model/report.ts";

/**
 * Kinds of measures whose exceptions are no entries: ids, rules. A silence stands for the entry that
 * ends it, a spike for its first.
 */
const NO_ENTRIES: ReadonlySet<Measure["kind"]> = new Set(["identity", "policy-lint"]);

/** Exceptions by measure, for those that have any, in the order of the question. */
export interface Stated {
  /** Of measures whose exceptions are entries. */
  readonly listed: ReadonlyMap<string, number>;
  /** Of the others; the reports themselves list them. */
  readonly unlisted: ReadonlyMap<string, number>;
}

/** Adds up what the reports state. Where a report could not ask a measure, another may have. */
export function statedExceptions(
  reports: readonly ComplianceReport[],
  measures: readonly Measure[],
): Stated {
  const most = new Map<string, number>();
  for (const { measure, exceptions } of reports.flatMap(answersOf)) {
    most.set(measure, Math.max(exceptions, most.get(measure) ?? 0));
  }
  const found = measures.flatMap(({ id, kind }) => {
    const exceptions = most.get(id) ?? 0;
    return exceptions === 0 ? [] : [{ id, exceptions, isListed: !NO_ENTRIES.has(kind) }];
  });
  const those = (listed: boolean): ReadonlyMap<string, number> =>
    new Map(
      found
        .filter(({ isListed }) => isListed === listed)
        .map(({ id, exceptions }) => [id, exceptions]),
    );
  return { listed: those(true), unlisted: those(false) };
}

interface StatedAnswer {
  readonly measure: string;
  readonly exceptions: number;
}

function answersOf({ findings, weighted }: ComplianceReport): readonly StatedAnswer[] {
  if (weighted !== undefined) return weighted.tests;
  return findings.map((finding) => ({
    measure: decidingMeasure(finding),
    exceptions: finding.exceptions,
  }));
}

/** The measure whose figures a finding of a framework with points carries: a doubt carries its own. */
export function decidingMeasure(finding: ComplianceReport["findings"][number]): string {
  const { measures, reason } = finding;
  return (reason === "record-in-doubt" ? measures.at(-1) : measures[0]) ?? "";
}
