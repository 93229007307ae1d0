import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/duckdb/open.ts";
import type { ImportProgress } from "../../src/ledger/import-logs.ts";
import { readManifest } from "../../src/ledger/manifest.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import { IDENTITY } from "../engines/log/identity.ts";
import { START } from "../engines/logs.ts";
import { filesOf, fresh, hardLog, importSmall } from "./logs.ts";

async function stopped(
  paths: readonly string[],
  to: string,
  after: number,
): Promise<"stopped" | "written" | "already-complete"> {
  const stop = new AbortController();
  let asked = 0;
  // The intake looks at the signal after each batch of records, so it is pulled by a counter.
  const signal = new Proxy(stop.signal, {
    get(target, name) {
      if (name === "throwIfAborted") {
        return () => {
          asked += 1;
          if (asked > after) stop.abort();
          target.throwIfAborted();
        };
      }
      return Reflect.get(target, name) as unknown;
    },
  });
  return (await importSmall(paths, to, { signal })).outcome;
}

describe("an import", () => {
  test("accounts for everything, and its counts tie", async () => {
    const path = hardLog(7, 300);
    const to = fresh();
    const progress: ImportProgress[] = [];
    const result = await importSmall([path], to, { onProgress: (now) => progress.push(now) });
    if (result.outcome !== "written") throw new Error(result.outcome);
    const { counts, parts, intake, inputs, rejected, duplicates } = result.manifest;
    expect(counts.read).toBe(counts.accepted + counts.rejected + counts.duplicate);
    expect(counts.rejected).toBeGreaterThan(5);
    expect(counts.duplicate).toBeGreaterThan(50);
    expect(intake.actions).toBe(counts.accepted + counts.duplicate);
    expect(inputs).toMatchObject([{ kind: "jsonl", mapping: "keyed", records: intake.records }]);
    expect(parts.reduce((sum, { rows }) => sum + rows, 0)).toBe(counts.accepted);
    expect(parts.some((part) => part.path.startsWith("entries/day=undated/"))).toBe(true);
    expect(new Set(parts.map(({ path: part }) => part.split("/")[1])).size).toBeGreaterThan(4);
    expect(progress.at(-1)).toMatchObject({ phase: "importing", entries: counts.accepted });
    const lines = (name: string): Record<string, unknown>[] =>
      readFileSync(join(to, name), "utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines("rejected.jsonl")).toHaveLength(rejected.records);
    expect(lines("duplicates.jsonl")).toHaveLength(duplicates.records);
    expect(lines("duplicates.jsonl")[0]).toMatchObject({ differing: expect.any(Boolean) });
    const ordinals = [...lines("rejected.jsonl"), ...lines("duplicates.jsonl")].map(({ ordinal }) =>
      Number(ordinal),
    );
    const all = await rowsIn(to, "ordinal::VARCHAR");
    expect([...ordinals, ...all.map(Number)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: counts.read }, (_, index) => index + 1),
    );
    expect(Object.keys(filesOf(to)).sort()).toEqual(
      [
        "manifest.json",
        "rejected.jsonl",
        "duplicates.jsonl",
        ...parts.map((part) => part.path),
      ].sort(),
    );
    expect(readManifest(readFileSync(join(to, "manifest.json"), "utf8"), "m")).toEqual(
      result.manifest,
    );
  });

  test("the parts can be read by anything that reads Parquet", async () => {
    const path = fresh(".jsonl");
    writeFileSync(
      path,
      '{"id":7,"timestamp":"2026-01-01T23:59:59.9Z","action_params":{"a":1},"chain_depth":2}\n' +
        '{"id":"7","timestamp":"2026-01-02T01:00:00+02:00","agent_id":""}\n',
    );
    const to = fresh();
    await importSmall([path], to, { mapping: IDENTITY });
    const rows = await rowsIn(
      to,
      `to_json([${[...ENTRY_FIELD_NAMES, "id_number", "recorded", "day"].map((name) => `to_json(${name})`).join(", ")}])::VARCHAR`,
    );
    const [first, second] = rows.map((row) => JSON.parse(row ?? "") as unknown[]);
    expect(first?.slice(0, 6)).toEqual([
      "7",
      null,
      "2026-01-01T23:59:59.9Z",
      null,
      null,
      '{"a":1}',
    ]);
    expect(first?.slice(17)).toEqual([2, 7, 1 + 4 + 32 + 2 ** 17, "2026-01-01"]);
    expect(second).toEqual([
      "7",
      null,
      "2026-01-02T01:00:00+02:00",
      ...empty(11),
      "",
      ...empty(4),
      5,
      "2026-01-01",
    ]);
  });

  test("the same log gives the same bytes, and no time gets in that was not given", async () => {
    const path = hardLog(11, 400);
    const [one, two] = [fresh(), fresh()];
    await importSmall([path], one);
    await importSmall([path], two);
    expect(filesOf(two)).toEqual(filesOf(one));
    const three = fresh();
    const result = await importSmall([path], three, { now: START });
    expect(result).toMatchObject({ manifest: { imported_at: "2026-01-01T00:00:00+00:00" } });
  });

  test("of nothing is a ledger of nothing", async () => {
    const path = fresh(".jsonl");
    writeFileSync(path, "\n");
    const to = fresh();
    const result = await importSmall([path], to, { mapping: IDENTITY, format: "jsonl" });
    expect(result).toMatchObject({
      outcome: "written",
      manifest: { parts: [], counts: { read: 0 } },
    });
  });

  test("keeps what is longer than DuckDB's own limit", async () => {
    const path = fresh(".jsonl");
    const long = "x".repeat(20 * 1024 * 1024);
    writeFileSync(path, `${JSON.stringify({ id: 1, action_desc: long })}\n{"id":2}\n`);
    const to = fresh();
    await importSmall([path], to, { mapping: IDENTITY });
    expect(await rowsIn(to, "coalesce(strlen(action_desc), 0)::VARCHAR")).toEqual([
      String(long.length),
      "0",
    ]);
  });
});

