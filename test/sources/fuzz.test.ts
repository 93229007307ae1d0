// Whatever bytes come: no crash, no hang, and every byte of every record is in one item.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secondKey } from "../../src/sources/strict-json/second-key.ts";
import {
  csvRecord,
  HAS_REAL_LOGS,
  jsonRecord,
  mutate,
  mutations,
  realItems,
  realLines,
} from "./mutations.ts";
import { decode, type Seen, type TextFormat } from "./reading.ts";

const RECORDS = 500;
/** Times the records of a run: a hundred thousand for each source. */
const RUNS = 200;
const CHUNKS = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 100, max: 20_000 }));

/** What a file holds once line ends, and what frames its records, are gone. */
function without(bytes: string, frame: RegExp): string {
  return bytes.replaceAll(frame, "");
}

function joined(items: readonly Seen[]): string {
  return items.map(({ bytes }) => bytes).join("");
}

function checkLines(file: Buffer, chunk: number): void {
  const items = decode("jsonl", file, {}, chunk);
  const expected = file
    .toString("latin1")
    .split("\n")
    .map((text, index) => ({ line: index + 1, bytes: text.replace(/\r$/, "") }))
    .filter(({ bytes }) => /[^ \t\r]/.test(bytes));
  expect(items.map(({ line, bytes }) => ({ line, bytes }))).toEqual(expected);
  for (const item of items) checkVerdict(item);
}

/** The verdict on a line against `JSON.parse` and a look at every key. */
function checkVerdict({ bytes, value, unsafe, reason }: Seen): void {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(bytes, "latin1"),
    );
  } catch {
    expect(reason).toBe("invalid-utf-8");
    return;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    expect(reason).toBe("malformed");
    return;
  }
  expect(reason).toBe(secondKey(text) === undefined ? undefined : "duplicate-key");
  if (reason === undefined && unsafe === 0) expect(value).toEqual(parsed);
}

/** Layouts of a JSON file: records between what is written before, between and behind them. */
const LAYOUTS = [
  ["[", ",", "]"],
  ["[\n", ",\n", "\n]\n"],
  ["", "\n", "\n"],
  ["", " ", ""],
  ["[\n  ", ",\n  ", "\n"],
] as const;

function checkJson(records: readonly Buffer[], layout: number, chunk: number): void {
  const [before, between, behind] = LAYOUTS[layout % LAYOUTS.length] ?? LAYOUTS[0];
  const text = before + records.map((record) => record.toString("latin1")).join(between) + behind;
  const items = decode("json", Buffer.from(text, "latin1"), {}, chunk);
  const frame = /[\s,[\]]/g;
  const mark = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
  expect(without(joined(items), frame)).toBe(without(text.slice(mark), frame));
  const inOrder = items.every((item, index) => item.line >= (items[index - 1]?.line ?? 1));
  expect(inOrder).toBe(true);
  decode("json", Buffer.from(text, "latin1"), { containers: ["a", "a.b", ""] }, chunk);
}

function checkTable(file: Buffer, columns: readonly string[], chunk: number): void {
  const items = decode("csv", file, { columns }, chunk);
  const text = file.toString("latin1");
  const mark = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
  expect(without(joined(items), /[\r\n]/g)).toBe(without(text.slice(mark), /[\r\n]/g));
  for (const item of items) {
    if (item.reason === undefined) expect(Object.keys(item.value as object)).toEqual(columns);
  }
}

function fuzz(
  pools: fc.Arbitrary<readonly Buffer[]>,
  check: (records: readonly Buffer[], chunk: number, choice: number) => void,
): void {
  fc.assert(
    fc.property(pools, mutations(RECORDS), CHUNKS, fc.nat(99), (pool, changes, chunk, choice) => {
      check(
        changes.map((change) => mutate(pool, change)),
        chunk,
        choice,
      );
    }),
    { numRuns: RUNS },
  );
}

const lines = (records: readonly Buffer[], end: string): Buffer =>
  Buffer.concat(records.flatMap((record) => [record, Buffer.from(end)]));

const CHECKS: Readonly<
  Record<Exclude<TextFormat, "tsv">, (records: readonly Buffer[], chunk: number, choice: number) => void>
> = {
  jsonl: (records, chunk, choice) => {
    checkLines(lines(records, choice % 2 === 0 ? "\n" : "\r\n"), chunk);
  },
  json: (records, chunk, choice) => {
    checkJson(records, choice, chunk);
  },
  csv: (records, chunk, choice) => {
    checkTable(lines(records, choice % 2 === 0 ? "\n" : "\r\n"), ["a", "b", "c"], chunk);
  },
};

describe("a hundred thousand mutated records", () => {
  const pool = { minLength: 1, maxLength: 12 };

  test("as JSON Lines", () => {
    fuzz(fc.array(jsonRecord, pool), CHECKS.jsonl);
  });

  test("as JSON", () => {
    fuzz(fc.array(jsonRecord, pool), CHECKS.json);
  });

  test("as CSV", () => {
    fuzz(fc.array(csvRecord, pool), CHECKS.csv);
  });
});

describe.skipIf(!HAS_REAL_LOGS)("byte flips of real logs (needs the shared data folder)", () => {
  const some = (records: readonly Buffer[]): fc.Arbitrary<readonly Buffer[]> =>
    fc.nat(records.length - 1).map((from) => records.slice(from, from + 40));

  test("JSON Lines", () => {
    fuzz(some(realLines("panther-samples/labelled_audit_events.jsonl")), (records, chunk) => {
      checkLines(lines(records, "\n"), chunk * 50);
    });
  });

  test("JSON", () => {
    fuzz(some(realItems("agt-audit/aml_audit_trail.json")), (records, chunk, choice) => {
      checkJson(records, choice, chunk * 50);
    });
  });

  test("CSV", () => {
    const columns = Array.from({ length: 15 }, (_, index) => `c${index}`);
    fuzz(some(realLines("k8s-perfspec/audit-logs.csv")), (records, chunk) => {
      checkTable(lines(records, "\n"), columns, chunk * 50);
    });
  });
});
