// Every exception, one by one: as many as are counted, the first of them as they are shown, in
// the log's order, on every engine.

import { createRequire } from "node:module";
import { existsSync, appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { Engine, ListedException, Question } from "../../src/engines/engine.ts";
import { log as openLog } from "../../src/engines/log.ts";
import { memory } from "../../src/engines/memory.ts";
import { parsePredicate } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../src/expression/schema.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { Measure } from "../../src/model/measure.ts";
import type { OddEntry } from "../expression/written.ts";
import { firstOf, observedIn } from "../conformance/listed-exceptions.ts";
import { MEASURES, NOW, log as orderedLog, measuresOf } from "./fold/ordered/logs.ts";
import { collected, everyEngine, placeless } from "./every-engine.ts";
import type { EngineName } from "./every-engine.ts";
import { HOUR, START, log, longLog, period, probes, questionOf, strangeLog } from "./logs.ts";

const engines = everyEngine();
afterAll(() => engines.remove());
const catalog = loadCatalog();

interface Asked {
  readonly listed: readonly ListedException[];
  /** By measure, what is listed and what is counted. */
  readonly seen: object;
  readonly counted: object;
}

async function ask(engine: Engine, question: Question): Promise<Asked> {
  const { observations } = await engine.observe(question);
  const listed = await collected(engine.exceptions(question));
  const ids = [...observations.keys()];
  return {
    listed,
    seen: ids.map((id) => [id, firstOf(listed.filter(({ measure }) => measure === id))]),
    counted: [...observations].map(([id, observation]) => [id, observedIn(observation)]),
  };
}

describe("exceptions", () => {
  test("are those that are counted, for any log, question and period", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(log, strangeLog),
        probes,
        period,
        async (entries, asked, within) => {
          const engine = memory(entries.map(withPlainId));
          const { seen, counted } = await ask(engine, questionOf(asked, within, START + 5 * HOUR));
          expect(seen).toEqual(counted);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("are those that are counted, of hundreds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 60, max: 300 }),
        probes,
        async (seed, length, asked) => {
          const engine = memory(longLog(seed, length).map(withPlainId));
          const { seen, counted } = await ask(engine, questionOf(asked, {}, START));
          expect(seen).toEqual(counted);
        },
      ),
      { numRuns: 30 },
    );
  });

  test.each(Object.keys(MEASURES) as (keyof typeof MEASURES)[])(
    "of measures of kind %s are those that are counted",
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(orderedLog, measuresOf(kind), async (entries, measures) => {
          const question = { measures, period: {}, now: NOW };
          const { seen, counted } = await ask(memory(entries as AuditEntry[]), question);
          expect(seen).toEqual(counted);
        }),
        { numRuns: 100 },
      );
    },
  );

  const measures = catalog.everyMeasureId
    .map((id) => catalog.measure(id).measure)
    .filter(({ kind }) => kind !== "policy-lint" && kind !== "policy-replay");
  const question: Question = {
    measures,
    period: { start: START, end: START + 40 * HOUR },
    now: START + 100 * HOUR,
    inputs: { roster: ["a"], allowList: ["example.com"] },
  };
  const entries = longLog(7, 400).map((entry, at) =>
    Object.assign(entry, {
      id: at + 1,
      agent_id: ["a", "b", "", null][at % 4],
      action_type: ["read", "delete_user", "deploy", "send_email"][at % 4],
      action_target: ["customers", "https://evil.example.net/x", "aegis_audit.db"][at % 3],
      risk_level: ["LOW", "HIGH", "CRITICAL"][at % 3],
      chain_id: at % 5 === 0 ? "c" : null,
      timestamp: new Date(START / 1000 + Math.floor(at / 3) * 600_000 + (at % 3)).toISOString(),
    }),
  ) as AuditEntry[];

  test.each<EngineName>(["sqlite", "log", "ledger"])("are the same through %s", async (name) => {
    const engine = await engines.open(name, entries);
    const { listed, seen, counted } = await ask(engine, question);
    await engine.close();
    expect(seen).toEqual(counted);
    const expected = await collected(memory(entries).exceptions(question));
    expect(expected.length).toBeGreaterThan(500);
    expect(listed.map(({ measure, entry }) => ({ measure, entry: placeless(entry) }))).toEqual(
      expected,
    );
  });

  test
    .skipIf(!["#sqlite-worker", "#log-worker", "#ledger-worker"].every(isBuilt))
    .each<EngineName>(["sqlite", "log", "ledger"])(
    "are the same with threads through %s (needs the built workers)",
    async (name) => {
      const one = await engines.open(name, entries);
      const expected = await collected(one.exceptions(question));
      await one.close();
      const many = await engines.open(name, entries, 3);
      const listed = await collected(many.exceptions(question));
      await many.close();
      expect(withoutFile(listed)).toEqual(withoutFile(expected));
    },
  );

  test("come in the log's order, and of one entry in the order of the question", async () => {
    const listed = await collected(memory(entries).exceptions(question));
    const order = new Map(measures.map(({ id }, at) => [id, at]));
    const keys = listed.map(
      ({ measure, entry }) => Number(entry.id) * 1000 + (order.get(measure) ?? 0),
    );
    expect(keys).toEqual(keys.toSorted((left, right) => left - right));
  });

  test("of nothing asked are none", async () => {
    const nothing = { measures: [], period: {}, now: START };
    expect(await collected(memory(entries).exceptions(nothing))).toEqual([]);
  });

  test("can be left before the end", async () => {
    for (const name of ["memory", "sqlite", "log", "ledger"] as const) {
      const engine = await engines.open(name, entries);
      for await (const { measure } of engine.exceptions(question)) {
        expect(measure).not.toBe("");
        break;
      }
      expect((await collected(engine.exceptions(question))).length).toBeGreaterThan(500);
      await engine.close();
      await expect(collected(engine.exceptions(question))).rejects.toMatchObject({
        code: "closed",
      });
    }
  });

  test("tell how far the two readings are", async () => {
    const many = Array.from({ length: 70_000 }, (_, at) => ({ id: at, approval: "block" }));
    const told: number[] = [];
    let total: number | undefined;
    const options = {
      onProgress: (progress: { done: number; total?: number }) => {
        told.push(progress.done);
        ({ total } = progress);
      },
    };
    const gap = measures.filter(({ kind }) => kind === "gap");
    const asked = { measures: gap, period: {}, now: START };
    await collected(memory(many).exceptions(asked, options));
    expect(told.at(-1)).toBe(140_000);
    expect(total).toBe(140_000);
    expect(told).toEqual(told.toSorted((left, right) => left - right));
  });
});

