import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rollUp } from "../../src/assess/roll-up.ts";
import type { Test } from "../../src/model/finding.ts";
import type { CriterionMode } from "../../src/model/framework.ts";
import type { Reason, Result } from "../../src/model/result.ts";
import { tested } from "./made-weighted.ts";

/** `fail`, or `inconclusive not-recorded`. */
function one(written: string, index = 0): Test {
  const [result = "", reason] = written.split(" ");
  return tested(result as Result, {
    key: `t${index}`,
    ...(reason === undefined ? {} : { reason: reason as Reason }),
  });
}

function all(written: string, from: number): Test[] {
  return written === "" ? [] : written.split(", ").map((text, index) => one(text, from + index));
}

function roll(mode: CriterionMode, decisive: string, supporting = "", atBest?: string) {
  const { result, reason, deciding, heldBecause, open } = rollUp(
    { mode, ...(atBest === undefined ? {} : { atBest: { result: "warn", why: atBest } }) },
    all(decisive, 0),
    all(supporting, 10),
  );
  const outcome = reason === undefined ? result : `${result} ${reason}`;
  const otherwise =
    open === undefined
      ? ""
      : `; else ${open.result}${open.reason === undefined ? "" : ` ${open.reason}`} by ${open.deciding?.key ?? "none"}`;
  return `${outcome} by ${deciding?.key ?? "none"}${heldBecause === undefined ? "" : `, ${heldBecause}`}${otherwise}`;
}

describe("a criterion that can be tested", () => {
  test.each([
    // A failure stands, whatever else is open or broken.
    ["fail", "", "fail by t0"],
    ["pass, fail", "", "fail by t1"],
    ["inconclusive not-recorded, warn, fail", "error", "fail by t2"],
    ["error, fail", "", "fail by t1"],
    // Then a test that could not be run: it may hide a failure.
    ["warn, error", "", "error by t1"],
    ["pass, error", "fail", "error by t1"],
    // Then warnings, and failures of supporting tests.
    ["pass, warn", "", "warn by t1"],
    ["inconclusive too-few, warn", "fail", "warn by t1"],
    ["pass", "fail", "warn by t10"],
    ["pass", "pass, fail", "warn by t11"],
    // Where the decisive ones are open, so is the criterion.
    ["inconclusive not-recorded", "fail", "warn by t10; else inconclusive not-recorded by t0"],
    ["pass, inconclusive too-few", "fail", "warn by t10; else inconclusive too-few by t1"],
    ["context", "fail", "warn by t10; else inconclusive missing-input by t0"],
    ["no_exception", "fail", "warn by t10; else inconclusive not-exercised by t0"],
    ["not_applicable", "fail", "warn by t10; else not_applicable by t0"],
    ["pass, no_exception, not_applicable", "fail", "warn by t10"],
    ["warn, inconclusive too-few", "fail", "warn by t0"],
    ["inconclusive too-few", "warn, error", "error by t11"],
    // A supporting test does nothing else, and never lifts.
    ["pass", "warn", "pass by t0"],
    ["pass", "inconclusive not-recorded", "pass by t0"],
    ["pass", "no_exception, context, not_applicable", "pass by t0"],
    ["inconclusive too-few", "pass", "inconclusive too-few by t0"],
    ["fail", "pass", "fail by t0"],
    ["pass", "error", "error by t10"],
    ["warn", "error", "warn by t0"],
    // A pass needs every decisive test.
    ["pass", "", "pass by t0"],
    ["pass, pass", "", "pass by t0"],
    ["pass, inconclusive missing-input", "", "inconclusive missing-input by t1"],
    [
      "inconclusive not-exercised, inconclusive not-recorded",
      "",
      "inconclusive not-exercised by t0",
    ],
    ["pass, context", "", "inconclusive missing-input by t1"],
    ["context, pass", "", "inconclusive missing-input by t0"],
    // What found nothing says nothing, alone; beside a pass it does not stand in the way.
    ["no_exception", "", "inconclusive not-exercised by t0"],
    ["no_exception, no_exception", "", "inconclusive not-exercised by t0"],
    ["no_exception, pass", "", "pass by t1"],
    ["pass, no_exception, inconclusive too-few", "", "inconclusive too-few by t2"],
    ["no_exception, inconclusive too-few", "", "inconclusive not-exercised by t0"],
    // What cannot apply is left out, unless nothing can.
    ["not_applicable", "", "not_applicable by t0"],
    ["not_applicable, not_applicable", "", "not_applicable by t0"],
    ["not_applicable, pass", "", "pass by t1"],
    ["pass, not_applicable", "", "pass by t0"],
    ["not_applicable, inconclusive too-few", "", "inconclusive too-few by t1"],
    ["not_applicable, no_exception", "", "inconclusive not-exercised by t1"],
    // Nothing asked is a mistake.
    ["", "", "error by none"],
    ["", "pass", "error by none"],
  ])("%s; supporting: %s", (decisive, supporting, expected) => {
    expect(roll("tested", decisive, supporting)).toBe(expected);
  });

  test.each([
    ["pass", "", "warn by t0, no origin"],
    ["fail", "", "fail by t0"],
    ["warn", "", "warn by t0"],
    ["inconclusive too-few", "", "inconclusive too-few by t0"],
    ["pass", "fail", "warn by t10"],
  ])("%s; supporting: %s; held at a warning", (decisive, supporting, expected) => {
    expect(roll("tested", decisive, supporting, "no origin")).toBe(expected);
  });
});

