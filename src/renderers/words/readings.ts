// What a report's numbers mean together, before any language says it.

import type { ComplianceReport } from "../../model/report.ts";

/** How many entries of a list are shown to people; the number beside it is always full. */
export const SHOWN = 50;

/** How many of the actions in scope carry one of the policy's three decisions. */
export function decidedActions(report: ComplianceReport): number {
  return report.blockedActions + report.approvedActions + report.autoApproved;
}

/** What of the decisions behind the actions a log does not record. */
export function unrecordedDecisions({
  population: { recordable },
}: ComplianceReport): "none" | "of humans" | "of the policy" {
  if (!recordable.includes("approval")) return "of the policy";
  return recordable.includes("human_decision") ? "none" : "of humans";
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

/** How many requirements are not assessed; a row may stand for several. */
export function notAssessedCount({ notAssessed }: ComplianceReport): number {
  return notAssessed.reduce((sum, { count = 1 }) => sum + count, 0);
}

/** An expression in one line, however it was written; one of nothing but blanks as it is. */
export function oneLine(expression: string): string {
  const line = expression.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
  return line === "" ? expression : line;
}
