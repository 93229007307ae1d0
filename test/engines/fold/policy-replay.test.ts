import { describe, expect, test } from "vitest";
import { memory } from "../../../src/engines/memory.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import type { PolicyReplayMeasure } from "../../../src/model/measure.ts";
import type { Observation } from "../../../src/model/observation.ts";
import { loadText } from "../../../src/policy/load.ts";

const measure: PolicyReplayMeasure = {
  id: "replay",
  kind: "policy-replay",
  title: "",
  question: "",
  limitations: "",
  population: parsePredicate("true", ENTRY_SCHEMA),
  fields: [],
};

const at = (time: string): string => `2026-01-05T${time}Z`;
let next = 0;

/** An entry that the policy below decides so: auto, by the default. */
function entry(more: AuditEntry = {}): AuditEntry {
  next += 1;
  return {
    id: next,
    timestamp: at("12:00:00"),
    action_type: "read",
    action_target: "orders",
    approval: "auto",
    matched_rule: "<default>",
    risk_level: "LOW",
    ...more,
  };
}

const POLICY = `
version: 1
rules:
  - { name: never, match: { type: drop }, approval: block, risk_level: CRITICAL }
  - { name: ask, match: { type: write }, approval: approve, risk_level: MEDIUM }
  - { match: { type: list }, approval: auto, risk_level: LOW }
defaults: { approval: auto, risk_level: LOW }
`;

async function replay(entries: readonly AuditEntry[], policy = POLICY): Promise<Observation> {
  const document = structuredClone(loadText(policy, undefined).document);
  const { observations } = await memory(entries).observe({
    measures: [measure],
    period: {},
    now: 0,
    policy: document,
  });
  return observations.get("replay") as Observation;
}

const numbers = async (
  entries: readonly AuditEntry[],
  policy?: string,
): Promise<Observation["numbers"]> => (await replay(entries, policy)).numbers;

describe("agreement", () => {
  test.each<[string, AuditEntry, object]>([
    ["the default", {}, { part: 1 }],
    [
      "in another case and with blanks",
      { approval: "AUTO", matched_rule: " <Default>\t" },
      { part: 1 },
    ],
    [
      "a named rule",
      { action_type: "write", approval: "approve", matched_rule: "ask" },
      { part: 1 },
    ],
    ["a rule without a name", { action_type: "list", matched_rule: "rule_2" }, { part: 1 }],
    [
      "a rule's name in another case",
      { action_type: "write", approval: "approve", matched_rule: "Ask" },
      { part: 0, unknown_rules: 1 },
    ],
    ["another rule", { matched_rule: "ask" }, { part: 0, unknown_rules: 0 }],
    ["no rule recorded", { matched_rule: null }, { part: 0, unknown_rules: 0 }],
    ["no policy", { matched_rule: "<no-policy>" }, { part: 0, unknown_rules: 0 }],
    ["a rule that is not there", { matched_rule: "gone" }, { part: 0, unknown_rules: 1 }],
    ["stricter than the policy", { approval: "block" }, { part: 0, under_enforced: 0 }],
    [
      "weaker by one",
      { action_type: "write", matched_rule: "ask" },
      { part: 0, under_enforced: 1, under_enforced_elevated: 0 },
    ],
    [
      "weaker, and recorded HIGH",
      { action_type: "write", matched_rule: "ask", risk_level: "high" },
      { under_enforced: 1, under_enforced_elevated: 1 },
    ],
    [
      "weaker, and CRITICAL by the policy",
      { action_type: "drop", approval: "approve", matched_rule: "never" },
      { under_enforced: 1, under_enforced_elevated: 1 },
    ],
    [
      "an approval that is none",
      { action_type: "drop", approval: "maybe", matched_rule: "never" },
      { part: 0, under_enforced: 0 },
    ],
    ["an approval with blanks", { approval: " auto" }, { part: 0, under_enforced: 0 }],
    ["a target that is no text", { action_target: {} as string }, { part: 1 }],
  ])("%s", async (_, more, expected) => {
    expect(await numbers([entry(more)])).toMatchObject(expected);
  });

  test("exceptions are those that do not agree, in order", async () => {
    const entries = [
      entry({ id: 3, matched_rule: "gone" }),
      entry({ id: 2 }),
      entry({ id: 1, approval: "block" }),
    ];
    const { population, exceptions, exceptionEntries } = await replay(entries);
    expect([population, exceptions]).toEqual([3, 2]);
    expect(exceptionEntries.map(({ id }) => id)).toEqual([1, 3]);
  });
});

