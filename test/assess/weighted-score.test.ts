import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradeOf } from "../../src/assess/grade.ts";
import { verdict } from "../../src/assess/score.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { ComplianceFinding, Test } from "../../src/model/finding.ts";
import type {
  CriterionMode,
  CriterionSeverity,
  WeightedFramework,
} from "../../src/model/framework.ts";
import type { Result } from "../../src/model/result.ts";
import { finding } from "./made.ts";
import { tested, weightedFramework } from "./made-weighted.ts";

/** `critical fail`, `low pass disprove-only`, `high warn tested open`. */
function part(written: string, index: number): ComplianceFinding {
  const [severity, result, mode = "tested", open] = written.split(" ");
  return finding(result as Result, {
    criterion: `C${index}`,
    ...(result === "inconclusive" ? { reason: "not-exercised" as const } : {}),
    weighted: {
      mode: mode as CriterionMode,
      criterionSeverity: severity as CriterionSeverity,
      shows: "",
      notShown: "",
      decisive: [`d${index}`],
      supporting: [`s${index}`],
      ...(open === undefined ? {} : { open: true }),
    },
  });
}

interface Beside {
  readonly inScope?: number;
  readonly recordInDoubt?: readonly string[];
  readonly tests?: readonly Test[];
  readonly more?: Partial<WeightedFramework>;
}

function score(
  parts: readonly string[],
  { inScope = 100, recordInDoubt = [], tests = [], more }: Beside = {},
) {
  return verdict(weightedFramework([], more), {
    findings: parts.map(part),
    tests,
    recordInDoubt,
    inScope,
    language: ENGLISH,
  });
}

