// The tables of the audit database, as the Python original makes them, and what its older
// files lack.

import { ENTRY_FIELD_NAMES, type EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type { SqliteReader } from "../sqlite/reader.ts";
import type { SqliteWriter } from "../sqlite/writer.ts";

/**
 * Creates what a database lacks: the table, the columns that its first form did not have,
 * the indexes, the counters. What is there stays as it is.
 *
 * @throws ComplianceError `unsupported-source` when `audit_log` is another table
 */
export function completeSchema(writer: SqliteWriter, path: string): void {
  const present = auditColumns(writer, path);
  if (present.size === 0) {
    const columns = ENTRY_FIELD_NAMES.map((name) => `${name} ${COLUMN_TYPES[name]}`);
    writer.exec(`CREATE TABLE audit_log (${columns.join(", ")})`);
  } else {
    for (const name of ENTRY_FIELD_NAMES.slice(FIRST_FORM_COLUMNS)) {
      if (present.has(name)) continue;
      writer.exec(`ALTER TABLE audit_log ADD COLUMN ${name} ${COLUMN_TYPES[name]}`);
    }
  }
  for (const [index, column] of INDEXES) {
    writer.exec(`CREATE INDEX IF NOT EXISTS ${index} ON audit_log(${column})`);
  }
  writer.exec(
    "CREATE TABLE IF NOT EXISTS governance_tenure (first_activated TEXT, " +
      "total_actions INTEGER DEFAULT 0, threats_blocked INTEGER DEFAULT 0)",
  );
}

/**
 * The columns that the database has of an audit entry's 18: none when it has no audit log,
 * 14 in its first form, else all.
 *
 * @throws ComplianceError `unsupported-source` when a column of the first form is missing
 */
export function auditColumns(
  source: Pick<SqliteReader, "rows">,
  path: string,
): ReadonlySet<EntryField> {
  const found = new Set<unknown>();
  for (const row of source.rows("PRAGMA table_info(audit_log)")) found.add(row[1]);
  if (found.size === 0) return new Set();
  const missing = ENTRY_FIELD_NAMES.slice(0, FIRST_FORM_COLUMNS).filter((name) => !found.has(name));
  if (missing.length > 0) {
    throw new ComplianceError(
      "unsupported-source",
      `Expected audit_log to be an audit log, but it lacks ${missing.join(", ")}`,
      { hint: "Give the logger a file of its own.", location: { file: path } },
    );
  }
  return new Set(ENTRY_FIELD_NAMES.filter((name) => found.has(name)));
}

/** Columns 1 to 14 are as old as the database; the others came later. */
const FIRST_FORM_COLUMNS = 14;

const COLUMN_TYPES: Readonly<Record<EntryField, string>> = {
  id: "INTEGER PRIMARY KEY AUTOINCREMENT",
  session_id: "TEXT NOT NULL",
  timestamp: "TEXT NOT NULL",
  action_type: "TEXT NOT NULL",
  action_target: "TEXT NOT NULL",
  action_params: "TEXT",
  action_desc: "TEXT",
  risk_level: "TEXT NOT NULL",
  approval: "TEXT NOT NULL",
  matched_rule: "TEXT",
  human_decision: "TEXT",
  result_status: "TEXT",
  result_data: "TEXT",
  result_error: "TEXT",
  agent_id: "TEXT",
  parent_agent_id: "TEXT",
  chain_id: "TEXT",
  chain_depth: "INTEGER DEFAULT 0",
};

const INDEXES = [
  ["idx_audit_session", "session_id"],
  ["idx_audit_timestamp", "timestamp"],
  ["idx_audit_agent", "agent_id"],
  ["idx_audit_action_type", "action_type"],
] as const satisfies readonly (readonly [string, EntryField])[];
