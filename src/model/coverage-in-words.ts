// The two figures that never stand apart from a weighted score, in the one wording they have.

import { formatCount } from "./figures.ts";
import type { ComplianceReport, Coverage } from "./report.ts";

/** `12 of 14 testable criteria decided`. */
export function criteriaDecided({ decided, possible }: Coverage): string {
  const noun = possible === 1 ? "criterion" : "criteria";
  return `${formatCount(decided)} of ${formatCount(possible)} testable ${noun} decided`;
}

/** `35 of 61 criteria not assessed`; of a law, which has no number of criteria, `13 requirements not assessed`. */
export function criteriaNotAssessed(
  report: Pick<ComplianceReport, "coverage" | "notAssessed">,
): string {
  return `${notAssessedAmount(report)} not assessed`;
}

/** The same without the verb: `35 of 61 criteria`, `13 requirements`. */
export function notAssessedAmount({
  coverage: { total },
  notAssessed,
}: Pick<ComplianceReport, "coverage" | "notAssessed">): string {
  const missing = notAssessed.reduce((sum, { count = 1 }) => sum + count, 0);
  if (total === undefined) {
    return `${formatCount(missing)} ${missing === 1 ? "requirement" : "requirements"}`;
  }
  const noun = total === 1 ? "criterion" : "criteria";
  return `${formatCount(missing)} of ${formatCount(total)} ${noun}`;
}
