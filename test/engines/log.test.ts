// The engine over foreign logs, on whole files in one thread.

import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Engine, Progress, Question } from "../../src/engines/engine.ts";
import { log } from "../../src/engines/log.ts";
import type { LogOptions } from "../../src/engines/log.ts";
import { parsePredicate } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../src/expression/schema.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { RejectedRecord } from "../../src/model/intake.ts";
import { HOUR, START, period, probes, questionOf } from "./logs.ts";
import { IDENTITY } from "./log/identity.ts";
import { writtenLog } from "./log/written-log.ts";
import type { WrittenLog, WrittenRecord } from "./log/written-log.ts";
import { REASONS, Refused, naiveAnswer } from "./naive.ts";

const folder = mkdtempSync(join(tmpdir(), "aegis-log-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function write(content: Buffer | string, ending = "jsonl"): string {
  files += 1;
  const path = join(folder, `${files}.${ending}`);
  writeFileSync(path, content);
  return path;
}

const lines = (...entries: readonly object[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");

const open = (path: string, options: Partial<LogOptions> = {}): Promise<Engine> =>
  log([path], { mapping: IDENTITY, mappings: [], workers: 1, name: "log", ...options });

const NOTHING: Question = { measures: [], period: {}, now: START };

async function all(entries: AsyncIterable<AuditEntry>): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

const isUnreadable = ({ item }: WrittenRecord): boolean =>
  !(item instanceof Refused) &&
  !(typeof item.timestamp === "string" && item.timestamp.startsWith("20"));

const place = ({ line }: WrittenRecord): string => `log:${line}`;
const atHour = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

/** The naive answer, with records pointed to by where they stand. */
function expected(written: WrittenLog, asked: Parameters<typeof naiveAnswer>[1], asking: Question) {
  const { records } = written;
  const items = records.map(({ item }) => item);
  const { population, observations, activity } = naiveAnswer(asking, asked, items);
  const unreadable = records.filter(isUnreadable).map(place);
  const rejections = REASONS.flatMap((reason) => {
    const refused = records.filter(({ item }) => item instanceof Refused && item.reason === reason);
    const count = population.rejections.find((one) => one.reason === reason)?.count ?? 0;
    const first = reason === "unreadable-timestamp" ? unreadable : refused.map(place);
    return count === 0 ? [] : [{ reason, count, first: first.slice(0, 50) }];
  });
  const timestamps = { ...population.timestamps, firstUnreadable: unreadable.slice(0, 50) };
  return { population: { ...population, rejections, timestamps }, observations, activity };
}

/** Without the places, which the naive answer does not know. */
function placeless(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      if (key === "source") return undefined;
      return inner instanceof Map ? Object.fromEntries(inner) : inner;
    }),
  );
}

