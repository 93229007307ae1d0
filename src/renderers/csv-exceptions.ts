// The exceptions as CSV, one row each, as many as the report lists.

import { languageOf } from "../languages/languages.ts";
import type { ComplianceReport } from "../model/report.ts";
import { writeCsv } from "./csv/write-csv.ts";
import type { Renderer } from "./renderer.ts";
import { exceptionsSheet } from "./sheets/exceptions.ts";

/** `csv-exceptions`: see {@link toCsvExceptions}. */
export const renderer: Renderer = {
  name: "csv-exceptions",
  mediaType: "text/csv; charset=utf-8; header=present",
  extension: "exceptions.csv",
  render: (report) => toCsvExceptions(report),
};

/**
 * The table of exceptions.
 *
 * @throws ComplianceError `invalid-option` when the report's language does not exist
 */
export function toCsvExceptions(report: ComplianceReport): string {
  const language = languageOf(report.language);
  return writeCsv(exceptionsSheet(report, language), language.sheets.sheets);
}
