// An entry of the log in a row: the same columns wherever one stands.

import type { Language } from "../../languages/language.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import { identifier, log, time } from "./cell.ts";
import type { Cell, SheetColumn } from "./cell.ts";

/** Headings of an entry's cells. */
export function entryColumns({ report, sheets }: Language): readonly SheetColumn[] {
  const {
    entry,
    time: at,
    agent,
    action,
    target,
    rule,
    decision,
    human,
  } = report.findings.evidence;
  const { outcome, source } = sheets.sheets.exceptions;
  return [
    { title: entry, width: 10 },
    { title: at, width: 32 },
    { title: agent, width: 18 },
    { title: action, width: 15 },
    { title: target, width: 26 },
    { title: rule, width: 20 },
    { title: decision, width: 10 },
    { title: human, width: 10 },
    { title: outcome, width: 11 },
    { title: source, width: 18 },
  ];
}

/** What stands under {@link entryColumns}. */
export function entryCells(entry: AuditEntry): readonly Cell[] {
  return [
    identifier(entry.id),
    time(entry.timestamp),
    log(entry.agent_id),
    log(entry.action_type),
    log(entry.action_target),
    log(entry.matched_rule),
    log(entry.approval),
    log(entry.human_decision),
    log(entry.result_status),
    log(entry.source),
  ];
}
