// A large log that is one of several: the fast way gives the part that the ordinary one gives,
// wherever it stands among the others, and lists the same exceptions.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { openDuckDb } from "../../../src/duckdb/open.ts";
import { duckdbLog } from "../../../src/engines/duckdb.ts";
import type { DuckDbLogOptions } from "../../../src/engines/duckdb.ts";
import type { Question } from "../../../src/engines/engine.ts";
import { lateQuestion } from "../../../src/engines/fold/late.ts";
import { answerOf, POSITIONS_OF_A_LOG } from "../../../src/engines/part.ts";
import { several } from "../../../src/engines/several.ts";
import type { RejectedRecord } from "../../../src/model/intake.ts";
import { firstOf, observedIn } from "../../conformance/listed-exceptions.ts";
import { mutate, mutations } from "../../sources/mutations.ts";
import { collected } from "../every-engine.ts";
import { HOUR, START, period, probes, questionOf } from "../logs.ts";
import { jsonLine, ownEntry, style } from "./own-logs.ts";

const folder = mkdtempSync(join(tmpdir(), "aegis-duckdb-several-"));
const catalog = loadCatalog();
const MAPPINGS = {
  jsonl: catalog.mapping("aegis-jsonl"),
  csv: catalog.mapping("aegis-table"),
  parquet: catalog.mapping("aegis-table"),
};
type Ending = keyof typeof MAPPINGS;
interface Written {
  readonly path: string;
  readonly ending: Ending;
}
let files = 0;

/** Refused records make errors, and nobody reads their stacks. */
const stackTraceLimit = Error.stackTraceLimit;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
  rmSync(folder, { recursive: true });
});

function write(ending: Ending, content: Buffer | string = ""): Written {
  files += 1;
  const path = join(folder, `${files}.${ending}`);
  if (ending !== "parquet") writeFileSync(path, content);
  return { path, ending };
}

type Fast = NonNullable<DuckDbLogOptions["fast"]>;

const open = (
  { path, ending }: Written,
  fast: Fast,
  onRejected: (record: RejectedRecord) => void,
  threads = {},
): ReturnType<typeof duckdbLog> =>
  duckdbLog([path], {
    mapping: MAPPINGS[ending],
    mappings: [],
    workers: 1,
    fast,
    onRejected,
    ...threads,
  });

/** What is told of logs as one; exceptions are listed twice, since they are listed in readings of their own. */
async function toldOf(
  logs: readonly Written[],
  question: Question,
  fast: Fast,
  threads: { readonly workers?: number; readonly pieceBytes?: number } = {},
) {
  const rejected: RejectedRecord[] = [];
  const named = logs.map(async (written, at) => ({
    name: `host-${at}`,
    engine: await open(
      written,
      fast,
      (record) => rejected.push({ ...record, bytes: Buffer.from(record.bytes) }),
      threads,
    ),
  }));
  const engine = several(await Promise.all(named), { atOnce: 1 });
  try {
    const answer = await engine.observe(question);
    const exceptions = [
      await collected(engine.exceptions(question)),
      await collected(engine.exceptions(question)),
    ];
    return { answer, exceptions, rejected };
  } finally {
    await engine.close();
  }
}

/** Compares both ways. @returns whether the fast one was taken to the end */
async function compare(logs: readonly Written[], question: Question): Promise<boolean> {
  const expected = await toldOf(logs, question, "never");
  expect(await toldOf(logs, question, "always")).toEqual(expected);
  for (const [id, observation] of expected.answer.observations) {
    for (const listed of expected.exceptions) {
      const ofMeasure = listed.filter(({ measure }) => measure === id);
      expect(firstOf(ofMeasure)).toEqual(observedIn(observation));
    }
  }
  try {
    expect(await toldOf(logs, question, "only")).toEqual(expected);
    return true;
  } catch (error) {
    if (String(error).includes("AssertionError")) throw error;
    return false;
  }
}

const entry = fc.tuple(ownEntry, style);
const hosts = fc.array(
  fc.record({
    pool: fc.array(entry, { minLength: 1, maxLength: 5 }),
    changes: mutations(25),
    mutated: fc.boolean(),
    ending: fc.constantFrom("jsonl" as const, "csv" as const),
  }),
  { minLength: 2, maxLength: 3 },
);
type Host = typeof hosts extends fc.Arbitrary<(infer One)[]> ? One : never;

