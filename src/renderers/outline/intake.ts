// How the records of a foreign log became entries.

import type { IntakeStatement } from "../../model/intake.ts";
import { listed } from "../words/phrases.ts";
import { facts, paragraph, section, table } from "./blocks.ts";
import type { Block, Section, Table } from "./document.ts";
import { code, joined, passage, plain, sentence, strong, text, value } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** The part of the population statement that only a foreign log has. */
export function intake(telling: Telling): Section | undefined {
  const { report, words } = telling;
  const { intake: statement } = report.population;
  const say = words.record.intake;
  if (statement === undefined) return undefined;
  return section("integrity-intake", say.title, [
    paragraph(
      plain(say.introduction(statement.records, statement.withoutAction, statement.actions)),
    ),
    mappings(statement, telling),
    notes(statement, telling),
    leftOut(statement, telling),
    unknownWords(statement, telling),
    unmapped(statement, telling),
  ]);
}

function mappings(
  { mappings: all }: IntakeStatement,
  { words, numbers }: Telling,
): Table | undefined {
  const say = words.record.intake;
  return table(
    say.caption,
    [
      say.mapping,
      say.format,
      { right: say.version },
      { right: say.inputs },
      say.triedOn,
      words.record.inputs.sha256,
    ],
    all.map(({ id, title, version, inputs, basis, digest }) => [
      code(id),
      plain(title),
      plain(String(version)),
      plain(numbers.count(inputs)),
      plain(basis === "real-logs" ? say.realLogs : say.documentation),
      code(digest),
    ]),
  );
}

function notes(statement: IntakeStatement, { words, numbers }: Telling): Block | undefined {
  const say = words.record.intake;
  const { answers, chainCovers, never, duplicatesDiffering } = statement;
  const joins = answers.matched + answers.unmatched > 0;
  const unlessNone = (amount: number): string => (amount === 0 ? "" : numbers.count(amount));
  return facts(
    [say.joined, joins ? plain(numbers.count(answers.matched)) : undefined],
    [say.unjoined, joins ? plain(numbers.count(answers.unmatched)) : undefined],
    ...statement.duplicateMeanings.map((means) => [say.duplicates, passage(means)] as const),
    [
      say.differing,
      duplicatesDiffering === 0 ? undefined : [strong(numbers.count(duplicatesDiffering))],
    ],
    [say.unsafe, plain(unlessNone(statement.unsafeIntegers))],
    [say.mended, plain(unlessNone(statement.mendedTimes))],
    [say.never, joined(never.map(code), ", ")],
    [
      say.chain,
      chainCovers.length === 0
        ? undefined
        : sentence(say.chainCovers, { fields: joined(chainCovers.map(code), ", ") }),
    ],
    ...[...statement.cannotAnswer].map(
      ([measure, why]) => [say.notAsked, [...code(measure), text(": "), ...passage(why)]] as const,
    ),
  );
}

function leftOut(
  { leftOut: files }: IntakeStatement,
  { words, language }: Telling,
): Table | undefined {
  const say = words.record.intake;
  return table(
    { shown: say.leftOut(listed(files.first.length, files.count, language)) },
    [say.file, say.why],
    files.first.map(({ file, reason }) => [value(file), value(reason)]),
    files.count,
  );
}

function unknownWords(
  { unknownWords: all }: IntakeStatement,
  { words, numbers }: Telling,
): Table | undefined {
  const say = words.record.intake;
  return table(
    { shown: say.unknownWords },
    [say.table, say.word, { right: say.times }],
    all.map(({ table: name, word, count }) => [
      value(name),
      value(word),
      plain(numbers.count(count)),
    ]),
  );
}

function unmapped(
  { unmapped: paths, unmappedLookedAt }: IntakeStatement,
  { words, numbers }: Telling,
): Table | undefined {
  const say = words.record.intake;
  return table(
    { shown: say.unmapped(unmappedLookedAt) },
    [say.rawField, { right: say.records }],
    paths.map(({ path, records }) => [value(path), plain(numbers.count(records))]),
  );
}
