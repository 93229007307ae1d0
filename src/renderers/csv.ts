// The findings as CSV, one row each, for working papers and programs.

import { languageOf } from "../languages/languages.ts";
import type { ComplianceReport } from "../model/report.ts";
import { writeCsv } from "./csv/write-csv.ts";
import type { Renderer } from "./renderer.ts";
import { findingsSheet } from "./sheets/findings.ts";

/** `csv`: see {@link toCsv}. */
export const renderer: Renderer = {
  name: "csv",
  mediaType: "text/csv; charset=utf-8; header=present",
  extension: "csv",
  render: (report) => toCsv(report),
};

/**
 * The table of findings.
 *
 * @throws ComplianceError `invalid-option` when the report's language does not exist
 */
export function toCsv(report: ComplianceReport): string {
  const language = languageOf(report.language);
  return writeCsv(findingsSheet(report, language), language.sheets.sheets);
}
