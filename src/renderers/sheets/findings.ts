// The findings, one row each, and behind them what no agent log can answer: a reader who
// filters by result loses nothing that was asked.

import type { Language } from "../../languages/language.ts";
import type { ComplianceFinding, Observed } from "../../model/finding.ts";
import type { NotAssessed } from "../../model/framework.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { EMPTY, number, share, text } from "./cell.ts";
import type { Cell, Sheet, SheetColumn } from "./cell.ts";
import { plainTitle, testName } from "./names.ts";

/** The table of findings. */
export function findingsSheet(report: ComplianceReport, language: Language): Sheet {
  return {
    id: "findings",
    name: language.sheets.sheets.names.findings,
    columns: columns(language),
    rows: [
      ...report.findings.map((finding) => findingRow(finding, report, language)),
      ...report.notAssessed.map((requirement) => notAssessedRow(requirement, language)),
    ],
  };
}

function columns({ report: { findings }, sheets: { sheets } }: Language): readonly SheetColumn[] {
  const { columns: titles, facts } = findings;
  const own = sheets.findings;
  return [
    { title: titles.criterion, width: 12 },
    { title: titles.title, width: 26 },
    { title: titles.severity, width: 9 },
    { title: titles.result, width: 20 },
    { title: facts.noVerdict, width: 18 },
    { title: own.note, width: 18 },
    { title: titles.population, width: 11 },
    { title: titles.exceptions, width: 11 },
    { title: titles.observed, width: 10 },
    { title: own.unit, width: 10 },
    { title: own.part, width: 9 },
    { title: own.whole, width: 9 },
    { title: facts.passesWhen, width: 22 },
    { title: titles.pointsLost, width: 8 },
    { title: facts.category, width: 15 },
    { title: titles.tests, width: 26 },
    { title: own.description, width: 46 },
    { title: titles.change, width: 36 },
    { title: titles.shows, width: 28 },
    { title: titles.notShown, width: 28 },
    { title: titles.owner, width: 14, blank: true },
    { title: titles.due, width: 12, blank: true },
    { title: titles.response, width: 28, blank: true },
  ];
}

function findingRow(
  finding: ComplianceFinding,
  report: ComplianceReport,
  language: Language,
): readonly Cell[] {
  const { names } = language.report;
  const { result, reason, weighted } = finding;
  return [
    text(finding.criterion),
    text(plainTitle(finding)),
    text(names.severities[weighted?.criterionSeverity ?? finding.severity]),
    { kind: "result", result, word: names.results[result] },
    text(reason === undefined ? undefined : names.reasons[reason]),
    text(notes(finding, language)),
    number(finding.population),
    number(finding.exceptions),
    ...observedCells(finding.observed, language),
    text(finding.limit === undefined ? undefined : oneLine(finding.limit)),
    number(finding.points),
    text(finding.category),
    text(tests(finding, report, language)),
    text(finding.description),
    text(finding.recommendation),
    text(weighted?.shows),
    text(weighted?.notShown),
    EMPTY,
    EMPTY,
    EMPTY,
  ];
}

function notes({ weighted }: ComplianceFinding, language: Language): string {
  const { notes: words, heldBecause } = language.report.findings;
  return [
    weighted?.open === true ? words.open : undefined,
    weighted?.recordInDoubt === true ? words.inDoubt : undefined,
    weighted?.bindsFrom === undefined ? undefined : words.bindsFrom(weighted.bindsFrom),
    weighted?.heldBecause === undefined
      ? undefined
      : heldBecause.replace("{why}", () => weighted.heldBecause ?? ""),
  ]
    .filter((note) => note !== undefined)
    .join("; ");
}

function observedCells(observed: Observed | undefined, language: Language): readonly Cell[] {
  if (observed === undefined) return [EMPTY, EMPTY, EMPTY, EMPTY];
  const unit = text(language.sheets.sheets.findings.units[observed.kind]);
  if (observed.kind !== "share") return [number(observed.value), unit, EMPTY, EMPTY];
  const { part, whole } = observed;
  return [share(part, whole), unit, number(part), number(whole)];
}

/** What was asked, with what each test came to where the report tells. */
function tests(
  { measures, weighted }: ComplianceFinding,
  report: ComplianceReport,
  language: Language,
): string {
  if (weighted === undefined) return measures.join(", ");
  const named = (keys: readonly string[]): string =>
    keys.map((key) => testWithResult(key, report, language)).join(", ");
  const words = language.sheets.sheets.findings;
  return [
    ...(weighted.decisive.length === 0 ? [] : [words.decisive(named(weighted.decisive))]),
    ...(weighted.supporting.length === 0 ? [] : [words.supporting(named(weighted.supporting))]),
  ].join("; ");
}

function testWithResult(key: string, report: ComplianceReport, language: Language): string {
  const test = report.weighted?.tests.find((one) => one.key === key);
  if (test === undefined) return key;
  return `${testName(test, language)} ${language.report.names.results[test.result]}`;
}

/** A requirement outside of what a log can show: why, and what to ask for instead. */
function notAssessedRow(
  { criterion, why, askFor, count = 1 }: NotAssessed,
  language: Language,
): readonly Cell[] {
  const words = language.sheets.sheets.findings;
  const row: Cell[] = Array.from({ length: columns(language).length }, () => EMPTY);
  row[0] = text(criterion);
  row[3] = {
    kind: "result",
    result: "not_assessed",
    word: language.report.names.results.not_assessed,
  };
  row[5] = text(count === 1 ? undefined : words.standsFor(count));
  row[16] = text(why);
  row[17] = text(words.askFor(askFor));
  return row;
}

/** An expression in one line, however it was written. */
function oneLine(expression: string): string {
  return expression.replace(/\s+/g, " ").trim() || expression;
}
