// Several logs as one: the report of the log that they are parts of, wherever the two can agree.

import { createRequire } from "node:module";
import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { Answer, Engine, ListedException, Question } from "../../src/engines/engine.ts";
import type { PartEngine } from "../../src/engines/part.ts";
import { observable, stated } from "../../src/engines/fold/stated.ts";
import { memory } from "../../src/engines/memory.ts";
import { several } from "../../src/engines/several.ts";
import { sqlite } from "../../src/engines/sqlite.ts";
import { exampleQuestion } from "../../src/measure-example.ts";
import { ENTRY_FIELD_NAMES, fieldText } from "../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { LogPopulation } from "../../src/model/population.ts";
import { OLDEST_COLUMNS, writeAuditDatabase } from "../conformance/audit-database.ts";
import { firstOf, observedIn } from "../conformance/listed-exceptions.ts";
import { collected, everyEngine, placeless } from "./every-engine.ts";
import type { EngineName } from "./every-engine.ts";
import { START, longLog, period, probes, questionOf } from "./logs.ts";

const engines = everyEngine();
const folder = mkdtempSync(join(tmpdir(), "aegis-several-"));
afterAll(() => {
  engines.remove();
  rmSync(folder, { recursive: true });
});
const catalog = loadCatalog();
let files = 0;

async function inDatabase(entries: readonly AuditEntry[], workers = 1): Promise<PartEngine> {
  return sqlite(database(entries), { workers });
}

function database(entries: readonly AuditEntry[], columns = ENTRY_FIELD_NAMES): string {
  files += 1;
  const path = join(folder, `${files}.db`);
  writeAuditDatabase(path, entries, columns);
  return path;
}

/** All fields, so that every kind of log can record all of them. */
function whole(entry: object, id: number): AuditEntry {
  const named = entry as Record<string, unknown>;
  const values = ENTRY_FIELD_NAMES.map((field) => [field, plain(field, named[field])] as const);
  return { ...Object.fromEntries(values), id };
}

/** As every kind of log holds it. */
function plain(field: string, value: unknown): unknown {
  if (field === "chain_depth") return typeof value === "number" ? value : null;
  return value === null || value === undefined ? null : fieldText(value);
}

/** What an answer says apart from where entries come from, and from what each log tells of itself. */
function comparable({ population, observations, activity }: Answer): object {
  const { inputs: _inputs, intake: _intake, ids: _ids, timestamps, ...counts } = population;
  const { unordered: _unordered, firstUnreadable, ...times } = timestamps;
  return {
    counts: {
      ...counts,
      rejections: counts.rejections.map(({ reason, count, first }) => ({
        reason,
        count,
        first: first.map(idOf),
      })),
    },
    times: { ...times, firstUnreadable: firstUnreadable.map(idOf) },
    observations: JSON.parse(
      JSON.stringify([...observations], (member, value: unknown) => {
        if (member === "source") return undefined;
        return value instanceof Map ? sortedByKey(value as Map<string, unknown>) : value;
      }),
    ) as unknown,
    activity,
  };
}

