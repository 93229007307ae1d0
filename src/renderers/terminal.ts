// The report for people at a terminal: the conclusion and what to do, on a screen or two.
// Headings and labels stand in the first columns and text begins right of them, so text from
// a log, however many lines it takes, never looks like a part of the report.

import type { Language } from "../languages/language.ts";
import { languageOf } from "../languages/languages.ts";
import type { ComplianceReport } from "../model/report.ts";
import type { Renderer } from "./renderer.ts";
import { wrap } from "./terminal/cells.ts";
import { BLANK, heading, labelled } from "./terminal/layout.ts";
import type { Block } from "./terminal/layout.ts";
import { pointsBlocks } from "./terminal/points.ts";
import { fixTheLog, surroundings } from "./terminal/surroundings.ts";
import { weightedBlocks } from "./terminal/weighted.ts";
import { periodDays, reportTitle } from "./words/phrases.ts";
import { lengthIn } from "./words/visible.ts";

/** `terminal`: a summary for people. */
export const renderer = {
  name: "terminal",
  mediaType: "text/plain",
  extension: "txt",
  render: (report, { width = 80, color = false } = {}) => {
    const language = languageOf(report.language);
    const lengthOf = lengthIn(language);
    return blocks(report, language)
      .flatMap(({ runs, indent, hanging }) =>
        wrap(runs, { width: Math.max(40, width), indent, hanging, color, lengthOf }),
      )
      .map((line) => `${line}\n`)
      .join("");
  },
} as const satisfies Renderer;

function blocks(report: ComplianceReport, language: Language): readonly Block[] {
  const { labels, details } = language.report.terminal;
  return [
    ...head(report, language),
    BLANK,
    ...(report.weighted === undefined
      ? pointsBlocks(report, language)
      : weightedBlocks(report, report.weighted, language)),
    BLANK,
    ...surroundings(report, language),
    BLANK,
    ...fixTheLog(report, language),
    labelled(labels.details, details),
  ];
}

function head(report: ComplianceReport, language: Language): readonly Block[] {
  const { terminal, opening } = language.report;
  const { labels } = terminal;
  const { revealed } = report.masking;
  return [
    heading(reportTitle(report, language)),
    labelled(labels.period, terminal.periodIn(periodDays(report, language))),
    labelled(labels.about, opening.notice),
    ...(revealed === undefined
      ? []
      : [
          labelled(
            labels.unmasked,
            opening.revealed.rest.replace("{reason}", () => revealed),
          ),
        ]),
    ...(report.untranslated === 0 ? [] : [labelled("", opening.untranslated(report.untranslated))]),
  ];
}
