// What an agent log cannot answer, and what a result does not show: always told.

import { coverageFigures } from "../words/phrases.ts";
import { paragraph, section, table } from "./blocks.ts";
import type { Section, Table } from "./document.ts";
import { passage, plain, strong, value } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** Requirements that were not assessed, with what to ask for. */
export function notAssessed(telling: Telling): Section | undefined {
  const { report, words, language } = telling;
  const say = words.basis.notAssessed;
  const rows = requirements(telling);
  const [, figure] = coverageFigures(report, language);
  return section(
    "not-assessed",
    say.title,
    [
      report.weighted === undefined ? undefined : paragraph([strong(`${figure}.`)]),
      paragraph(plain(rows === undefined ? say.none : say.introduction)),
      rows,
    ],
    [reach(telling)],
  );
}

/** A row may stand for several requirements; the numbers add up to the one above. */
function requirements({ report, words, numbers }: Telling): Table | undefined {
  const { weighted, coverage } = report;
  const say = words.basis.notAssessed;
  const amount = coverage.total === undefined ? say.requirements : say.criteria;
  return table(
    say.caption,
    [say.criterion, ...(weighted === undefined ? [] : [{ right: amount }]), say.why, say.ask],
    report.notAssessed.map(({ criterion, why, askFor, count = 1 }) => [
      value(criterion),
      ...(weighted === undefined ? [] : [plain(numbers.count(count))]),
      passage(why),
      passage(askFor),
    ]),
  );
}

/** Of each criterion of a weighted framework, what the log shows and what it does not. */
function reach({ report, words }: Telling): Section | undefined {
  const { columns, reach: say } = words.findings;
  return section("not-assessed-reach", say.title, [
    table(
      say.caption,
      [columns.criterion, columns.shows, columns.notShown],
      report.findings.flatMap(({ criterion, weighted }) =>
        weighted === undefined
          ? []
          : [[plain(criterion), plain(weighted.shows), plain(weighted.notShown)]],
      ),
    ),
  ]);
}