function sortedByKey(map: ReadonlyMap<string, unknown>): unknown[] {
  return [...map].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** Logs of lines name a place, the others an id: only how many there are can be compared. */
function idOf(): string {
  return "#";
}

/** Deals entries out: to which of the parts each goes. */
function dealt(
  entries: readonly AuditEntry[],
  to: readonly number[],
  parts: number,
): AuditEntry[][] {
  return Array.from({ length: parts }, (_, part) =>
    entries.filter((_entry, index) => (to[index % to.length] ?? 0) % parts === part),
  );
}

/** Gives way before it reads, so that the logs are ready in another order. */
function lateBy(engine: PartEngine, turns: number): PartEngine {
  return {
    ...engine,
    async foldPart(question, base, options) {
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      return engine.foldPart(question, base, options);
    },
  };
}

const KINDS: readonly EngineName[] = ["memory", "sqlite", "log", "ledger"];

describe("several logs", () => {
  test("answer as the log that they are parts of", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          length: fc.integer({ min: 1, max: 120 }),
          to: fc.array(fc.nat(7), { minLength: 1, maxLength: 50 }),
          kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 4 }),
          delays: fc.array(fc.nat(30), { minLength: 4, maxLength: 4 }),
          atOnce: fc.integer({ min: 1, max: 5 }),
        }),
        probes,
        period,
        async ({ seed, length, to, kinds, delays, atOnce }, asked, within) => {
          const entries = longLog(seed, length).map((entry, index) => whole(entry, index + 1));
          const question = questionOf(
            asked.filter(({ measure }) => measure.kind !== "identity"),
            within,
            START,
          );
          const parts = await Promise.all(
            dealt(entries, to, kinds.length).map(async (part, at) => ({
              name: `host-${at}`,
              engine: lateBy(
                (await engines.open(kinds[at] ?? "memory", part)) as PartEngine,
                delays[at] ?? 0,
              ),
            })),
          );
          const engine = several(parts, { atOnce });
          const answer = await engine.observe(question);
          const expected = await memory(entries).observe(question);
          expect(comparable(answer)).toEqual(comparable(expected));
          tie(answer.population);
          const listed = await collected(engine.exceptions(question));
          for (const [id, observation] of answer.observations) {
            const ofMeasure = listed.filter(({ measure }) => measure === id);
            expect(firstOf(ofMeasure)).toEqual(observedIn(observation));
          }
          await engine.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  const measures = catalog.everyMeasureId
    .map((id) => catalog.measure(id).measure)
    .filter(({ kind }) => kind !== "policy-lint");

  test.each(measures.map((measure) => [measure.id, measure] as const))(
    "examples of %s, in two databases and an array",
    async (_, measure) => {
      for (const example of measure.examples ?? []) {
        const { entries } = example;
        // Ids and the order of writing are facts about each log.
        const apart = measure.kind === "identity" || measure.kind === "clock";
        const parts = apart ? [entries, [], []] : dealt(entries, [0, 1, 2, 1, 0, 2, 2], 3);
        const [first = [], second = [], third = []] = parts;
        const engine = several([
          { name: "a.db", engine: await inDatabase(first) },
          { name: "b.db", engine: await inDatabase(second) },
          { name: "rest", engine: memory(third) },
        ]);
        const question = exampleQuestion(measure, example);
        const { observations } = await engine.observe(question);
        const observation = observations.get(measure.id);
        if (observation === undefined) throw new Error("no observation");
        const expected = observable(example.expect);
        expect(stated(observation, expected)).toEqual(expected);
        const listed = await collected(engine.exceptions(question));
        expect(firstOf(listed)).toEqual(observedIn(observation));
        await engine.close();
      }
    },
  );
});

function tie({ read, accepted, rejected, duplicate, inScope, outOfPeriod }: LogPopulation): void {
  expect(read).toBe(accepted + rejected + duplicate);
  expect(accepted).toBe(inScope + outOfPeriod);
}

const question = (...ids: readonly string[]): Question => ({
  measures: ids.map((id) => catalog.measure(id).measure),
  period: {},
  now: START,
});
const HOUR = 3_600_000;
const at = (hours: number): string => new Date(START / 1000 + hours * HOUR).toISOString();

function dense(from: number, to: number): AuditEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    id: from + index,
    timestamp: at(index),
  }));
}

