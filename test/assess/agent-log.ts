// Logs of agents at work, made of a seed.

import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { formatInstant } from "../../src/model/instant.ts";
import { START, sequence } from "../engines/logs.ts";

const MINUTE = 60_000_000;

/** Mostly orderly entries, with a share of each kind of trouble that depends on the seed. */
export function agentLog(seed: number, length: number): AuditEntry[] {
  const next = sequence(seed);
  const trouble = next() * 0.4;
  const oneOf = <T>(...values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  const sometimes = <T>(odd: T, usual: T): T => (next() < trouble ? odd : usual);
  let at = START;
  return Array.from({ length }, (_, index) => {
    at += Math.floor(next() * 20) * MINUTE + sometimes(50 * MINUTE, 0) + 1;
    const approval = sometimes(oneOf("", "maybe", "AUTO"), oneOf("auto", "approve", "block"));
    return {
      id: index + 1,
      session_id: oneOf("s1", "s2"),
      timestamp: sometimes(oneOf("", "soon", null), formatInstant(at)),
      action_type: oneOf("read", "read_table", "policy_update", "delete", "write", "thread_create"),
      action_target: oneOf("users", "invoices", "crm.customer", "config"),
      action_params: "{}",
      risk_level: oneOf("LOW", "MEDIUM", "HIGH", "critical", sometimes("", "LOW")),
      approval,
      matched_rule: sometimes(oneOf("", "<no-policy>", " ", null), oneOf("r1", "r2", "<default>")),
      human_decision: oneOf("approved", "denied", null, "APPROVED", "perhaps"),
      result_status: oneOf("success", "failed", "blocked", "denied", null),
      agent_id: sometimes(null, oneOf("a1", "a2", "a3")),
    };
  });
}
