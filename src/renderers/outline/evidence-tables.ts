// What stands behind a finding or a test: tables of entries, silences and groups, and room for an
// answer.

import { fieldText } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { ComplianceFinding } from "../../model/finding.ts";
import { listed } from "../words/phrases.ts";
import { paragraph, table } from "./blocks.ts";
import type { Block, Line, Table } from "./document.ts";
import { joined, passage, plain, sentence, strong, text, value } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** A finding or a test: whatever has exceptions. */
type Found = Pick<
  ComplianceFinding,
  "population" | "exceptions" | "exceptionEntries" | "observed" | "gaps" | "groups"
>;

/** Headings of an entry as evidence. */
export function entryColumns({ words }: Telling): readonly string[] {
  const { entry, time, agent, action, target, rule, decision, human, result } =
    words.findings.evidence;
  return [entry, time, agent, action, target, rule, decision, human, result];
}

/** What stands under {@link entryColumns}. */
export function entryCells(entry: AuditEntry): readonly Line[] {
  return [
    value(fieldText(entry.id) || entry.source),
    value(fieldText(entry.timestamp)),
    value(fieldText(entry.agent_id)),
    value(fieldText(entry.action_type)),
    value(fieldText(entry.action_target)),
    value(fieldText(entry.matched_rule)),
    value(fieldText(entry.approval)),
    value(fieldText(entry.human_decision)),
    value(fieldText(entry.result_status)),
  ];
}

/** By what entries are found again in their log: `12, 15 and 3 more`. */
export function pointerList(entries: readonly AuditEntry[], total: number, telling: Telling): Line {
  const { withoutId } = telling.words.names;
  return first(
    entries.map((entry) => {
      const pointer = value(fieldText(entry.id) || entry.source);
      return pointer.length === 0 ? plain(withoutId) : pointer;
    }),
    total,
    telling,
  );
}

/** The first of a list, and how many more there are: `a, b and 3 more`. */
export function first(named: readonly Line[], total: number, { words }: Telling): Line {
  const { andMore, notListed } = words.findings;
  if (named.length === 0) return plain(notListed);
  const all = joined(named, ", ");
  return total > named.length ? sentence(andMore(total - named.length), { named: all }) : all;
}

/** **What to change:** and the recommendation; absent when there is none. */
export function whatToChange(remedy: string, { words }: Telling): Block | undefined {
  if (remedy === "") return undefined;
  return paragraph([strong(words.findings.change), text(" "), ...passage(remedy)]);
}

/** Room for the organisation's answer: a report is read by those who must act on it. */
export function responseTable({ words }: Telling): Table | undefined {
  const { columns, tables } = words.findings;
  return table(
    tables.response,
    [{ blank: columns.owner }, { blank: columns.due }, { blank: columns.response }],
    [[[], [], []]],
  );
}

/** The entries that count as exceptions, as many as are listed. */
export function exceptionTable(found: Found, telling: Telling): Table | undefined {
  const { exceptions: total, exceptionEntries } = found;
  const { tables } = telling.words.findings;
  return table(
    { shown: tables.exceptions(listed(exceptionEntries.length, total, telling.language)) },
    entryColumns(telling),
    exceptionEntries.map(entryCells),
    total,
  );
}

/** Silences, with the entries around them. */
export function gapTable(found: Found, telling: Telling): Table | undefined {
  const { gaps = [], exceptions: total } = found;
  const { words, numbers, language } = telling;
  const { tables } = words.findings;
  return table(
    { shown: tables.silences(listed(gaps.length, total, language)) },
    [tables.before, tables.at, tables.after, tables.at, { right: tables.silence }],
    gaps.map(({ from, to, length }) => {
      const [before, beforeAt] = moment(from);
      const [after, afterAt] = moment(to);
      return [before, beforeAt, after, afterAt, plain(numbers.exactSpan(length))];
    }),
    total,
  );
}

function moment(entry: AuditEntry): readonly [entry: Line, time: Line] {
  return [value(fieldText(entry.id) || entry.source), value(fieldText(entry.timestamp))];
}

/** A value of the log; what is not recorded is said in bold, so that no value can look like it. */
export function keyLine(key: string, { words }: Telling): Line {
  return key === "" ? [strong(words.names.notRecorded)] : value(key);
}

/** Groups of the population, with their shares. */
export function groupTable(found: Found, telling: Telling): Table | undefined {
  const { groups = [], population } = found;
  const { words, numbers, language } = telling;
  const { tables } = words.findings;
  const distinct = found.observed?.kind === "groups" ? found.observed.value : groups.length;
  return table(
    { shown: tables.groups(listed(groups.length, distinct, language)) },
    [tables.group, { right: tables.number }, { right: tables.share }],
    groups.map((group) => [
      keyLine(group.key, telling),
      plain(numbers.count(group.count)),
      plain(numbers.share(group.count, population)),
    ]),
    distinct,
  );
}