function writeHost({ pool, changes, mutated, ending }: Host): Written {
  if (ending === "csv") {
    const rows = changes.map(({ base }, index) => {
      const timestamp = pool[base % pool.length]?.[0]["timestamp"];
      const kind = ["auto", "block", "approve", ""][(base + index) % 4];
      return `${index + 1},${typeof timestamp === "string" ? timestamp : ""},${kind},read,s${base % 3}`;
    });
    return write(
      "csv",
      `${["id,timestamp,approval,action_type,session_id", ...rows].join("\n")}\n`,
    );
  }
  const records = pool.map(([record, written]) => jsonLine(record, written));
  const lines = changes.map((change, index) =>
    mutated && index % 8 === 3
      ? mutate(records, change)
      : (records[change.base % records.length] as Buffer),
  );
  return write("jsonl", Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")])));
}

test("several logs, each the fast way or not", async () => {
  let fast = 0;
  let late = 0;
  await fc.assert(
    fc.asyncProperty(hosts, probes, period, fc.boolean(), async (all, asked, within, drawn) => {
      const question = {
        ...questionOf(asked, within, START + 3 * HOUR),
        ...(drawn ? { sampling: { size: 3, seed: "s" } } : {}),
      };
      if (lateQuestion(question) !== undefined) late += 1;
      if (await compare(all.map(writeHost), question)) fast += 1;
    }),
    { numRuns: 40 },
  );
  expect(fast).toBeGreaterThan(10);
  expect(late).toBeGreaterThan(10);
}, 120_000);

const SOME_PROBES = fc.sample(probes, { seed: 7, numRuns: 2 });
const someQuestions = SOME_PROBES.map((asked) => questionOf(asked, {}, START + 400 * HOUR));

/** Two tables between lines; each has exceptions of its own. */
async function tablesAndLines(): Promise<readonly Written[]> {
  const duckdb = await openDuckDb({ path: folder });
  const tables = [write("parquet"), write("parquet")];
  for (const [index, { path }] of tables.entries()) {
    await duckdb.run(`COPY (SELECT i AS id,
        strftime(TIMESTAMP '2026-01-01' + INTERVAL (i * ${index + 5}) MINUTE, '%Y-%m-%dT%H:%M:%SZ') AS timestamp,
        CASE i % 3 WHEN 0 THEN 'a' WHEN 1 THEN 'auto' ELSE 'c${index}' END AS agent_id, 'x' AS action_type,
        CASE i % 4 WHEN 0 THEN 'auto' WHEN 1 THEN 'AUTO' WHEN 2 THEN 'approve' ELSE 'block' END AS approval,
        's' || (i // 40) AS session_id, (i % 3)::INTEGER AS chain_depth
      FROM range(1, 2501) AS t(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  }
  await duckdb.close();
  const lines = Array.from({ length: 300 }, (_, id) =>
    JSON.stringify({
      id: id + 1,
      timestamp: new Date(START / 1000 + id * 600_000).toISOString(),
      agent_id: id % 2 === 0 ? "a" : "z",
      approval: id % 5 === 0 ? "block" : "auto",
      chain_depth: id % 7,
    }),
  ).join("\n");
  const [first, second] = tables as [Written, Written];
  return [write("jsonl", lines), first, write("jsonl", lines), second];
}

test("tables and lines", async () => {
  const logs = await tablesAndLines();
  for (const question of someQuestions) expect(await compare(logs, question)).toBe(true);
});

/** Whether the package was built. */
function hasWorkers(): boolean {
  const { resolve } = createRequire(import.meta.url);
  return ["#duckdb-worker", "#log-worker"].every((name) => existsSync(resolve(name)));
}

describe.skipIf(!hasWorkers())("threads (need the built package)", () => {
  test("tables and lines in pieces", async () => {
    const logs = await tablesAndLines();
    const threads = { workers: 2, pieceBytes: 9000 };
    const [question] = someQuestions as [Question];
    const expected = await toldOf(logs, question, "never", threads);
    expect(await toldOf(logs, question, "only", threads)).toEqual(expected);
  }, 60_000);
});

test("a part begins behind its base", async () => {
  const [written] = (await tablesAndLines()) as [Written];
  for (const question of someQuestions) {
    const answers = await Promise.all(
      (["never", "only"] as const).map(async (fast) => {
        const engine = await open(written, fast, () => undefined);
        const whole = await engine.observe(question);
        const part = await engine.foldPart(question, 5 * POSITIONS_OF_A_LOG);
        const references = [...part.running.references()];
        const numbers = references.filter((reference) => typeof reference === "number");
        expect(numbers.every((number) => number >= 5 * POSITIONS_OF_A_LOG)).toBe(true);
        const answer = await answerOf(part);
        await part.close?.();
        expect(answer).toEqual(whole);
        await engine.close();
        return answer;
      }),
    );
    expect(answers[1]).toEqual(answers[0]);
  }
});

test("who was told of a rejected record is not told again", async () => {
  const written = write(
    "jsonl",
    '{"id":1,"timestamp":"2026-01-01T00:00:00Z"}\n{broken\n{"id":2}\n',
  );
  const [question] = someQuestions as [Question];
  for (const fast of ["never", "only"] as const) {
    const lines: number[] = [];
    const engine = await open(written, fast, ({ line }) => lines.push(line));
    await engine.foldPart(question, POSITIONS_OF_A_LOG);
    await engine.foldPart(question, POSITIONS_OF_A_LOG, { again: true });
    expect(lines).toEqual([2]);
    await engine.close();
    await expect(engine.foldPart(question, 0)).rejects.toMatchObject({ code: "closed" });
  }
});