describe("observe", () => {
  test("answers as the naive reference does, whatever stands in the file", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(80), probes, period, async (seed, count, asked, within) => {
        const written = writtenLog(seed, count);
        const rejected: RejectedRecord[] = [];
        const engine = await open(write(written.bytes), {
          onRejected: (record) => rejected.push({ ...record, bytes: record.bytes.slice() }),
        });
        const asking = questionOf(asked, within, START);
        const answer = await engine.observe(asking);
        const { population, observations, activity } = answer;
        const naive = expected(written, asked, asking);
        expect(placeless(observations)).toEqual(placeless(naive.observations));
        expect(population).toMatchObject({
          ...naive.population,
          recorded: new Map(
            population.recordable.map((field) => [field, naive.population.recorded.get(field)]),
          ),
        });
        const bounded = within.start !== undefined || within.end !== undefined;
        expect(rejected.map(({ line }) => line)).toEqual(
          written.records
            .filter((record) => record.item instanceof Refused || (bounded && isUnreadable(record)))
            .map(({ line }) => line),
        );
        expect(activity).toEqual(naive.activity);
        expect(await engine.observe(asking)).toEqual(answer);
      }),
      { numRuns: 120 },
    );
  });

  test("evidence says where it stands", async () => {
    const population = parsePredicate("true", ENTRY_SCHEMA);
    const exception = parsePredicate('approval == "block"', ENTRY_SCHEMA);
    const measure = {
      id: "blocked",
      title: "",
      question: "",
      limitations: "",
      kind: "count" as const,
      fields: ["approval" as const],
      population,
      exception,
    };
    const path = write(
      `\n${lines({ id: "one", approval: "block", result_data: "x" }, { approval: "auto" }, { approval: "block" })}`,
    );
    const { observations } = await (await open(path)).observe({ ...NOTHING, measures: [measure] });
    const nothing = {
      timestamp: null,
      agent_id: null,
      action_type: null,
      action_target: null,
      matched_rule: null,
      human_decision: null,
      result_status: null,
    };
    expect(observations.get("blocked")?.exceptionEntries).toEqual([
      { id: "one", ...nothing, approval: "block", source: "log:2" },
      { id: null, ...nothing, approval: "block", source: "log:4" },
    ]);
  });

  test("says what was read, by which mapping", async () => {
    const content = lines({ id: 1, approval: null, other: 1 }, { id: 2 });
    const path = write(content);
    const { population } = await (await open(path)).observe(NOTHING);
    expect(population.inputs).toEqual([
      {
        name: "log",
        kind: "jsonl",
        bytes: content.length,
        mapping: "identity",
        records: 2,
        sha256: createHash("sha256").update(content).digest("hex"),
      },
    ]);
    expect(population.recordable).toEqual(["id", "approval"]);
    expect([...population.recorded]).toEqual([
      ["id", 2],
      ["approval", 0],
    ]);
    expect(population.intake).toMatchObject({
      records: 2,
      actions: 2,
      mappings: [{ id: "identity", inputs: 1 }],
      unmapped: [{ path: "record.other", records: 1 }],
    });
  });

  test("duplicates tie and are no part of the order", async () => {
    const key = IDENTITY.fields.get("session_id");
    if (key === undefined) throw new Error("the identity maps every field");
    const mapping = { ...IDENTITY, key, keyMeaning: "One session, one action." };
    const path = write(
      lines(
        { session_id: "a", timestamp: atHour(3) },
        { session_id: "b", timestamp: atHour(4) },
        { session_id: "a", timestamp: atHour(1) },
        { session_id: "c", timestamp: atHour(5) },
      ),
    );
    const { population } = await (await open(path, { mapping })).observe(NOTHING);
    expect(population).toMatchObject({ read: 4, accepted: 3, rejected: 0, duplicate: 1 });
    expect(population.timestamps.unordered).toBe(0);
    expect(population.intake).toMatchObject({
      duplicatesDiffering: 1,
      duplicateMeanings: ["One session, one action."],
    });
  });

  test("several files are one log, in order, each named", async () => {
    const paths = ["a", "b"].map((name) => {
      const path = join(folder, `${name}.jsonl`);
      writeFileSync(path, `${lines({ id: name })}nope\n`);
      return path;
    });
    const engine = await log(paths, { mapping: IDENTITY, mappings: [] });
    const { population } = await engine.observe(NOTHING);
    expect(population.inputs.map(({ name }) => name)).toEqual(["a.jsonl", "b.jsonl"]);
    expect(population.rejections).toEqual([
      { reason: "malformed", count: 2, first: ["a.jsonl:2", "b.jsonl:2"] },
    ]);
  });

  test("progress counts bytes and ends with everything done", async () => {
    const told: Progress[] = [];
    const content = lines({ id: 1 }, { id: 2 });
    const engine = await open(write(content));
    await engine.observe(NOTHING, { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toEqual({
      done: content.length,
      total: content.length,
      unit: "bytes",
      entries: 2,
    });
  });
});

