// Where the full evidence is: what this document cuts, and the entries drawn for an auditor.

import { testName } from "../words/phrases.ts";
import { SHOWN } from "../words/readings.ts";
import { paragraph, section, table } from "./blocks.ts";
import type { Line, Section, Table } from "./document.ts";
import { pointerList } from "./evidence-tables.ts";
import { code, linked, plain } from "./lines.ts";
import { explainedAt } from "./result-lines.ts";
import type { Telling } from "./telling.ts";

/** Lists that end here and go on in the evidence package; samples. */
export function evidence(telling: Telling): Section | undefined {
  const { words } = telling;
  const say = words.closing.evidence;
  const beyond = cut(telling);
  return section(
    "evidence",
    say.title,
    [paragraph(plain(say.where)), beyond ?? paragraph(plain(say.complete))],
    [samples(telling)],
  );
}

/** Findings or tests that have more exceptions than are listed. */
function cut(telling: Telling): Table | undefined {
  const { report, tests, words, numbers, addresses, language } = telling;
  const say = words.closing.evidence;
  const row = (name: Line, exceptions: number, listed: number): readonly (readonly Line[])[] =>
    exceptions <= listed
      ? []
      : [[name, plain(numbers.count(exceptions)), plain(numbers.count(listed))]];
  const rows =
    report.weighted === undefined
      ? report.findings.flatMap((finding) =>
          row(
            linked(explainedAt(finding, telling), plain(finding.criterion)),
            finding.exceptions,
            finding.gaps?.length ?? finding.exceptionEntries.length,
          ),
        )
      : tests.flatMap((test) =>
          row(
            linked(
              test.result === "fail" || test.result === "warn" || test.result === "error"
                ? addresses.test(test)
                : undefined,
              plain(testName(test, language)),
            ),
            test.exceptions,
            test.rules?.length ?? test.gaps?.length ?? test.exceptionEntries.length,
          ),
        );
  return table(say.caption, [say.of, { right: say.exceptions }, { right: say.shown }], rows);
}

function samples(telling: Telling): Section | undefined {
  const { report, words, numbers } = telling;
  const say = words.closing.evidence;
  if (report.sampling === undefined) return undefined;
  return section("evidence-samples", say.samples, [
    paragraph(plain(say.samplesHow)),
    table(
      say.samples,
      [say.measure, { right: say.population }, { right: say.drawn }, say.entries],
      report.sampling.samples.map(({ measure, population, entries }) => [
        code(measure),
        plain(numbers.count(population)),
        plain(numbers.count(entries.length)),
        entries.length === 0 ? [] : pointerList(entries.slice(0, SHOWN), entries.length, telling),
      ]),
    ),
  ]);
}
