// The four tables of a report, in the order in which a workbook holds them.

import { languageOf } from "../../languages/languages.ts";
import type { ComplianceReport } from "../../model/report.ts";
import type { Sheet } from "./cell.ts";
import { exceptionsSheet } from "./exceptions.ts";
import { findingsSheet } from "./findings.ts";
import { populationSheet } from "./population.ts";
import { sampleSheet } from "./sample.ts";

/**
 * Findings, exceptions, population, sample, in the report's language.
 *
 * @throws ComplianceError `invalid-option` when there is no such language
 */
export function sheetsOf(report: ComplianceReport): readonly Sheet[] {
  const language = languageOf(report.language);
  return [findingsSheet, exceptionsSheet, populationSheet, sampleSheet].map((table) =>
    table(report, language),
  );
}
