// What a mapping's file means, and one broken file for each thing that is refused in it.

import { expect, describe, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { ComplianceError } from "../../src/model/error.ts";
import { broken, marked } from "./written.ts";

const catalog = loadCatalog();
const FILE = "mappings/door-log.yaml";

const MAPPING = `id: door-log
title: Door controller log
version: 3
source: https://example.com/door-log
basis: documentation
limitations: It has no risk level.
shape: json
container: events
recognise: has(document.door)
records:
  - each: document.openings
    as: opening
tree: { id: opening.id, parent: opening.after }
let:
  answer: opening.answer
when: answer != "noise"
call: string(opening.id)
answers:
  when: record.kind == "closing"
  to: string(record.of)
  fields:
    result_status: tables.outcome[record.how]
key: opening.id
key_meaning: The controller repeats itself.
tables:
  outcome: { ok: success, broken: failed }
fields:
  id: opening.id
  timestamp: opening.at
  action_type: '"open"'
  agent_id: ancestors.first().badge
  result_error: opening.error
never:
  - session_id
  - action_target
  - action_params
  - action_desc
  - risk_level
  - approval
  - matched_rule
  - human_decision
  - result_data
  - parent_agent_id
  - chain_id
  - chain_depth
sparse: [result_error]
chain: { covers: [id], described: over the id alone }
cannot_answer:
  deletion-policy-evaluated: Doors delete nothing.
ignored: [record.colour]
`;

const load = (text: string) => catalog.loadMapping({ text, file: FILE });
const edit = (passage: string, instead: string) => broken(MAPPING, passage, instead);

test("a mapping is read whole", () => {
  const mapping = load(MAPPING);
  expect(mapping).toMatchObject({
    id: "door-log",
    version: 3,
    basis: "documentation",
    shape: "json",
    container: "events",
    records: [{ as: "opening" }],
    keyMeaning: "The controller repeats itself.",
    sparse: ["result_error"],
    chain: { covers: ["id"], described: "over the id alone" },
    ignored: ["record.colour"],
  });
  expect([...mapping.fields.keys()]).toEqual([
    "id",
    "timestamp",
    "action_type",
    "result_error",
    "agent_id",
  ]);
  expect(mapping.fields.get("timestamp")?.paths).toEqual(["opening.at"]);
  expect([...(mapping.answers?.fields.keys() ?? [])]).toEqual(["result_status"]);
  expect(mapping.tables.get("outcome")?.get("broken")).toBe("failed");
  expect(mapping.cannotAnswer.get("deletion-policy-evaluated")).toBe("Doors delete nothing.");
  expect(mapping.digest).toMatch(/^[0-9a-f]{64}$/);
});

test("measures that cannot be answered for one reason share it", () => {
  const text = edit(
    "  deletion-policy-evaluated: Doors delete nothing.",
    `  - measures: [deletion-policy-evaluated, deletion-traceability]
    why: Doors delete nothing.
  - { measures: [record-identity], why: "  It counts anew each day.\\n" }`,
  );
  expect([...load(text).cannotAnswer]).toEqual([
    ["deletion-policy-evaluated", "Doors delete nothing."],
    ["deletion-traceability", "Doors delete nothing."],
    ["record-identity", "It counts anew each day."],
  ]);
});

test("the smallest mapping has nothing but what it needs", () => {
  const text = `id: tiny
title: Tiny
version: 1
source: https://example.com
basis: documentation
limitations: Nothing but a name.
shape: table
recognise: document.what != null
fields: { action_type: record.what }
never: [id, session_id, timestamp, action_target, action_params, action_desc, risk_level, approval, matched_rule, human_decision, result_status, result_data, result_error, agent_id, parent_agent_id, chain_id, chain_depth]
`;
  const mapping = catalog.loadMapping({ text });
  expect(mapping.records).toEqual([]);
  expect(mapping.lets.size).toBe(0);
  expect(mapping.key).toBeUndefined();
  expect(mapping.answers).toBeUndefined();
  expect(mapping.sparse).toEqual([]);
});

/** The mark § stands where the mistake must be reported. */
describe("refusals", () => {
  test.each<{ name: string; text: string; reason: RegExp; hint?: RegExp }>([
    {
      name: "an id that is not the file's name",
      text: edit("id: door-log\n", "id: §other\n"),
      reason: /expected the id to equal the file's name/,
    },
    {
      name: "an unknown key",
      text: edit("call: string", "§calls: string"),
      reason: /unknown key "calls"/,
      hint: /did you mean "call"/,
    },
    {
      name: "a version below 1",
      text: edit("version: 3", "version: §0"),
      reason: /expected "version" to be >= 1/,
    },
    {
      name: "a source that is no address",
      text: edit("source: https://example.com/door-log", "source: §a book"),
      reason: /expected "source" to be text that matches/,
    },
    {
      name: "a key without its meaning",
      text: `§${edit("key_meaning: The controller repeats itself.\n", "")}`,
      reason: /"key" needs "key_meaning"/,
    },
    {
      name: "a call that nothing answers",
      text: `§${edit(
        `answers:
  when: record.kind == "closing"
  to: string(record.of)
  fields:
    result_status: tables.outcome[record.how]
`,
        "",
      )}`,
      reason: /"call" needs "answers"/,
    },
    {
      name: "an unknown variable, at its place",
      text: edit("timestamp: opening.at", "timestamp: §openin.at"),
      reason: /in "timestamp"/,
    },
    {
      name: "a variable before it is there",
      text: edit("recognise: has(document.door)", "recognise: §record.door == 1"),
      reason: /in "recognise"/,
    },
    {
      name: "an unknown table",
      text: edit("tables.outcome[record.how]", "§tables.outcomes[record.how]"),
      reason: /in "result_status"/,
    },
    {
      name: "a name that is taken",
      text: edit("  answer: opening.answer", "  §opening: record.answer"),
      reason: /the name "opening" already means something else/,
    },
    {
      name: "a field that is mapped and never recorded",
      text: edit("  - session_id", "  - §result_error"),
      reason: /"result_error" is mapped/,
    },
    {
      name: "a field that nobody mentions",
      text: edit("never:\n  - session_id\n  - action_target", "never:\n  §- action_target"),
      reason: /but session_id is missing/,
    },
    {
      name: "a sparse field that is not mapped",
      text: edit("sparse: [result_error]", "sparse: [§approval]"),
      reason: /"approval" is not mapped, so it cannot be sparse/,
    },
    {
      name: "a measure that does not exist",
      text: edit("  deletion-policy-evaluated:", "  §deletion-policy-evaluate:"),
      reason: /no measure is called "deletion-policy-evaluate"/,
      hint: /did you mean "deletion-policy-evaluated"/,
    },
    {
      name: "a measure that does not exist, in a list",
      text: edit(
        "  deletion-policy-evaluated: Doors",
        "  - measures: [record-identity, §record-identities]\n    why: Doors",
      ),
      reason: /no measure is called "record-identities"/,
      hint: /did you mean "record-identity"/,
    },
    {
      name: "a measure with two reasons",
      text: edit(
        "  deletion-policy-evaluated: Doors",
        "  - { measures: [record-identity], why: One. }\n  - measures: [§record-identity]\n    why: Doors",
      ),
      reason: /"record-identity" has its reason already/,
      hint: /Name each measure once/,
    },
    {
      name: "measures without a reason",
      text: edit(
        "  deletion-policy-evaluated: Doors delete nothing.",
        "  - §measures: [record-identity]",
      ),
      reason: /expected the key "why"/,
    },
    {
      name: "a reason for no measure",
      text: edit("  deletion-policy-evaluated: Doors", "  - measures: §[]\n    why: Doors"),
      reason: /expected "measures" in "cannot_answer" not to be empty|not to be empty/,
    },
    {
      name: "a reason beside the list",
      text: edit(
        "  deletion-policy-evaluated: Doors",
        "  - §measure: [record-identity]\n    why: Doors",
      ),
      reason: /unknown key "measure"/,
      hint: /did you mean "measures"/,
    },
    {
      name: "a list of bare measures",
      text: edit("  deletion-policy-evaluated: Doors delete nothing.", "  - §record-identity"),
      reason: /to be a mapping, got "record-identity"/,
    },
    {
      name: "an ignored path that is none",
      text: edit("ignored: [record.colour]", "ignored: [§recrd.colour]"),
      reason: /unknown variable 'recrd'|no variable 'recrd'|recrd/,
    },
    {
      name: "columns of JSON",
      text: edit("container: events", "§columns: [a]"),
      reason: /JSON documents have no columns/,
    },
    {
      name: "a field that no entry has",
      text: edit("  agent_id: ancestors", "  §agent: ancestors"),
      reason: /unknown key "agent" in "fields"/,
      hint: /did you mean "agent_id"|Known keys/,
    },
  ])("$name", ({ text, reason, hint = /(?:)/ }) => {
    const place = marked(text);
    let error: unknown;
    try {
      load(place.text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ComplianceError);
    const { code, location, message, hint: given } = error as ComplianceError;
    expect({ code, location, message, hint: given ?? "" }).toEqual({
      code: "invalid-catalog",
      location: { file: FILE, line: place.line, column: place.column },
      message: expect.stringMatching(reason),
      hint: expect.stringMatching(hint),
    });
  });
});
