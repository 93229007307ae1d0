// The report of a weighted framework in Markdown: what it is, the three figures, what to do
// first, every criterion, every test once, and what was not looked at.

import type { ComplianceFinding, Test } from "../../model/finding.ts";
import type { ComplianceReport, WeightedStatement } from "../../model/report.ts";
import { resultWord } from "../words/arrangement.ts";
import { NOTICE, counted, periodDays } from "../words/phrases.ts";
import {
  BANDS,
  REASONS,
  contraryTests,
  deviatingTests,
  leftOpen,
  notesOf,
  resultOf,
  testName,
  threeFigures,
  titleAlone,
  toDoFirst,
} from "../words/weighted.ts";
import { document, heading, list, quote, table } from "./blocks.ts";
import { fixTheLog } from "./fix-the-log.ts";
import { joined, markup, passage } from "./markup.ts";
import type { Markdown } from "./markup.ts";
import { populationStatement } from "./population.ts";
import {
  keyFigures,
  method,
  notAssessed,
  overrides,
  policyStatement,
  section,
  title,
} from "./sections.ts";
import { testBlock } from "./test-block.ts";
import { classes, dates, inputs, limits, ownMethod, questions } from "./weighted-basis.ts";

/** The whole report. */
export function weightedReport(report: ComplianceReport, weighted: WeightedStatement): Markdown {
  const { findings } = report;
  const { tests } = weighted;
  const found = (...results: readonly ComplianceFinding["result"][]): ComplianceFinding[] =>
    findings.filter(({ result }) => results.includes(result));
  return document(
    title(report),
    quote(passage(NOTICE)),
    passage(weighted.introduction),
    ...banners(weighted),
    conclusion(report, weighted),
    keyFigures(report),
    section("What to do first", actions(findings)),
    section("Criteria", criteriaTable(findings, tests)),
    section(
      "Tests beyond or between their limits",
      ...deviatingTests(tests, findings).map((test) => testBlock(test, findings)),
    ),
    section("What could not be concluded", ...openQuestions(findings, tests)),
    section("Fix the log", fixTheLog(report)),
    section("Passed", ...passed(report, found("pass"))),
    section("Figures without a verdict", lines(found("context"), tests)),
    section("No exception found", ...undisproved(found("no_exception"), tests)),
    section("Not applicable", exempted(found("not_applicable"))),
    section("Tests within their limits, and figures", quietTests(tests)),
    section("What the log shows, and what it does not", reach(findings)),
    section("Not assessed", notAssessed(report)),
    section("Classes of actions", classes(report)),
    section("Limits", limits(tests)),
    section("What the configuration changes", overrides(report)),
    section("Inputs beside the log", inputs(report)),
    section("Questions and dates", questions(weighted), dates(weighted)),
    section("Where the numbers come from", populationStatement(report)),
    section("Policy", policyStatement(report.policy)),
    section("Method and versions", method(report, ...ownMethod(report, weighted))),
  );
}

function banners({ readiness, stale, recordInDoubt }: WeightedStatement): readonly Markdown[] {
  return [
    ...(readiness === undefined ? [] : [quote(markup`**Readiness.** ${passage(readiness)}`)]),
    ...(stale === undefined ? [] : [quote(markup`**Review overdue.** ${passage(stale)}`)]),
    ...(recordInDoubt.length === 0
      ? []
      : [
          quote(
            markup`**The record itself is in doubt.** Every pass below rests on it, and there is no score. ${joined(recordInDoubt.map(passage), " ")}`,
          ),
        ]),
  ];
}

function conclusion(
  report: ComplianceReport,
  { band, withheld, capped }: WeightedStatement,
): Markdown {
  return document(
    markup`**${threeFigures(report).join(" · ")}**`,
    markup`**Band: ${band}** (${BANDS[band]}).`,
    withheld === undefined ? undefined : markup`There is no score, because ${passage(withheld)}.`,
    capped === undefined
      ? undefined
      : markup`The score would be ${capped.uncapped}; it is held at ${capped.at} by the failure of ${passage(capped.by.join(", "))}.`,
    report.summary === "" ? undefined : passage(report.summary),
  );
}

function actions(findings: readonly ComplianceFinding[]): Markdown | undefined {
  return table(
    [
      "Result",
      "Criterion",
      "Severity",
      { right: "Exceptions" },
      "What to change",
      "Owner",
      "Due by",
    ],
    toDoFirst(findings).map((finding) => [
      markup`**${resultOf(finding)}**`,
      markup`**${finding.criterion}** ${titleAlone(finding)}`,
      finding.weighted?.criterionSeverity,
      finding.exceptions,
      change(finding),
      markup``,
      markup``,
    ]),
  );
}

function change({ recommendation, weighted }: ComplianceFinding): Markdown {
  const { heldBecause } = weighted ?? {};
  return heldBecause === undefined
    ? passage(recommendation)
    : markup`${passage(recommendation)} Better than a warning cannot come out: ${passage(heldBecause)}`;
}

function criteriaTable(
  findings: readonly ComplianceFinding[],
  tests: readonly Test[],
): Markdown | undefined {
  return table(
    ["Criterion", "Title", "Severity", "Result", "Tests"],
    findings.map((finding) => [
      finding.criterion,
      titleAlone(finding),
      finding.weighted?.criterionSeverity,
      markup`**${resultOf(finding)}**`,
      testsOf(finding, tests),
    ]),
  );
}

