// A log of any length, and what is asked of it.

import { loadCatalog } from "../../../src/catalog/catalog.ts";
import type { Question } from "../../../src/engines/engine.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import { parseInstant } from "../../../src/model/instant.ts";

const catalog = loadCatalog();

/** Three measures: of groups, of exceptions that are entries, of order. */
export const QUESTION: Question = {
  measures: ["actions-by-approval", "block-bypass", "silence-over-an-hour"].map(
    (id) => catalog.measure(id).measure,
  ),
  period: {},
  now: parseInstant("2026-11-01T00:00:00Z"),
};

/** Entries a second apart; some are blocked and yet succeed. */
export function manyEntries(count: number): AuditEntry[] {
  const start = Date.parse("2026-01-01T00:00:00Z");
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    session_id: `session-${index % 997}`,
    timestamp: new Date(start + index * 1000).toISOString(),
    action_type: ["read", "write", "delete"][index % 3] ?? "",
    action_target: `table ${index % 101} of the warehouse, in the north of the old building`,
    risk_level: "LOW",
    approval: index % 7 === 0 ? "block" : "auto",
    matched_rule: "read@*",
    result_status: index % 1001 === 0 ? "success" : "blocked",
    agent_id: `agent-${index % 13}`,
  }));
}
