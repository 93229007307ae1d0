// A mapping checked against a small log: every difference is named.

import { describe, expect, test } from "vitest";
import { checkFixture, fixtureIn } from "../../src/intake/fixture.ts";
import type { MappingFixture } from "../../src/intake/fixture.ts";
import { mapping } from "./mappings.ts";

const calls = mapping({
  recognise: "has(document.kind)",
  when: 'record.kind == "call"',
  key: "record.id",
  fields: { id: "record.id", action_type: "record.name", action_params: "record.params" },
});
const fixture: MappingFixture = {
  format: "jsonl",
  input: [
    '{"kind":"call","id":1,"name":"read","params":{"a":[1,2]}}',
    '{"kind":"chat"}',
    '{"kind":"call","id":1}',
    '{"kind":"call","id":2,"name":""}',
    "{",
    "",
  ].join("\n"),
  expect: {
    records: 5,
    without_action: 1,
    accepted: 2,
    rejected: 1,
    duplicate: 1,
    entries: [{ id: 1, action_type: "read", action_params: { a: [1, 2] } }, { id: 2 }],
  },
};
const expecting = (changes: Partial<MappingFixture["expect"]>): MappingFixture => ({
  ...fixture,
  expect: { ...fixture.expect, ...changes },
});

describe("a fixture", () => {
  test("that fits has no differences", async () => {
    expect(await checkFixture(calls, fixture)).toEqual([]);
  });

  test.each([
    [{ records: 6 }, ["records: expected 6, got 5"]],
    [
      { accepted: 1, rejected: 2, duplicate: 0, without_action: 2 },
      [
        "without_action: expected 2, got 1",
        "accepted: expected 1, got 2",
        "rejected: expected 2, got 1",
        "duplicate: expected 0, got 1",
      ],
    ],
    [
      { entries: [{ id: 1, action_params: { a: [1] } }] },
      [
        "entries: expected 1, got 2",
        'entry 1: action_type: expected nothing, got "read"',
        'entry 1: action_params: expected {"a":[1]}, got {"a":[1,2]}',
      ],
    ],
    [
      {
        entries: [
          { id: "1", action_type: "read", action_params: { a: [1, 2] } },
          { id: 2, action_type: "x" },
        ],
      },
      ['entry 1: id: expected "1", got 1', 'entry 2: action_type: expected "x", got nothing'],
    ],
  ])("that expects %j", async (changes, differences) => {
    expect(await checkFixture(calls, expecting(changes))).toEqual(differences);
  });

  test("whose documents the mapping does not recognise", async () => {
    const blind = mapping({ recognise: "has(document.other)", fields: { id: "record.id" } });
    const differences = await checkFixture(blind, fixture);
    expect(differences[0]).toBe(
      "recognise: expected to hold for at least half of the 4 documents, holds for 0",
    );
  });

  test("of another shape than the mapping's", async () => {
    expect(await checkFixture(calls, { ...fixture, format: "csv" })).toEqual([
      "the fixture is csv, but the mapping reads documents of shape json",
    ]);
  });

  test("of a table", async () => {
    const table = mapping({
      shape: "table",
      columns: ["id", "verb"],
      fields: { id: "record.id", action_type: "record.verb" },
    });
    const differences = await checkFixture(table, {
      format: "tsv",
      input: "7\tget\n8\n",
      expect: {
        records: 2,
        without_action: 0,
        accepted: 1,
        rejected: 1,
        duplicate: 0,
        entries: [{ id: "7", action_type: "get" }],
      },
    });
    expect(differences).toEqual([]);
  });
});

describe("a fixture's form", () => {
  test("is taken as it is", () => {
    expect(fixtureIn(structuredClone(fixture), "a.yaml")).toEqual(fixture);
  });

  test.each([
    [null, /got no map/],
    [{ ...fixture, format: "xml" }, /expected format to be one of jsonl, json, csv, tsv/],
    [{ ...fixture, input: 1 }, /expected input to be text/],
    [{ ...fixture, expect: [] }, /expected expect to be a map/],
    [expecting({ records: "5" as unknown as number }), /expect\.records to be a whole number/],
    [expecting({ entries: {} as unknown as [] }), /expect\.entries to be a list/],
    [expecting({ entries: [1 as unknown as object] }), /entry 1 to be a map/],
    [expecting({ entries: [{ colour: 1 } as object] }), /"colour", which is no field/],
  ])("%#", (value, message) => {
    expect(() => fixtureIn(value, "a.yaml")).toThrow(message);
    expect(() => fixtureIn(value, "a.yaml")).toThrow(/^a\.yaml: /);
  });
});
