// The population statement as names and values: what the report is about, what was read, and
// what became of it.

import type { Language } from "../../languages/language.ts";
import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import { formatInstant } from "../../model/instant.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { log, number, share, text, time } from "./cell.ts";
import type { Sheet } from "./cell.ts";
import { intakeRows } from "./intake.ts";
import { methodRows } from "./method.ts";
import { reportRows } from "./about-report.ts";
import { statements } from "./statement.ts";
import type { Statement } from "./statement.ts";

/** The table of names and values. */
export function populationSheet(report: ComplianceReport, language: Language): Sheet {
  const { names, population: words } = language.sheets.sheets;
  return {
    id: "population",
    name: names.population,
    columns: [
      { title: words.part, width: 26 },
      { title: words.item, width: 48 },
      { title: words.value, width: 68 },
      { title: words.note, width: 60 },
    ],
    rows: [
      ...reportRows(report, language),
      ...inputRows(report, language),
      ...sumRows(report, language),
      ...timeRows(report, language),
      ...idRows(report, language),
      ...fieldRows(report, language),
      ...intakeRows(report, language),
      ...methodRows(report, language),
    ],
  };
}

function inputRows(
  { population }: ComplianceReport,
  { report: { record } }: Language,
): readonly Statement[] {
  const { inputs: words, intake } = record;
  return population.inputs.flatMap((input, index) =>
    statements(`${words.input} ${index + 1}`, [
      [words.input, log(input.name)],
      [words.kind, log(input.kind)],
      [words.read, log(input.query)],
      [intake.mapping, log(input.mapping)],
      [intake.records, number(input.records)],
      [words.bytes, number(input.bytes)],
      [words.sha256, log(input.sha256)],
    ]),
  );
}

function sumRows(report: ComplianceReport, language: Language): readonly Statement[] {
  const { population } = report;
  const { read, accepted, rejected, duplicate, inScope, outOfPeriod } = population;
  const { sums, rejections } = language.report.record;
  const { names } = language.report;
  const ties =
    read === accepted + rejected + duplicate &&
    accepted === inScope + outOfPeriod &&
    inScope === report.totalActions;
  return [
    ...statements(sums.caption, [
      [sums.read, number(read)],
      [sums.rejected, number(rejected)],
      [sums.duplicate, number(duplicate)],
      [sums.accepted, number(accepted)],
      [sums.outOfPeriod, number(outOfPeriod)],
      [sums.inScope, number(inScope)],
      [
        language.sheets.sheets.population.ties,
        text(ties ? names.yes : names.no),
        text(sums.sentence(population)),
      ],
    ]),
    ...statements(
      rejections.caption,
      population.rejections.map(({ reason, count, first }) => [
        names.rejections[reason],
        number(count),
        log(first.join(", ")),
      ]),
    ),
  ];
}

function timeRows(report: ComplianceReport, language: Language): readonly Statement[] {
  const { first, last, timestamps } = report.population;
  const { startSeconds, endSeconds } = report.edgeSilence;
  const { facts } = language.report.record;
  const seconds = text(language.sheets.sheets.exceptions.seconds);
  return statements(language.sheets.sheets.population.times, [
    [facts.first, first === undefined ? undefined : time(formatInstant(first))],
    [facts.last, last === undefined ? undefined : time(formatInstant(last))],
    [facts.edgeStart, number(startSeconds), seconds],
    [facts.edgeEnd, number(endSeconds), seconds],
    [facts.unreadable, number(timestamps.unreadable), log(timestamps.firstUnreadable.join(", "))],
    [facts.naive, number(timestamps.naive)],
    [facts.unordered, number(timestamps.unordered)],
    [facts.future, number(timestamps.future)],
  ]);
}

function idRows({ population }: ComplianceReport, language: Language): readonly Statement[] {
  const { ids, tenure } = population;
  const { record } = language.report;
  const { facts } = record;
  const words = language.sheets.sheets.population;
  return [
    ...statements(words.ids, [
      [facts.repeated, ids.repeated === undefined ? text(facts.scattered) : number(ids.repeated)],
      [facts.missing, ids.missing === undefined ? text(facts.notDense) : number(ids.missing)],
      ...(ids.missingRuns ?? []).map(
        ({ from, to }) =>
          [
            words.missingRun,
            text(from === to ? String(from) : record.idRange(String(from), String(to))),
          ] as const,
      ),
      [facts.missingAtEnd, number(ids.missingAtEnd)],
    ]),
    ...statements(
      facts.tenure,
      tenure === undefined
        ? []
        : [
            [words.counted, number(tenure.total_actions)],
            [words.rows, number(tenure.rows)],
            [words.since, time(tenure.first_activated)],
          ],
    ),
  ];
}

function fieldRows({ population }: ComplianceReport, language: Language): readonly Statement[] {
  const { recordable, recorded, inScope } = population;
  const never = ENTRY_FIELD_NAMES.filter((field) => !recordable.includes(field));
  return statements(language.sheets.sheets.population.fields, [
    ...ENTRY_FIELD_NAMES.filter((field) => recordable.includes(field)).map((field) => {
      const entries = recorded.get(field) ?? 0;
      return [field, number(entries), share(entries, inScope)] as const;
    }),
    [language.sheets.sheets.population.never, text(never.join(", "))],
  ]);
}
