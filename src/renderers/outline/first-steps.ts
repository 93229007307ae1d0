// What to do first: one row for each criterion that needs a hand, with cells for whoever takes it on.

import type { ComplianceFinding } from "../../model/finding.ts";
import { arrange } from "../words/arrangement.ts";
import { toDoFirst } from "../words/weighted.ts";
import { paragraph, section, table } from "./blocks.ts";
import type { Line, Section } from "./document.ts";
import { joined, passage, plain, sentence, severity } from "./lines.ts";
import { criterionLine, resultLine, severityOf } from "./result-lines.ts";
import type { Telling } from "./telling.ts";

/** Failures, errors and warnings, the heaviest first; absent when there are none. */
export function firstSteps(telling: Telling): Section | undefined {
  const { report, words, numbers } = telling;
  const { first, columns } = words.findings;
  const findings =
    report.weighted === undefined ? arrange(report.findings).first : toDoFirst(report.findings);
  if (findings.length === 0) return undefined;
  return section("first", first.title, [
    paragraph(plain(first.introduction)),
    table(
      first.caption,
      [
        columns.result,
        columns.criterion,
        columns.severity,
        { right: columns.exceptions },
        columns.change,
        { blank: columns.owner },
        { blank: columns.due },
      ],
      findings.map((finding) => [
        resultLine(finding, telling),
        criterionLine(finding, telling),
        severity(severityOf(finding), words.names),
        plain(numbers.count(finding.exceptions)),
        change(finding, telling),
        [],
        [],
      ]),
    ),
  ]);
}

function change({ recommendation, weighted }: ComplianceFinding, { words }: Telling): Line {
  const held =
    weighted?.heldBecause === undefined
      ? []
      : sentence(words.findings.heldBecause, { why: plain(weighted.heldBecause) });
  return joined([passage(recommendation), held], " ");
}
