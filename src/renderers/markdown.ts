// The report as Markdown (CommonMark with GFM tables), for people: the outline's blocks and
// nothing else, below the three lines that the documented interface promises.

import { languageOf } from "../languages/languages.ts";
import type { ComplianceReport } from "../model/report.ts";
import { writeOutline } from "./markdown/write-outline.ts";
import { outline } from "./outline/outline.ts";
import type { Renderer } from "./renderer.ts";

/** `markdown`: a report to read, to print or to file. */
export const renderer: Renderer = {
  name: "markdown",
  mediaType: "text/markdown",
  extension: "md",
  render: toMarkdown,
};

/**
 * A report as Markdown, ending in a line feed. The same report gives the same text, to the byte.
 *
 * @throws ComplianceError `invalid-option` when the report's language is not known
 */
export function toMarkdown(report: ComplianceReport): string {
  const language = languageOf(report.language);
  return `${writeOutline(outline(report, language), language).source}\n`;
}
