// The engine over a ledger against the engine over the logs that it was made of.

import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Answer, Engine, Question } from "../../src/engines/engine.ts";
import { ledger } from "../../src/engines/ledger.ts";
import { log } from "../../src/engines/log.ts";
import { parsePredicate } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../src/expression/schema.ts";
import { openDuckDb } from "../../src/duckdb/open.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { KEYED, filesOf, fresh, hardLog, importSmall } from "../ledger/logs.ts";
import { IDENTITY } from "./log/identity.ts";
import { START, period, probes, questionOf } from "./logs.ts";

const NOTHING: Question = { measures: [], period: {}, now: START };

async function collect(entries: AsyncIterable<AuditEntry>): Promise<AuditEntry[]> {
  const all: AuditEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

/** The answer as the logs themselves give it, but for the way. */
function direct({ population, ...found }: Answer): Answer {
  const inputs = population.inputs.map(({ through, ...input }) => {
    expect(through).toEqual({
      kind: "ledger",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    return input;
  });
  return { population: { ...population, inputs }, ...found };
}

async function both(paths: readonly string[], to: string): Promise<[Engine, Engine]> {
  return [await ledger(to), await log(paths, { mapping: KEYED, mappings: [], workers: 1 })];
}

function workerIsBuilt(): boolean {
  try {
    return existsSync(createRequire(import.meta.url).resolve("#ledger-worker"));
  } catch {
    return false;
  }
}

describe("the engine over a ledger", () => {
  test("answers as the engine over the logs does", async () => {
    const ledgers: { paths: string[]; to: string }[] = [];
    for (const seed of [1, 2, 3]) {
      const paths = [hardLog(seed, 130), hardLog(seed + 10, 60)];
      const to = fresh();
      await importSmall(paths, to);
      ledgers.push({ paths, to });
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ledgers),
        probes,
        period,
        async ({ paths, to }, asked, within) => {
          const question = questionOf(asked, within, START);
          const [through, straight] = await both(paths, to);
          const answer = direct(await through.observe(question));
          expect(answer).toEqual(await straight.observe(question));
          expect(direct(await through.observe(question))).toEqual(answer);
          await through.close();
          await straight.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  test("lists the entries as the engine over the logs does", async () => {
    const paths = [hardLog(21, 150), hardLog(22, 50)];
    const to = fresh();
    await importSmall(paths, to);
    const [through, straight] = await both(paths, to);
    const selections = [
      { period: {} },
      { period: { start: START, end: START + 86_400_000_000 } },
      {
        period: {},
        where: parsePredicate('agent_id.contains("half") || approval == "block"', ENTRY_SCHEMA),
      },
      { period: {}, where: parsePredicate("present(action_params)", ENTRY_SCHEMA) },
    ];
    for (const selection of selections) {
      const listed = await collect(through.entries(selection));
      expect(listed).toEqual(await collect(straight.entries(selection)));
      expect(listed.length).toBeGreaterThan(0);
    }
    await through.close();
    await straight.close();
    await expect(through.observe(NOTHING)).rejects.toMatchObject({ code: "closed" });
  });

  test("answers alike where columns are read by their numbers, with values that come late", async () => {
    const path = fresh(".jsonl");
    const lines = Array.from({ length: 60_000 }, (_, index) =>
      JSON.stringify({
        id: index,
        timestamp: new Date(START / 1000 + index * 7000).toISOString(),
        agent_id: index > 59_000 ? `late ${index}` : `agent ${index % 7}`,
        approval: ["auto", "block", "", null][index % 4],
        ...(index % 5 === 0 ? { matched_rule: "\uFEFFrule\0" } : {}),
        ...(index === 30_001 ? { approval: "half \uD800" } : {}),
      }),
    );
    writeFileSync(path, `${lines.join("\n")}\n`);
    const to = fresh();
    await importSmall([path], to, { mapping: IDENTITY, partRows: 20_000 });
    const [asked] = fc.sample(probes, { numRuns: 1, seed: 7 });
    const question = {
      measures: (asked ?? []).map(({ measure }) => measure),
      period: {},
      now: START,
    };
    const through = await ledger(to);
    const straight = await log([path], { mapping: IDENTITY, mappings: [], workers: 1 });
    expect(direct(await through.observe(question))).toEqual(await straight.observe(question));
    const where = parsePredicate('agent_id.startsWith("late") || !present(approval)', ENTRY_SCHEMA);
    expect(await collect(through.entries({ period: {}, where }))).toEqual(
      await collect(straight.entries({ period: {}, where })),
    );
    await through.close();
    await straight.close();
  });

  test.skipIf(!workerIsBuilt())(
    "answers alike with any number of threads (needs the built worker)",
    async () => {
      const paths = [hardLog(51, 150), hardLog(52, 150)];
      const to = fresh();
      await importSmall(paths, to);
      const [asked] = fc.sample(probes, { numRuns: 1, seed: 3 });
      const measures = (asked ?? []).map(({ measure }) => measure);
      const question = { measures, period: {}, now: START };
      const one = await ledger(to, { workers: 1 });
      const expected = await one.observe(question);
      await one.close();
      for (const workers of [2, 3, 50]) {
        const several = await ledger(to, { workers });
        expect(await several.observe(question)).toEqual(expected);
        await several.close();
      }
    },
  );

  test("overlapping questions do not disturb each other", async () => {
    const to = fresh();
    await importSmall([hardLog(31, 100)], to);
    const engine = await ledger(to);
    const asked = await Promise.all([
      engine.observe(NOTHING),
      engine.observe(NOTHING),
      collect(engine.entries(NOTHING)),
    ]);
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[2]).toHaveLength(asked[0].population.accepted);
    await engine.close();
  });

  test("a ledger of nothing answers", async () => {
    const path = fresh(".jsonl");
    writeFileSync(path, "\n");
    const to = fresh();
    await importSmall([path], to, { mapping: IDENTITY, format: "jsonl" });
    const engine = await ledger(to);
    expect(await engine.observe(NOTHING)).toMatchObject({ population: { read: 0, inScope: 0 } });
    await engine.close();
  });
});

async function made(): Promise<string> {
  const to = fresh();
  await importSmall([hardLog(41, 80)], to);
  return to;
}
const firstPart = (to: string): string =>
  Object.keys(filesOf(to)).find((name) => name.endsWith(".parquet")) ?? "";

describe("a ledger that is not what it says", () => {
  test.each<[string, (to: string) => void, string]>([
    ["a part with a changed byte", (to) => flip(join(to, firstPart(to))), "digest"],
    ["a longer part", (to) => writeFileSync(join(to, firstPart(to)), "x", { flag: "a" }), "bytes"],
    ["a missing part", (to) => rmSync(join(to, firstPart(to))), "missing"],
    ["changed rejections", (to) => flip(join(to, "rejected.jsonl")), "digest"],
    ["missing duplicates", (to) => rmSync(join(to, "duplicates.jsonl")), "missing"],
    [
      "a part that is a link",
      (to) => {
        renameSync(join(to, firstPart(to)), join(to, "moved"));
        symlinkSync(join(to, "moved"), join(to, "entries", "link"));
      },
      "missing",
    ],
    [
      "a folder that is a link",
      (to) => {
        renameSync(join(to, "entries"), `${to}-elsewhere`);
        symlinkSync(`${to}-elsewhere`, join(to, "entries"));
      },
      "no plain file",
    ],
  ])("%s is found", async (_, damage, words) => {
    const to = await made();
    damage(to);
    await expect(ledger(to)).rejects.toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining(words),
    });
  });

  type Json = Record<string, unknown> & { parts: { path: string; rows: number; last: number }[] };

  test.each<[string, (manifest: Json) => unknown]>([
    ["no manifest", () => ({})],
    ["another version", (manifest) => ({ ...manifest, schema_version: 2 })],
    ["more than is known", (manifest) => ({ ...manifest, more: 1 })],
    ["an unfinished one", (manifest) => ({ ...manifest, complete: false })],
    ["a path that leads out", (manifest) => withPart(manifest, { path: "../../etc/passwd" })],
    [
      "a path that leads out in the middle",
      (manifest) => withPart(manifest, { path: "entries/day=../x/part-000001.parquet" }),
    ],
    ["an absolute path", (manifest) => withPart(manifest, { path: "/etc/passwd" })],
    [
      "a part twice",
      (manifest) => ({ ...manifest, parts: [...manifest.parts, manifest.parts[0]] }),
    ],
    ["other rows", (manifest) => withPart(manifest, { rows: 1 })],
    ["ordinals beyond the log", (manifest) => withPart(manifest, { last: 2 ** 50 })],
    [
      "counts that do not tie",
      (manifest) => ({ ...manifest, counts: { read: 9, accepted: 1, rejected: 1, duplicate: 1 } }),
    ],
  ])("a manifest with %s is refused", async (_, change) => {
    const to = await made();
    const path = join(to, "manifest.json");
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8")) as Json)));
    await expect(ledger(to)).rejects.toMatchObject({ code: "unsupported-source" });
  });

  const withPart = (manifest: Json, change: object): unknown => ({
    ...manifest,
    parts: manifest.parts.map((part, index) => (index === 0 ? { ...part, ...change } : part)),
  });

  test.each([
    ["no Parquet at all", "COPY (SELECT 1) TO 'OUT' (FORMAT csv)"],
    ["no columns of ours", "COPY (SELECT 1 AS x) TO 'OUT' (FORMAT parquet)"],
    [
      "ordinals that are words",
      "COPY (SELECT * REPLACE ('x' AS ordinal) FROM 'IN') TO 'OUT' (FORMAT parquet)",
    ],
    [
      "ordinals that do not grow",
      "COPY (SELECT * REPLACE (1 AS ordinal) FROM 'IN') TO 'OUT' (FORMAT parquet)",
    ],
    ["fewer rows", "COPY (SELECT * FROM 'IN' LIMIT 1) TO 'OUT' (FORMAT parquet)"],
    [
      "a column that is a list",
      "COPY (SELECT * REPLACE ([1] AS id_number) FROM 'IN') TO 'OUT' (FORMAT parquet)",
    ],
  ])("a part with a right digest and %s is refused while it is read", async (_, sql) => {
    const to = await made();
    const part = firstPart(to);
    const temporary = fresh();
    mkdirSync(temporary);
    cpSync(join(to, part), join(temporary, "in.parquet"));
    const duckdb = await openDuckDb({ path: temporary });
    await duckdb.run(
      sql.replace("IN", `${duckdb.path}/in.parquet`).replace("OUT", `${duckdb.path}/out.parquet`),
    );
    await duckdb.close();
    cpSync(join(temporary, "out.parquet"), join(to, part));
    const path = join(to, "manifest.json");
    const bytes = readFileSync(join(to, part));
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Json;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    manifest.parts = manifest.parts.map((one) =>
      one.path === part ? { ...one, bytes: bytes.length, sha256 } : one,
    );
    writeFileSync(path, JSON.stringify(manifest));
    const engine = await ledger(to);
    await expect(engine.observe(NOTHING)).rejects.toMatchObject({ code: "unreadable-source" });
    await engine.close();
  });

  test("an import that was stopped is said to be one", async () => {
    await expect(ledger(fresh())).rejects.toMatchObject({
      code: "unreadable-source",
      hint: expect.stringContaining("stopped"),
    });
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