describe("a criterion that can only be disproved", () => {
  test.each([
    ["fail", "fail by t0"],
    ["pass, fail", "fail by t1"],
    ["error, fail", "fail by t1"],
    ["error, warn", "error by t0"],
    ["no_exception, warn", "warn by t1"],
    ["pass", "no_exception by t0"],
    ["no_exception", "no_exception by t0"],
    ["inconclusive not-recorded, no_exception", "no_exception by t1"],
    ["inconclusive not-recorded, pass", "no_exception by t1"],
    ["inconclusive not-recorded, inconclusive too-few", "inconclusive not-recorded by t0"],
    ["not_applicable, inconclusive too-few", "inconclusive too-few by t1"],
    ["not_applicable", "not_applicable by t0"],
    ["context", "inconclusive missing-input by t0"],
    ["", "error by none"],
  ])("%s", (decisive, expected) => {
    expect(roll("disprove-only", decisive)).toBe(expected);
    // A supporting test changes nothing where a pass cannot be had, unless it fails.
    expect(roll("disprove-only", decisive, "warn, error, pass, context")).toBe(expected);
  });

  test.each([
    ["no_exception", "fail", "warn by t10"],
    ["pass", "warn, fail", "warn by t11"],
    ["inconclusive too-few, no_exception", "fail", "warn by t10"],
    ["fail", "fail", "fail by t0"],
    ["error", "fail", "error by t0"],
    ["warn", "fail", "warn by t0"],
    ["inconclusive too-few", "fail", "warn by t10; else inconclusive too-few by t0"],
    ["not_applicable", "fail", "warn by t10; else not_applicable by t0"],
    ["context", "fail", "warn by t10; else inconclusive missing-input by t0"],
  ])("%s; a supporting test fails: %s", (decisive, supporting, expected) => {
    expect(roll("disprove-only", decisive, supporting)).toBe(expected);
    expect(roll("disprove-only", decisive, supporting, "no origin")).toBe(expected);
  });
});

describe("a criterion of figures", () => {
  test.each([
    ["context", "context by t10"],
    ["inconclusive too-few, context", "context by t11"],
    // Whatever a test comes out as, it is a figure here.
    ["fail", "context by t10"],
    ["warn, pass", "context by t10"],
    ["pass", "context by t10"],
    ["no_exception", "context by t10"],
    ["inconclusive not-exercised, inconclusive not-recorded", "inconclusive not-exercised by t10"],
    ["not_applicable", "not_applicable by t10"],
    ["not_applicable, inconclusive too-few", "inconclusive too-few by t11"],
    ["context, error", "error by t11"],
    ["", "error by none"],
  ])("%s", (supporting, expected) => {
    expect(roll("figures", "", supporting)).toBe(expected);
  });
});

const RESULTS = [
  "pass",
  "warn",
  "fail",
  "no_exception",
  "not_applicable",
  "context",
  "error",
  "inconclusive too-few",
  "inconclusive not-recorded",
];
const tests = fc.array(fc.constantFrom(...RESULTS), { maxLength: 4 });

test("no pass beside an open or failed decisive test, whatever the others are", () => {
  fc.assert(
    fc.property(tests, tests, (decisive, supporting) => {
      const { result, reason } = rollUp({ mode: "tested" }, decisive.map(one), supporting.map(one));
      expect(reason === undefined).toBe(result !== "inconclusive");
      const whole = decisive.every((text) =>
        ["pass", "no_exception", "not_applicable"].includes(text),
      );
      const mayPass = whole && decisive.includes("pass") && !supporting.includes("fail");
      expect([result, result !== "pass" || mayPass]).toEqual([result, true]);
      expect(result === "fail").toBe(decisive.includes("fail"));
    }),
    { numRuns: 500 },
  );
});

test("another supporting test never makes a result better", () => {
  const rank = ["fail", "error", "warn", "inconclusive", "not_applicable", "pass"];
  fc.assert(
    fc.property(tests, tests, fc.constantFrom(...RESULTS), (decisive, supporting, more) => {
      const of = (others: readonly string[]): string =>
        rollUp({ mode: "tested" }, decisive.map(one), others.map(one)).result;
      const before = of(supporting);
      const after = of([...supporting, more]);
      // A warning and a failure to run may take each other's place; both are shown.
      const worse = rank.indexOf(after) <= rank.indexOf(before);
      expect([before, after, worse || [before, after].join() === "error,warn"]).toEqual([
        before,
        after,
        true,
      ]);
    }),
    { numRuns: 500 },
  );
});