/** `ENF-01 fail, ENF-02 pass; supporting: IDN-01 pass`. */
function testsOf({ weighted }: ComplianceFinding, tests: readonly Test[]): Markdown | undefined {
  const named = (keys: readonly string[] = []): Markdown[] =>
    keys.flatMap((key) => {
      const test = tests.find((one) => one.key === key);
      return test === undefined
        ? []
        : [markup`${testName(test)} ${resultWord(test.result).toLowerCase()}`];
    });
  const decisive = named(weighted?.decisive);
  const supporting = named(weighted?.supporting);
  if (supporting.length === 0) return decisive.length === 0 ? undefined : joined(decisive, ", ");
  const role = weighted?.mode === "figures" ? markup`` : markup`supporting: `;
  const rest = markup`${role}${joined(supporting, ", ")}`;
  return decisive.length === 0 ? rest : markup`${joined(decisive, ", ")}; ${rest}`;
}

/** Open criteria and open tests by the reason, each test once, with what would give it an answer. */
function openQuestions(
  findings: readonly ComplianceFinding[],
  tests: readonly Test[],
): readonly Markdown[] {
  return REASONS.flatMap(([reason, words]) => {
    const left = leftOpen(reason, findings, tests);
    const open = tests.filter((test) => test.reason === reason);
    if (left.length === 0 && open.length === 0) return [];
    return [
      document(
        heading(4, markup`${words}`),
        left.length === 0
          ? undefined
          : markup`Left open: ${joined(
              left.map(
                ({ criterion, weighted }) =>
                  markup`${criterion} (${weighted?.criterionSeverity ?? "none"}${weighted?.open === true ? "; with a warning" : ""})`,
              ),
              ", ",
            )}.`,
        table(
          ["Test", "Why it has no answer", "What would give it one", "Criteria"],
          open.map((test) => [
            markup`**${testName(test)}** ${test.title}`,
            passage(test.says),
            passage(test.remedy),
            passage(test.criteria.join(", ")),
          ]),
        ),
      ),
    ];
  });
}

function passed(
  report: ComplianceReport,
  findings: readonly ComplianceFinding[],
): readonly (Markdown | undefined)[] {
  if (findings.length === 0) return [];
  const recorded = counted(report.totalActions, "recorded agent action", "recorded agent actions");
  const tests = report.weighted?.tests ?? [];
  return [
    markup`In ${recorded} (${periodDays(report)}), the tests that decide these criteria stayed within their limits.${contrary(findings, tests)} They are about actions of agents that reached this log; what they do not show stands below.`,
    lines(findings, tests),
  ];
}

function undisproved(
  findings: readonly ComplianceFinding[],
  tests: readonly Test[],
): readonly (Markdown | undefined)[] {
  if (findings.length === 0) return [];
  return [
    markup`Tests of these criteria can only disprove. The deciding ones stayed within their limits, which earns nothing: what they look for may happen where this log does not see it.${contrary(findings, tests)}`,
    lines(findings, tests),
  ];
}

/** Supporting tests that deviate where the deciding ones do not. */
function contrary(findings: readonly ComplianceFinding[], tests: readonly Test[]): Markdown {
  const beside = findings.flatMap((finding) => {
    const names = contraryTests(finding, tests);
    return names.length === 0 ? [] : [`${finding.criterion} (${names.join(", ")})`];
  });
  if (beside.length === 0) return markup``;
  return markup` Beside them a supporting test deviates: ${passage(beside.join(", "))}.`;
}

/** One line a criterion. What its tests saw stands with the tests. */
function lines(
  findings: readonly ComplianceFinding[],
  tests: readonly Test[],
): Markdown | undefined {
  return list(
    ...findings.map((finding) => {
      const asked = testsOf(finding, tests) ?? markup`no test`;
      const { weighted, exceptions } = finding;
      const notes = [
        weighted?.criterionSeverity ?? "none",
        ...(exceptions > 0 && finding.result === "pass"
          ? [`${counted(exceptions, "exception", "exceptions")} within limits`]
          : []),
        ...notesOf(finding),
      ];
      return markup`**${finding.criterion}** ${titleAlone(finding)} (${notes.join("; ")}): ${asked}`;
    }),
  );
}

function exempted(findings: readonly ComplianceFinding[]): Markdown | undefined {
  return table(
    ["Criterion", "Title", "Why"],
    findings.map((finding) => [
      finding.criterion,
      titleAlone(finding),
      passage(finding.description),
    ]),
  );
}

function quietTests(tests: readonly Test[]): Markdown | undefined {
  const quiet = tests.filter(({ result }) =>
    ["pass", "no_exception", "context", "not_applicable"].includes(result),
  );
  return table(
    ["Test", "Result", "What was observed", "Criteria"],
    quiet.map((test) => [
      markup`**${testName(test)}** ${test.title}`,
      resultWord(test.result),
      passage(test.says),
      test.criteria.length === 0 ? "the record itself" : passage(test.criteria.join(", ")),
    ]),
  );
}

function reach(findings: readonly ComplianceFinding[]): Markdown | undefined {
  return table(
    ["Criterion", "What the log shows", "What it does not show"],
    findings.map(({ criterion, weighted }) => [
      criterion,
      passage(weighted?.shows ?? ""),
      passage(weighted?.notShown ?? ""),
    ]),
  );
}