const empty = (length: number): null[] => Array.from({ length }, () => null);

async function rowsIn(to: string, column: string): Promise<(string | null)[]> {
  const duckdb = await openDuckDb({ path: to });
  const rows: (string | null)[] = [];
  for await (const [texts = []] of duckdb.columns(
    `SELECT ${column} FROM (SELECT * FROM read_parquet('${duckdb.path}/entries/*/*.parquet', hive_types_autocast = false) ORDER BY ordinal)`,
  )) {
    rows.push(...texts);
  }
  await duckdb.close();
  return rows;
}

describe("an import that was stopped", () => {
  test("goes on, and ends in the same bytes, wherever it was stopped", async () => {
    const paths = [hardLog(1, 90), hardLog(2, 90), hardLog(3, 90)];
    const whole = fresh();
    await importSmall(paths, whole);
    const expected = filesOf(whole);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(7), { minLength: 1, maxLength: 3 }), async (stops) => {
        const to = fresh();
        const outcomes: string[] = [];
        for (const after of stops) outcomes.push(await stopped(paths, to, after));
        const last = await importSmall(paths, to);
        expect(last.outcome).toBe(outcomes.includes("written") ? "already-complete" : "written");
        expect(filesOf(to)).toEqual(expected);
        rmSync(to, { recursive: true });
      }),
      { numRuns: 8 },
    );
  });

  test("goes on from a copy that was cut at any moment between two files", async () => {
    const path = hardLog(5, 400);
    const to = fresh();
    await stopped([path], to, 3);
    // As after a crash: parts and lines behind the checkpoint.
    writeFileSync(join(to, "rejected.jsonl"), "half a li", { flag: "a" });
    mkdirSync(join(to, "entries", "day=2026-01-01"), { recursive: true });
    writeFileSync(join(to, "entries", "day=2026-01-01", "part-000009.parquet"), "half a part");
    const whole = fresh();
    await importSmall([path], whole);
    await importSmall([path], to);
    const files = filesOf(to);
    for (const [name, digest] of Object.entries(filesOf(whole)))
      expect([name, files[name]]).toEqual([name, digest]);
  });

  test("says how much it has, and how much it had", async () => {
    const paths = [hardLog(1, 250), hardLog(2, 250)];
    const to = fresh();
    const stop = new AbortController();
    const first = await importSmall(paths, to, {
      signal: stop.signal,
      onProgress: ({ phase }) => {
        if (phase === "importing") stop.abort();
      },
    });
    const had = first.outcome === "stopped" ? first.entries : 0;
    expect(had % 60).toBe(0);
    const again = await importSmall(paths, to);
    expect(again.resumedFrom).toBe(had);
  });

  test.each([
    ["another input", { paths: "other" }, "is not"],
    [
      "another mapping",
      { options: { mapping: { ...IDENTITY, id: "keyed", digest: "1".repeat(64) } } },
      "mapping",
    ],
    ["another limit", { options: { longestRecord: 1000 } }, "options"],
    ["another version", { options: { tool: { name: "test", version: "2" } } }, "test 1"],
    ["other parts", { options: { partRows: 70 } }, "parts"],
  ])("does not go on with %s", async (_, change, words) => {
    const path = hardLog(9, 200);
    const to = fresh();
    expect(await stopped([path], to, 2)).toBe("stopped");
    const before = filesOf(to);
    const paths = "paths" in change ? [hardLog(10, 200)] : [path];
    const options = "options" in change ? change.options : {};
    await expect(importSmall(paths, to, options)).rejects.toMatchObject({
      code: "unsupported-source",
      message: expect.stringContaining("paths" in change ? "unfinished import of another" : words),
    });
    expect(filesOf(to)).toEqual(before);
  });

  test("does not go on with an input that was changed, or with a changed part", async () => {
    const path = hardLog(9, 300);
    const to = fresh();
    expect(await stopped([path], to, 3)).toBe("stopped");
    const whole = readFileSync(path);
    const before = filesOf(to);
    const longer = Buffer.concat([whole, Buffer.from("{}\n")]);
    const other = Buffer.from(whole);
    other.write("Z", whole.indexOf('"approval":"') + 12);
    for (const [changed, words] of [
      [longer, "bytes"],
      [other, "other content"],
    ] as const) {
      writeFileSync(path, changed);
      await expect(importSmall([path], to)).rejects.toMatchObject({
        code: "unsupported-source",
        message: expect.stringContaining(words),
      });
      // Lines behind the checkpoint may go: they are written again.
      expect({ ...filesOf(to), "rejected.jsonl": "", "duplicates.jsonl": "" }).toEqual({
        ...before,
        "rejected.jsonl": "",
        "duplicates.jsonl": "",
      });
    }
    writeFileSync(path, whole);
    const part = Object.keys(before).find((name) => name.endsWith(".parquet")) ?? "";
    writeFileSync(join(to, part), "x", { flag: "a" });
    await expect(importSmall([path], to)).rejects.toMatchObject({ code: "unreadable-source" });
  });
});

