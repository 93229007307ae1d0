// Which mapping reads which input, and what is said when that cannot be told.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runIntake } from "../../src/intake/intake.ts";
import { planIntake, recogniseInput } from "../../src/intake/plan.ts";
import type { PlanOptions } from "../../src/intake/plan.ts";
import { recognise } from "../../src/intake/recognise.ts";
import { ComplianceError } from "../../src/model/error.ts";
import { mapping } from "./mappings.ts";
import { jsonLines, keeping, textFile } from "./reading.ts";

const fields = { id: "record.id" };
const cloud = mapping({
  id: "cloud",
  container: "Records",
  recognise: 'has(document.eventID) && document.eventVersion.startsWith("1.")',
  fields: { id: "record.eventID", action_type: "record.eventName" },
});
const spans = mapping({
  id: "spans",
  recognise: "has(document.spans)",
  records: [{ each: "document.spans", as: "span" }],
  fields,
});
const plain = mapping({ id: "plain", recognise: "has(document.action)", fields });
const other = mapping({ id: "other", recognise: "has(document.act)", fields });
const rows = mapping({ id: "rows", shape: "table", recognise: "has(document.verb)", fields });
const headless = mapping({
  id: "headless",
  shape: "table",
  columns: ["id", "time", "verb"],
  recognise: 'document.time.startsWith("20")',
  fields,
});
const all = [cloud, spans, plain, other, rows, headless];

function ours(number: number): unknown[] {
  return Array.from({ length: number }, () => ({ action: 1 }));
}

function theirs(number: number): unknown[] {
  return Array.from({ length: number }, () => ({ act: 1 }));
}

function recogniseText(text: string): Promise<ComplianceError> {
  return refusal(recogniseInput(textFile(text, "jsonl", "logs/a.jsonl"), all));
}

describe("recognise", () => {
  test.each([
    ["every document", ours(3), { kind: "known", mapping: plain }],
    ["half of them", [...ours(2), {}, 7], { kind: "known", mapping: plain }],
    ["less than half", [...ours(2), {}, 7, null], { kind: "unknown", nearest: [plain] }],
    ["the most", [...ours(3), ...theirs(2)], { kind: "known", mapping: plain }],
    ["none", [{}], { kind: "unknown", nearest: [] }],
    ["no documents at all", [], { kind: "unknown", nearest: [] }],
    ["a tie", [...ours(2), ...theirs(2)], { kind: "ambiguous", mappings: [plain, other] }],
  ] as const)("%s", (_, documents, found) => {
    expect(recognise(all, documents, "json")).toEqual(found);
  });

  test("mappings of another shape are not asked", () => {
    expect(recognise([rows], [{ verb: "get" }], "json").kind).toBe("unknown");
    expect(recognise([rows], [{ verb: "get" }], "table").kind).toBe("known");
  });
});

describe("the mapping of an input", () => {
  test.each([
    [
      "documents in a container",
      "json",
      '{"Records":[{"eventID":"1","eventVersion":"1.1"}]}',
      cloud,
    ],
    ["a list of documents", "json", '[{"eventID":"1","eventVersion":"1.1"}]', cloud],
    ["one document without the container", "json", '{"spans":[{"id":1}]}', spans],
    ["lines", "jsonl", '{"action":1}\n{"action":2}\n', plain],
    ["a table with a header", "csv", "verb,id\nget,1\n", rows],
    ["a table without", "csv", "1,2026-01-01,get\n2,2026-01-02,put\n", headless],
    ["nothing", "jsonl", "", undefined],
    ["nothing that can be read", "jsonl", "{\n{\n", undefined],
  ] as const)("%s", async (_, format, text, expected) => {
    expect(await recogniseInput(textFile(text, format), all)).toBe(expected);
  });

  test("a container of a known format goes before the document around it", async () => {
    const around = mapping({ id: "around", recognise: "has(document.Records)", fields });
    const file = textFile('{"Records":[{"eventID":"1","eventVersion":"1.1"}]}', "json");
    expect(await recogniseInput(file, [around, cloud])).toBe(cloud);
    expect(await recogniseInput(file, [around])).toBe(around);
  });

  test("columns fit only rows of their width", async () => {
    const file = textFile("1,2026-01-01\n2,2026-01-02\n3,2026-01-01,get\n", "csv");
    await expect(recogniseInput(file, all)).rejects.toThrow(/no mapping takes/);
  });
});

