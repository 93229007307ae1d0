// How numbers, shares, spans and dates read in the formats for people. No locale is asked:
// the same report reads the same everywhere.

import { formatCount, formatShare } from "../../model/figures.ts";
import { MICROSECONDS_PER_SECOND, parseInstant } from "../../model/instant.ts";
import type { ComplianceFinding, Observed } from "../../model/finding.ts";
import type { ComplianceReport } from "../../model/report.ts";

/** `1 entry`, `2 entries`. */
export function counted(value: number, one: string, many: string): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** What was measured: `3`, or `98.7 % (1,184 of 1,200)`. */
export function observed(measured: Observed): string {
  if (measured.kind === "share") {
    const { part, whole } = measured;
    return `${formatShare(part, whole)} (${formatCount(part)} of ${formatCount(whole)})`;
  }
  return measured.kind === "groups"
    ? counted(measured.value, "group", "groups")
    : formatCount(measured.value);
}

/** A span in microseconds: `2 d 3 h 4 min 5.25 s`; parts that are zero are left out. */
export function span(microseconds: number): string {
  const seconds = Math.floor(microseconds / MICROSECONDS_PER_SECOND);
  const fraction = microseconds % MICROSECONDS_PER_SECOND;
  const rest =
    fraction === 0
      ? String(seconds % 60)
      : `${seconds % 60}.${String(fraction).padStart(6, "0").replace(/0+$/, "")}`;
  const parts = [
    [formatCount(Math.floor(seconds / 86_400)), "d"],
    [String(Math.floor(seconds / 3600) % 24), "h"],
    [String(Math.floor(seconds / 60) % 60), "min"],
    [rest, "s"],
  ];
  const told = parts.filter(([amount]) => amount !== "0").map((part) => part.join(" "));
  return told.length === 0 ? "0 s" : told.join(" ");
}

/** A span given in seconds, to the microsecond. */
export function spanOfSeconds(seconds: number): string {
  return span(Math.round(seconds * MICROSECONDS_PER_SECOND));
}

/** `2026-01-01 to 2026-03-23`, days in UTC, both included. */
export function periodDays(report: ComplianceReport): string {
  const { periodStart, periodEnd } = report;
  if (periodStart === null && periodEnd === null) return "unknown (no entry with a readable time)";
  return `${day(periodStart)} to ${day(periodEnd)}`;
}

function day(instantText: string | null): string {
  if (instantText === null) return "unknown";
  return Number.isNaN(parseInstant(instantText)) ? instantText : instantText.slice(0, 10);
}

/** How many entries of a list are shown to people; the number beside it is always full. */
export const SHOWN = 50;

/** How much of a list is shown: `all 3`, `the first 50 of 1,204`. */
export function listed(shown: number, total: number): string {
  return shown < total
    ? `the first ${formatCount(shown)} of ${formatCount(total)}`
    : `all ${formatCount(total)}`;
}

/** How many of the actions in scope carry one of the policy's three decisions. */
export function decidedActions(report: ComplianceReport): number {
  return report.blockedActions + report.approvedActions + report.autoApproved;
}

/** What of the decisions behind the actions a log does not record; the documented report types count them as none. */
export function unrecordedDecisions({
  weighted,
  population: { recordable },
}: ComplianceReport): "none" | "of humans" | "of the policy" {
  if (weighted === undefined) return "none";
  if (!recordable.includes("approval")) return "of the policy";
  return recordable.includes("human_decision") ? "none" : "of humans";
}

/** Why a report has no score; only meaningful when it has none. */
export function whyNotGraded(report: ComplianceReport): string {
  if (report.weighted?.withheld !== undefined) return report.weighted.withheld;
  if (report.totalActions === 0) return "no entry is in scope";
  if (report.coverage.weightDecided === 0) return "nothing could be decided from this log";
  return "too little could be decided from this log";
}

/** `4 of the 61 criteria of SOC 2`; `12 criteria of GDPR` where the edition has no number of them. The title is not escaped. */
export function coverage(report: ComplianceReport): string {
  const { decided, total } = report.coverage;
  const some =
    total === undefined
      ? counted(decided, "criterion", "criteria")
      : `${formatCount(decided)} of the ${counted(total, "criterion", "criteria")}`;
  return `${some} of ${report.framework.title}`;
}

/** Whether the counts of the population statement add up, as they must. */
export function sumsTie(report: ComplianceReport): boolean {
  const { read, accepted, rejected, duplicate, inScope, outOfPeriod } = report.population;
  return (
    read === accepted + rejected + duplicate &&
    accepted === inScope + outOfPeriod &&
    inScope === report.totalActions
  );
}

/** The reason of an inconclusive finding, as a clause. */
export function reasonClause(reason: NonNullable<ComplianceFinding["reason"]>): string {
  switch (reason) {
    case "not-exercised":
      return "nothing of the kind happened";
    case "not-recorded":
      return "the log does not record what the test needs";
    case "too-few":
      return "too few entries";
    case "missing-input":
      return "an input beside the log is missing";
    case "record-in-doubt":
      return "the record itself is in doubt";
  }
}

/** The sentence that every first page carries. */
export const NOTICE =
  "This is evidence prepared by software from logs that the organisation supplied. " +
  "It says what was tested, on how many entries, between which dates, and what was not. " +
  "It is not an opinion.";
