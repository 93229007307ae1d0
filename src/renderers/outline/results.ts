// Every criterion of the framework in one table, in the framework's order.

import { observed } from "../words/phrases.ts";
import { section, table } from "./blocks.ts";
import type { Section, Table } from "./document.ts";
import { plain, severity } from "./lines.ts";
import { toldPicture } from "./pictures.ts";
import { criterionLine, resultLine, severityOf, testsLine } from "./result-lines.ts";
import type { Telling } from "./telling.ts";

/** One row for each criterion; absent when there are none. */
export function results(telling: Telling): Section | undefined {
  const { report, words, charts } = telling;
  if (report.findings.length === 0) return undefined;
  return section("results", words.findings.results.title, [
    report.weighted === undefined ? byPoints(telling) : byWeight(telling),
    ...toldPicture(charts.matrix),
  ]);
}

function byPoints(telling: Telling): Table | undefined {
  const { report, words, numbers, language } = telling;
  const { columns, results: say } = words.findings;
  return table(
    say.caption,
    [
      columns.result,
      columns.criterion,
      columns.observed,
      { right: columns.population },
      { right: columns.exceptions },
      { right: columns.pointsLost },
    ],
    report.findings.map((finding) => [
      resultLine(finding, telling),
      criterionLine(finding, telling),
      finding.observed === undefined ? [] : plain(observed(finding.observed, language)),
      plain(numbers.count(finding.population)),
      plain(numbers.count(finding.exceptions)),
      plain(numbers.count(finding.points)),
    ]),
  );
}

function byWeight(telling: Telling): Table | undefined {
  const { report, words } = telling;
  const { columns, results: say } = words.findings;
  return table(
    say.caption,
    [columns.result, columns.criterion, columns.severity, columns.tests],
    report.findings.map((finding) => [
      resultLine(finding, telling),
      criterionLine(finding, telling),
      severity(severityOf(finding), words.names),
      testsLine(finding, telling),
    ]),
  );
}
