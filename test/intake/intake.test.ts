// A run: inputs one after the other, progress, stopping, a slow sink, parts of a file.

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runIntake } from "../../src/intake/intake.ts";
import type { IntakeProgress } from "../../src/intake/intake.ts";
import { planIntake } from "../../src/intake/plan.ts";
import type { LogFile } from "../../src/sources/source.ts";
import { mapping } from "./mappings.ts";
import { jsonLines, keeping, read } from "./reading.ts";

/** A log that comes in the given chunks. */
function chunked(name: string, chunks: () => Iterable<string>): LogFile {
  return {
    path: name,
    name,
    format: "jsonl",
    packing: "none",
    stream: {
      async *open() {
        for (const chunk of chunks()) yield Buffer.from(chunk);
      },
    },
  };
}

function logOf(first: number, number: number): string {
  return jsonLines(
    Array.from({ length: number }, (_, index) => ({ id: first + index, text: "x".repeat(100) })),
  );
}

const plain = mapping({ fields: { id: "record.id", action_desc: "record.text" } });

describe("a run over files", () => {
  let folder = "";
  const path = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "intake-"));
    writeFileSync(path("a.jsonl"), logOf(0, 1000));
    writeFileSync(path("b.jsonl.gz"), gzipSync(logOf(1000, 1000)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("reads them in order and describes each by what identifies it", async () => {
    const plan = await planIntake([path("a.jsonl"), path("b.jsonl.gz")], {
      mappings: [plain],
      mapping: plain,
    });
    const { kept, sink } = keeping();
    const { inputs, lines } = await runIntake(plan, sink);
    expect(kept.entries.map(({ id }) => id)).toEqual(Array.from({ length: 2000 }, (_, id) => id));
    expect(kept.origins[1999]).toMatchObject({ fileIndex: 1, line: 1000, position: 1 });
    for (const [index, name] of ["a.jsonl", "b.jsonl.gz"].entries()) {
      const bytes = readFileSync(path(name));
      expect(inputs[index]).toMatchObject({
        kind: index === 0 ? "jsonl" : "jsonl+gzip",
        bytes: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        mapping: "plain",
        records: 1000,
      });
    }
    expect(lines).toEqual([1000, 1000]);
  });

  test("progress counts stored bytes and ends with all of them", async () => {
    const plan = await planIntake([path("a.jsonl"), path("b.jsonl.gz")], {
      mappings: [plain],
      mapping: plain,
    });
    const told: IntakeProgress[] = [];
    await runIntake(plan, keeping().sink, { onProgress: (progress) => told.push(progress) });
    const total = readFileSync(path("a.jsonl")).length + readFileSync(path("b.jsonl.gz")).length;
    expect(told.at(-1)).toEqual({ done: total, total });
  });

  test("the parts of a file are together the whole", async () => {
    const plan = await planIntake([path("a.jsonl")], { mappings: [plain], mapping: plain });
    const [input] = plan.inputs;
    if (input === undefined) throw new Error("no input");
    const size = input.file.bytes ?? 0;
    const ids: unknown[] = [];
    let lines = 0;
    for (const [start, end] of [
      [0, 12_345],
      [12_345, 50_000],
      [50_000, size],
    ] as const) {
      const { kept, sink } = keeping();
      const part = await runIntake({ inputs: [{ ...input, range: { start, end } }] }, sink);
      ids.push(...kept.entries.map(({ id }) => id));
      lines += part.lines[0] ?? 0;
      expect(part.inputs[0]).toMatchObject({
        part: { kind: "bytes", first: start, last: end },
      });
      expect(part.inputs[0]).not.toHaveProperty("sha256");
    }
    expect(ids).toEqual(Array.from({ length: 1000 }, (_, id) => id));
    expect(lines).toBe(1000);
  });
});

describe("a run can be stopped", () => {
  test("before it begins", async () => {
    const reason = new Error("enough");
    await expect(read(plain, [[{ id: 1 }]], { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });

  test("between two batches, with nothing read after", async () => {
    const controller = new AbortController();
    const { kept, sink } = keeping();
    const hundred = Array.from({ length: 100 }, (_, id) => jsonLines([{ id }]));
    const inputs = ["x", "y"].map((name) => ({
      file: chunked(name, () => hundred),
      mapping: plain,
    }));
    const run = runIntake(
      { inputs },
      {
        ...sink,
        settle: () => {
          if (kept.entries.length >= 10) controller.abort(new Error("enough"));
        },
      },
      { signal: controller.signal },
    );
    await expect(run).rejects.toThrow("enough");
    expect(kept.entries.length).toBeGreaterThanOrEqual(10);
    expect(kept.entries.length).toBeLessThanOrEqual(100);
  });
});

test("a slow sink slows the reading down", async () => {
  let opened = 0;
  let settled = 0;
  let furthest = 0;
  const file = chunked("x", function* chunks() {
    for (let chunk = 0; chunk < 20; chunk += 1) {
      opened += 1;
      furthest = Math.max(furthest, opened - settled);
      yield jsonLines(Array.from({ length: 2000 }, (_, id) => ({ id })));
    }
  });
  const { kept, sink } = keeping();
  await runIntake(
    { inputs: [{ file, mapping: plain }] },
    {
      ...sink,
      settle: async () => {
        await new Promise((resolve) => {
          setTimeout(resolve, 1);
        });
        settled += 1;
      },
    },
  );
  expect(kept.entries.length).toBe(40_000);
  // Batches need not be chunks, but reading never runs away from the sink.
  expect(furthest).toBeLessThan(4);
});

test("two formats may use one key for different actions", async () => {
  const one = mapping({ id: "one", key: "record.id", fields: { id: "record.id" } });
  const two = mapping({ id: "two", key: "record.id", fields: { id: "record.id" } });
  const { kept, sink } = keeping();
  const inputs = [one, two].map((format) => ({
    file: chunked(format.id, () => [jsonLines([{ id: "a" }, { id: "a" }])]),
    mapping: format,
  }));
  await runIntake({ inputs }, sink);
  expect(kept.order).toEqual(["entry", "duplicate", "entry", "duplicate"]);
});
