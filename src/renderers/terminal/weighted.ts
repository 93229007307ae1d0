// The findings of a weighted framework for people at a terminal: the three figures, what needs
// a hand, every failing test once, what stayed open, the rest by name.

import { ENTRY_FIELD_NAMES, fieldText } from "../../model/audit-entry.ts";
import { fieldsToRecord } from "../../model/field-sentences.ts";
import { formatCount } from "../../model/figures.ts";
import type { ComplianceFinding, Test } from "../../model/finding.ts";
import type { ComplianceReport, WeightedStatement } from "../../model/report.ts";
import type { Result } from "../../model/result.ts";
import { resultWord, tally } from "../words/arrangement.ts";
import { counted } from "../words/phrases.ts";
import {
  BANDS,
  REASONS,
  contraryTests,
  deviatingTests,
  leftOpen,
  testName,
  threeFigures,
  titleAlone,
  toDoFirst,
} from "../words/weighted.ts";
import type { Run } from "./cells.ts";
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
} from "./layout.ts";
import type { Block } from "./layout.ts";
import { actionFigures } from "./surroundings.ts";

/** Everything between the head of the report and the log. */
export function weightedBlocks(
  report: ComplianceReport,
  weighted: WeightedStatement,
): readonly Block[] {
  const { findings } = report;
  const { tests } = weighted;
  const deviating = deviatingTests(tests, findings);
  return [
    ...conclusion(report, weighted),
    ...actionFigures(report),
    BLANK,
    heading(`Criteria: ${tally(findings)}`),
    ...toDoFirst(findings).flatMap((finding) => criterion(finding, tests)),
    ...(deviating.length === 0
      ? []
      : [BLANK, heading("Tests beyond or between their limits"), ...deviating.flatMap(testBlocks)]),
    ...openBlocks(findings, tests),
    ...rest(findings, tests),
  ];
}

function conclusion(report: ComplianceReport, weighted: WeightedStatement): readonly Block[] {
  const { score } = report;
  const { band, withheld, capped, readiness, stale, recordInDoubt, introduction } = weighted;
  const [first, ...others] = threeFigures(report);
  const runs: readonly Run[] = [
    { text: first, style: score === null ? "cyan" : gradeStyle(score) },
    ...others.map((text) => ({ text: `· ${text}` })),
  ];
  return [
    { runs, indent: 0, hanging: LABELLED },
    labelled("Band", `${band}: ${BANDS[band]}`),
    ...(withheld === undefined ? [] : [labelled("No score", withheld)]),
    ...(capped === undefined
      ? []
      : [
          labelled(
            "Held down",
            `at ${capped.at} instead of ${capped.uncapped} by ${capped.by.join(", ")}`,
          ),
        ]),
    ...recordInDoubt.map((why) => labelled("In doubt", why)),
    ...(readiness === undefined ? [] : [labelled("Readiness", readiness)]),
    ...(stale === undefined ? [] : [labelled("Overdue", stale)]),
    labelled("Framework", introduction),
    ...(report.summary === "" ? [] : [labelled("Summary", report.summary)]),
  ];
}

function line(
  result: Result,
  word: string,
  title: string,
  further: readonly (string | undefined)[],
): Block {
  const { mark, style } = MARKS[result];
  const runs: readonly Run[] = [
    { text: `${mark} ${word}`, style, pad: FINDING - 3 },
    { text: title, style: "bold" },
    ...further.filter((text) => text !== undefined).map((text) => ({ text: `· ${text}` })),
  ];
  return { runs, indent: 2, hanging: EXPLAINED };
}

function criterion(finding: ComplianceFinding, tests: readonly Test[]): readonly Block[] {
  const { result, weighted, recommendation } = finding;
  const asked = [...(weighted?.decisive ?? []), ...(weighted?.supporting ?? [])];
  const deviating = tests.filter(
    (test) => asked.includes(test.key) && ["fail", "warn", "error"].includes(test.result),
  );
  const later = weighted?.bindsFrom;
  return [
    line(result, resultWord(result), `${finding.criterion} ${titleAlone(finding)}`, [
      weighted?.criterionSeverity,
      deviating.length === 0 ? undefined : deviating.map(testName).join(", "),
      weighted?.open === true ? "deciding tests open" : undefined,
      later === undefined ? undefined : `binds from ${later}`,
    ]),
    ...(recommendation === "" ? [] : [labelled("Fix", recommendation, FINDING, EXPLAINED)]),
    ...(weighted?.heldBecause === undefined
      ? []
      : [labelled("Cap", weighted.heldBecause, FINDING, EXPLAINED)]),
  ];
}

