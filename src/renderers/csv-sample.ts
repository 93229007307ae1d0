// The sample as CSV: the drawn entries, with columns for what the auditor finds.

import { languageOf } from "../languages/languages.ts";
import type { ComplianceReport } from "../model/report.ts";
import { writeCsv } from "./csv/write-csv.ts";
import type { Renderer } from "./renderer.ts";
import { sampleSheet } from "./sheets/sample.ts";

/** `csv-sample`: see {@link toCsvSample}. */
export const renderer: Renderer = {
  name: "csv-sample",
  mediaType: "text/csv; charset=utf-8; header=present",
  extension: "sample.csv",
  render: (report) => toCsvSample(report),
};

/**
 * The table of drawn entries; a sentence where none were drawn.
 *
 * @throws ComplianceError `invalid-option` when the report's language does not exist
 */
export function toCsvSample(report: ComplianceReport): string {
  const language = languageOf(report.language);
  return writeCsv(sampleSheet(report, language), language.sheets.sheets);
}
