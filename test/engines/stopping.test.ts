// A reading that nobody wants any more: it rejects with the signal's reason within half a second,
// and nothing of it is left.

import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as after } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { Engine, ObserveOptions, Question } from "../../src/engines/engine.ts";
import { ledger } from "../../src/engines/ledger.ts";
import { log } from "../../src/engines/log.ts";
import { memory } from "../../src/engines/memory.ts";
import type { PartEngine } from "../../src/engines/part.ts";
import { several } from "../../src/engines/several.ts";
import { sqlite } from "../../src/engines/sqlite.ts";
import { importLogs } from "../../src/ledger/import-logs.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { writeAuditDatabase } from "../conformance/audit-database.ts";
import { collected } from "./every-engine.ts";
import { START } from "./logs.ts";

const catalog = loadCatalog();
const mapping = catalog.mapping("aegis-jsonl");
const folder = mkdtempSync(join(tmpdir(), "aegis-stopping-"));
/** Where temporary files go meanwhile. */
const temporary = join(folder, "temporary");
const before = process.env["TMPDIR"];
const database = join(folder, "log.db");
const lines = join(folder, "log.jsonl");
const kept = join(folder, "ledger");

const ENTRIES = 120_000;
const entries: AuditEntry[] = Array.from({ length: ENTRIES }, (_, index) => ({
  id: index + 1,
  timestamp: new Date(START / 1000 + index * 1000).toISOString(),
  session_id: `session-${index % 997}`,
  agent_id: `agent-${index % 13}`,
  action_type: "read",
  action_target: `target ${index}`,
  approval: index % 5 === 0 ? "block" : "auto",
  result_status: "success",
}));

beforeAll(async () => {
  mkdirSync(temporary);
  process.env["TMPDIR"] = temporary;
  writeAuditDatabase(database, entries);
  writeFileSync(lines, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  await importLogs([lines], {
    to: kept,
    tool: { name: "test", version: "1" },
    mapping,
    mappings: [],
    partRows: 20_000,
  });
}, 120_000);
afterAll(() => {
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
  rmSync(folder, { recursive: true });
});

const question: Question = {
  measures: ["block-bypass", "silence-over-an-hour", "session-silence", "record-identity"].map(
    (id) => catalog.measure(id).measure,
  ),
  period: {},
  now: START,
};

const lineLog = (workers: number): Promise<PartEngine> =>
  log([lines], { mapping, mappings: [], workers, pieceBytes: 3_000_000 });
const isBuilt = (worker: string): boolean => {
  try {
    return existsSync(createRequire(import.meta.url).resolve(worker));
  } catch {
    return false;
  }
};

const HERE: Readonly<Record<string, () => Promise<Engine>>> = {
  "an array": async () => memory(entries),
  "an endless iterable": async () =>
    memory({
      *[Symbol.iterator](): Generator<AuditEntry> {
        for (;;) yield* entries;
      },
    }),
  "a database": () => sqlite(database, { workers: 1 }),
  "a log": () => lineLog(1),
  "a ledger": () => ledger(kept, { workers: 1 }),
  "several logs": async () =>
    several(
      [
        { name: "database", engine: await sqlite(database, { workers: 1 }) },
        { name: "lines", engine: await lineLog(1) },
        { name: "kept", engine: await ledger(kept, { workers: 1 }) },
        { name: "array", engine: memory(entries) },
      ],
      { atOnce: 4 },
    ),
};

const IN_THREADS: Readonly<Record<string, () => Promise<Engine>>> = {
  "a database": () => sqlite(database, { workers: 3 }),
  "a log": () => lineLog(3),
  "a ledger": () => ledger(kept, { workers: 3 }),
  "several logs": async () =>
    several([
      { name: "database", engine: await sqlite(database, { workers: 2 }) },
      { name: "lines", engine: await lineLog(2) },
      { name: "kept", engine: await ledger(kept, { workers: 2 }) },
    ]),
};

/** What can be asked of a log. */
const ASKED: Readonly<
  Record<string, (engine: Engine, options: ObserveOptions) => Promise<unknown>>
> = {
  observe: (engine, options) => engine.observe(question, options),
  exceptions: (engine, options) => collected(engine.exceptions(question, options)),
};

interface Stopped {
  readonly thrown: unknown;
  /** Milliseconds from the signal to the end. */
  readonly took: number;
}

/** Asks, and stops when it has begun. */
async function stop(
  ask: (options: ObserveOptions) => Promise<unknown>,
  reason: unknown,
): Promise<Stopped> {
  const controller = new AbortController();
  let at = 0;
  const asked = ask({ signal: controller.signal }).then(
    () => "an answer",
    (error: unknown) => error,
  );
  await after(60);
  at = performance.now();
  controller.abort(reason);
  const thrown = await asked;
  return { thrown, took: performance.now() - at };
}

/** Threads that run, and files that are open for them. */
function running(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /MessagePort|Worker|FSReq/.test(name));
}

