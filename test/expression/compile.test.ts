import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePredicate, compileText } from "../../src/expression/compile.ts";
import { parsePredicate, parseText } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA, OBSERVATION_SCHEMA } from "../../src/expression/schema.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import { oddEntry, oddValue, written } from "./written.ts";

const slotOf = (name: string): number => ENTRY_FIELD_NAMES.findIndex((field) => field === name);
const rowOf = (entry: object): unknown[] =>
  ENTRY_FIELD_NAMES.map((name) => (entry as Record<string, unknown>)[name]);

function ask(source: string): (entry: object) => boolean {
  const holds = compilePredicate(parsePredicate(source, ENTRY_SCHEMA).predicate, slotOf);
  return (entry) => holds(rowOf(entry));
}

describe("closures", () => {
  test("answer as a naive reading of the same condition does, for any entry", () => {
    fc.assert(
      fc.property(written, fc.array(oddEntry, { maxLength: 12 }), ({ cel, holds }, entries) => {
        const asked = ask(cel);
        // Twice, since the second answer may come from memory.
        const answers = [...entries, ...entries].map(asked);
        expect(answers).toEqual([...entries, ...entries].map(holds));
      }),
      { numRuns: 1500 },
    );
  });

  test("never throw and answer nothing but true or false, for rows of anything", () => {
    const value = fc.oneof(oddValue, fc.constant(Object.create(null)), fc.func(fc.nat()));
    const row = fc.array(value, { maxLength: 18 });
    fc.assert(
      fc.property(written, row, ({ cel }, values) => {
        const holds = compilePredicate(parsePredicate(cel, ENTRY_SCHEMA).predicate, slotOf);
        expect(typeof holds(values)).toBe("boolean");
      }),
      { numRuns: 1000 },
    );
  });

  test("of text terms give text for anything", () => {
    const text = compileText(parseText("agent_id.trim().lowerAscii()", ENTRY_SCHEMA).term, slotOf);
    fc.assert(
      fc.property(oddValue, (value) => {
        expect(typeof text(rowOf({ agent_id: value }))).toBe("string");
      }),
      { numRuns: 300 },
    );
    expect(text(rowOf({ agent_id: " Ä B\t" }))).toBe("Ä b");
    expect(text(rowOf({ agent_id: 7 }))).toBe("7");
  });
});

describe("absent, null and empty text are one thing", () => {
  test("to every condition", () => {
    const names = ["timestamp", "agent_id", "approval", "matched_rule", "action_params"];
    fc.assert(
      fc.property(
        written,
        oddEntry,
        fc.subarray(names, { minLength: 1 }),
        ({ cel }, entry, gone) => {
          const changed = (value: unknown) => ({
            ...entry,
            ...Object.fromEntries(gone.map((name) => [name, value])),
          });
          const asked = ask(cel);
          const answer = asked(changed(undefined));
          expect([asked(changed(null)), asked(changed(""))]).toEqual([answer, answer]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ["agent_id == ''", true],
    ["agent_id != ''", false],
    ["agent_id < 'a'", true],
    ["agent_id.contains('')", true],
    ["agent_id in ['']", true],
    ["present(agent_id)", false],
    ["chain_depth == 0", false],
    ["chain_depth != 0", true],
    ["chain_depth < 1", false],
    ["chain_depth >= -1", false],
    ["!(chain_depth < 1)", true],
    ["chain_depth in [0]", false],
    ["chain_depth == chain_depth", false],
    ["id != id", true],
    ["timestamp == timestamp('1970-01-01T00:00:00Z')", false],
    ["timestamp != timestamp('1970-01-01T00:00:00Z')", true],
    ["timestamp <= timestamp('2199-01-01T00:00:00Z')", false],
  ])("%s is %s for an entry that records nothing", (source, answer) => {
    expect(ask(source)({})).toBe(answer);
  });
});

const matches = (at: number): boolean => at === 7 || at === 4999 || (at > 0 && at % 100 === 0);

describe("memory of answers", () => {
  test("does not change them, over more values than it keeps", () => {
    const asked = ask(
      "agent_id.lowerAscii() in ['agent 7', 'agent 4999'] || agent_id.endsWith('00')",
    );
    for (const round of ["first", "again"]) {
      const wrong = Array.from({ length: 10_000 }, (_, at) => at).filter(
        (at) => asked({ agent_id: `Agent ${at}` }) !== matches(at),
      );
      expect([round, wrong]).toEqual([round, []]);
    }
  });

  test("tells values apart that only look alike", () => {
    const asked = ask("agent_id == '7'");
    const values = ["7", 7, 7n, ["7"], { toString: () => "7" }, "7 ", true, null, "７"];
    for (let round = 0; round < 2; round += 1) {
      expect(values.map((value) => asked({ agent_id: value }))).toEqual([
        true,
        true,
        true,
        false,
        false,
        false,
        false,
        false,
        false,
      ]);
    }
  });

  test("does not keep long texts, and answers them alike", () => {
    const asked = ask("agent_id.contains('needle')");
    const long = "x".repeat(100_000);
    for (let round = 0; round < 2; round += 1) {
      expect(asked({ agent_id: long })).toBe(false);
      expect(asked({ agent_id: `${long}needle` })).toBe(true);
    }
  });

  test("is not shared between two conditions", () => {
    const [one, other] = [ask("agent_id == 'a'"), ask("agent_id != 'a'")];
    expect([one({ agent_id: "a" }), other({ agent_id: "a" })]).toEqual([true, false]);
  });
});

test("limits compare the numbers of an observation; one that is absent satisfies nothing but !=", () => {
  const names = [...OBSERVATION_SCHEMA.keys()];
  const holds = (source: string, numbers: Record<string, number>): boolean =>
    compilePredicate(parsePredicate(source, OBSERVATION_SCHEMA).predicate, (name) =>
      names.indexOf(name),
    )(names.map((name) => numbers[name]));
  expect(holds("share >= 0.9", { share: 9 / 10 })).toBe(true);
  expect(holds("share >= 0.9", { share: 899_999_999 / 1_000_000_000 })).toBe(false);
  expect(holds("share >= 0.9", {})).toBe(false);
  expect(holds("exceptions != 0", {})).toBe(true);
  expect(holds("present(share)", {})).toBe(false);
  expect(holds("present(share)", { share: 0 })).toBe(true);
});
