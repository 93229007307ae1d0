// Which fields a condition looks at: an answer is shared by entries that are alike in them.

import { expect, test } from "vitest";
import { fieldsOf } from "../../../src/engines/fold/fields-of.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";

test.each([
  ["true", []],
  ["present(approval)", ["approval"]],
  ['agent_id == "crm"', ["agent_id"]],
  ["chain_depth > 2", ["chain_depth"]],
  ["size(agent_id) > 2", ["agent_id"]],
  ["agent_id == session_id", ["agent_id", "session_id"]],
  ['agent_id in ["crm", "mail"]', ["agent_id"]],
  ["chain_depth in [1, 2]", ["chain_depth"]],
  ['agent_id.contains("a")', ["agent_id"]],
  ['agent_id.startsWith("a")', ["agent_id"]],
  ['agent_id.endsWith("a")', ["agent_id"]],
  ['agent_id.trim().lowerAscii() == "a"', ["agent_id"]],
  ['jsonText(action_params).detects("email")', ["action_params"]],
  ['agent_id.listed("roster")', ["agent_id"]],
  ['agent_id.hasWord(["crm"])', ["agent_id"]],
  ['timestamp > timestamp("2026-01-31T00:00:00Z")', ["timestamp"]],
  ['host(action_target) == "example.com"', ["action_target"]],
  ["in_incident()", ["agent_id", "timestamp"]],
  ['!(agent_id == "crm" && approval == "auto")', ["agent_id", "approval"]],
  ['agent_id == "crm" || approval == "auto"', ["agent_id", "approval"]],
])("%s", (cel, fields) => {
  expect(fieldsOf(parsePredicate(cel, ENTRY_SCHEMA).predicate)).toEqual(fields);
});
