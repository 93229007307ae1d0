// The policy beside the log: what it has, what the log names and it lacks, and its own weaknesses.

import type { PolicyStatement } from "../../model/report.ts";
import { listed } from "../words/phrases.ts";
import { SHOWN } from "../words/readings.ts";
import { facts, paragraph, section, table } from "./blocks.ts";
import type { Block, Section } from "./document.ts";
import { first } from "./evidence-tables.ts";
import { code, passage, plain, value } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** Always there: also that none was given is said. */
export function policy(telling: Telling): Section | undefined {
  const { report, words } = telling;
  const say = words.record.policy;
  const statement = report.policy;
  return section(
    "system-policy",
    say.title,
    statement === undefined
      ? [paragraph(plain(say.none))]
      : [figures(statement, telling), ...unknown(statement, telling), ...lint(statement, telling)],
  );
}

function figures(
  { rules, digest, unusedRules }: PolicyStatement,
  telling: Telling,
): Block | undefined {
  const { words, numbers } = telling;
  const say = words.record.policy;
  return facts(
    [say.rules, plain(numbers.count(rules))],
    [say.digest, code(digest)],
    [
      say.unused,
      unusedRules.length === 0
        ? plain(say.allUsed)
        : first(unusedRules.slice(0, SHOWN).map(value), unusedRules.length, telling),
    ],
  );
}

function unknown(
  { unknownRulesInLog: all }: PolicyStatement,
  { words, numbers, language }: Telling,
): readonly (Block | undefined)[] {
  const say = words.record.policy;
  if (all.length === 0) return [paragraph(plain(say.allKnown))];
  return [
    table(
      { shown: say.unknown(listed(Math.min(all.length, SHOWN), all.length, language)) },
      [say.rule, { right: say.entries }],
      all.slice(0, SHOWN).map(({ rule, count }) => [value(rule), plain(numbers.count(count))]),
      all.length,
    ),
  ];
}

function lint(
  { lint: all }: PolicyStatement,
  { words, numbers }: Telling,
): readonly (Block | undefined)[] {
  const say = words.record.policy;
  if (all.length === 0) return [paragraph(plain(say.sound))];
  return [
    table(
      { shown: say.weaknesses },
      [say.severity, say.rule, { right: say.line }, say.what, say.change],
      all.map(({ severity, rule, line, message, suggestion }) => [
        plain(words.names.lintSeverities[severity]),
        value(rule),
        plain(line === undefined ? "" : numbers.count(line)),
        passage(message),
        passage(suggestion),
      ]),
    ),
  ];
}
