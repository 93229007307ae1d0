// How the records of a foreign log became entries, as names and values.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { log, number, text } from "./cell.ts";
import { statements } from "./statement.ts";
import type { Statement } from "./statement.ts";

/** Nothing for a log of the format's own. */
export function intakeRows(
  { population: { intake } }: ComplianceReport,
  language: Language,
): readonly Statement[] {
  if (intake === undefined) return [];
  const words = language.report.record.intake;
  const own = language.sheets.sheets.population;
  return [
    ...intake.mappings.flatMap(({ id, version, digest, basis, inputs }) =>
      statements(words.caption, [
        [words.mapping, log(id), text(`${words.version} ${version}`)],
        [words.triedOn, text(basis === "real-logs" ? words.realLogs : words.documentation)],
        [words.inputs, number(inputs)],
        ["SHA-256", log(digest)],
      ]),
    ),
    ...statements(words.title, [
      [own.records, number(intake.records)],
      [own.withoutAction, number(intake.withoutAction)],
      [own.actions, number(intake.actions)],
      [words.joined, number(intake.answers.matched)],
      [words.unjoined, number(intake.answers.unmatched)],
      [words.duplicates, text(intake.duplicateMeanings.join(" "))],
      [words.differing, number(intake.duplicatesDiffering)],
      [words.unsafe, number(intake.unsafeIntegers)],
      [words.mended, number(intake.mendedTimes)],
      [words.never, text(intake.never.join(", "))],
      [
        words.chain,
        intake.chainCovers.length === 0
          ? undefined
          : text(words.chainCovers.replace("{fields}", () => intake.chainCovers.join(", "))),
      ],
    ]),
    ...statements(
      words.notAsked,
      [...intake.cannotAnswer].map(([measure, why]) => [log(measure), text(why)]),
    ),
    ...statements(
      words.leftOut(listed(intake.leftOut, language)),
      intake.leftOut.first.map(({ file, reason }) => [log(file), log(reason)]),
    ),
    ...statements(
      words.unknownWords,
      intake.unknownWords.map(({ table, word, count }) => [log(word), number(count), log(table)]),
    ),
    ...statements(
      words.unmapped(intake.unmappedLookedAt),
      intake.unmapped.map(({ path, records }) => [log(path), number(records)]),
    ),
  ];
}

function listed(
  { count, first }: { readonly count: number; readonly first: readonly unknown[] },
  { report: { findings } }: Language,
): string {
  return first.length < count ? findings.firstOf(first.length, count) : findings.all(count);
}
