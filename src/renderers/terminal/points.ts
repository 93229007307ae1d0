// The findings of a framework with points for people at a terminal: the score, what needs a hand,
// what stayed open, the rest by name.

import type { Language } from "../../languages/language.ts";
import { fieldText } from "../../model/audit-entry.ts";
import type { ComplianceFinding } from "../../model/finding.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { arrange, bareTitle } from "../words/arrangement.ts";
import { criteriaDecided, observed, tally, whyNotGraded } from "../words/phrases.ts";
import type { Run } from "./cells.ts";
import {
  BLANK,
  LABELLED,
  MARKS,
  POINTERS,
  below,
  columnsIn,
  gradeStyle,
  heading,
  labelled,
  marked,
  quotedBelow,
} from "./layout.ts";
import type { Block, Columns } from "./layout.ts";
import { actionFigures } from "./surroundings.ts";

/** Everything between the head of the report and the log. */
export function pointsBlocks(report: ComplianceReport, language: Language): readonly Block[] {
  return [...figures(report, language), BLANK, ...findings(report.findings, language)];
}

function figures(report: ComplianceReport, language: Language): readonly Block[] {
  const { score, grade } = report;
  const { terminal, opening } = language.report;
  const verdict: Run =
    score === null
      ? { text: terminal.notGraded(whyNotGraded(report, language)), style: "cyan" }
      : { text: terminal.score(score, grade ?? opening.noGrade), style: gradeStyle(score) };
  return [
    { runs: [verdict], indent: 0, hanging: LABELLED },
    ...(report.summary === "" ? [] : [labelled(terminal.labels.summary, report.summary)]),
    ...actionFigures(report, language),
    labelled(terminal.labels.coverage, opening.decided(criteriaDecided(report, language))),
  ];
}

function findings(all: readonly ComplianceFinding[], language: Language): readonly Block[] {
  const { headings } = language.report.terminal;
  const { first, open, rest } = arrange(all);
  const columns = columnsIn(language);
  return [
    heading(all.length === 0 ? headings.noFindings : headings.findings(tally(all, language))),
    ...[...first, ...open].flatMap((finding) => explained(finding, language, columns)),
    ...rest.map((finding) => titleLine(finding, language, columns)),
  ];
}

function titleLine(finding: ComplianceFinding, language: Language, columns: Columns): Block {
  const { terminal, names } = language.report;
  const figure = figureOf(finding, language);
  const runs: readonly Run[] = [
    { text: bareTitle(finding), style: "bold" },
    ...(figure === undefined ? [] : [{ text: `· ${figure}` }]),
    ...(finding.points === 0
      ? []
      : [{ text: `· ${terminal.lost(finding.points)}`, style: MARKS[finding.result].style }]),
  ];
  return marked(finding.result, names.results[finding.result], runs, columns);
}

function figureOf(finding: ComplianceFinding, language: Language): string | undefined {
  const { observed: figure, population } = finding;
  if (figure === undefined) return undefined;
  return figure.kind === "count"
    ? language.report.terminal.countOf(figure.value, population)
    : observed(figure, language);
}

function explained(
  finding: ComplianceFinding,
  language: Language,
  columns: Columns,
): readonly Block[] {
  const { description, recommendation, exceptions, exceptionEntries } = finding;
  const { terminal, names } = language.report;
  const named = exceptionEntries
    .slice(0, POINTERS)
    .map(({ id, source }) => fieldText(id) || source || names.withoutId);
  const more = exceptions - named.length;
  const all = named.join(", ");
  const where = terminal.entries(more > 0 ? terminal.andMore(all, more) : all, exceptions);
  return [
    titleLine(finding, language, columns),
    quotedBelow(terminal.below.why, description, columns),
    ...(recommendation === "" ? [] : [below(terminal.below.fix, recommendation, columns)]),
    ...(named.length === 0 ? [] : [quotedBelow(terminal.below.see, where, columns)]),
  ];
}
