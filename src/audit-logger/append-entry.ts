// Adds one row to the audit log and counts it, inside the caller's transaction.

import { ComplianceError } from "../model/error.ts";
import type { SqliteWriter } from "../sqlite/writer.ts";
import type { LoggedRow } from "./logged-action.ts";

/**
 * Inserts the row and adds it to the counters of `governance_tenure`, whose one row is made
 * from the rows that exist when it is missing.
 *
 * @param timestamp ISO 8601 text
 * @returns the new row's id
 * @throws ComplianceError `unsupported-source` when the ids have left the whole numbers that
 *   JavaScript holds exactly
 */
export function appendEntry(writer: SqliteWriter, row: LoggedRow, timestamp: string): number {
  writer.run(START_COUNTING, [timestamp]);
  const names = Object.keys(row);
  const { lastInsertRowid } = writer.run(
    `INSERT INTO audit_log (timestamp, ${names.join(", ")}) VALUES (?${", ?".repeat(names.length)})`,
    [timestamp, ...Object.values(row)],
  );
  const id = Number(lastInsertRowid);
  if (!Number.isSafeInteger(id)) {
    throw new ComplianceError(
      "unsupported-source",
      `Expected ids below 2^53, got ${lastInsertRowid}`,
      {
        hint: "Start a new file.",
      },
    );
  }
  writer.run(COUNT_ENTRY, [timestamp, id]);
  return id;
}

const WAS_BLOCKED =
  "lower(approval) = 'block' OR lower(coalesce(result_status, '')) IN ('blocked', 'denied')";

const START_COUNTING = `
  INSERT INTO governance_tenure (first_activated, total_actions, threats_blocked)
  SELECT
    coalesce((SELECT timestamp FROM audit_log ORDER BY id LIMIT 1), ?),
    (SELECT count(*) FROM audit_log),
    (SELECT count(*) FROM audit_log WHERE ${WAS_BLOCKED})
  WHERE NOT EXISTS (SELECT 1 FROM governance_tenure)`;

const COUNT_ENTRY = `
  UPDATE governance_tenure SET
    first_activated = coalesce(first_activated, ?),
    total_actions = coalesce(total_actions, 0) + 1,
    threats_blocked = coalesce(threats_blocked, 0)
      + (SELECT count(*) FROM audit_log WHERE id = ? AND (${WAS_BLOCKED}))
  WHERE rowid = (SELECT min(rowid) FROM governance_tenure)`;
