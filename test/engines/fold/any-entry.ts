// Entries that touch every class of action, in words as agents write them and as they should not.

import * as fc from "fast-check";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import { START } from "../logs.ts";

const some = (...values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);

export const anyEntry = fc.record(
  {
    id: fc.oneof(fc.nat(60), some("a", "b", null)),
    timestamp: fc.oneof(
      fc.nat(30).map((at) => new Date((START + at * 1_700_000_000) / 1000).toISOString()),
      some("2026-01-01 03:00:00", "soon", null),
    ),
    session_id: some("s1", "s2", "", null),
    agent_id: some("crm", "mail", "agent", "a", "A", " Crm", "", null, 7),
    action_type: some(
      "read_profile",
      "deleteUser",
      "send_email",
      "deploy",
      "exec",
      "install",
      "update",
      "credit_score",
      "vault.read",
      "",
      null,
    ),
    action_target: some(
      "customers",
      "patient/7",
      "https://api.example.org/x",
      "https://evil.example.net",
      "aegis_audit.db",
      "policies/agent.yaml",
      "cards",
      "4111 1111 1111 1111",
      "",
      null,
    ),
    action_params: some(
      null,
      "{}",
      { x: 1 },
      '{"x": 1}',
      { to: "jane@example.com" },
      '{"password": "hunter22x"}',
    ),
    action_desc: some("deploy", "Deploys the new version for ticket 12", "call +49 30 1234567", ""),
    risk_level: some("LOW", "medium", "HIGH", "Critical", "", null, "odd"),
    approval: some("auto", "approve", "BLOCK", "", null),
    matched_rule: some("r", "<default>", "<no-policy>", " ", null),
    human_decision: some("approved", "denied", null, "Approved"),
    result_status: some("success", "failed", "blocked", "denied", "skipped", null),
    result_data: some(null, { rows: 1 }, "DE89 3704 0044 0532 0130 00"),
    result_error: some(null, "timeout", ""),
    parent_agent_id: some(null, "crm", "mail"),
    chain_id: some(null, "c1", "c2"),
    chain_depth: some(0, 1, 2, 6, null),
  },
  { noNullPrototype: true },
) as fc.Arbitrary<AuditEntry>;
