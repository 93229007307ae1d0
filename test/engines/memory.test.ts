import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Question } from "../../src/engines/engine.ts";
import { memory } from "../../src/engines/memory.ts";
import type { Entries } from "../../src/engines/memory.ts";
import { parsePredicate } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../src/expression/schema.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { read } from "../model/naive-instant.ts";
import { written } from "../expression/written.ts";
import type { OddEntry } from "../expression/written.ts";
import { START, log, period, probes, questionOf, strangeLog } from "./logs.ts";
import { naiveAnswer } from "./naive.ts";

const NOTHING: Question = { measures: [], period: {}, now: START };
const asEntries = (values: readonly unknown[]): Entries => values as AuditEntry[];

async function* stream(values: readonly unknown[]): AsyncGenerator<AuditEntry> {
  for (const value of values) {
    await Promise.resolve();
    yield value as AuditEntry;
  }
}

function* generate(values: readonly unknown[]): Generator<AuditEntry> {
  for (const value of values) yield value as AuditEntry;
}

async function* broken(): AsyncGenerator<AuditEntry> {
  yield { id: 1 };
  throw new Error("the disk went away");
}

async function all(entries: AsyncIterable<AuditEntry>): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

describe("observe", () => {
  test("answers as the naive reference does, from an array, a generator and a stream", async () => {
    await fc.assert(
      fc.asyncProperty(strangeLog, probes, period, async (values, asked, within) => {
        const question = questionOf(asked, within, START);
        const { population, observations } = naiveAnswer(question, asked, values);
        const recordable = ENTRY_FIELD_NAMES.filter((name) =>
          values.some((value) => {
            const entry = Object(value) === value && !Array.isArray(value) ? value : {};
            return (entry as OddEntry)[name] !== undefined;
          }),
        );
        for (const entries of [asEntries(values), generate(values), stream(values)]) {
          const answer = await memory(entries, "log").observe(question);
          expect(answer.observations).toEqual(observations);
          expect(answer.population).toEqual({
            ...population,
            inputs: [{ name: "log", kind: "memory", part: { kind: "every-entry" } }],
            recordable,
            recorded: new Map(recordable.map((name) => [name, population.recorded.get(name)])),
          });
        }
      }),
      { numRuns: 250 },
    );
  });

  test("the sums tie", async () => {
    await fc.assert(
      fc.asyncProperty(strangeLog, period, async (values, within) => {
        const { population } = await memory(asEntries(values)).observe({
          ...NOTHING,
          period: within,
        });
        expect(population.read).toBe(values.length);
        expect(population.accepted + population.rejected + population.duplicate).toBe(
          population.read,
        );
        expect(population.inScope + population.outOfPeriod).toBe(population.accepted);
        const reasons = population.rejections.reduce((sum, { count }) => sum + count, 0);
        expect(reasons).toBe(population.rejected);
      }),
      { numRuns: 250 },
    );
  });

  test("the entries are not changed", async () => {
    await fc.assert(
      fc.asyncProperty(log, probes, async (entries, asked) => {
        const frozen = entries.map((entry) => Object.freeze({ ...entry }));
        const measures = asked.map(({ measure }) => measure);
        await memory(asEntries(Object.freeze(frozen))).observe({ ...NOTHING, measures });
        expect(frozen).toEqual(entries);
      }),
      { numRuns: 50 },
    );
  });

  test("a field is recordable when its key has a value in one entry, be it null", async () => {
    const { population } = await memory(
      asEntries([{ id: 1, agent_id: undefined }, { approval: null }, { "agent_id ": "a" }]),
    ).observe(NOTHING);
    expect(population.recordable).toEqual(["id", "approval"]);
  });

  test("progress ends with everything done", async () => {
    const told: unknown[] = [];
    const entries = Array.from({ length: 70_000 }, (_, id) => ({ id }));
    await memory(entries).observe(NOTHING, { onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([
      { done: 65_536, total: 70_000 },
      { done: 70_000, total: 70_000 },
    ]);
    told.length = 0;
    await memory(generate(entries)).observe(NOTHING, {
      onProgress: (progress) => told.push(progress),
    });
    expect(told.at(-1)).toEqual({ done: 70_000 });
  });
});

describe("asking again", () => {
  test("works for what can be walked again", async () => {
    for (const entries of [[{ id: 1 }], new Set([{ id: 1 }])]) {
      const engine = memory(entries);
      const first = await engine.observe(NOTHING);
      expect(await engine.observe(NOTHING)).toEqual(first);
      expect(await all(engine.entries({ period: {} }))).toEqual([{ id: 1 }]);
    }
  });

  test.each([
    ["generator", () => memory(generate([{ id: 1 }]))],
    ["stream", () => memory(stream([{ id: 1 }]))],
  ])("a %s is refused the second time", async (_, make) => {
    const engine = make();
    expect((await engine.observe(NOTHING)).population.read).toBe(1);
    await expect(engine.observe(NOTHING)).rejects.toMatchObject({ code: "closed" });
    expect(() => engine.entries({ period: {} })).toThrow("read already");
  });

  test("is refused after close, with a rejected promise", async () => {
    const engine = memory([{ id: 1 }]);
    await engine.close();
    await expect(engine.observe(NOTHING)).rejects.toMatchObject({ code: "closed" });
    expect(() => engine.entries({ period: {} })).toThrow("closed");
    await engine.close();
  });

  test("a failing stream fails the answer", async () => {
    await expect(memory(broken()).observe(NOTHING)).rejects.toThrow("the disk went away");
  });
});

describe("entries", () => {
  test("are those of the period that the condition holds for, in the log's order, whole", async () => {
    await fc.assert(
      fc.asyncProperty(strangeLog, written, period, async (values, { cel, holds }, within) => {
        const where = parsePredicate(cel, ENTRY_SCHEMA);
        const expected = values.filter((value) => {
          if (Object(value) !== value || Array.isArray(value)) return false;
          const entry = value as OddEntry;
          const at =
            typeof entry.timestamp === "string" ? read(entry.timestamp)?.microseconds : undefined;
          const bounded = within.start !== undefined || within.end !== undefined;
          if (bounded && at === undefined) return false;
          const after = within.start === undefined || (at ?? 0n) >= BigInt(within.start);
          const before = within.end === undefined || (at ?? 0n) < BigInt(within.end);
          return after && before && holds(entry);
        });
        for (const entries of [asEntries(values), stream(values)]) {
          const found = await all(memory(entries).entries({ where, period: within }));
          expect(found).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("are all of them without a condition", async () => {
    const values = [{ id: 1 }, { id: 2, timestamp: "soon" }];
    expect(await all(memory(values).entries({ period: {} }))).toEqual(values);
  });
});