describe("a file that changes while it is read", () => {
  const content = `${lines({ id: 1 })}nope\n${lines({ id: 2 })}`;
  /** Reads a file and does something to it when the record that is no entry is told of. */
  const readWhile = async (change: (path: string) => void) => {
    const path = write(content);
    const engine = await open(path, { onRejected: () => change(path) });
    return engine.observe(NOTHING);
  };

  test("may grow: what was there at first is read", async () => {
    const { population } = await readWhile((path) => appendFileSync(path, lines({ id: 3 })));
    expect(population).toMatchObject({ read: 3, inputs: [{ bytes: content.length, records: 3 }] });
  });

  test.each<[string, (path: string) => void]>([
    ["rewritten", (path) => writeFileSync(path, content.replace("nope", "NOPE"))],
    ["touched", (path) => utimesSync(path, 1, 1)],
    ["rewritten and longer", (path) => writeFileSync(path, `${content.replace("1", "7")}more\n`)],
    ["cut", (path) => writeFileSync(path, lines({ id: 1 }))],
    ["removed", (path) => rmSync(path)],
    [
      "replaced",
      (path) => {
        rmSync(path);
        writeFileSync(path, content);
        utimesSync(path, 1, 1);
      },
    ],
  ])("%s", async (_, change) => {
    await expect(readWhile(change)).rejects.toMatchObject({ code: "source-changed" });
  });
});

describe("asking again", () => {
  test("a stream is read once", async () => {
    const options = { mapping: IDENTITY, mappings: [], format: "jsonl" as const };
    const stdin = Readable.from([Buffer.from('{"id": 1}\n{"id"'), Buffer.from(": 2}\n")]);
    const engine = await log(["-"], { ...options, stdin });
    expect((await engine.observe(NOTHING)).population.read).toBe(2);
    await expect(engine.observe(NOTHING)).rejects.toMatchObject({ code: "closed" });
    expect(() => engine.entries({ period: {} })).toThrow("read already");
  });

  test("is refused after close", async () => {
    const engine = await open(write(lines({ id: 1 })));
    await engine.close();
    await expect(engine.observe(NOTHING)).rejects.toMatchObject({ code: "closed" });
    expect(() => engine.entries({ period: {} })).toThrow("closed");
    await engine.close();
  });

  test("what no mapping takes is refused when it is opened", async () => {
    const path = write(lines({ id: 1 }));
    const nobody = {
      ...IDENTITY,
      recognise: { ...IDENTITY.recognise, term: { kind: "literal" as const, value: false } },
    };
    await expect(log([path], { mappings: [nobody] })).rejects.toMatchObject({
      code: "unsupported-source",
    });
    await expect(open(join(folder, "missing.jsonl"))).rejects.toMatchObject({
      code: "unreadable-source",
    });
  });
});

describe("entries", () => {
  test("are those of the period that the condition holds for, in the log's order", async () => {
    const where = parsePredicate('approval == "auto"', ENTRY_SCHEMA);
    const within = { start: START, end: START + 30 * HOUR };
    const { bytes, records } = writtenLog(7, 2000);
    const engine = await open(write(bytes));
    const found = await all(engine.entries({ where, period: within }));
    const expectedEntries = records.flatMap(({ item, line }) => {
      if (item instanceof Refused || item.approval !== "auto") return [];
      const time = typeof item.timestamp === "string" ? Date.parse(item.timestamp) * 1000 : 0;
      return time >= within.start && time < within.end ? [{ ...item, source: `log:${line}` }] : [];
    });
    expect(found).toEqual(expectedEntries);
    expect(found.length).toBeGreaterThan(100);
    const everything = await all(engine.entries({ period: {} }));
    expect(everything.length).toBe(records.filter(({ item }) => !(item instanceof Refused)).length);
    for (const name of Object.keys(everything[0] ?? {})) {
      expect([...ENTRY_FIELD_NAMES, "source"]).toContain(name);
    }
  });

  test("stop when nobody takes them any longer", async () => {
    const entries = Array.from({ length: 50_000 }, (_, id) => ({ id }));
    const engine = await open(write(lines(...entries)));
    const taken: unknown[] = [];
    for await (const { id } of engine.entries({ period: {} })) {
      taken.push(id);
      if (taken.length === 3) break;
    }
    expect(taken).toEqual([0, 1, 2]);
    expect((await engine.observe(NOTHING)).population.read).toBe(50_000);
  });

  test("fail where the file does", async () => {
    const path = write(lines({ id: 1 }));
    const engine = await open(path);
    rmSync(path);
    await expect(all(engine.entries({ period: {} }))).rejects.toMatchObject({
      code: "unreadable-source",
    });
  });
});
