// The report as Markdown (CommonMark with GFM tables), for people. It begins as documented;
// then the conclusion, what to do first, the rest, and where every number comes from.

import type { ComplianceReport } from "../model/report.ts";
import { document, quote } from "./markdown/blocks.ts";
import { findingBlock, resultsTable, shortBlock } from "./markdown/findings.ts";
import { fixTheLog } from "./markdown/fix-the-log.ts";
import { markup, passage } from "./markdown/markup.ts";
import type { Markdown } from "./markdown/markup.ts";
import { populationStatement } from "./markdown/population.ts";
import {
  keyFigures,
  method,
  notAssessed,
  overrides,
  policyStatement,
  section,
  title,
} from "./markdown/sections.ts";
import { weightedReport } from "./markdown/weighted.ts";
import type { Renderer } from "./renderer.ts";
import { arrange } from "./words/arrangement.ts";
import * as words from "./words/phrases.ts";

/** `markdown`: a report to read, to print or to file. */
export const renderer: Renderer = {
  name: "markdown",
  mediaType: "text/markdown",
  extension: "md",
  render: toMarkdown,
};

/** A report as Markdown, ending in a line feed. The same report gives the same text, to the byte. */
export function toMarkdown(report: ComplianceReport): string {
  return `${wholeReport(report).source}\n`;
}

function wholeReport(report: ComplianceReport): Markdown {
  return report.weighted === undefined
    ? pointsReport(report)
    : weightedReport(report, report.weighted);
}

function pointsReport(report: ComplianceReport): Markdown {
  const { first, open, rest } = arrange(report.findings);
  return document(
    title(report),
    quote(markup`${passage(words.NOTICE)}`),
    conclusion(report),
    keyFigures(report),
    section("Results", resultsTable(report.findings)),
    section("What to do first", ...first.map(findingBlock)),
    section("What could not be concluded", ...open.map(findingBlock)),
    section("Within limits, and figures", ...rest.map(shortBlock)),
    section("Fix the log", fixTheLog(report)),
    section("What the configuration changes", overrides(report)),
    section("Where the numbers come from", populationStatement(report)),
    section("Policy", policyStatement(report.policy)),
    section("Not assessed", notAssessed(report)),
    section("Method and versions", method(report)),
  );
}

function conclusion(report: ComplianceReport): Markdown {
  const { score, grade } = report;
  const summary = report.summary === "" ? undefined : passage(report.summary);
  return document(
    score === null
      ? markup`**Not graded:** ${words.whyNotGraded(report)}.`
      : markup`**Score: ${score} of 100. Grade: ${grade ?? "none"}.**`,
    summary,
  );
}
