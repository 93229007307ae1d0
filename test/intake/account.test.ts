// The statement over what was read, and the laws that its counts keep for any mapping and log.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intakeStatement, recordableFields, whatDoesNotTie } from "../../src/intake/account.ts";
import { addCounts, noCounts, refusedIn } from "../../src/intake/counts.ts";
import type { IntakeCounts } from "../../src/intake/counts.ts";
import { runIntake } from "../../src/intake/intake.ts";
import { mapping } from "./mappings.ts";
import type { MappingTexts } from "./mappings.ts";
import { jsonLines, keeping, read, textFile } from "./reading.ts";

describe("the statement", () => {
  const calls = mapping({
    id: "calls",
    tables: { decisions: { ok: "auto" } },
    when: "has(record.call)",
    fields: {
      id: "record.call",
      timestamp: "mended(record.time)",
      approval: "tables.decisions[record.decision]",
      result_error: "record.error",
    },
    sparse: ["result_error"],
    chain: { covers: ["id", "timestamp"], described: "SHA-256." },
    cannotAnswer: { "deletion-evaluated": "Nothing personal is deleted." },
  });

  test("says what became of every record", async () => {
    const { result } = await read(calls, [
      [
        { call: 1, time: "2026-01-01T00:00:00+00:00Z", decision: "ok" },
        { call: 2, time: "2026-01-01T00:00:00Z", decision: "perhaps" },
        { call: 3, decision: "perhaps" },
        { chat: "hello" },
        7,
      ],
      '{"call":4,\n{"call":5,"call":6}\n',
    ]);
    expect(result.statement).toMatchObject({
      records: 7,
      withoutAction: 1,
      actions: 3,
      mendedTimes: 1,
      unknownWords: [{ table: "decisions", word: "perhaps", count: 2 }],
      chainCovers: ["id", "timestamp"],
      cannotAnswer: new Map([["deletion-evaluated", "Nothing personal is deleted."]]),
      mappings: [{ id: "calls", version: 1, basis: "documentation", inputs: 2 }],
    });
    expect(result.accounts.map((account) => [...account.counts.refused])).toEqual([
      [
        ["not-an-entry", 1],
        ["malformed", 1],
        ["duplicate-key", 1],
      ],
    ]);
    expect(result.inputs.map(({ name, kind, records }) => ({ name, kind, records }))).toEqual([
      { name: "log-0.jsonl", kind: "jsonl", records: 5 },
      { name: "log-1.jsonl", kind: "jsonl", records: 2 },
    ]);
  });

  test("recordable is what was there at least once, or is sparse, in every format", async () => {
    const [one] = (await read(calls, [[{ call: 1 }, { call: 2, time: null }]])).result.accounts;
    const other = mapping({ id: "other", fields: { id: "record.a", result_error: "record.b" } });
    const [two] = (await read(other, [[{ a: 1, b: null }]])).result.accounts;
    const [silent] = (await read(other, [[]])).result.accounts;
    if (one === undefined || two === undefined || silent === undefined)
      throw new Error("no account");
    // A time that is null was there; nothing ever said a decision.
    expect(recordableFields([one])).toEqual(["id", "timestamp", "result_error"]);
    expect(recordableFields([one, two])).toEqual(["id", "result_error"]);
    expect(recordableFields([one, silent])).toEqual(["id", "timestamp", "result_error"]);
    expect(recordableFields([silent])).toEqual([]);
    const mute = { ...one, mapping: { ...one.mapping, never: ["result_error"] as const } };
    expect(recordableFields([mute])).toEqual(["id", "timestamp"]);
    expect(intakeStatement([two, one]).mappings.map(({ id }) => id)).toEqual(["calls", "other"]);
    expect(intakeStatement([two, one]).chainCovers).toEqual([]);
    expect(intakeStatement([two, one])).toEqual(intakeStatement([one, two]));
  });

  test("long and many unknown words are cut, not kept", async () => {
    const words = Array.from({ length: 30_000 }, (_, index) => ({
      call: 1,
      decision: `${"w".repeat(1000)}${index}`.slice(index % 2 === 0 ? 0 : 900),
    }));
    const { result } = await read(calls, [words]);
    expect(result.statement.unknownWords.length).toBe(50);
    expect(result.statement.unknownWords[0]).toEqual({
      table: "decisions",
      word: `${"w".repeat(200)}…`,
      count: 15_000,
    });
    expect(result.accounts[0]?.counts.unknownWords.get("decisions")?.size).toBeLessThan(20_001);
  });
});

function counts(changes: Partial<IntakeCounts>): IntakeCounts {
  return {
    ...noCounts(),
    records: 5,
    withoutAction: 2,
    actions: 4,
    accepted: 3,
    duplicate: 1,
    refused: new Map([["malformed", 1]]),
    ...changes,
  };
}

describe("a tie", () => {
  test("holds", () => {
    expect(whatDoesNotTie(counts({}))).toBeUndefined();
    expect(whatDoesNotTie(noCounts())).toBeUndefined();
  });

  test.each([{ accepted: 2 }, { duplicate: 2 }, { records: 2 }, { records: 8 }, { records: 3 }])(
    "is broken by %j",
    (changes) => {
      expect(whatDoesNotTie(counts(changes))).toMatch(/were/);
    },
  );
});