describe("time", () => {
  const NIGHT = `
version: 1
rules:
  - { name: night, match: { type: read }, conditions: { time_after: "22:00", time_before: "06:00" }, approval: block }
  - { name: weekend, match: { type: read }, conditions: { weekdays: [6, 7] }, approval: approve }
defaults: { approval: auto, risk_level: LOW }
`;

  test("is that of the entry, to the microsecond, in UTC", async () => {
    const decided: [string, string, string][] = [
      [at("21:59:59.999999"), "auto", "<default>"],
      [at("22:00:00"), "block", "night"],
      ["2026-01-05T23:30:00+02:00", "auto", "<default>"],
      ["2026-01-05T23:30:00-02:00", "block", "night"],
      ["2026-01-03T12:00:00Z", "approve", "weekend"],
    ];
    const entries = decided.map(([timestamp, approval, matched_rule]) =>
      entry({ timestamp, approval, matched_rule }),
    );
    expect(await replay(entries, NIGHT)).toMatchObject({ population: 5, exceptions: 0 });
  });

  test("an entry without a readable time is not asked about", async () => {
    for (const policy of [NIGHT, POLICY]) {
      const entries = [entry(), entry({ timestamp: "soon" }), entry({ timestamp: null })];
      expect(await replay(entries, policy)).toMatchObject({ population: 1, exceptions: 0 });
    }
  });
});

describe("parameters and words", () => {
  const PARAMS = `
version: 1
rules:
  - { name: large, match: { type: pay }, conditions: { param_gt: { amount: 100 } }, approval: block }
defaults: { approval: auto, risk_level: LOW }
`;

  test.each<[string, unknown, string]>([
    ["JSON text", '{"amount": 101}', "large"],
    ["a value", { amount: 101 }, "large"],
    ["too little", '{"amount": 100}', "<default>"],
    ["text that is no JSON", '{"amount": 101', "<default>"],
    ["JSON that is no object", "[101]", "<default>"],
    ["a list", [101], "<default>"],
    ["none", null, "<default>"],
    ["empty", "", "<default>"],
    ["inherited only", Object.create({ amount: 101 }) as unknown, "<default>"],
    // Text beside a number cannot be compared, and fails closed.
    ["of another type", '{"amount": "101"}', "large"],
  ])("%s", async (_, action_params, matched_rule) => {
    const approval = matched_rule === "large" ? "block" : "auto";
    const action = { action_type: "pay", action_params, matched_rule, approval };
    // Twice: the second may be answered from memory.
    const found = await replay([entry(action), entry(action)], PARAMS);
    expect(found).toMatchObject({ population: 2, exceptions: 0 });
  });

  test.each([
    ["compares", "param_gt: { note: 4 }", { note: 5 }, { note: 4 }],
    ["contains", "param_contains: { note: secret }", { note: "the secret" }, { note: "none" }],
    ["matches", "param_matches: { note: '^a+$' }", { note: "aaa" }, { note: "aab" }],
    ["finds words", "semantic: delete", { note: "delete it" }, { note: "keep it" }],
  ])("parameters are read for a rule that %s", async (_, condition, met, unmet) => {
    const policy = `
version: 1
rules:
  - { name: only, match: { type: pay }, conditions: { ${condition} }, approval: block }
defaults: { approval: auto, risk_level: LOW }
`;
    const paid = { action_type: "pay", action_target: "bill" };
    const found = await replay(
      [
        entry({ ...paid, action_params: met, matched_rule: "only", approval: "block" }),
        entry({ ...paid, action_params: unmet }),
        entry({ ...paid, action_params: null }),
      ],
      policy,
    );
    expect(found).toMatchObject({ population: 3, exceptions: 0 });
  });

  test("answers are remembered by everything that a rule may ask", async () => {
    const WORDS = `
version: 1
rules:
  - { name: words, match: { agent: "a*" }, conditions: { semantic: delete }, approval: block }
  - { name: mine, match: { target: x, agent: b }, approval: approve }
defaults: { approval: auto, risk_level: LOW }
`;
    const alike: AuditEntry[] = [
      { action_type: "x", action_target: "", agent_id: "a", action_desc: "delete it" },
      { action_type: "", action_target: "x", agent_id: "a", action_desc: "delete it" },
      { action_type: "x", action_target: "", agent_id: "b", action_desc: "delete it" },
      { action_type: "", action_target: "x", agent_id: "b", action_desc: "" },
      { action_type: "", action_target: "xb", agent_id: "", action_desc: "" },
      { action_type: "x", action_target: "", agent_id: "a", action_desc: "", action_params: "{}" },
      { action_type: "x", action_target: "", agent_id: "a", action_params: '{"delete": 1}' },
      { action_type: "x", action_target: "", agent_id: "a", action_params: { delete: 1 } },
    ];
    const rules = ["words", "words", "", "mine", "", "", "words", "words"];
    const entries = alike.map((one, index) => {
      const rule = rules[index] ?? "";
      return entry({
        ...one,
        matched_rule: rule === "" ? "<default>" : rule,
        approval: { words: "block", mine: "approve" }[rule] ?? "auto",
      });
    });
    const found = await replay([...entries, ...entries.toReversed()], WORDS);
    expect(found).toMatchObject({ population: 16, exceptions: 0 });
  });

  test("remembering ends, and the answers stay", async () => {
    const entries = Array.from({ length: 20_000 }, (_, index) =>
      entry({ action_target: `t${index}`, action_desc: "x".repeat(600) }),
    );
    expect(await replay([...entries, ...entries])).toMatchObject({
      population: 40_000,
      exceptions: 0,
    });
  });
});

test("without a policy nothing is asked", async () => {
  const { observations } = await memory([entry()]).observe({
    measures: [measure],
    period: {},
    now: 0,
  });
  expect(observations.get("replay")).toMatchObject({ population: 0, exceptions: 0 });
});
