// What several logs tell around their counts, together.

import { describe, expect, test } from "vitest";
import { inputIn, sourceIn, withSource } from "../../../src/engines/several/named-log.ts";
import { addedProgress } from "../../../src/engines/several/progress.ts";
import type { Progress } from "../../../src/engines/engine.ts";
import { intakeOfAll } from "../../../src/engines/several/intake-of-all.ts";
import { surroundingsOfAll, tenureOfAll } from "../../../src/engines/several/surroundings.ts";
import type { IntakeStatement } from "../../../src/model/intake.ts";

const check = (total: number, rows: number, first?: string) => ({
  total_actions: total,
  rows,
  ...(first === undefined ? {} : { first_activated: first }),
});

describe("the logs' own counters", () => {
  test("are added up, since the earliest activation that is a time", () => {
    const checks = [
      check(10, 10, "soon"),
      check(5, 4, "2026-01-02T00:00:00+02:00"),
      check(7, 7, "2026-01-01T23:00:00"),
    ];
    expect(tenureOfAll(checks)).toEqual(check(22, 21, "2026-01-02T00:00:00+02:00"));
    expect(tenureOfAll([])).toBeUndefined();
    expect(tenureOfAll([check(1, 1)])).toEqual(check(1, 1));
  });

  test("with too many rows do not make up for those with too few", () => {
    expect(tenureOfAll([check(10, 5), check(10, 15), check(3, 3)])).toEqual(check(10, 5));
    expect(tenureOfAll([check(10, 15), check(3, 3)])).toEqual(check(13, 18));
  });
});

const STATEMENT: IntakeStatement = {
  mappings: [
    { id: "b", title: "B", version: 1, digest: "x", basis: "real-logs", inputs: 2 },
    { id: "a", title: "A", version: 1, digest: "y", basis: "documentation", inputs: 1 },
  ],
  leftOut: { count: 60, first: Array.from({ length: 50 }, () => ({ file: "f", reason: "r" })) },
  records: 10,
  withoutAction: 1,
  actions: 9,
  answers: { matched: 3, unmatched: 2 },
  duplicatesDiffering: 1,
  duplicateMeanings: ["one"],
  unsafeIntegers: 4,
  mendedTimes: 5,
  never: ["chain_id"],
  unmapped: [{ path: "p", records: 3 }],
  unmappedLookedAt: 8,
  unknownWords: [{ table: "t", word: "w", count: 2 }],
  cannotAnswer: new Map([["m", "because"]]),
  chainCovers: ["id", "timestamp"],
};

describe("the statements of an intake", () => {
  test("are one", () => {
    const other: IntakeStatement = {
      ...STATEMENT,
      mappings: [{ id: "b", title: "B", version: 1, digest: "x", basis: "real-logs", inputs: 1 }],
      duplicateMeanings: ["one", "two"],
      never: ["agent_id"],
      unmapped: [
        { path: "q", records: 4 },
        { path: "p", records: 2 },
      ],
      unknownWords: [{ table: "t", word: "v", count: 3 }],
      cannotAnswer: new Map([
        ["m", "otherwise"],
        ["n", "also"],
      ]),
      chainCovers: ["timestamp"],
    };
    expect(intakeOfAll([STATEMENT, other])).toEqual({
      mappings: [
        { id: "a", title: "A", version: 1, digest: "y", basis: "documentation", inputs: 1 },
        { id: "b", title: "B", version: 1, digest: "x", basis: "real-logs", inputs: 3 },
      ],
      leftOut: { count: 120, first: STATEMENT.leftOut.first },
      records: 20,
      withoutAction: 2,
      actions: 18,
      answers: { matched: 6, unmatched: 4 },
      duplicatesDiffering: 2,
      duplicateMeanings: ["one", "two"],
      unsafeIntegers: 8,
      mendedTimes: 10,
      never: ["agent_id", "chain_id"],
      unmapped: [
        { path: "p", records: 5 },
        { path: "q", records: 4 },
      ],
      unmappedLookedAt: 16,
      unknownWords: [
        { table: "t", word: "v", count: 3 },
        { table: "t", word: "w", count: 2 },
      ],
      cannotAnswer: new Map([
        ["m", "because"],
        ["n", "also"],
      ]),
      chainCovers: ["timestamp"],
    });
  });

  test("of one log are its own; beside a log without one no chain protects all", () => {
    expect(intakeOfAll([STATEMENT])).toBe(STATEMENT);
    expect(intakeOfAll([undefined, undefined])).toBeUndefined();
    expect(intakeOfAll([undefined, STATEMENT])).toMatchObject({ records: 10, chainCovers: [] });
  });
});

