// What needs nobody's hand: passes, figures, what could not be disproved and what does not apply,
// one line each.

import type { ComplianceFinding, Test } from "../../model/finding.ts";
import type { Result } from "../../model/result.ts";
import { titleAlone } from "../words/arrangement.ts";
import { notesOf, periodDays, testWithResult } from "../words/phrases.ts";
import { contraryTests, quietTests } from "../words/weighted.ts";
import { paragraph, section, table } from "./blocks.ts";
import type { Block, Entry, Line, Section } from "./document.ts";
import { shortEntry } from "./finding-entry.ts";
import { joined, passage, plain, result, sentence, text } from "./lines.ts";
import { testTitle, testsLine } from "./result-lines.ts";
import type { Telling } from "./telling.ts";

/** All findings and tests within limits; absent when there are none. */
export function passed(telling: Telling): Section | undefined {
  const { words } = telling;
  const say = words.findings.passed;
  return section(
    "passed",
    say.title,
    [],
    [
      heap("pass", say.pass, passes, telling),
      heap("context", say.figures, () => [], telling),
      heap("no_exception", say.noException, undisproved, telling),
      heap("not_applicable", say.notApplicable, () => [], telling),
      quiet(telling),
    ],
  );
}

/** Findings of one result, below what they have in common. */
function heap(
  of: Result,
  title: string,
  introduce: (findings: readonly ComplianceFinding[], telling: Telling) => Line,
  telling: Telling,
): Section | undefined {
  const findings = telling.report.findings.filter((one) => one.result === of);
  if (findings.length === 0) return undefined;
  return section(`passed-${of.replaceAll("_", "-")}`, title, [
    paragraph(introduce(findings, telling)),
    ...findings.map((finding) =>
      finding.weighted === undefined ? shortEntry(finding, telling) : lineEntry(finding, telling),
    ),
  ]);
}

function passes(findings: readonly ComplianceFinding[], telling: Telling): Line {
  const { report, words, language } = telling;
  const { introduction, reach } = words.findings.passed;
  return joined(
    [
      plain(introduction(report.totalActions, periodDays(report, language))),
      contrary(findings, telling),
      plain(reach),
    ],
    " ",
  );
}

function undisproved(findings: readonly ComplianceFinding[], telling: Telling): Line {
  const { noExceptionIntroduction } = telling.words.findings.passed;
  return joined([plain(noExceptionIntroduction), contrary(findings, telling)], " ");
}

/** Supporting tests that deviate where the deciding ones do not. */
function contrary(
  findings: readonly ComplianceFinding[],
  { tests, words, language }: Telling,
): Line {
  const beside = findings.flatMap((finding) => {
    const names = contraryTests(finding, tests).map((test) => testWithResult(test, language));
    return names.length === 0 ? [] : [plain(`${finding.criterion} (${names.join(", ")})`)];
  });
  if (beside.length === 0) return [];
  return sentence(words.findings.passed.contrary, { criteria: joined(beside, ", ") });
}

/** One line a criterion. What its tests saw stands with the tests. */
function lineEntry(finding: ComplianceFinding, telling: Telling): Entry {
  const { addresses, words, language } = telling;
  const { criterion, exceptions, weighted, result: of } = finding;
  const severity = weighted?.criterionSeverity ?? finding.severity;
  const notes = [
    words.names.severities[severity],
    ...(exceptions > 0 && of === "pass" ? [words.findings.exceptionsWithin(exceptions)] : []),
    ...notesOf(finding, language),
  ];
  const asked = testsLine(finding, telling);
  const told = asked.length === 0 ? plain(words.findings.noTest) : asked;
  return {
    kind: "entry",
    id: addresses.finding(finding),
    result: of,
    severity,
    title: [
      text(`${criterion} ${titleAlone(finding)} (${notes.join("; ")}): `),
      ...(of === "not_applicable" ? passage(finding.description) : told),
    ],
    open: false,
    blocks: [],
  };
}

function quiet(telling: Telling): Section | undefined {
  const { words, tests } = telling;
  const say = words.findings.passed;
  return section("passed-tests", say.quiet, [quietTable(quietTests(tests), telling)]);
}

function quietTable(tests: readonly Test[], telling: Telling): Block | undefined {
  const { words } = telling;
  const { columns, passed: say } = words.findings;
  return table(
    say.quietCaption,
    [columns.result, columns.test, columns.saw, columns.criteria],
    tests.map((test) => [
      [result(test.result, words.names)],
      testTitle(test, telling),
      passage(test.says),
      plain(test.criteria.length === 0 ? say.record : test.criteria.join(", ")),
    ]),
  );
}