const LIMIT = 500;

const REASON = new Error("enough");

/** What a stopped reading threw, how long it took at best, and what was left of it. */
async function stopped(
  open: () => Promise<Engine>,
  ask: string,
): Promise<{ thrown: readonly unknown[]; inTime: boolean; left: readonly string[] }> {
  const thrown: unknown[] = [];
  const left: string[] = [];
  let inTime = false;
  // Others use the machine too: what counts is that it can be done in time.
  for (let time = 0; time < 5 && !inTime; time += 1) {
    const engine = await open();
    const idle = running().length;
    const one = await stop(async (options) => ASKED[ask]?.(engine, options), REASON);
    thrown.push(one.thrown);
    inTime ||= one.took < LIMIT;
    await after(5);
    left.push(...running().slice(idle));
    await engine.close();
    left.push(...readdirSync(temporary));
  }
  return { thrown: [...new Set(thrown)], inTime, left };
}

const STOPPED = { thrown: [REASON], inTime: true, left: [] };

describe.each(Object.keys(ASKED))("%s stops", (ask) => {
  test.each(Object.entries(HERE))("in the caller's thread: %s", async (_, open) => {
    expect(await stopped(open, ask)).toEqual(STOPPED);
  });

  test
    .skipIf(!["#sqlite-worker", "#log-worker", "#ledger-worker"].every(isBuilt))
    .each(Object.entries(IN_THREADS))(
    "in threads: %s (needs the built workers)",
    async (_, open) => {
      expect(await stopped(open, ask)).toEqual(STOPPED);
    },
  );

  test.each(Object.entries(HERE))("before it begins: %s", async (_, open) => {
    const engine = await open();
    const reason = new Error("not at all");
    const options = { signal: AbortSignal.abort(reason) };
    await expect(ASKED[ask]?.(engine, options)).rejects.toBe(reason);
    await engine.close();
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test("an engine can be asked again after it was stopped", async () => {
  for (const [name, open] of Object.entries(HERE)) {
    if (name === "an endless iterable") continue;
    const engine = await open();
    const { thrown } = await stop((options) => engine.observe(question, options), "enough");
    expect(thrown).toBe("enough");
    const { population } = await engine.observe(question);
    expect(population.read).toBe(name === "several logs" ? 4 * ENTRIES : ENTRIES);
    await engine.close();
  }
}, 60_000);

test("a signal that comes too late changes nothing", async () => {
  const controller = new AbortController();
  const engine = await sqlite(database, { workers: 1 });
  const answer = await engine.observe(question, { signal: controller.signal });
  controller.abort(new Error("late"));
  expect(answer.population.read).toBe(ENTRIES);
  await engine.close();
});

test("one question of two is stopped: the other is answered", async () => {
  const engine = await ledger(kept, { workers: 1 });
  const other = engine.observe(question);
  const { thrown } = await stop((options) => engine.observe(question, options), "enough");
  expect(thrown).toBe("enough");
  expect((await other).population.read).toBe(ENTRIES);
  await engine.close();
});

describe("a stream that gives nothing", () => {
  test("of entries is left", async () => {
    let left = false;
    const silent = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<AuditEntry>>(() => {}),
        return: async () => {
          left = true;
          return { done: true as const, value: undefined };
        },
      }),
    };
    const { thrown, took } = await stop(
      (options) => memory(silent).observe(question, options),
      "enough",
    );
    expect(thrown).toBe("enough");
    expect(took).toBeLessThan(LIMIT);
    expect(left).toBe(true);
  });

  test("of lines is left", async () => {
    const stdin = new Readable({ read() {} });
    stdin.push('{"id":1,"timestamp":"2026-01-01T00:00:00Z","approval":"auto"}\n'.repeat(20_000));
    const engine = await Promise.race([
      log(["-"], { mapping, mappings: [], stdin, format: "jsonl" }),
      after(2000, undefined),
    ]);
    if (engine === undefined) throw new Error("the log waits for more before it is opened");
    const { thrown, took } = await stop((options) => engine.observe(question, options), "enough");
    expect(thrown).toBe("enough");
    expect(took).toBeLessThan(LIMIT);
    stdin.destroy();
    await engine.close();
  });
});