const logCalled = (name: string, missingAtEnd?: number) => ({
  name,
  entries: 1,
  surroundings: {
    inputs: [],
    recordable: [],
    ...(missingAtEnd === undefined ? {} : { missingAtEnd }),
  },
});

test("ids missing at the end are added up where they are known", () => {
  expect(
    surroundingsOfAll([logCalled("a", 2), logCalled("b"), logCalled("c", 3)]).missingAtEnd,
  ).toBe(5);
  expect(surroundingsOfAll([logCalled("b")])).not.toHaveProperty("missingAtEnd");
});

describe("a name", () => {
  test.each([
    ["host", "log.jsonl:3", "host:log.jsonl:3"],
    ["log.jsonl", "log.jsonl:3", "log.jsonl:3"],
    ["logs", "logs/a.jsonl:3", "logs/a.jsonl:3"],
    ["logs/", "logs/a.jsonl:3", "logs/a.jsonl:3"],
    ["log", "logs/a.jsonl:3", "log:logs/a.jsonl:3"],
  ])("%s stands before the place %s once", (name, source, expected) => {
    expect(sourceIn(name, source)).toBe(expected);
  });

  test("stands before an input, and for the file that it names", () => {
    expect(inputIn("hosts/a/audit.db", "audit.db")).toBe("hosts/a/audit.db");
    expect(inputIn("hosts/a/audit.db", "audit.db-wal")).toBe("hosts/a/audit.db:audit.db-wal");
    expect(inputIn("a", "audit.db")).toBe("a:audit.db");
  });

  test("stands alone for an entry without an id", () => {
    expect(withSource("a", { id: null }).source).toBe("a");
    expect(withSource("a", { id: "" }).source).toBe("a");
    expect(withSource("a", { id: 0 }).source).toBe("a:0");
  });
});

const sums = (logs: number, readings: number, told: readonly [number, number, Progress][]) => {
  const all: Progress[] = [];
  const progress = addedProgress(logs, readings, (one) => all.push(one));
  for (const [log, reading, one] of told) progress.of(log, reading).onProgress?.(one);
  return all;
};

describe("progress", () => {
  test("is the sum, with a total as soon as all are known", () => {
    const told = sums(2, 1, [
      [0, 0, { done: 5, total: 10 }],
      [1, 0, { done: 1, total: 4 }],
      [0, 0, { done: 10, total: 10 }],
    ]);
    expect(told).toEqual([{ done: 5 }, { done: 6, total: 14 }, { done: 11, total: 14 }]);
  });

  test("of two readings counts both", () => {
    const told = sums(1, 2, [
      [0, 0, { done: 10, total: 10 }],
      [0, 1, { done: 4, total: 10 }],
    ]);
    expect(told).toEqual([
      { done: 10, total: 20 },
      { done: 14, total: 20 },
    ]);
  });

  test("counts bytes where all do, and entries where some do", () => {
    const bytes: Progress = { done: 100, total: 200, unit: "bytes", entries: 3 };
    expect(sums(1, 1, [[0, 0, bytes]])).toEqual([bytes]);
    expect(
      sums(2, 1, [
        [0, 0, bytes],
        [1, 0, { done: 7, total: 7 }],
      ]).at(-1),
    ).toEqual({ done: 10 });
  });

  test("is told to nobody who does not ask", () => {
    expect(addedProgress(1, 1, undefined).of(0)).toEqual({});
  });
});
