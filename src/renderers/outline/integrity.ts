// What was read, what became of it, and what the log can and cannot show about itself.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import { formatInstant } from "../../model/instant.ts";
import type { Instant } from "../../model/instant.ts";
import { listed, spanOfSeconds } from "../words/phrases.ts";
import { SHOWN, sumsTie } from "../words/readings.ts";
import { facts, notice, paragraph, section, table } from "./blocks.ts";
import type { Fact } from "./blocks.ts";
import type { Block, Line, Section, Table } from "./document.ts";
import { first } from "./evidence-tables.ts";
import { intake } from "./intake.ts";
import { code, joined, plain, sentence, strong, text, value } from "./lines.ts";
import { pictures } from "./pictures.ts";
import type { Telling } from "./telling.ts";

/** The population statement. */
export function integrity(telling: Telling): Section | undefined {
  const { words, charts } = telling;
  return section(
    "integrity",
    words.record.integrity,
    [
      inputs(telling),
      sums(telling),
      tie(telling),
      facts(...times(telling), ...ids(telling), tenure(telling)),
      rejections(telling),
      ...pictures(charts.gapCalendar, charts.timeline),
      recorded(telling),
      unrecordable(telling),
    ],
    [intake(telling)],
  );
}

function inputs({ report, words, numbers, language }: Telling): Table | undefined {
  const { inputs: all } = report.population;
  const say = words.record.inputs;
  return table(
    { shown: say.caption(listed(Math.min(all.length, SHOWN), all.length, language)) },
    [say.input, say.kind, say.read, { right: say.bytes }, say.sha256],
    all
      .slice(0, SHOWN)
      .map(({ name, kind, query, mapping, bytes, sha256 }) => [
        value(name),
        plain(kind),
        joined([value(query), mapping === undefined ? [] : plain(say.as(mapping))], ", "),
        plain(bytes === undefined ? "" : numbers.count(bytes)),
        code(sha256),
      ]),
    all.length,
  );
}

function sums({ report, words, numbers }: Telling): Table | undefined {
  const { population } = report;
  const say = words.record.sums;
  const row = (name: string, amount: number): readonly Line[] => [
    plain(name),
    plain(numbers.count(amount)),
  ];
  const total = (name: string, amount: number): readonly Line[] => [
    [strong(name)],
    [strong(numbers.count(amount))],
  ];
  return table(
    say.caption,
    [say.step, { right: say.entries }],
    [
      row(say.read, population.read),
      row(say.rejected, population.rejected),
      row(say.duplicate, population.duplicate),
      total(say.accepted, population.accepted),
      row(say.outOfPeriod, population.outOfPeriod),
      total(say.inScope, population.inScope),
    ],
  );
}

function tie({ report, words }: Telling): Block | undefined {
  const say = words.record.sums;
  const told = say.sentence(report.population);
  return sumsTie(report)
    ? paragraph(plain(`${say.tie} ${told}`))
    : notice("warning", [strong(say.untied), text(` ${told} ${say.doubt}`)]);
}

function times(telling: Telling): readonly Fact[] {
  const { report, words, numbers, language } = telling;
  const { first: earliest, last, timestamps } = report.population;
  const { startSeconds, endSeconds } = report.edgeSilence;
  const say = words.record.facts;
  const instant = (at: Instant | undefined): Line =>
    plain(at === undefined ? "" : numbers.time(formatInstant(at)));
  const seconds = (length: number | undefined): Line =>
    plain(length === undefined ? "" : spanOfSeconds(length, language));
  return [
    [say.first, instant(earliest)],
    [say.last, instant(last)],
    [
      say.covered,
      earliest === undefined || last === undefined
        ? undefined
        : plain(numbers.exactSpan(last - earliest)),
    ],
    [say.edgeStart, seconds(startSeconds)],
    [say.edgeEnd, seconds(endSeconds)],
    [say.unreadable, unreadable(telling)],
    [say.naive, plain(numbers.count(timestamps.naive))],
    [say.unordered, plain(numbers.count(timestamps.unordered))],
    [say.future, plain(numbers.count(timestamps.future))],
  ];
}

function unreadable(telling: Telling): Line {
  const { report, numbers } = telling;
  const { unreadable: amount, firstUnreadable } = report.population.timestamps;
  const number = text(numbers.count(amount));
  if (amount === 0) return [number];
  return [number, text(" ("), ...first(firstUnreadable.map(value), amount, telling), text(")")];
}

function ids({ report, words, numbers }: Telling): readonly Fact[] {
  const { repeated, missing, missingRuns = [], missingAtEnd } = report.population.ids;
  const { facts: say, idRange } = words.record;
  const runs = missingRuns.map(({ from, to }) =>
    from === to ? String(from) : idRange(String(from), String(to)),
  );
  const named = runs.length === 0 ? "" : ` (${runs.join(", ")})`;
  return [
    [say.repeated, plain(repeated === undefined ? say.scattered : numbers.count(repeated))],
    [
      say.missing,
      plain(missing === undefined ? say.notDense : `${numbers.count(missing)}${named}`),
    ],
    [say.missingAtEnd, plain(missingAtEnd === undefined ? "" : numbers.count(missingAtEnd))],
  ];
}

function tenure({ report, words }: Telling): Fact {
  const { tenure: check } = report.population;
  const { facts: say, tenure: told } = words.record;
  if (check === undefined) return [say.tenure, undefined];
  const since = value(check.first_activated);
  return [say.tenure, sentence(told(check.total_actions, check.rows, since.length > 0), { since })];
}

function rejections(telling: Telling): Table | undefined {
  const { report, words, numbers } = telling;
  const { names, record } = words;
  const say = record.rejections;
  return table(
    { shown: say.caption },
    [say.reason, say.means, { right: say.records }, say.where],
    report.population.rejections.map(({ reason, count, first: named }) => [
      code(reason),
      plain(names.rejections[reason]),
      plain(numbers.count(count)),
      first(named.map(value), count, telling),
    ]),
  );
}

function recorded({ report, words, numbers }: Telling): Table | undefined {
  const { population } = report;
  const say = words.record.fields;
  return table(
    { shown: say.caption },
    [say.field, { right: say.entries }, { right: say.share }],
    ENTRY_FIELD_NAMES.filter((field) => population.recordable.includes(field)).map((field) => {
      const entries = population.recorded.get(field) ?? 0;
      return [
        code(field),
        plain(numbers.count(entries)),
        plain(numbers.share(entries, population.inScope)),
      ];
    }),
  );
}

function unrecordable({ report, words }: Telling): Block | undefined {
  const say = words.record.fields;
  const others = ENTRY_FIELD_NAMES.filter((field) => !report.population.recordable.includes(field));
  return paragraph(
    others.length === 0
      ? plain(say.all(ENTRY_FIELD_NAMES.length))
      : sentence(say.never, { fields: joined(others.map(code), ", ") }),
  );
}
