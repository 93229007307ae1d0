// The exceptions, one row each: the entry, what it is an exception of, what stood before it. Where
// the report lists fewer than there are, a row says how many more.

import type { Language } from "../../languages/language.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import { fieldText } from "../../model/audit-entry.ts";
import type { Test } from "../../model/finding.ts";
import { MICROSECONDS_PER_SECOND } from "../../model/instant.ts";
import type { ListedRule } from "../../model/observation.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { EMPTY, identifier, log, number, text, time } from "./cell.ts";
import type { Cell, Sheet, SheetColumn } from "./cell.ts";
import { entryCells, entryColumns } from "./entry.ts";
import { plainTitle, testName } from "./names.ts";

/** Whatever has exceptions, with the cells that name it in front of each. */
interface Found extends Pick<
  Test,
  "result" | "exceptions" | "exceptionEntries" | "gaps" | "pairs" | "rules"
> {
  readonly of: string;
  readonly title: string;
  /** Criteria that it is about. */
  readonly criteria: readonly string[];
}

/** The table of exceptions: of findings, or of the tests of a weighted framework. */
export function exceptionsSheet(report: ComplianceReport, language: Language): Sheet {
  const { names, exceptions: words } = language.sheets.sheets;
  const rows = found(report, language).flatMap((one) => rowsOf(one, language));
  return {
    id: "exceptions",
    name: names.exceptions,
    columns: columns(language),
    rows: rows.length === 0 ? [remark([EMPTY, EMPTY, EMPTY, EMPTY], words.none)] : rows,
  };
}

function found(report: ComplianceReport, language: Language): readonly Found[] {
  return report.weighted === undefined
    ? report.findings.map((finding) =>
        Object.assign(
          { of: finding.criterion, title: plainTitle(finding), criteria: [finding.criterion] },
          evidence(finding),
        ),
      )
    : report.weighted.tests.map((test) =>
        Object.assign(
          { of: testName(test, language), title: test.title, criteria: test.criteria },
          evidence(test),
        ),
      );
}

type Evidence = Omit<Found, "of" | "title" | "criteria">;

function evidence(from: Evidence): Evidence {
  const { result, exceptions, exceptionEntries, gaps, pairs, rules } = from;
  return {
    result,
    exceptions,
    exceptionEntries,
    ...(gaps === undefined ? {} : { gaps }),
    ...(pairs === undefined ? {} : { pairs }),
    ...(rules === undefined ? {} : { rules }),
  };
}

function columns(language: Language): readonly SheetColumn[] {
  const words = language.sheets.sheets.exceptions;
  const { columns: titles, tables } = language.report.findings;
  return [
    { title: words.of, width: 14 },
    { title: titles.title, width: 26 },
    { title: titles.criteria, width: 16 },
    { title: titles.result, width: 16 },
    { title: tables.no, width: 6 },
    ...entryColumns(language),
    { title: words.before, width: 11 },
    { title: words.beforeTime, width: 32 },
    { title: words.silence, width: 12 },
    { title: words.remark, width: 30 },
  ];
}

function rowsOf(one: Found, language: Language): readonly (readonly Cell[])[] {
  const { result, exceptions, exceptionEntries, rules = [] } = one;
  const words = language.sheets.sheets.exceptions;
  const head: readonly Cell[] = [
    text(one.of),
    text(one.title),
    text(one.criteria.join(", ")),
    { kind: "result", result, word: language.report.names.results[result] },
  ];
  const more = exceptions - exceptionEntries.length - rules.length;
  return [
    ...exceptionEntries.map((entry, index) =>
      head.concat(number(index + 1), entryCells(entry), beforeCells(entry, one), EMPTY),
    ),
    ...rules.map((rule, index) => ruleRow(head, rule, index + 1, language)),
    ...(more > 0 ? [remark(head, words.more(more, exceptions))] : []),
  ];
}

/** The entry that makes this one an exception, and how long the silence between them was. */
function beforeCells(entry: AuditEntry, { gaps = [], pairs = [] }: Found): readonly Cell[] {
  const gap = gaps.find(({ to }) => isSame(to, entry));
  const first = gap?.from ?? pairs.find(({ then }) => isSame(then, entry))?.first;
  return [
    first === undefined ? EMPTY : firstThat(identifier(first.id), log(first.source)),
    time(first?.timestamp),
    number(gap === undefined ? undefined : gap.length / MICROSECONDS_PER_SECOND),
  ];
}

function firstThat(one: Cell, other: Cell): Cell {
  return one.kind === "empty" ? other : one;
}

function isSame(a: AuditEntry, b: AuditEntry): boolean {
  if (a === b) return true;
  return (["id", "timestamp", "source", "agent_id", "action_type", "action_target"] as const).every(
    (field) => fieldText(a[field]) === fieldText(b[field]),
  );
}

/** A weakness of a policy, which is no entry: its rule stands where an entry's rule does. */
function ruleRow(
  head: readonly Cell[],
  { rule, line, message }: ListedRule,
  place: number,
  language: Language,
): readonly Cell[] {
  const words = language.sheets.sheets.exceptions;
  const row = [...remark(head, line === undefined ? message : words.atLine(message, line))];
  row[4] = number(place);
  row[10] = log(rule);
  return row;
}

/** A row of nothing but its head and a sentence. */
function remark(head: readonly Cell[], says: string): readonly Cell[] {
  return [...head, ...Array.from({ length: 14 }, () => EMPTY), text(says)];
}