describe("the folder", () => {
  test("a finished ledger of the same log is left as it is", async () => {
    const path = hardLog(4, 100);
    const to = fresh();
    await importSmall([path], to);
    const before = filesOf(to);
    const again = await importSmall([path], to, {
      tool: { name: "test", version: "9" },
      now: START,
    });
    expect(again).toMatchObject({ outcome: "already-complete", resumedFrom: 0 });
    expect(filesOf(to)).toEqual(before);
    await expect(importSmall([hardLog(5, 100)], to)).rejects.toMatchObject({
      code: "unsupported-source",
      message: expect.stringContaining("the ledger of another"),
    });
    expect(filesOf(to)).toEqual(before);
  });

  test("one that holds something else is refused and not touched", async () => {
    const path = hardLog(4, 20);
    const to = fresh();
    mkdirSync(to);
    writeFileSync(join(to, "thesis.txt"), "all of it");
    await expect(importSmall([path], to)).rejects.toMatchObject({
      code: "unsupported-source",
      message: expect.stringContaining("thesis.txt"),
    });
    expect(Object.keys(filesOf(to))).toEqual(["thesis.txt"]);
    await expect(importSmall([path], path)).rejects.toMatchObject({ code: "unsupported-source" });
  });

  test("a stream can be imported, but not compared with a ledger", async () => {
    const text = readFileSync(hardLog(4, 100));
    const whole = fresh();
    const result = await importSmall(["-"], whole, {
      stdin: Readable.from([text]),
      format: "jsonl",
    });
    expect(result).toMatchObject({
      outcome: "written",
      manifest: { inputs: [{ sha256: expect.any(String) }] },
    });
    await expect(
      importSmall(["-"], whole, { stdin: Readable.from([text]), format: "jsonl" }),
    ).rejects.toMatchObject({ message: expect.stringContaining("stream") });
  });

  test("an import that is stopped before it begins leaves nothing to go on from", async () => {
    const to = fresh();
    const result = await importSmall([hardLog(4, 20)], to, { signal: AbortSignal.abort() });
    expect(result).toEqual({ outcome: "stopped", folder: to, entries: 0, resumedFrom: 0 });
  });
});