async function refusal(run: Promise<unknown>): Promise<ComplianceError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof ComplianceError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("a refusal", () => {
  test("names the file, the names at the top, and what to do", async () => {
    const { code, message, hint } = await recogniseText(
      '{"eventID":1,"eventName":2,"user":{"x":1}}\n',
    );
    expect(code).toBe("unsupported-source");
    expect(message).toBe(
      'expected a log of a known format, but no mapping takes "logs/a.jsonl", whose records hold "eventID", "eventName" and "user"',
    );
    expect(hint).toBe(
      'The nearest is cloud. Name the format with --as, see what a mapping expects with "mapping show", or give a mapping file of your own to --as.',
    );
  });

  test("shows at most ten names, escaped and cut, and no value", async () => {
    const names = Array.from({ length: 30 }, (_, index) => [`k${index}`, "secret"]);
    const hostile = {
      '\u001b[31m"\n': "secret",
      ["x".repeat(5000)]: 1,
      "\u202eabc": 1,
      ...Object.fromEntries(names),
    };
    const { message } = await recogniseText(jsonLines([hostile]));
    expect(message).toContain('"\\u001b[31m\\"\\n", "xxxxxxxxxx');
    expect(message).toContain('"\\u202eabc"');
    expect(message).toContain('"k6" and more');
    expect(message).not.toContain("k7");
    expect(message).not.toContain("secret");
    expect(message.length).toBeLessThan(400);
  });

  test("says when records are no objects", async () => {
    expect((await recogniseText("1\n2\n")).message).toContain("whose records are no objects");
  });

  test("names both mappings of an ambiguous log", async () => {
    const { code, message, hint } = await recogniseText('{"action":1,"act":1}\n');
    expect(code).toBe("unsupported-source");
    expect(message).toBe(
      'expected a log of one format, but "logs/a.jsonl" is taken by other and plain alike',
    );
    expect(hint).toBe("Choose one of them with --as, for example --as other.");
  });
});

describe("a plan", () => {
  let folder = "";
  const path = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plan-"));
    writeFileSync(
      path("a.jsonl"),
      jsonLines([
        { action: 1, id: 1 },
        { action: 1, id: 2 },
      ]),
    );
    writeFileSync(path("b.jsonl"), "");
    writeFileSync(path("c.json"), '{"Records":[{"eventID":"1","eventVersion":"1.1"}]}');
    writeFileSync(path("d.csv"), "verb,id\nget,1\n");
    writeFileSync(path("e.json"), '{"data":{"events":[{"action":1,"id":7}]}}');
    writeFileSync(path("f.jsonl"), "{\nnone\n");
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const plan = async (
    names: readonly string[],
    options: Partial<PlanOptions> = {},
  ): Promise<string[]> => {
    const { inputs } = await planIntake(names.map(path), { mappings: all, ...options });
    return inputs.map(({ file, mapping: { id } }) => `${file.name.split("/").at(-1)} ${id}`);
  };

  test("each input by its own mapping; what holds nothing by the commonest", async () => {
    expect(await plan(["c.json", "a.jsonl", "d.csv"])).toEqual([
      "c.json cloud",
      "a.jsonl plain",
      "d.csv rows",
    ]);
    expect(await plan(["b.jsonl", "a.jsonl", "f.jsonl"])).toEqual([
      "b.jsonl plain",
      "a.jsonl plain",
      "f.jsonl plain",
    ]);
  });

  test("nothing but empty files is refused, unless the mapping is named", async () => {
    expect((await refusal(plan(["b.jsonl"]))).message).toMatch(/holds none that can be read/);
    expect(await plan(["b.jsonl"], { mapping: plain })).toEqual(["b.jsonl plain"]);
  });

  test("a named mapping reads everything of its shape", async () => {
    expect(await plan(["a.jsonl", "c.json"], { mapping: spans })).toEqual([
      "a.jsonl spans",
      "c.json spans",
    ]);
    const { code, message } = await refusal(plan(["d.csv"], { mapping: spans }));
    expect(code).toBe("unsupported-source");
    expect(message).toMatch(
      /^expected JSON documents for the mapping spans, but ".*d\.csv" is csv$/,
    );
  });

  test("the container can be named", async () => {
    const chosen = await planIntake([path("e.json")], { mappings: all, container: "data.events" });
    const { kept, sink } = keeping();
    await runIntake(chosen, sink);
    expect(kept.entries).toEqual([{ id: 7 }]);
  });

  test("standard input is looked into and then read from its start", async () => {
    const stdin = Readable.from([
      Buffer.from(
        jsonLines([
          { action: 1, id: 1 },
          { action: 1, id: 2 },
        ]),
      ),
    ]);
    const chosen = await planIntake(["-"], { mappings: all, stdin });
    const { kept, sink } = keeping();
    const { inputs } = await runIntake(chosen, sink);
    expect(kept.entries).toEqual([{ id: 1 }, { id: 2 }]);
    expect(inputs).toMatchObject([{ kind: "jsonl", mapping: "plain", records: 2 }]);
    expect(inputs[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