function testBlocks(test: Test): readonly Block[] {
  const { result, says, remedy, criteria } = test;
  const where = test.rules === undefined ? namedEntries(test) : namedRules(test.rules, test);
  return [
    line(result, resultWord(result), `${testName(test)} ${test.title}`, [
      criteria.length === 0 ? "the record itself" : criteria.join(", "),
    ]),
    quoted("Why", says, FINDING, EXPLAINED),
    ...(remedy === "" ? [] : [labelled("Fix", remedy, FINDING, EXPLAINED)]),
    ...(where === undefined ? [] : [quoted("See", where, FINDING, EXPLAINED)]),
  ];
}

/** `entries 3, 17 and 12 more`. */
function namedEntries({ exceptions, exceptionEntries }: Test): string | undefined {
  if (exceptionEntries.length === 0) return undefined;
  const named = exceptionEntries
    .slice(0, POINTERS)
    .map(({ id, source }) => fieldText(id) || source || "without id");
  const noun = exceptions === 1 ? "entry" : "entries";
  return `${noun} ${listing(named, exceptions - named.length)}`;
}

/** `rules write, send and the defaults: 4 findings`. A rule may be found at fault more than once. */
function namedRules(rules: NonNullable<Test["rules"]>, { exceptions }: Test): string {
  const all = [...new Set(rules.map(({ rule }) => rule))];
  const named = all.slice(0, POINTERS).map((rule) => rule ?? "the defaults");
  const noun = all.length === 1 ? "rule" : "rules";
  const findings = counted(exceptions, "finding", "findings");
  const them = listing(named, all.length - named.length);
  return `${all[0] === undefined && all.length === 1 ? them : `${noun} ${them}`}: ${findings}`;
}

function listing(named: readonly string[], more: number): string {
  return `${named.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}

/** What stayed open, a paragraph for each reason, with what would help. */
function openBlocks(
  findings: readonly ComplianceFinding[],
  tests: readonly Test[],
): readonly Block[] {
  const blocks = REASONS.flatMap(([reason, words]) => {
    const left = leftOpen(reason, findings, tests);
    if (left.length === 0) return [];
    const help = helpWith(
      tests.filter((test) => test.reason === reason && left.some((one) => decides(test, one))),
    );
    const open = left
      .map(({ criterion: id, weighted }) =>
        weighted?.open === true ? `${id} (with a warning)` : id,
      )
      .join(", ");
    return [
      line("inconclusive", String(left.length), words, []),
      labelled("Open", open, FINDING, EXPLAINED),
      labelled("Need", help, FINDING, EXPLAINED),
    ].slice(0, help === "" ? 2 : 3);
  });
  return blocks.length === 0 ? [] : [BLANK, heading("What could not be concluded"), ...blocks];
}

/** What open tests need, each thing once: the fields as one list. */
function helpWith(open: readonly Test[]): string {
  const missing = new Set(open.flatMap(({ missingFields = [] }) => missingFields));
  const fields = ENTRY_FIELD_NAMES.filter((field) => missing.has(field));
  const others = open
    .filter(({ missingFields, remedy }) => missingFields === undefined && remedy !== "")
    .map(({ remedy }) => remedy);
  return [...(fields.length === 0 ? [] : [fieldsToRecord(fields)]), ...new Set(others)].join(" ");
}

function decides({ key }: Test, { weighted }: ComplianceFinding): boolean {
  const { mode, decisive = [], supporting = [] } = weighted ?? {};
  return (mode === "figures" ? supporting : decisive).includes(key);
}

const REST: readonly (readonly [Result, string])[] = [
  ["pass", "Passed: the deciding tests stayed within their limits"],
  ["no_exception", "No exception found by deciding tests, which can only disprove"],
  ["context", "Figures without a verdict"],
  ["not_applicable", "Not applicable"],
];

function rest(findings: readonly ComplianceFinding[], tests: readonly Test[]): readonly Block[] {
  const blocks = REST.flatMap(([result, words]) => {
    const some = findings.filter((finding) => finding.result === result);
    if (some.length === 0) return [];
    const marked = some.map((finding) => {
      const notes = [
        ...(finding.weighted?.recordInDoubt === true ? ["record in doubt"] : []),
        ...contraryTests(finding, tests).map((name) => `supporting ${name}`),
      ];
      return `${finding.criterion}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
    });
    return [
      line(result, String(some.length), words, []),
      labelled("", marked.join(", "), FINDING, EXPLAINED),
    ];
  });
  const count = findings.filter(({ result }) => REST.some(([one]) => one === result)).length;
  return blocks.length === 0
    ? []
    : [BLANK, heading(`The other ${counted(count, "criterion", "criteria")}`), ...blocks];
}