test("of a million exceptions none is kept", async () => {
  const many = {
    *[Symbol.iterator](): Generator<AuditEntry> {
      for (let id = 1; id <= 1_000_000; id += 1) {
        yield { id, approval: "block", action_target: `target ${id}` };
      }
    },
  };
  const blocked: Measure = {
    id: "blocked",
    kind: "count",
    title: "",
    question: "",
    limitations: "",
    population: parsePredicate("true", ENTRY_SCHEMA),
    exception: parsePredicate('approval == "block"', ENTRY_SCHEMA),
    fields: ["approval"],
  };
  const question = { measures: [blocked], period: {}, now: START };
  let listed = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for await (const { measure } of memory(many).exceptions(question)) {
    listed += Number(measure === "blocked");
    if (listed % 50_000 !== 0) continue;
    const { rss } = process.memoryUsage();
    least = Math.min(least, rss);
    most = Math.max(most, rss);
  }
  expect(listed).toBe(1_000_000);
  // Kept, they would take more than 300 MB.
  expect((most - least) / 1e6).toBeLessThan(120);
});

describe("a log that can be read once only", () => {
  const question = { measures: [], period: {}, now: START };

  test("has no exceptions to list: a stream", async () => {
    const stream = [{ id: 1 }].values();
    await expect(collected(memory(stream).exceptions(question))).rejects.toMatchObject({
      code: "closed",
      hint: expect.stringContaining("aegis-compliance import") as string,
    });
  });

  test("has no exceptions to list: standard input", async () => {
    const engine = await openLog(["-"], {
      mapping: catalog.mapping("aegis-jsonl"),
      mappings: [],
      stdin: Readable.from(['{"id":1}\n']),
    });
    await expect(collected(engine.exceptions(question))).rejects.toMatchObject({
      code: "closed",
      hint: expect.stringContaining("aegis-compliance import") as string,
    });
    await engine.close();
  });
});

test("a file that grows between the two readings is no longer the same log", async () => {
  const folder = mkdtempSync(join(tmpdir(), "aegis-growing-"));
  const path = join(folder, "log.jsonl");
  const { measure } = catalog.measure("block-bypass");
  const { entries: bypasses = [] } =
    measure.examples?.find(({ expect: { exceptions = 0 } }) => exceptions > 0) ?? {};
  const text = bypasses.map((entry) => `${JSON.stringify(entry)}\n`).join("");
  writeFileSync(path, text);
  const mapping = catalog.mapping("aegis-jsonl");
  const engine = await openLog([path], { mapping, mappings: [], workers: 1 });
  const reading = collected(
    (async function* growing() {
      for await (const one of engine.exceptions({ measures: [measure], period: {}, now: START })) {
        appendFileSync(path, text);
        yield one;
      }
    })(),
  );
  await expect(reading).rejects.toMatchObject({ code: "source-changed" });
  rmSync(folder, { recursive: true });
});

/** Evidence shows what is no id as text, or another; the order of such entries cannot be told by it. */
function withPlainId(entry: unknown): AuditEntry {
  const { id } = (entry ?? {}) as OddEntry;
  if (id === undefined) return entry as AuditEntry;
  const number = typeof id === "bigint" ? Number(id) : id;
  const isId = typeof number === "string" || (typeof number === "number" && !Number.isNaN(number));
  return Object.assign(entry as object, { id: isId ? number : null });
}

function isBuilt(worker: string): boolean {
  try {
    return existsSync(createRequire(import.meta.url).resolve(worker));
  } catch {
    return false;
  }
}

/** Each test writes a file of its own name; the line must be the same. */
function withoutFile(listed: readonly ListedException[]): unknown[] {
  return listed.map(({ measure, entry }) => ({
    measure,
    entry: { ...entry, source: entry.source?.replace(/^.*:/, ":") },
  }));
}