describe("of each log", () => {
  test("ids are counted apart", async () => {
    const engine = several([
      { name: "one", engine: await inDatabase([...dense(1, 12), ...dense(15, 20)]) },
      { name: "two", engine: await inDatabase(dense(1, 20)) },
      { name: "three", engine: memory([...dense(1, 5), ...dense(4, 5)]) },
      { name: "none", engine: memory([]) },
    ]);
    const { population, observations } = await engine.observe(question("record-identity"));
    expect(population.ids).toEqual({
      repeated: 2,
      missing: 2,
      missingRuns: [{ from: 13, to: 14 }],
      missingAtEnd: 0,
    });
    const identity = observations.get("record-identity");
    expect(identity).toMatchObject({
      population: 45,
      exceptions: 2,
      numbers: { duplicates: 2, missing: 2, dense: 1, exception_share: 2 / 45 },
    });
    expect(identity?.exceptionEntries.map(({ id, source }) => [id, source])).toEqual([
      [4, "three:4"],
      [5, "three:5"],
    ]);
    const unasked = await engine.observe(question());
    expect(unasked.population.ids).toEqual(population.ids);
    await engine.close();
  });

  test("a log whose ids are no sequence hides no hole of another", async () => {
    const engine = several([
      { name: "one", engine: memory([{ id: 1 }, { id: 3 }]) },
      { name: "two", engine: memory([{ id: "x" }, { id: "x" }]) },
    ]);
    const { population, observations } = await engine.observe(question("record-identity"));
    expect(population.ids).toMatchObject({ missing: 1, missingRuns: [{ from: 2, to: 2 }] });
    expect(observations.get("record-identity")?.numbers).toMatchObject({
      dense: 0,
      missing: 1,
      duplicates: 1,
    });
  });

  test("the order of writing ends with the log", async () => {
    const logs = [
      [-5, -4],
      [-9, -8, -30],
    ].map((hours) =>
      hours.map((hour, index) => ({ id: index + 1, timestamp: at(hour), session_id: "s" })),
    );
    const clock = measuresOfKind("clock");
    const asked: Question = { measures: clock, period: {}, now: START };
    for (const open of [inDatabase, async (entries: AuditEntry[]) => memory(entries)]) {
      const engine = several([
        { name: "one", engine: await open(logs[0] ?? []) },
        { name: "two", engine: await open(logs[1] ?? []) },
      ]);
      const { population, observations } = await engine.observe(asked);
      expect(population.timestamps.unordered).toBe(1);
      const numbers = clock.map(({ id }) => observations.get(id)?.numbers?.["backwards"]);
      expect(numbers).toEqual(clock.map(() => 1));
      const listed = await collected(engine.exceptions(asked));
      expect(listed.map(({ entry }) => entry.source)).toEqual(clock.map(() => "two:3"));
      await engine.close();
    }
  });

  test("a field is recordable when all that have entries can record it", async () => {
    const old = database([{ id: 1, timestamp: at(-1) }], OLDEST_COLUMNS);
    const engine = several([
      { name: "new", engine: await inDatabase([{ id: 1, timestamp: at(-2), agent_id: "a" }]) },
      { name: "old", engine: await sqlite(old) },
      { name: "none", engine: memory([]) },
    ]);
    const { population } = await engine.observe(question());
    expect(population.recordable).toEqual(OLDEST_COLUMNS);
    expect(population.recorded.get("timestamp")).toBe(2);
    expect(population.recorded.has("agent_id")).toBe(false);
    await engine.close();
  });

  test("pointers and evidence tell which it is", async () => {
    const entries: AuditEntry[] = [
      { id: 7, timestamp: "soon", approval: "block", result_status: "success" },
      { timestamp: "later", approval: "block", result_status: "success" },
    ];
    const log = (await engines.open("log", entries)) as PartEngine;
    const ledger = (await engines.open("ledger", entries)) as PartEngine;
    const engine = several([
      { name: "memory", engine: memory([...entries, 5 as unknown as AuditEntry]) },
      { name: "database", engine: await inDatabase(entries) },
      { name: "lines", engine: log },
      { name: "kept", engine: ledger },
    ]);
    const { population, observations } = await engine.observe(question("block-bypass"));
    expect(population.rejections).toEqual([
      { reason: "not-an-entry", count: 1, first: ["memory:#3"] },
    ]);
    const { firstUnreadable } = population.timestamps;
    expect(firstUnreadable.map((pointer) => pointer.replace(/[^:]*\.jsonl/, "F"))).toEqual([
      "memory:7",
      "memory:#2",
      "database:7",
      "database:#2",
      "lines:F:1",
      "lines:F:2",
      "kept:F:1",
      "kept:F:2",
    ]);
    const { exceptionEntries = [] } = observations.get("block-bypass") ?? {};
    const sources = exceptionEntries.map(({ source }) => source?.replace(/[^:]*\.jsonl/, "F"));
    const expected = ["memory", "database", "lines:F:2", "kept:F:2"];
    expect(sources).toEqual(["memory:7", "database:7", "lines:F:1", "kept:F:1", ...expected]);
    const listed = await collected(engine.exceptions(question("block-bypass")));
    expect(firstOf(listed).exceptionEntries).toEqual(exceptionEntries);
    const all = await collected(engine.entries({ period: {} }));
    expect(all.map(({ source }) => source?.replace(/[^:]*\.jsonl/, "F"))).toEqual([
      "memory:7",
      "memory",
      "database:7",
      "database",
      "lines:F:1",
      "lines:F:2",
      "kept:F:1",
      "kept:F:2",
    ]);
    expect(population.inputs.map(({ name, kind }) => [name.split(":")[0], kind])).toEqual([
      ["memory", "memory"],
      ["database", "sqlite"],
      ["lines", "jsonl"],
      ["kept", "jsonl"],
    ]);
    expect(population.intake?.mappings).toMatchObject([{ id: "aegis-jsonl", inputs: 2 }]);
    expect(population.intake).toMatchObject({ records: 4, actions: 4, chainCovers: [] });
    tie(population);
    const bounded = await engine.observe({ ...question(), period: { end: START } });
    expect(bounded.population.rejected).toBe(9);
    tie(bounded.population);
    await engine.close();
  });

  test("a file that a log is named by is not named twice", async () => {
    const path = database([{ id: 1 }]);
    const engine = several([{ name: path, engine: await sqlite(path) }]);
    const { population } = await engine.observe(question());
    expect(population.inputs.map(({ name }) => name)).toEqual([path]);
    await engine.close();
  });
});

