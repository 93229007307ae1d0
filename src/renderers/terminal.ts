// The report for people at a terminal: the conclusion and what to do, on a screen or two.
// Headings and labels stand in the first columns and text begins right of them, so text from
// a log, however many lines it takes, never looks like a part of the report.

import { formatCount } from "../model/figures.ts";
import { fieldText } from "../model/audit-entry.ts";
import type { ComplianceFinding } from "../model/finding.ts";
import type { ComplianceReport } from "../model/report.ts";
import type { Renderer } from "./renderer.ts";
import { wrap } from "./terminal/cells.ts";
import type { Run } from "./terminal/cells.ts";
import {
  BLANK,
  EXPLAINED,
  FINDING,
  LABELLED,
  MARKS,
  POINTERS,
  gradeStyle,
  heading,
  labelled,
  quoted,
} from "./terminal/layout.ts";
import type { Block } from "./terminal/layout.ts";
import { actionFigures, fixTheLog, surroundings } from "./terminal/surroundings.ts";
import { weightedBlocks } from "./terminal/weighted.ts";
import { arrange, bareTitle, resultWord, tally } from "./words/arrangement.ts";
import * as words from "./words/phrases.ts";

/** `terminal`: a summary for people. */
export const renderer: Renderer = {
  name: "terminal",
  mediaType: "text/plain",
  extension: "txt",
  render: (report, { width = 80, color = false } = {}) =>
    [
      ...head(report),
      BLANK,
      ...(report.weighted === undefined
        ? [...figures(report), BLANK, ...findings(report.findings)]
        : weightedBlocks(report, report.weighted)),
      BLANK,
      ...surroundings(report),
      BLANK,
      ...fixTheLog(report),
      ...FOOTER,
    ]
      .flatMap(({ runs, indent, hanging }) =>
        wrap(runs, { width: Math.max(40, width), indent, hanging, color }),
      )
      .map((line) => `${line}\n`)
      .join(""),
};

function head(report: ComplianceReport): readonly Block[] {
  return [
    heading(
      report.weighted === undefined
        ? `${report.reportType.toUpperCase()} Compliance Report`
        : `${report.framework.title}: what the agent log shows`,
    ),
    labelled("Period", `${words.periodDays(report)}, UTC`),
    labelled("About", words.NOTICE),
  ];
}

function figures(report: ComplianceReport): readonly Block[] {
  const { score, grade } = report;
  const verdict: Run =
    score === null
      ? { text: `Not graded: ${words.whyNotGraded(report)}`, style: "cyan" }
      : { text: `Score ${score} of 100, grade ${grade ?? "none"}`, style: gradeStyle(score) };
  return [
    { runs: [verdict], indent: 0, hanging: LABELLED },
    ...(report.summary === "" ? [] : [labelled("Summary", report.summary)]),
    ...actionFigures(report),
    labelled("Coverage", `${words.coverage(report)} decided`),
  ];
}

function findings(all: readonly ComplianceFinding[]): readonly Block[] {
  const { first, open, rest } = arrange(all);
  return [
    heading(all.length === 0 ? "Findings: none" : `Findings: ${tally(all)}`),
    ...[...first, ...open].flatMap(explained),
    ...rest.map(titleLine),
  ];
}

function titleLine(finding: ComplianceFinding): Block {
  const { mark, style } = MARKS[finding.result];
  const tag: Run = { text: `${mark} ${resultWord(finding.result)}`, style, pad: FINDING - 3 };
  const title: Run = { text: bareTitle(finding), style: "bold" };
  const figure = figureOf(finding);
  const runs: readonly Run[] = [
    tag,
    title,
    ...(figure === undefined ? [] : [{ text: `· ${figure}` }]),
    ...(finding.points === 0
      ? []
      : [{ text: `· ${words.counted(finding.points, "point", "points")} lost`, style }]),
  ];
  return { runs, indent: 2, hanging: EXPLAINED };
}

function figureOf({ observed, population }: ComplianceFinding): string | undefined {
  if (observed === undefined) return undefined;
  return observed.kind === "count"
    ? `${formatCount(observed.value)} of ${formatCount(population)}`
    : words.observed(observed);
}

function explained(finding: ComplianceFinding): readonly Block[] {
  const { description, recommendation, exceptions, exceptionEntries } = finding;
  const named = exceptionEntries
    .slice(0, POINTERS)
    .map(({ id, source }) => fieldText(id) || source || "without id");
  const more = exceptions - named.length;
  const where = `entries ${named.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
  return [
    titleLine(finding),
    quoted("Why", description, FINDING, EXPLAINED),
    ...(recommendation === "" ? [] : [labelled("Fix", recommendation, FINDING, EXPLAINED)]),
    ...(named.length === 0 ? [] : [quoted("See", where, FINDING, EXPLAINED)]),
  ];
}

const FOOTER: readonly Block[] = [
  labelled(
    "Details",
    "The Markdown and JSON forms of this report list the exceptions, the population statement, " +
      "the limits and the digests.",
  ),
];
