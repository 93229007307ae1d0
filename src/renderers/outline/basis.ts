// What the results rest on besides the log: classes, configuration, inputs, answers, dates.

import { oneLine } from "../words/readings.ts";
import { paragraph, section, table } from "./blocks.ts";
import type { Section } from "./document.ts";
import { code, joined, passage, plain, strong, text, value } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** Classes of actions with their hits; absent when none is used. */
export function classes({ report, words, numbers }: Telling): Section | undefined {
  const { classes: all } = report;
  const say = words.basis.classes;
  if (all.length === 0) return undefined;
  return section("method-classes", say.title, [
    paragraph(plain(say.introduction)),
    table(
      say.caption,
      [say.name, say.meaning, { right: say.entries }, say.definition],
      all.map(({ name, meaning, entries, cel, overridden }) => [
        code(name),
        plain(meaning),
        plain(numbers.count(entries)),
        [...code(oneLine(cel)), ...plain(overridden ? ` ${say.replaced}` : "")],
      ]),
    ),
  ]);
}

/** What the user's configuration changes; absent when it changes nothing. */
export function overrides({ report, words }: Telling): Section | undefined {
  const say = words.basis.overrides;
  return section("method-overrides", say.title, [
    table(
      say.caption,
      [say.what, say.name, say.from, say.to, say.why],
      report.overrides.map(({ kind, name, from, to, reason }) => [
        plain(words.names.overrides[kind]),
        code(name),
        code(oneLine(from)),
        code(oneLine(to)),
        passage(reason ?? ""),
      ]),
    ),
  ]);
}

/** Inputs beside the log; absent when none is given or asked for. */
export function inputs({ report, words }: Telling): Section | undefined {
  const say = words.basis.inputs;
  return section("method-inputs", say.title, [
    table(
      say.caption,
      [say.input, say.given, say.holds, say.from, words.record.inputs.sha256, say.measures],
      report.inputs.map(({ name, given, holds, source, sha256, measures }) => [
        code(name),
        given ? plain(words.names.yes) : [strong(words.names.no)],
        value(holds),
        value(source),
        code(sha256),
        joined(measures.map(code), ", "),
      ]),
    ),
  ]);
}

/** Questions about the organisation with their answers, and from when which part binds. */
export function questions({ report, words, numbers }: Telling): Section | undefined {
  const say = words.basis.questions;
  const { weighted } = report;
  if (weighted === undefined) return undefined;
  return section("method-questions", say.title, [
    table(
      say.caption,
      [say.question, say.answer],
      weighted.questions.map(({ id, asks, answer }) => [
        [text(`${asks} (`), ...code(id), text(")")],
        plain(answer === "unknown" ? say.unknown : answer.join(", ")),
      ]),
    ),
    table(
      say.dates,
      [say.from, say.what, say.now],
      weighted.applications.map(({ from, what, binding }) => [
        plain(numbers.day(from)),
        plain(what),
        plain(binding ? say.binding : say.notBinding),
      ]),
    ),
  ]);
}