describe("the evidence score", () => {
  test.each<[string, string[], number | null]>([
    ["all passed", ["critical pass", "low pass"], 100],
    ["a warning is half", ["medium warn"], 50],
    ["a failure of medium severity", ["medium pass", "medium fail"], 50],
    [
      "weights: critical 10, high 7.5, medium 5, low 2.5",
      ["critical pass", "high pass", "medium pass", "low fail"],
      90,
    ],
    ["the same, medium", ["critical pass", "high pass", "medium fail", "low pass"], 80],
    ["it is cut, not rounded", ["critical pass", "medium pass", "medium warn", "low pass"], 88],
    ["a warning beside passes", ["critical pass", "high pass", "medium pass", "low warn"], 95],
    // Caps.
    [
      "a critical failure holds it at 49",
      [...Array<string>(99).fill("critical pass"), "critical fail"],
      49,
    ],
    [
      "a high failure holds it at 79",
      [...Array<string>(99).fill("critical pass"), "high fail"],
      79,
    ],
    [
      "a medium failure holds nothing",
      [...Array<string>(99).fill("critical pass"), "medium fail"],
      99,
    ],
    ["below the cap nothing is held", ["critical fail", "critical fail", "critical pass"], 33],
    [
      "critical before high",
      [...Array<string>(20).fill("critical pass"), "high fail", "critical fail"],
      49,
    ],
    ["a warning on a critical criterion holds nothing", ["critical warn", "critical pass"], 75],
    // Criteria that can only be disproved.
    [
      "nothing found earns nothing",
      ["medium fail", "medium pass", "medium no_exception disprove-only"],
      50,
    ],
    ["found, it counts", ["medium pass", "medium fail disprove-only"], 50],
    ["a warning counts half", ["medium pass", "medium warn disprove-only"], 75],
    [
      "a critical one caps",
      ["critical pass", "critical pass", "critical pass", "critical fail disprove-only"],
      49,
    ],
    [
      "a warning raises nothing",
      ["medium fail", "medium warn disprove-only", "critical warn disprove-only"],
      0,
    ],
    [
      "nor beside a failure of the same kind",
      [
        "medium pass",
        "critical fail disprove-only",
        "critical fail disprove-only",
        "critical warn disprove-only",
      ],
      20,
    ],
    // Warnings by supporting tests, where the deciding ones are open.
    ["an open warning lowers", ["medium pass", "medium warn tested open"], 75],
    ["and raises nothing", ["medium fail", "medium warn tested open"], 0],
    [
      "nor beside what lowers more",
      [
        "medium pass",
        "critical fail disprove-only",
        "critical fail disprove-only",
        "low warn tested open",
      ],
      20,
    ],
    ["it is not decided", ["low pass", "medium warn tested open"], null],
    [
      "though it be the half that lacks",
      ["medium pass", "medium warn tested open", "low warn tested open"],
      null,
    ],
    [
      "of tests that can only disprove it lowers too",
      ["medium pass", "medium warn disprove-only open"],
      75,
    ],
    ["alone it makes no score", ["medium warn tested open"], null],
    ["open, it does not count", ["medium pass", "critical inconclusive disprove-only"], 100],
    ["alone they make no score", ["medium fail disprove-only"], null],
    // Half of the testable weight.
    ["half is enough", ["medium pass", "medium inconclusive"], 100],
    ["less is not", ["low pass", "medium inconclusive"], null],
    ["an error leaves it open too", ["low pass", "medium error"], null],
    ["what does not apply is not testable", ["low pass", "critical not_applicable"], 100],
    ["figures are not testable", ["low pass", "critical context figures"], 100],
    [
      "a failure among too few",
      ["critical fail", "critical inconclusive", "low inconclusive"],
      null,
    ],
    ["nothing decided", ["low inconclusive"], null],
    ["nothing at all", [], null],
  ])("%s", (_, parts, expected) => {
    expect(score(parts)).toMatchObject({
      score: expected,
      grade: expected === null ? null : gradeOf(expected),
    });
  });

  test.each([
    [0, null],
    [19, null],
    [20, 100],
  ])("%i entries", (inScope, expected) => {
    expect(score(["medium pass"], { inScope }).score).toBe(expected);
  });

  test("a record in doubt", () => {
    expect(score(["medium pass"], { recordInDoubt: ["Ids repeat."] })).toMatchObject({
      score: null,
      grade: null,
      weighted: { withheld: "the record itself is in doubt" },
    });
  });

  test("says why there is none, every reason", () => {
    const { weighted } = score(["low pass", "medium inconclusive"], {
      inScope: 1,
      recordInDoubt: ["Ids repeat."],
    });
    expect(weighted?.withheld).toBe(
      "1 entry is in scope, and 20 are needed; the record itself is in doubt; only 2.5 of the " +
        "weight of 7.5 that a log can test could be decided, less than half",
    );
    expect(score(["low inconclusive"], { inScope: 19 }).weighted?.withheld).toBe(
      "19 entries are in scope, and 20 are needed; none of the testable criteria could be decided",
    );
    expect("withheld" in (score(["low pass"]).weighted ?? {})).toBe(false);
  });

  test("says what holds it down", () => {
    const passed = Array<string>(9).fill("critical pass");
    expect(score([...passed, "critical fail", "high fail"]).weighted?.capped).toEqual({
      at: 49,
      uncapped: 83,
      by: ["C9"],
    });
    expect(score([...passed, "high fail", "high fail disprove-only"]).weighted?.capped).toEqual({
      at: 79,
      uncapped: 85,
      by: ["C9", "C10"],
    });
    expect("capped" in (score(["critical fail", "medium pass"]).weighted ?? {})).toBe(false);
    expect("capped" in (score(["medium pass"]).weighted ?? {})).toBe(false);
  });
});

describe("coverage", () => {
  test("counts tested criteria, and those that were disproved", () => {
    const { coverage } = score(
      [
        "critical pass",
        "high inconclusive",
        "medium not_applicable",
        "low error",
        "critical fail disprove-only",
        "high no_exception disprove-only",
        "medium inconclusive disprove-only",
        "low context figures",
        "low warn tested open",
        "critical warn disprove-only open",
      ],
      { more: { criteriaInEdition: 61 } },
    );
    expect(coverage).toEqual({
      decided: 2,
      possible: 5,
      total: 61,
      weightDecided: 20,
      weightPossible: 32.5,
    });
  });

  test("a law has no number of criteria", () => {
    expect("total" in score(["low pass"]).coverage).toBe(false);
  });
});

const warned = (...tests: readonly Test[]) => score(["critical warn"], { tests }).weighted?.band;

