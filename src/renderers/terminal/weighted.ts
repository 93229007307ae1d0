// The findings of a weighted framework for people at a terminal: the three figures, what needs
// a hand, every failing test once, what stayed open, the rest by name.

import type { Language } from "../../languages/language.ts";
import { ENTRY_FIELD_NAMES, fieldText } from "../../model/audit-entry.ts";
import type { ComplianceFinding, Test } from "../../model/finding.ts";
import type { ComplianceReport, WeightedStatement } from "../../model/report.ts";
import type { Result } from "../../model/result.ts";
import { titleAlone } from "../words/arrangement.ts";
import { coverageFigures, tally, testName, testWithResult } from "../words/phrases.ts";
import {
  REASONS,
  contraryTests,
  deviates,
  deviatingTests,
  leftOpen,
  toDoFirst,
} from "../words/weighted.ts";
import type { Run } from "./cells.ts";
import {
  BLANK,
  LABELLED,
  POINTERS,
  below,
  columnsIn,
  gradeStyle,
  heading,
  labelled,
  marked,
  quotedBelow,
} from "./layout.ts";
import type { Block } from "./layout.ts";
import { actionFigures } from "./surroundings.ts";

/** Everything between the head of the report and the log. */
export function weightedBlocks(
  report: ComplianceReport,
  weighted: WeightedStatement,
  language: Language,
): readonly Block[] {
  const { findings } = report;
  const { tests } = weighted;
  const { headings } = language.report.terminal;
  const deviating = deviatingTests(tests, findings);
  return [
    ...conclusion(report, weighted, language),
    ...actionFigures(report, language),
    BLANK,
    heading(headings.criteria(tally(findings, language))),
    ...toDoFirst(findings).flatMap((finding) => criterion(finding, tests, language)),
    ...(deviating.length === 0
      ? []
      : [
          BLANK,
          heading(headings.tests),
          ...deviating.flatMap((test) => testBlocks(test, language)),
        ]),
    ...openBlocks(findings, tests, language),
    ...rest(findings, tests, language),
  ];
}

function conclusion(
  report: ComplianceReport,
  weighted: WeightedStatement,
  language: Language,
): readonly Block[] {
  const { score, grade } = report;
  const { band, withheld, capped, readiness, stale, recordInDoubt, introduction } = weighted;
  const { terminal: say, opening, names } = language.report;
  const { labels } = say;
  const first: Run =
    score === null
      ? { text: labels.noScore, style: "cyan" }
      : { text: say.evidenceScore(score, grade ?? opening.noGrade), style: gradeStyle(score) };
  const runs: readonly Run[] = [
    first,
    ...coverageFigures(report, language).map((text) => ({ text: `· ${text}` })),
  ];
  return [
    { runs, indent: 0, hanging: LABELLED },
    labelled(labels.band, say.band(language.assess.bands[band], names.bands[band])),
    ...(withheld === undefined ? [] : [labelled(labels.noScore, withheld)]),
    ...(capped === undefined
      ? []
      : [
          labelled(labels.heldDown, say.heldDown(capped.at, capped.uncapped, capped.by.join(", "))),
        ]),
    ...recordInDoubt.map((why) => labelled(labels.inDoubt, why)),
    ...(readiness === undefined ? [] : [labelled(labels.readiness, readiness)]),
    ...(stale === undefined ? [] : [labelled(labels.overdue, stale)]),
    labelled(labels.framework, introduction),
    ...(report.summary === "" ? [] : [labelled(labels.summary, report.summary)]),
  ];
}

/** A mark with a word or number, a title, and what stands behind it. */
function line(
  result: Result,
  word: string,
  title: string,
  further: readonly (string | undefined)[],
  language: Language,
): Block {
  const runs: readonly Run[] = [
    { text: title, style: "bold" },
    ...further.filter((text) => text !== undefined).map((text) => ({ text: `· ${text}` })),
  ];
  return marked(result, word, runs, columnsIn(language));
}

function criterion(
  finding: ComplianceFinding,
  tests: readonly Test[],
  language: Language,
): readonly Block[] {
  const { result, weighted, recommendation } = finding;
  const { terminal, names, findings: say } = language.report;
  const columns = columnsIn(language);
  const asked = [...(weighted?.decisive ?? []), ...(weighted?.supporting ?? [])];
  const deviating = tests.filter((test) => asked.includes(test.key) && deviates(test));
  const later = weighted?.bindsFrom;
  return [
    line(
      result,
      names.results[result],
      `${finding.criterion} ${titleAlone(finding)}`,
      [
        weighted === undefined ? undefined : names.severities[weighted.criterionSeverity],
        deviating.length === 0
          ? undefined
          : deviating.map((test) => testName(test, language)).join(", "),
        weighted?.open === true ? say.notes.open : undefined,
        later === undefined ? undefined : say.notes.bindsFrom(language.numbers.day(later)),
      ],
      language,
    ),
    ...(recommendation === "" ? [] : [below(terminal.below.fix, recommendation, columns)]),
    ...(weighted?.heldBecause === undefined
      ? []
      : [below(terminal.below.cap, weighted.heldBecause, columns)]),
  ];
}

