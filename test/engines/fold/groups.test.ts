// Groups by texts that are made of a field, of several, and of none.

import { expect, test } from "vitest";
import { memory } from "../../../src/engines/memory.ts";
import { parsePredicate, parseText } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import type { GroupsMeasure } from "../../../src/model/measure.ts";

async function groupsBy(
  text: string,
  entries: readonly AuditEntry[],
): Promise<Record<string, number>> {
  const measure: GroupsMeasure = {
    id: "groups",
    kind: "groups",
    title: "",
    question: "",
    limitations: "",
    fields: ["agent_id", "action_target"],
    population: parsePredicate("true", ENTRY_SCHEMA),
    by: parseText(text, ENTRY_SCHEMA),
  };
  const { observations } = await memory(entries).observe({
    measures: [measure],
    period: {},
    now: 0,
  });
  const observation = observations.get("groups");
  return Object.fromEntries(observation?.kind === "groups" ? observation.all : []);
}

const agents = (...ids: readonly unknown[]): AuditEntry[] =>
  ids.map((id) => ({ agent_id: id }) as AuditEntry);

test.each([
  ["agent_id", { "": 1, A: 1, a: 2, " a ": 1 }],
  ["agent_id.lowerAscii()", { "": 1, a: 3, " a ": 1 }],
  ["agent_id.trim()", { "": 1, A: 1, a: 3 }],
  ["agent_id.trim().lowerAscii()", { "": 1, a: 4 }],
])("by %s", async (text, expected) => {
  expect(await groupsBy(text, agents("a", "A", " a ", null, "a"))).toEqual(expected);
});

test("by a host", async () => {
  const targets = ["https://example.com/a", "https://example.com/b", "http://example.org"];
  const entries = targets.map((target) => ({ action_target: target }));
  expect(await groupsBy("host(action_target)", entries)).toEqual({
    "example.com": 2,
    "example.org": 1,
  });
});

test("more groups than are remembered at a time, each met again", async () => {
  const names = Array.from({ length: 5000 }, (_, index) => `agent ${index}`);
  const groups = await groupsBy("agent_id", agents(...names, ...names));
  expect(new Set(Object.values(groups))).toEqual(new Set([2]));
  expect(Object.keys(groups)).toHaveLength(5000);
});

test("values that are objects are told apart by what they say, not by which they are", async () => {
  const value = { x: 1 };
  const groups = await groupsBy("agent_id", agents(value, { x: 1 }, value));
  expect(Object.values(groups)).toEqual([3]);
});