describe("the band", () => {
  test.each([
    ["critical exceptions", ["critical fail", "low pass"]],
    ["critical exceptions", ["critical fail disprove-only", "high fail"]],
    ["critical exceptions", ["critical fail", "critical inconclusive", "critical inconclusive"]],
    ["significant exceptions", ["high fail", "medium fail"]],
    ["minor exceptions", ["medium fail", "critical pass"]],
    ["minor exceptions", ["low fail"]],
    ["no exceptions in the tests run", ["critical pass", "high no_exception disprove-only"]],
    ["not enough evidence", ["low pass", "critical inconclusive"]],
    ["not enough evidence", []],
  ])("%s: %s", (band, parts) => {
    expect(score(parts).weighted?.band).toBe(band);
  });

  test("a warning counts where a test found something, and not where a pass is held down", () => {
    expect(warned(tested("warn", { key: "d0" }))).toBe("minor exceptions");
    expect(warned(tested("pass", { key: "d0" }), tested("fail", { key: "s0" }))).toBe(
      "minor exceptions",
    );
    expect(warned(tested("pass", { key: "d0" }), tested("warn", { key: "s0" }))).toBe(
      "no exceptions in the tests run",
    );
    expect(warned(tested("pass", { key: "d0" }), tested("fail", { key: "d1" }))).toBe(
      "no exceptions in the tests run",
    );
  });
});

interface Arbitrary {
  readonly severity: CriterionSeverity;
  readonly result: string;
  readonly mode: CriterionMode;
  readonly open: boolean;
}

const WEIGHTS = { critical: 10, high: 7.5, medium: 5, low: 2.5 } as const;
const CREDITS: Readonly<Record<string, number>> = { pass: 1, warn: 0.5, fail: 0 };

const arbitrary = fc
  .record({
    severity: fc.constantFrom<CriterionSeverity>("critical", "high", "medium", "low"),
    result: fc.constantFrom("pass", "warn", "fail", "inconclusive", "error", "not_applicable"),
    mode: fc.constantFrom<CriterionMode>("tested", "tested", "disprove-only"),
    open: fc.boolean(),
  })
  .map(({ severity, result, mode, open }): Arbitrary => ({
    severity,
    mode,
    result: mode === "disprove-only" && result === "pass" ? "no_exception" : result,
    open: open && result === "warn",
  }));

const weigh = (some: readonly Arbitrary[]) =>
  some.reduce((sum, { severity }) => sum + WEIGHTS[severity], 0);
/** Whole numbers of 1.25, so that nothing is lost before the division. */
const average = (some: readonly Arbitrary[]) =>
  (100 *
    some.reduce(
      (sum, { severity, result }) => sum + WEIGHTS[severity] * (CREDITS[result] ?? 0),
      0,
    )) /
  weigh(some);
/** Every choice of some of them. */
const choices = (some: readonly Arbitrary[]): readonly (readonly Arbitrary[])[] =>
  Array.from({ length: 2 ** some.length }, (_, bits) =>
    some.filter((_one, index) => (bits >> index) % 2 === 1),
  );
const scoreOf = (parts: readonly Arbitrary[]) =>
  score(
    parts.map(
      ({ severity, result, mode, open }) => `${severity} ${result} ${mode}${open ? " open" : ""}`,
    ),
  );

test("is what the rules say, for any findings", () => {
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 10 }), (parts) => {
      const t = parts.filter(
        ({ mode, result }) => mode === "tested" && result !== "not_applicable",
      );
      const decidedT = t.filter(({ result, open }) => CREDITS[result] !== undefined && !open);
      const f = parts.filter(
        ({ mode, result, open }) => mode !== "tested" && ["warn", "fail"].includes(result) && !open,
      );
      const lowering = [...f, ...parts.filter(({ open }) => open)];
      const failed = (severity: string) =>
        parts.some((one) => one.result === "fail" && one.severity === severity);
      // Whatever can lower the score is counted with it exactly where it does.
      const raw = Math.floor(
        Math.min(...choices(lowering).map((some) => average([...decidedT, ...some]))),
      );
      const most = failed("critical") ? 49 : failed("high") ? 79 : 100;
      const expected =
        weigh(decidedT) === 0 || weigh(decidedT) * 2 < weigh(t) ? null : Math.min(raw, most);
      const found = scoreOf(parts);
      expect(found.score).toBe(expected);
      expect(found.coverage).toMatchObject({
        decided: decidedT.length + f.length,
        possible: t.length + f.length,
        weightDecided: weigh([...decidedT, ...f]),
        weightPossible: weigh([...t, ...f]),
      });
    }),
    { numRuns: 500 },
  );
});

test("what can only lower it never raises it, whatever else is there", () => {
  const lowering = arbitrary.filter(({ mode, open }) => mode === "disprove-only" || open);
  fc.assert(
    fc.property(fc.array(arbitrary, { maxLength: 10 }), lowering, (parts, more) => {
      const before = scoreOf(parts).score;
      const after = scoreOf([...parts, more]).score;
      expect(after === null || (before !== null && after <= before)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