/** Records of any kind: with and without actions, answers, keys; and lines that are none. */
const record = fc.record(
  {
    id: fc.oneof(fc.constantFrom("a", "b", 1, null), fc.string()),
    kind: fc.constantFrom("call", "chat", "tool"),
    to: fc.constantFrom("a", "b", 1),
    calls: fc.oneof(
      fc.array(fc.record({ id: fc.constantFrom("a", "b", 1, null) }, { requiredKeys: [] }), {
        maxLength: 3,
      }),
      fc.constant("none"),
      fc.constant([null, 1]),
    ),
    nested: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const document = fc.oneof(
  { weight: 4, arbitrary: record },
  { weight: 2, arbitrary: fc.record({ list: fc.array(fc.option(record), { maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const line = fc.oneof(
  { weight: 8, arbitrary: document.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.constantFrom("", "{", '{"a":1,"a":2}', "]", "\u0000", "[[[[") },
);
const texts: fc.Arbitrary<MappingTexts> = fc
  .record({
    steps: fc.boolean(),
    tree: fc.boolean(),
    each: fc.boolean(),
    when: fc.boolean(),
    answers: fc.constantFrom("none" as const, "record" as const, "items" as const),
    key: fc.constantFrom("none" as const, "id" as const, "never" as const),
  })
  .map(textsOf);

interface Shape {
  readonly steps: boolean;
  readonly tree: boolean;
  readonly each: boolean;
  readonly when: boolean;
  readonly answers: "none" | "record" | "items";
  readonly key: "none" | "id" | "never";
}

function textsOf({ steps, tree, each, when, answers, key }: Shape): MappingTexts {
  const id = each ? "call.id" : "record.id";
  return {
    ...(steps ? { records: [{ each: "document.list", as: "row" }] } : {}),
    ...(tree ? { tree: { id: "record.id", parent: "record.to" } } : {}),
    ...(each ? { each: { each: "record.calls", as: "call" } } : {}),
    ...(when ? { when: 'record.kind == "call"' } : {}),
    ...(key === "none" ? {} : { key: key === "id" ? id : "record.none" }),
    ...(answers === "none"
      ? {}
      : {
          call: id,
          answers: {
            ...(answers === "items" ? { each: { each: "record.calls", as: "part" } } : {}),
            when: 'record.kind == "tool"',
            to: answers === "items" ? "part.id" : "record.to",
            fields: { result_data: "record.nested" },
          },
        }),
    let: { depth: tree ? "size(ancestors)" : "position" },
    fields: {
      id: 'string(line) + "." + string(action_position)',
      session_id: "record.nested",
      action_params: "record",
      chain_depth: "depth",
    },
  };
}

describe("for any mapping and any log", () => {
  test("nothing is lost, order is kept, and what is said ties", async () => {
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.array(fc.array(line, { maxLength: 12 }), { maxLength: 3 }),
        async (given, logs) => {
          const format = mapping(given);
          const { entries, duplicates, refused, origins, result } = await read(
            format,
            logs.map((lines) => lines.join("\n")),
          );
          const { records, withoutAction, actions } = result.statement;
          // actions + refused = accepted + rejected + duplicate
          expect(entries.length + duplicates.length).toBe(actions);
          const [account] = result.accounts;
          expect(refused.length).toBe(account === undefined ? 0 : refusedIn(account.counts));
          const carriers = records - withoutAction - refused.length;
          expect(carriers).toBeGreaterThanOrEqual(0);
          expect(carriers).toBeLessThanOrEqual(actions);
          expect(carriers > 0).toBe(actions > 0);
          // Entries leave in the order of their actions, named by line and position.
          for (const [index, { id }] of entries.entries()) {
            const origin = origins[index];
            expect(id).toBe(`${origin?.line}.${origin?.position}`);
          }
          const places = origins.map(
            ({ fileIndex, line: at, position }) => fileIndex * 1e6 + at * 1e3 + position,
          );
          expect(places).toEqual([...places].sort((left, right) => left - right));
          expect(new Set(places).size).toBe(places.length);
          // Records of inputs add up.
          expect(result.inputs.reduce((sum, input) => sum + (input.records ?? 0), 0)).toBe(records);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("the account of the parts is that of the whole, in any order", async () => {
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.array(line, { maxLength: 20 }),
        fc.nat(20),
        async (given, lines, cut) => {
          // Parts know nothing of each other: no duplicates and no answers.
          const { key: _, call: __, answers: ___, ...rest } = given;
          const format = mapping(rest);
          const accountOf = async (part: readonly string[]): Promise<IntakeCounts> => {
            const file = textFile(part.join("\n"));
            const { accounts } = await runIntake(
              { inputs: [{ file, mapping: format }] },
              keeping().sink,
            );
            return accounts[0]?.counts ?? noCounts();
          };
          const whole = await accountOf(lines);
          const first = await accountOf(lines.slice(0, cut));
          const second = await accountOf(lines.slice(cut));
          for (const parts of [
            [first, second],
            [second, first],
          ]) {
            const sum = noCounts();
            for (const part of parts) addCounts(sum, part);
            const [one, other] = [sum, whole].map((counted) =>
              intakeStatement([{ mapping: format, inputs: 1, counts: counted }]),
            );
            expect(one).toEqual(other);
            expect(Object.fromEntries(sum.refused)).toEqual(Object.fromEntries(whole.refused));
            expect(sum.present).toBe(whole.present);
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  test("the account does not depend on the order of the records", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(document, { maxLength: 20 }), async (documents) => {
        const format = mapping({
          records: [{ each: "document.list", as: "row" }],
          when: 'record.kind == "call"',
          key: "record.id",
          fields: { id: "record.id", session_id: "record.nested" },
        });
        const statement = async (given: readonly unknown[]) => {
          const { result } = await read(format, [jsonLines(given)]);
          const { duplicatesDiffering: _, ...rest } = result.statement;
          return rest;
        };
        expect(await statement([...documents].reverse())).toEqual(await statement(documents));
      }),
      { numRuns: 60 },
    );
  });
});
