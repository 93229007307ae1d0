// One test that needs a reader: what it saw, against which limits, which criteria it touches, and
// the entries behind it.

import type { Test } from "../../model/finding.ts";
import { aboutRules, listed, observed, testName } from "../words/phrases.ts";
import { heaviestSeverity, touchedBy } from "../words/weighted.ts";
import { facts, paragraph, present, table } from "./blocks.ts";
import type { Fact } from "./blocks.ts";
import type { Block, Entry, Line, Table } from "./document.ts";
import {
  entryCells,
  entryColumns,
  exceptionTable,
  gapTable,
  keyLine,
  responseTable,
  whatToChange,
} from "./evidence-tables.ts";
import { limitsLine } from "./limits.ts";
import { code, joined, passage, plain, sentence, strong, text, value } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** The test with all of its evidence. */
export function testEntry(test: Test, telling: Telling): Entry {
  const { report, addresses, language } = telling;
  const severity = heaviestSeverity(test, report.findings);
  return {
    kind: "entry",
    id: addresses.test(test),
    result: test.result,
    ...(severity === undefined ? {} : { severity }),
    title: plain(`${testName(test, language)} ${test.title}`),
    open: true,
    blocks: present<Block>(
      paragraph(passage(test.says)),
      whatToChange(test.remedy, telling),
      figures(test, telling),
      test.result === "error" ? undefined : responseTable(telling),
      gapTable(test, telling),
      groups(test, telling),
      rules(test, telling),
      test.pairs === undefined ? exceptionTable(test, telling) : pairs(test, telling),
    ),
  };
}

function figures(test: Test, telling: Telling): Block | undefined {
  const { words } = telling;
  const { facts: say, heuristic } = words.findings;
  return facts(
    [say.question, plain(test.question)],
    [say.touches, touches(test, telling)],
    ...amounts(test, telling),
    [say.limits, limitsLine(test, telling)],
    [say.basis, [text(`${words.names.bases[test.basis]}. `), ...plain(test.limitReason)]],
    [say.numbers, numbersLine(test, telling)],
    [
      say.heuristic,
      test.classes.length === 0
        ? undefined
        : sentence(heuristic, { classes: joined(test.classes.map(code), ", ") }),
    ],
  );
}

function touches(test: Test, { report, words }: Telling): Line {
  const { findings: say, names } = words;
  const criteria = touchedBy(test, report.findings);
  if (criteria.length === 0) return plain(say.recordOnly);
  const told = criteria.map(({ criterion, result, severity, weighted }) => {
    const role = weighted?.decisive.includes(test.key) === true ? "decisive" : "supporting";
    return plain(
      say.touch(
        criterion,
        names.severities[weighted?.criterionSeverity ?? severity],
        say.roles[weighted?.mode === "figures" ? "figures" : role],
        names.results[result],
      ),
    );
  });
  return joined(told, ", ");
}

/** Tests of a policy count its rules, and what was found about them, which may be more. */
function amounts(test: Test, { words, numbers, language }: Telling): readonly Fact[] {
  const { facts: say, rulePopulation, ruleExceptions } = words.findings;
  const { population, exceptions, observed: figure, rules: found } = test;
  if (found !== undefined) {
    const about = ruleExceptions(exceptions, aboutRules(found, language));
    return [
      [say.population, plain(rulePopulation(population))],
      [say.exceptions, plain(about)],
    ];
  }
  return [
    [say.population, plain(numbers.count(population))],
    [say.exceptions, plain(numbers.count(exceptions))],
    [say.observed, figure?.kind === "share" ? plain(observed(figure, language)) : undefined],
  ];
}

/** Numbers that stand in a line of their own. */
const SAID = new Set(["population", "exceptions", "exception_share"]);

function numbersLine({ numbers: all }: Test, { numbers }: Telling): Line {
  const told = Object.entries(all).filter(([name]) => !SAID.has(name));
  return joined(
    told.map(([name, figure]) =>
      sentence(`{name} ${numbers.decimal(rounded(figure))}`, { name: code(name) }),
    ),
    "; ",
  );
}

/** Six decimals, cut to none that matters: the JSON form has them all. */
function rounded(figure: number): number {
  return Number.isInteger(figure) ? figure : Number(figure.toFixed(6));
}

/** Exceptions that another entry makes one: each with the entry before it. */
function pairs({ pairs: all = [], exceptions }: Test, telling: Telling): Table | undefined {
  const { words, numbers, language } = telling;
  const { tables } = words.findings;
  return table(
    { shown: tables.pairs(listed(all.length, exceptions, language)) },
    [{ right: tables.no }, tables.which, ...entryColumns(telling)],
    all.flatMap(({ first, then }, index) => {
      const number = plain(numbers.count(index + 1));
      return [
        [number, plain(tables.earlier), ...entryCells(first)],
        [number, [strong(tables.later)], ...entryCells(then)],
      ];
    }),
  );
}

/** How many values an observation lists. */
const MOST = 50;

function groups({ groups: all = [] }: Test, telling: Telling): Table | undefined {
  const { words, numbers } = telling;
  const { tables } = words.findings;
  return table(
    { shown: all.length < MOST ? tables.values : tables.valuesListed },
    [tables.value, { right: tables.amount }],
    all.map(({ key, count }) => [keyLine(key, telling), plain(numbers.count(count))]),
  );
}

function rules({ rules: all = [], exceptions }: Test, telling: Telling): Table | undefined {
  const { words, numbers, language } = telling;
  const { tables, columns, defaults, evidence } = words.findings;
  return table(
    { shown: tables.weaknesses(listed(all.length, exceptions, language)) },
    [evidence.rule, { right: tables.line }, columns.saw],
    all.map(({ rule, line, message }) => [
      rule === undefined ? [strong(defaults)] : value(rule),
      plain(line === undefined ? "" : numbers.count(line)),
      passage(message),
    ]),
  );
}
