// What stands behind a finding or a test, in Markdown: tables of entries, silences and groups.

import { fieldText } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import { formatShare } from "../../model/figures.ts";
import type { ComplianceFinding } from "../../model/finding.ts";
import { listed, span } from "../words/phrases.ts";
import { document, table } from "./blocks.ts";
import type { Cell } from "./blocks.ts";
import { markup } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** A finding or a test: whatever has exceptions. */
type Found = Pick<
  ComplianceFinding,
  "population" | "exceptions" | "exceptionEntries" | "observed" | "gaps" | "groups"
>;

/** Headings of an entry as evidence. */
export const ENTRY_COLUMNS = [
  "Entry",
  "Time",
  "Agent",
  "Action",
  "Target",
  "Rule",
  "Decision",
  "Human",
  "Result",
] as const;

/** What stands under {@link ENTRY_COLUMNS}. */
export function entryCells(entry: AuditEntry): readonly Cell[] {
  return [
    fieldText(entry.id) || entry.source,
    fieldText(entry.timestamp),
    fieldText(entry.agent_id),
    fieldText(entry.action_type),
    fieldText(entry.action_target),
    fieldText(entry.matched_rule),
    fieldText(entry.approval),
    fieldText(entry.human_decision),
    fieldText(entry.result_status),
  ];
}

/** The entries that count as exceptions, as many as are listed. */
export function exceptionTable(found: Found): Markdown | undefined {
  const { exceptions: total, exceptionEntries } = found;
  if (exceptionEntries.length === 0) return undefined;
  return document(
    markup`**Exceptions, ${listed(exceptionEntries.length, total)}, by time:**`,
    table(ENTRY_COLUMNS, exceptionEntries.map(entryCells)),
  );
}

/** Silences, with the entries around them. */
export function gapTable(found: Found): Markdown | undefined {
  if (found.gaps === undefined || found.gaps.length === 0) return undefined;
  return document(
    markup`**Silences, ${listed(found.gaps.length, found.exceptions)}, by time:**`,
    table(
      ["Last entry before", "at", "First entry after", "at", { right: "Silence" }],
      found.gaps.map(({ from, to, length }) => [...moment(from), ...moment(to), span(length)]),
    ),
  );
}

/** By what an entry is found again in its log. */
export function pointer(entry: AuditEntry): string {
  return fieldText(entry.id) || entry.source || "without id";
}

function moment(entry: AuditEntry): readonly Cell[] {
  return [fieldText(entry.id) || entry.source, fieldText(entry.timestamp)];
}

/** Groups of the population, with their shares. */
export function groupTable(found: Found): Markdown | undefined {
  if (found.groups === undefined || found.groups.length === 0) return undefined;
  const distinct = found.observed?.kind === "groups" ? found.observed.value : found.groups.length;
  return document(
    markup`**Groups, ${listed(found.groups.length, distinct)}, largest first:**`,
    table(
      ["Group", { right: "Entries" }, { right: "Share of the population" }],
      found.groups.map((group) => [
        group.key === "" ? markup`*not recorded*` : group.key,
        group.count,
        formatShare(group.count, found.population),
      ]),
    ),
  );
}