function testBlocks(test: Test, language: Language): readonly Block[] {
  const { result, says, remedy, criteria } = test;
  const { terminal, names, findings: say } = language.report;
  const columns = columnsIn(language);
  const where =
    test.rules === undefined
      ? namedEntries(test, language)
      : namedRules(test.rules, test, language);
  return [
    line(
      result,
      names.results[result],
      `${testName(test, language)} ${test.title}`,
      [criteria.length === 0 ? say.passed.record : criteria.join(", ")],
      language,
    ),
    quotedBelow(terminal.below.why, says, columns),
    ...(remedy === "" ? [] : [below(terminal.below.fix, remedy, columns)]),
    ...(where === undefined ? [] : [quotedBelow(terminal.below.see, where, columns)]),
  ];
}

/** `entries 3, 17 and 12 more`. */
function namedEntries(
  { exceptions, exceptionEntries }: Test,
  language: Language,
): string | undefined {
  const { terminal, names } = language.report;
  if (exceptionEntries.length === 0) return undefined;
  const named = exceptionEntries
    .slice(0, POINTERS)
    .map(({ id, source }) => fieldText(id) || source || names.withoutId);
  return terminal.entries(listing(named, exceptions - named.length, language), exceptions);
}

/** `rules write, send and the defaults: 4 findings`. A rule may be found at fault more than once. */
function namedRules(
  rules: NonNullable<Test["rules"]>,
  { exceptions }: Test,
  language: Language,
): string {
  const { terminal, findings } = language.report;
  const all = [...new Set(rules.map(({ rule }) => rule))];
  if (all.length === 1 && all[0] === undefined) return terminal.defaults(exceptions);
  const named = all.slice(0, POINTERS).map((rule) => rule ?? findings.theDefaults);
  return terminal.rules(
    listing(named, all.length - named.length, language),
    all.length,
    exceptions,
  );
}

function listing(named: readonly string[], more: number, { report }: Language): string {
  const all = named.join(", ");
  return more > 0 ? report.terminal.andMore(all, more) : all;
}

/** What stayed open, a paragraph for each reason, with what would help. */
function openBlocks(
  findings: readonly ComplianceFinding[],
  tests: readonly Test[],
  language: Language,
): readonly Block[] {
  const { terminal, names, findings: say } = language.report;
  const columns = columnsIn(language);
  const blocks = REASONS.flatMap((reason) => {
    const left = leftOpen(reason, findings, tests);
    if (left.length === 0) return [];
    const help = helpWith(
      tests.filter(
        (test) =>
          reason !== undefined && test.reason === reason && left.some((one) => decides(test, one)),
      ),
      language,
    );
    const open = left
      .map(({ criterion: id, weighted }) =>
        weighted?.open === true ? `${id} (${say.notes.withWarning})` : id,
      )
      .join(", ");
    return [
      line(
        "inconclusive",
        language.numbers.count(left.length),
        names.reasonHeadings[reason ?? "unstated"],
        [],
        language,
      ),
      below(terminal.below.open, open, columns),
      below(terminal.below.need, help, columns),
    ].slice(0, help === "" ? 2 : 3);
  });
  return blocks.length === 0 ? [] : [BLANK, heading(terminal.headings.open), ...blocks];
}

/** What open tests need, each thing once: the fields as one list. */
function helpWith(open: readonly Test[], { assess }: Language): string {
  const missing = new Set(open.flatMap(({ missingFields = [] }) => missingFields));
  const fields = ENTRY_FIELD_NAMES.filter((field) => missing.has(field));
  const others = open
    .filter(({ missingFields, remedy }) => missingFields === undefined && remedy !== "")
    .map(({ remedy }) => remedy);
  return [
    ...(fields.length === 0 ? [] : [assess.fields.toRecord(fields)]),
    ...new Set(others),
  ].join(" ");
}

function decides({ key }: Test, { weighted }: ComplianceFinding): boolean {
  const { mode, decisive = [], supporting = [] } = weighted ?? {};
  return (mode === "figures" ? supporting : decisive).includes(key);
}

const REST = [
  ["pass", "passed"],
  ["no_exception", "noException"],
  ["context", "figures"],
  ["not_applicable", "notApplicable"],
] as const;

function rest(
  findings: readonly ComplianceFinding[],
  tests: readonly Test[],
  language: Language,
): readonly Block[] {
  const { terminal, findings: say } = language.report;
  const blocks = REST.flatMap(([result, title]) => {
    const some = findings.filter((finding) => finding.result === result);
    if (some.length === 0) return [];
    const noted = some.map((finding) => {
      const notes = [
        ...(finding.weighted?.recordInDoubt === true ? [say.notes.inDoubt] : []),
        ...contraryTests(finding, tests).map(
          (test) => `${say.supportingTest} ${testWithResult(test, language)}`,
        ),
      ];
      return `${finding.criterion}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
    });
    const number = language.numbers.count(some.length);
    return [
      line(result, number, terminal.headings[title], [], language),
      below("", noted.join(", "), columnsIn(language)),
    ];
  });
  const count = findings.filter(({ result }) => REST.some(([one]) => one === result)).length;
  return blocks.length === 0 ? [] : [BLANK, heading(terminal.headings.others(count)), ...blocks];
}
