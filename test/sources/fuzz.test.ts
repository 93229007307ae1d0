// Whatever bytes come: no crash, no hang, and every byte of every record is in one item.

import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
import { decode, type Seen } from "./reading.ts";

const RECORDS = 250;
const CHUNKS = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 64 }), weight: 1 },
  { arbitrary: fc.integer({ min: 100, max: 20_000 }), weight: 4 },
);

/** Refused records make errors by the ten thousand, and nobody reads their stacks. */
const stackTraceLimit = Error.stackTraceLimit;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/**
 * The items hold the file's bytes, in order, each once, but for line ends and what frames the
 * records. Of a refused record longer than 64 KiB only the beginning is there to compare.
 */
function checkBytes(items: readonly Seen[], file: string, frame: RegExp): void {
  const rest = file.slice(file.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0).replaceAll(frame, "");
  const cut = items.findIndex(({ bytes, length }) => bytes.length < length);
  const joined = (part: readonly Seen[]): string =>
    part
      .map(({ bytes }) => bytes)
      .join("")
      .replaceAll(frame, "");
  if (cut < 0) {
    expect(joined(items)).toBe(rest);
  } else {
    expect(rest.startsWith(joined(items.slice(0, cut + 1)))).toBe(true);
    expect(rest.endsWith(joined(items.slice(cut + 1)))).toBe(true);
  }
}

function checkLines(file: Buffer, chunk: number): void {
  const items = decode("jsonl", file, {}, chunk);
  const expected = file
    .toString("latin1")
    .split("\n")
    .map((text, index) => ({ line: index + 1, bytes: text.replace(/\r$/, "") }))
    .filter(({ bytes }) => /[^ \t\r]/.test(bytes));
  expect(items.map(({ line, bytes }) => ({ line, bytes }))).toEqual(expected);
  const wrong = items.filter((item) => item.reason !== verdict(item.bytes));
  expect(wrong).toEqual([]);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What is wrong with a line, by other means than the decoder's: a look at every key. */
function verdict(bytes: string): string | undefined {
  let text: string;
  try {
    text = utf8.decode(Buffer.from(bytes, "latin1"));
  } catch {
    return "invalid-utf-8";
  }
  try {
    JSON.parse(text);
  } catch {
    return "malformed";
  }
  return secondKey(text) === undefined ? undefined : "duplicate-key";
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
  checkBytes(items, text, /[ \t\r\n,[\]]/g);
  const inOrder = items.every((item, index) => item.line >= (items[index - 1]?.line ?? 1));
  expect(inOrder).toBe(true);
  if (chunk % 4 !== 0) return;
  const options = { containers: ["a", "a.b", ""] };
  for (const file of [text, `{"x":[1],"a":[${text}],"y":2}`]) {
    const bytes = Buffer.from(file, "latin1");
    expect(decode("json", bytes, options, chunk)).toEqual(decode("json", bytes, options));
  }
}

function checkTable(file: Buffer, columns: readonly string[], chunk: number): void {
  const items = decode("csv", file, { columns }, chunk);
  checkBytes(items, file.toString("latin1"), /[\r\n]/g);
  expect(items).toEqual(decode("csv", file, { columns }));
  const wrong = items.filter(
    ({ reason, value }) =>
      reason === undefined && String(Object.keys(value as object)) !== String(columns),
  );
  expect(wrong).toEqual([]);
}

/** Checks so many mutated records, and returns how many it checked. */
function fuzz(
  pools: fc.Arbitrary<readonly Buffer[]>,
  records: number,
  check: (records: readonly Buffer[], chunk: number, choice: number) => void,
): number {
  let checked = 0;
  fc.assert(
    fc.property(pools, mutations(RECORDS), CHUNKS, fc.nat(99), (pool, changes, chunk, choice) => {
      check(
        changes.map((change) => mutate(pool, change)),
        chunk,
        choice,
      );
      checked += changes.length;
    }),
    { numRuns: records / RECORDS, endOnFailure: true },
  );
  return checked;
}

const lines = (records: readonly Buffer[], end: string): Buffer =>
  Buffer.concat(records.flatMap((record) => [record, Buffer.from(end)]));

const POOL = { minLength: 1, maxLength: 12 };

describe("a hundred thousand mutated records", () => {
  test("as JSON Lines", () => {
    const checked = fuzz(fc.array(jsonRecord, POOL), 100_000, (records, chunk, choice) => {
      checkLines(lines(records, choice % 2 === 0 ? "\n" : "\r\n"), chunk);
    });
    expect(checked).toBe(100_000);
  });

  test("as JSON", () => {
    const checked = fuzz(fc.array(jsonRecord, POOL), 100_000, (records, chunk, choice) => {
      checkJson(records, choice, chunk);
    });
    expect(checked).toBe(100_000);
  });

  test("as CSV", () => {
    const checked = fuzz(fc.array(csvRecord, POOL), 100_000, (records, chunk, choice) => {
      checkTable(lines(records, choice % 2 === 0 ? "\n" : "\r\n"), ["a", "b", "c"], chunk);
    });
    expect(checked).toBe(100_000);
  });
});

/** Forty records in a row. */
const some = (records: readonly Buffer[]): fc.Arbitrary<readonly Buffer[]> =>
  fc.nat(records.length - 1).map((from) => records.slice(from, from + 40));

describe.skipIf(!HAS_REAL_LOGS)(
  "mutated records of real logs (needs the shared data folder)",
  () => {
    test("JSON Lines", () => {
      const real = realLines("panther-samples/labelled_audit_events.jsonl");
      const checked = fuzz(some(real), 25_000, (records, chunk) => {
        checkLines(lines(records, "\n"), chunk * 50);
      });
      expect(checked).toBe(25_000);
    });

    test("JSON", () => {
      const real = realItems("agt-audit/aml_audit_trail.json");
      const checked = fuzz(some(real), 25_000, (records, chunk, choice) => {
        checkJson(records, choice, chunk * 50);
      });
      expect(checked).toBe(25_000);
    });

    test("CSV", () => {
      const columns = Array.from({ length: 15 }, (_, index) => `c${index}`);
      const real = realLines("k8s-perfspec/audit-logs.csv");
      const checked = fuzz(some(real), 25_000, (records, chunk) => {
        checkTable(lines(records, "\n"), columns, chunk * 50);
      });
      expect(checked).toBe(25_000);
    });
  },
);
