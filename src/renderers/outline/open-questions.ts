// What could not be concluded: never hidden, with what would give it an answer.

import type { ComplianceFinding } from "../../model/finding.ts";
import { arrange, titleAlone } from "../words/arrangement.ts";
import { notesOf } from "../words/phrases.ts";
import { REASONS, leftOpen, openTests } from "../words/weighted.ts";
import { paragraph, section, table } from "./blocks.ts";
import type { Entry, Section } from "./document.ts";
import { findingEntry } from "./finding-entry.ts";
import { fixTheLog } from "./fix-the-log.ts";
import { passage, plain, text } from "./lines.ts";
import { testTitle } from "./result-lines.ts";
import type { Telling } from "./telling.ts";

/** Open findings and tests, and which fields would open most. Always there when anything was asked. */
export function openQuestions(telling: Telling): Section | undefined {
  const { report, words } = telling;
  const { title, nothing } = words.findings.open;
  const open = arrange(report.findings).open.map((finding) => findingEntry(finding, telling));
  const reasons = REASONS.map((reason) => byReason(reason, telling));
  const points = report.weighted === undefined;
  const none = points ? open.length === 0 : reasons.every((one) => one === undefined);
  return section(
    "open",
    title,
    [
      none && report.findings.length > 0 ? paragraph(plain(nothing)) : undefined,
      ...(points ? open : []),
    ],
    [...(points ? [] : reasons), fixTheLog(telling)],
  );
}

/** Open criteria and open tests of one reason, each test once. */
function byReason(reason: (typeof REASONS)[number], telling: Telling): Section | undefined {
  const { report, tests, words } = telling;
  const { columns, open: say } = words.findings;
  const key = reason ?? "unstated";
  return section(`open-${key}`, words.names.reasonHeadings[key], [
    ...leftOpen(reason, report.findings, tests).map((finding) => leftEntry(finding, telling)),
    table(
      say.caption,
      [columns.test, columns.whyOpen, columns.help, columns.criteria],
      openTests(reason, tests).map((test) => [
        testTitle(test, telling),
        passage(test.says),
        passage(test.remedy),
        plain(test.criteria.join(", ")),
      ]),
    ),
  ]);
}

/** One line: what its tests lack stands in the table below. */
function leftEntry(finding: ComplianceFinding, { addresses, words, language }: Telling): Entry {
  const { criterion, result, weighted } = finding;
  const severity = weighted?.criterionSeverity ?? finding.severity;
  const notes = [words.names.severities[severity], ...notesOf(finding, language)];
  return {
    kind: "entry",
    id: addresses.finding(finding),
    result,
    severity,
    title: [text(`${criterion} ${titleAlone(finding)} (${notes.join("; ")})`)],
    open: true,
    blocks: [],
  };
}
