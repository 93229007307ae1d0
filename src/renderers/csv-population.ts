// The population statement as CSV: names and values.

import { languageOf } from "../languages/languages.ts";
import type { ComplianceReport } from "../model/report.ts";
import { writeCsv } from "./csv/write-csv.ts";
import type { Renderer } from "./renderer.ts";
import { populationSheet } from "./sheets/population.ts";

/** `csv-population`: see {@link toCsvPopulation}. */
export const renderer: Renderer = {
  name: "csv-population",
  mediaType: "text/csv; charset=utf-8; header=present",
  extension: "population.csv",
  render: (report) => toCsvPopulation(report),
};

/**
 * The population statement.
 *
 * @throws ComplianceError `invalid-option` when the report's language does not exist
 */
export function toCsvPopulation(report: ComplianceReport): string {
  const language = languageOf(report.language);
  return writeCsv(populationSheet(report, language), language.sheets.sheets);
}