function measuresOfKind(kind: string): Question["measures"] {
  return catalog.everyMeasureId
    .map((id) => catalog.measure(id).measure)
    .filter((measure) => measure.kind === kind);
}

describe("samples", () => {
  test("are drawn from all logs, each id of each log by itself", async () => {
    const entries = Array.from({ length: 200 }, (_, id) => ({ id, timestamp: at(-id) }));
    const sampling = { size: 40, seed: "s" };
    const draw = async (order: readonly string[]): Promise<string[]> => {
      const engine = several(order.map((name) => ({ name, engine: memory(entries) })));
      const { samples } = await engine.observe({ ...question("record-identity"), sampling });
      return samples?.get("record-identity")?.map(({ source = "" }) => source) ?? [];
    };
    const drawn = await draw(["a", "b", "c"]);
    expect(drawn).toHaveLength(40);
    expect(new Set(drawn.map((source) => source.split(":")[1])).size).toBeGreaterThan(30);
    for (const name of ["a:", "b:", "c:"]) {
      expect(drawn.filter((source) => source.startsWith(name)).length).toBeGreaterThan(4);
    }
    expect(await draw(["c", "b", "a"])).toEqual(drawn);
  });
});

describe("names", () => {
  test.each([
    ["__proto__", "constructor"],
    ["a\u001B[31m\nb", "\u202Ea"],
    ["'; DROP TABLE audit_log; --", '"><script>'],
    ["x".repeat(10_000), "y"],
    ["#1", "1"],
    ["🔒", "Ａ"],
  ])("%j and %j tell logs apart", async (one, two) => {
    const engine = several([
      { name: one, engine: memory([{ id: 1, approval: "block", result_status: "success" }]) },
      { name: two, engine: memory([{ id: 1, approval: "block", result_status: "success" }]) },
    ]);
    const { observations } = await engine.observe(question("block-bypass"));
    const { exceptionEntries = [] } = observations.get("block-bypass") ?? {};
    expect(exceptionEntries.map(({ source }) => source)).toEqual([`${one}:1`, `${two}:1`]);
  });

  test.each([
    [[]],
    [[""]],
    [["a", "a"]],
    [["a", "a:b"]],
    [["x:y:z", "x:y"]],
    [Array.from({ length: 4097 }, (_, index) => `host-${index}`)],
  ])("that do not are refused", (names) => {
    const parts = names.map((name) => ({ name, engine: memory([]) }));
    expect(() => several(parts)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  test("so is a number of logs at a time that is none", () => {
    for (const atOnce of [0, -1, 1.5, Number.NaN]) {
      const parts = [{ name: "a", engine: memory([]) }];
      expect(() => several(parts, { atOnce })).toThrow(
        expect.objectContaining({ code: "invalid-option" }),
      );
    }
  });
});

const good: readonly AuditEntry[] = Array.from({ length: 50 }, (_, id) => ({
  id,
  timestamp: at(-id),
}));

/** Reads well, and fails afterwards. */
function failingWith(more: object): PartEngine {
  return {
    ...memory(good),
    foldPart: async (asked, base, options) => ({
      ...(await memory(good).foldPart(asked, base, options)),
      ...more,
    }),
  };
}

const failure = (): Promise<never> => Promise.reject(new Error("lost"));

describe("a log that cannot be read", () => {
  test("fails the whole: a damaged database", async () => {
    const entries = Array.from({ length: 5000 }, (_, id) => ({
      id,
      timestamp: at(-id),
      agent_id: "agent".repeat(10),
    }));
    const asked = question("block-bypass", "silence-over-an-hour");
    for (const ask of [
      (engine: Engine) => engine.observe(asked),
      (engine: Engine) => collected(engine.exceptions(asked)),
      (engine: Engine) => collected(engine.exceptions(question("block-bypass"))),
      (engine: Engine) => collected(engine.entries({ period: {} })),
    ]) {
      const path = database(entries);
      const engine = several([
        { name: "good", engine: memory(good) },
        { name: "bad", engine: await sqlite(path, { workers: 1 }) },
      ]);
      truncateSync(path, 100_000);
      await expect(ask(engine)).rejects.toMatchObject({
        message: expect.stringMatching(/^bad: /) as string,
        code: expect.stringMatching(/source-changed|unreadable-source/) as string,
      });
      await engine.close().catch(() => undefined);
    }
  });

  test("fails the whole: a closed engine", async () => {
    const closed = await inDatabase(good);
    await closed.close();
    const engine = several([
      { name: "good", engine: memory(good) },
      { name: "gone", engine: closed },
    ]);
    const error = { code: "closed", message: "gone: this engine was closed" };
    await expect(engine.observe(question())).rejects.toMatchObject(error);
    await expect(
      collected(engine.exceptions(question("silence-over-an-hour"))),
    ).rejects.toMatchObject(error);
    await expect(collected(engine.entries({ period: {} }))).rejects.toMatchObject(error);
    await engine.close();
  });

  test("stops the others", async () => {
    let reason: unknown;
    const waiting: PartEngine = {
      ...memory([]),
      foldPart: (_question, _base, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => {
            reason = signal.reason;
            reject(signal.reason as Error);
          });
        }),
    };
    const failing: PartEngine = {
      ...memory([]),
      foldPart: () => Promise.reject(new Error("out of paper")),
    };
    const engine = several(
      [
        { name: "waiting", engine: waiting },
        { name: "failing", engine: failing },
      ],
      { atOnce: 2 },
    );
    await expect(engine.observe(question())).rejects.toThrow("failing: out of paper");
    expect(reason).toBeDefined();
  });

  test("closes what the others hold open", async () => {
    const open = new Set<string>();
    const holding = (name: string): PartEngine => ({
      ...memory(good),
      async foldPart(asked, base, options) {
        const part = await memory(good).foldPart(asked, base, options);
        open.add(name);
        return {
          ...part,
          close: async () => {
            open.delete(name);
          },
        };
      },
    });
    const failing: PartEngine = {
      ...memory([]),
      foldPart: () => Promise.reject(new Error("out of paper")),
    };
    const logs = ["a", "b"].map((name) => ({ name, engine: holding(name) }));
    await expect(
      several([...logs, { name: "c", engine: failing }], { atOnce: 1 }).observe(question()),
    ).rejects.toThrow("c: out of paper");
    expect(open).toEqual(new Set());
    await several(logs).observe(question());
    expect(open).toEqual(new Set());
    for await (const _ of several(logs).exceptions(question("silence-over-an-hour"))) break;
    expect(open).toEqual(new Set());
  });

  test("is found when it is looked up, and when it is closed", async () => {
    for (const more of [{ resolve: failure }, { close: failure }]) {
      const logs = [
        { name: "a", engine: memory(good) },
        { name: "b", engine: failingWith(more) },
      ];
      await expect(several(logs).observe(question())).rejects.toThrow("b: lost");
    }
  });

  test("a stream can be read once", async () => {
    const engine = several([{ name: "stream", engine: memory(good.values()) }]);
    await engine.observe(question());
    await expect(engine.observe(question())).rejects.toMatchObject({
      message: expect.stringMatching(/^stream: /) as string,
      code: "closed",
    });
  });
});

function spread(first: number, last: number): AuditEntry[] {
  return [
    { id: first, approval: "block", result_status: "success", timestamp: at(-2) },
    { id: last, approval: "block", result_status: "success", timestamp: at(-1) },
  ];
}

test("row numbers far apart", async () => {
  const high = 2 ** 52;
  const engine = several([
    { name: "low", engine: await inDatabase(spread(-9, -3)) },
    { name: "high", engine: await inDatabase(spread(high, high + 5)) },
    { name: "plain", engine: await inDatabase(spread(1, 2 ** 40 - 1)) },
  ]);
  const { observations } = await engine.observe(question("block-bypass"));
  const { exceptionEntries = [] } = observations.get("block-bypass") ?? {};
  const expected = [
    "low:-9",
    "plain:1",
    `high:${high}`,
    "low:-3",
    `plain:${2 ** 40 - 1}`,
    `high:${high + 5}`,
  ];
  expect(exceptionEntries.map(({ source }) => source)).toEqual(expected);
  await engine.close();

  const wide = await inDatabase(spread(1, 2 ** 40 + 1));
  const alone = await wide.observe(question("block-bypass"));
  expect(alone.observations.get("block-bypass")?.exceptions).toBe(2);
  const both = several([
    { name: "wide", engine: wide },
    { name: "other", engine: memory([]) },
  ]);
  await expect(both.observe(question())).rejects.toMatchObject({
    code: "unsupported-source",
    message: expect.stringMatching(/^wide: /) as string,
  });
  await both.close();
});

test("two hundred small databases", async () => {
  const logs: { name: string; engine: PartEngine }[] = [];
  const all: AuditEntry[] = [];
  for (let host = 0; host < 200; host += 1) {
    const entries = Array.from({ length: 5 }, (_, index) => ({
      id: index + 1,
      timestamp: at(-host - index * 200),
      agent_id: `agent-${host % 7}`,
      session_id: `s-${host}`,
      approval: index === 3 ? "block" : "auto",
      result_status: "success",
    }));
    all.push(...entries);
    logs.push({ name: `host-${String(host).padStart(3, "0")}`, engine: await inDatabase(entries) });
  }
  const told: number[] = [];
  const engine = several(logs);
  const asked = question("block-bypass", "silence-over-an-hour", "record-identity");
  const answer = await engine.observe(asked, { onProgress: ({ done }) => told.push(done) });
  const { population, observations } = answer;
  expect(population.inputs).toHaveLength(200);
  expect(population).toMatchObject({
    read: 1000,
    accepted: 1000,
    ids: { repeated: 0, missing: 0 },
  });
  tie(population);
  expect(told.at(-1)).toBe(1000);
  expect(told).toEqual(told.toSorted((left, right) => left - right));
  expect(observations.get("record-identity")?.exceptions).toBe(0);
  const expected = await memory(all).observe(asked);
  for (const id of ["block-bypass", "silence-over-an-hour"]) {
    const [one, other] = [observations.get(id), expected.observations.get(id)];
    expect(one?.exceptions).toBe(other?.exceptions);
    expect(one?.numbers).toEqual(other?.numbers);
  }
  const listed = await collected(engine.exceptions(question("block-bypass")));
  expect(listed.map(({ entry }) => entry.source)).toEqual(logs.map(({ name }) => `${name}:4`));
  await engine.close();
});

function key({ measure, entry }: ListedException): string {
  return JSON.stringify([measure, placeless(entry)]);
}

describe("exceptions that only the end tells", () => {
  test("are those of all logs, in the logs' order", async () => {
    const entries = longLog(11, 300).map((entry, index) => whole(entry, index + 1));
    const asked: Question = {
      measures: catalog.everyMeasureId
        .map((id) => catalog.measure(id).measure)
        .filter(({ kind }) => !["policy-lint", "policy-replay", "clock"].includes(kind)),
      period: {},
      now: START + 100 * HOUR * 1000,
      inputs: { roster: ["a"], allowList: ["example.com"] },
    };
    const parts = dealt(entries, [0, 1, 2, 3], 4);
    const engine = several(
      await Promise.all(
        parts.map(async (part, index) => ({
          name: `host-${index}`,
          engine: (await engines.open(KINDS[index] ?? "memory", part)) as PartEngine,
        })),
      ),
    );
    const told: number[] = [];
    const listed = await collected(
      engine.exceptions(asked, { onProgress: ({ done }) => told.push(done) }),
    );
    const hosts = listed.map(({ entry }) => Number(/^host-(\d)/.exec(entry.source ?? "")?.[1]));
    expect(hosts).toEqual(hosts.toSorted((left, right) => left - right));
    const expected = await collected(memory(entries).exceptions(asked));
    expect(listed.map(key).toSorted()).toEqual(expected.map(key).toSorted());
    expect(listed.length).toBeGreaterThan(100);
    expect(told.at(-1)).toBeGreaterThan(0);
    await engine.close();
  });
});

test.skipIf(!["#sqlite-worker", "#log-worker", "#ledger-worker"].every(isBuilt))(
  "answer alike when each is read by threads (needs the built workers)",
  async () => {
    const entries = longLog(5, 400).map((entry, index) => whole(entry, index + 1));
    const asked: Question = {
      measures: catalog.everyMeasureId
        .map((id) => catalog.measure(id).measure)
        .filter(({ kind }) => !["policy-lint", "policy-replay"].includes(kind)),
      period: {},
      now: START,
      inputs: { roster: ["a"], allowList: ["example.com"] },
    };
    const parts = dealt(entries, [0, 1, 2, 3, 0], 4);
    const ask = async (workers: number): Promise<unknown> => {
      const engine = several(
        await Promise.all(
          parts.map(async (part, index) => ({
            name: `host-${index}`,
            engine: (await engines.open(KINDS[index] ?? "memory", part, workers)) as PartEngine,
          })),
        ),
      );
      const { population, observations, activity } = await engine.observe(asked);
      const listed = await collected(engine.exceptions(asked));
      await engine.close();
      const { inputs: _inputs, ...counted } = population;
      return JSON.parse(
        JSON.stringify(
          [counted, [...observations], activity, listed],
          (_member, value: unknown) => {
            if (value instanceof Map) return sortedByKey(value as Map<string, unknown>);
            return typeof value === "string" ? value.replace(/[^:]*\.jsonl/, "F") : value;
          },
        ),
      ) as unknown;
    };
    expect(await ask(3)).toEqual(await ask(1));
  },
);

function isBuilt(worker: string): boolean {
  try {
    return existsSync(createRequire(import.meta.url).resolve(worker));
  } catch {
    return false;
  }
}

test("records that became no entry are told of once", async () => {
  const path = join(folder, "rejected.jsonl");
  writeFileSync(path, '{"id":1,"timestamp":"2026-01-01T00:00:00Z"}\nnonsense\n');
  const told: number[] = [];
  const { log } = await import("../../src/engines/log.ts");
  const engine = several([
    {
      name: "lines",
      engine: await log([path], {
        mapping: catalog.mapping("aegis-jsonl"),
        mappings: [],
        onRejected: ({ line }) => told.push(line),
      }),
    },
  ]);
  await engine.observe(question("silence-over-an-hour"));
  expect(told).toEqual([2]);
  await collected(engine.exceptions(question("silence-over-an-hour")));
  expect(told).toEqual([2]);
  await engine.close();
  await expect(engine.observe(question())).rejects.toMatchObject({ code: "closed" });
});
