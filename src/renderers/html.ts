// The report as one HTML file, for people: nothing is loaded, nothing is sent. It reads, filters and
// prints without a script, and carries the report's JSON.

import { languageOf } from "../languages/languages.ts";
import type { ComplianceReport } from "../model/report.ts";
import { embeddedJson } from "./html/data.ts";
import { MEASURES, MOST_BYTES } from "./html/measure.ts";
import { page } from "./html/page.ts";
import { outline } from "./outline/outline.ts";
import type { Renderer } from "./renderer.ts";

/** `html`: a report to read in a browser, to send or to print. */
export const renderer: Renderer = {
  name: "html",
  mediaType: "text/html",
  extension: "html",
  render: toHtml,
};

/**
 * A report as one HTML file of at most 5 MB, ending in a line feed. The same report gives the same
 * bytes. Long tables are drawn in part, with their full number; the JSON is left out, and this said,
 * where it would make the file too large.
 *
 * @throws ComplianceError `invalid-option` when there is no such language
 */
export function toHtml(report: ComplianceReport): string {
  const language = languageOf(report.language);
  const { presentation } = report;
  const parts = {
    outline: outline(report, language),
    count: (value: number) => language.numbers.count(value),
    ...(presentation === undefined ? {} : { presentation }),
  };
  const json = embeddedJson(report, MOST_BYTES);
  let drawn = "";
  for (const measure of MEASURES) {
    for (const carried of json === undefined ? [{}] : [{ json }, {}]) {
      drawn = page({ ...parts, ...carried, measure });
      if (Buffer.byteLength(drawn) <= MOST_BYTES) return drawn;
    }
  }
  return drawn;
}
