import { describe, expect, test } from "vitest";
import { testMeasure } from "../../src/assess/test-measure.ts";
import type { TestBasis } from "../../src/assess/test-measure.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { InputName } from "../../src/model/inputs.ts";
import type { IntakeStatement } from "../../src/model/intake.ts";
import type { Limits, Measure } from "../../src/model/measure.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { LogPopulation } from "../../src/model/population.ts";
import { counted, grouped, logPopulation, rated, silent } from "./made.ts";
import { counting, limits, pair, rating } from "./made-weighted.ts";

interface Setting {
  readonly observation?: Observation | undefined;
  readonly log?: Partial<LogPopulation>;
  readonly given?: readonly InputName[];
  readonly withoutMatcher?: readonly string[];
  readonly limits?: Limits;
  readonly criteria?: readonly string[];
}

function run(
  measure: Measure,
  { observation, log, given = [], withoutMatcher = [], limits: own, criteria = ["C1"] }: Setting,
) {
  const basis: TestBasis = {
    observations: new Map(observation === undefined ? [] : [[measure.id, observation]]),
    population: logPopulation(log),
    given: new Set(given),
    classesWithoutMatcher: new Set(withoutMatcher),
    language: ENGLISH,
  };
  const held = own ?? measure.limits;
  if (held === undefined) throw new Error("the test needs limits");
  return testMeasure({ key: measure.id, measure, limits: held, criteria }, basis);
}

/** Only what a test came out as. */
const outcome = (...[measure, setting]: Parameters<typeof run>): string => {
  const { result, reason } = run(measure, setting);
  return reason === undefined ? result : `${result} ${reason}`;
};

const barring = (why: string): Partial<LogPopulation> => ({
  intake: { cannotAnswer: new Map([["main", why]]) } as unknown as IntakeStatement,
});

describe("what keeps a test from an answer, the first of these", () => {
  /** Everything that can stand in the way, stands in the way. */
  const all = counting("main", {
    fields: ["approval"],
    needs: ["roster"],
    classes: ["class_outbound"],
  });
  const everything: Setting = {
    observation: counted(0, 0),
    log: { ...barring("Pods are not people."), recordable: ["id"] },
    withoutMatcher: ["class_outbound"],
  };

  test("no observation: the test itself failed", () => {
    const tested = run(all, { ...everything, observation: undefined });
    expect(tested).toMatchObject({ result: "error", population: 0, exceptions: 0, numbers: {} });
    expect(tested.says).toContain("main gave no answer");
    expect("reason" in tested).toBe(false);
  });

  test("nothing in scope", () => {
    const log = { ...everything.log, inScope: 0 };
    const tested = run(all, { ...everything, log });
    expect(tested).toMatchObject({ result: "inconclusive", reason: "not-exercised" });
    expect(tested.says).toContain("No entry of the log");
    // What asks the whole log, or no log at all, has a population nevertheless.
    const reach = rating("main");
    expect(outcome(reach, { observation: rated(9, 9), log: { inScope: 0 } })).toBe("pass");
  });

  test("a format that must not answer", () => {
    const tested = run(all, everything);
    expect(tested).toMatchObject({ result: "inconclusive", reason: "not-recorded" });
    expect(tested.says).toContain("Pods are not people.");
    expect("missingFields" in tested).toBe(false);
  });

  test("fields that are not recorded, and then exceptions mean nothing", () => {
    const log: Partial<LogPopulation> = { recordable: ["id"] };
    const tested = run(all, { ...everything, observation: counted(100, 60), log });
    expect(tested).toMatchObject({
      result: "inconclusive",
      reason: "not-recorded",
      population: 100,
      exceptions: 0,
      exceptionEntries: [],
      numbers: {},
      missingFields: ["approval"],
      remedy: "Record approval with every action.",
    });
    expect("observed" in tested).toBe(false);
  });

  test.each([
    [
      ["approval"],
      "The log does not record approval, without which this cannot be decided.",
      "approval",
    ],
    [
      ["risk_level", "human_decision"],
      "The log records neither risk_level nor human_decision, without which this cannot be decided.",
      "risk_level and human_decision",
    ],
    [
      ["approval", "risk_level", "agent_id"],
      "The log records none of risk_level, approval and agent_id, without which this cannot be decided.",
      "risk_level, approval and agent_id",
    ],
  ] as const)("says which: %s", (fields, says, listed) => {
    const tested = run(counting("main", { fields }), {
      observation: counted(9, 1),
      log: { recordable: ["id"] },
    });
    expect(tested).toMatchObject({ says, remedy: `Record ${listed} with every action.` });
  });

  test("inputs that were not given", () => {
    const tested = run(all, { observation: counted(100, 60), withoutMatcher: ["class_outbound"] });
    expect(tested).toMatchObject({
      result: "inconclusive",
      reason: "missing-input",
      exceptions: 0,
      missingInputs: ["roster"],
    });
    expect(tested.says).toContain("list of agents that the organisation knows");
    expect(tested.remedy).toContain("inputs.roster");
  });

  test("a class that nothing can be of", () => {
    const withoutMatcher = ["class_other", "class_outbound"];
    const tested = run(all, { observation: counted(100, 0), given: ["roster"], withoutMatcher });
    expect(tested).toMatchObject({
      result: "inconclusive",
      reason: "missing-input",
      classes: ["class_outbound"],
    });
    expect(tested.says).toContain("class_outbound");
    expect(tested.says).not.toContain("class_other");
    expect("missingInputs" in tested).toBe(false);
  });

  test("nobody to ask", () => {
    const tested = run(all, { observation: counted(0, 0), given: ["roster"] });
    expect(tested).toMatchObject({
      result: "inconclusive",
      reason: "not-exercised",
      says: "None of it happened.",
    });
  });

  test("nothing", () => {
    expect(outcome(all, { observation: counted(1, 0), given: ["roster"] })).toBe("pass");
  });
});

test("nobody to ask can mean that it does not apply, but not on an empty log", () => {
  const measure = counting("main", { empty: { reason: "not-applicable", says: "No delegation." } });
  const tested = run(measure, { observation: counted(0, 0) });
  expect(tested).toMatchObject({ result: "not_applicable", says: "No delegation.", remedy: "" });
  expect("reason" in tested).toBe(false);
  expect(outcome(measure, { observation: counted(0, 0), log: { inScope: 0 } })).toBe(
    "inconclusive not-exercised",
  );
});

test("a measure that says nothing about an empty population", () => {
  const { empty: _, ...silentMeasure } = counting("main");
  expect(run(silentMeasure as Measure, { observation: counted(0, 0) })).toMatchObject({
    reason: "not-exercised",
    says: "Nothing of the kind happened.",
  });
});

describe("fields of which one is enough", () => {
  const measure = counting("main", { anyFields: [["chain_id", "session_id"], ["agent_id"]] });
  test.each([
    [["chain_id", "agent_id"], "pass"],
    [["session_id", "agent_id"], "pass"],
    [["chain_id", "session_id"], "inconclusive not-recorded"],
    [["agent_id"], "inconclusive not-recorded"],
  ] as const)("%s", (recordable, expected) => {
    expect(outcome(measure, { observation: counted(5, 0), log: { recordable } })).toBe(expected);
  });

  test("the first stands for all that are missing", () => {
    const { missingFields } = run(measure, { observation: counted(5, 0), log: { recordable: [] } });
    expect(missingFields).toEqual(["agent_id", "chain_id"]);
  });
});

test.each([
  ["policy-lint", { codes: [], lintCounts: [] }],
  ["policy-replay", {}],
] as const)("a question about the policy needs one: %s", (kind, more) => {
  const { exception: _, ...base } = counting("main") as Extract<Measure, { kind: "count" }>;
  const measure = { ...base, kind, ...more } as Measure;
  expect(run(measure, { observation: counted(0, 0) }).missingInputs).toEqual(["policy"]);
  expect(outcome(measure, { observation: counted(4, 0), given: ["policy"] })).toBe("pass");
});

describe("limits", () => {
  const bounded = limits(
    "fail: share < 0.7",
    "warn: share < 0.9",
    "inconclusive too-few: share_low < 0.7",
    "pass",
  );
  const seen = (part: number, of: number, low: number) => ({
    observation: { ...rated(of, part), numbers: { share_low: low } },
    limits: bounded,
  });
  test.each([
    // The first that holds: failures and warnings need no minimum.
    [6, 10, 0.31, "fail"],
    [699, 1000, 0.669, "fail"],
    [700, 1000, 0.671, "warn"],
    [899, 1000, 0.879, "warn"],
    [8, 8, 0.676, "inconclusive too-few"],
    [9, 9, 0.701, "pass"],
    [900, 1000, 0.88, "pass"],
    [900, 1000, 0.7, "pass"],
    [900, 1000, 0.6999, "inconclusive too-few"],
  ])("%i of %i, not below %f: %s", (part, of, low, expected) => {
    expect(outcome(rating("main"), seen(part, of, low))).toBe(expected);
  });

  test("a comparison with a number that is not there does not hold", () => {
    const absent = limits("fail: high_share < 0.5", "warn: high_share >= 0.5", "pass");
    expect(outcome(rating("main"), { observation: rated(5, 5), limits: absent })).toBe("pass");
    const present = {
      observation: { ...rated(5, 5), numbers: { high_share: 0.5 } },
      limits: absent,
    };
    expect(outcome(rating("main"), present)).toBe("warn");
    const unequal = limits("fail: unknown != 0", "pass");
    expect(outcome(rating("main"), { observation: rated(5, 5), limits: unequal })).toBe("fail");
  });

  test("a result says what was observed, and what to change where there is something", () => {
    const measure = rating("main", { sentence: "{share} of {population:entry|entries}: {first}" });
    expect(run(measure, seen(899, 1000, 0.879))).toMatchObject({
      result: "warn",
      says: "89.9 % of 1,000 entries: entries 1, 2, 3, 4, 5 and 96 more",
      remedy: "Mend it.",
      observed: { kind: "share", part: 899, whole: 1000 },
      numbers: { population: 1000, exceptions: 101, part: 899, share: 0.899, share_low: 0.879 },
      limits: [
        { result: "fail", when: "share < 0.7" },
        { result: "warn", when: "share < 0.9" },
        { result: "inconclusive", when: "share_low < 0.7" },
        { result: "pass" },
      ],
      basis: "audit-practice",
      criteria: ["C1"],
    });
    expect(run(measure, seen(9, 9, 0.8)).remedy).toBe("");
    expect(run(measure, seen(1, 9, 0.8)).remedy).toBe("Mend it.");
  });

  test("a share is not rounded onto a limit", () => {
    const measure = rating("main", { sentence: "{share}" });
    expect(run(measure, seen(899_999, 1_000_000, 0.89)).says).toBe("89.9999 %");
    const own = rating("main", {
      sentence: "{high_share}, {odd}",
      shares: [{ name: "odd", among: {} as never, part: {} as never }],
    });
    const observation = { ...rated(9, 9), numbers: { high_share: 0.899_999, odd: 0.25 } };
    expect(run(own, { observation, limits: bounded }).says).toBe("89.9999 %, 25 %");
  });

  test("too few, with what would help", () => {
    const few = run(rating("main"), seen(8, 8, 0.676));
    expect(few.says).toBe("0 exceptions in 8 entries. That is too little to conclude from.");
    expect(few.remedy).toBe("Widen the period, or connect the agents that do not log yet.");
    expect(few.numbers["share_low"]).toBe(0.676);
  });

  test.each([
    ["not-exercised", "test a log of agents"],
    ["not-recorded", "Have the logger write"],
    ["record-in-doubt", "Find out what happened"],
  ] as const)("another reason, with what would help: %s", (reason, remedy) => {
    const open = run(rating("main"), {
      observation: rated(8, 8),
      limits: limits(`inconclusive ${reason}`),
    });
    expect(open).toMatchObject({
      result: "inconclusive",
      reason,
      says: "0 exceptions in 8 entries.",
      remedy: expect.stringContaining(remedy) as string,
    });
  });

  test("an input that the limits do not name is told by the reason of the limits", () => {
    const open = run(rating("main"), {
      observation: rated(8, 8),
      limits: limits("inconclusive missing-input: unknown != 0", "pass"),
    });
    expect(open).toMatchObject({
      result: "inconclusive",
      reason: "missing-input",
      remedy: expect.stringContaining("Give beside the log") as string,
    });
  });

  test("an input that the limits compare with is named, until it was given", () => {
    const open = limits(
      "pass: reach_days >= 183",
      "fail: deployed_days >= 183",
      "inconclusive missing-input",
    );
    const asking = { observation: rated(8, 8), limits: open };
    expect(run(rating("main"), asking)).toMatchObject({
      missingInputs: ["deployed-since"],
      remedy: expect.stringContaining("inputs.deployed_since") as string,
    });
    const given = run(rating("main"), { ...asking, given: ["deployed-since"] });
    expect(given.remedy).not.toContain("deployed_since");
    expect(given).not.toHaveProperty("missingInputs");
  });

  test("limits that compare with nothing ask for limits", () => {
    const none = { observation: rated(8, 8), limits: limits("inconclusive missing-input") };
    const open = run(rating("main"), none);
    expect(open.remedy).toBe(
      "Set limits of your own for C1 in the configuration (docs/configuration.md).",
    );
    expect(open).not.toHaveProperty("missingInputs");
    const two = run(rating("main"), { ...none, criteria: ["C1", "C2"] });
    expect(two.remedy).toContain("for C1 and C2 in");
    expect(run(rating("main"), { ...none, criteria: [] }).remedy).toContain("for main in");
  });

  test("none that covers what was observed: the test failed", () => {
    const gappy = {
      ...limits("fail: exceptions > 0", "pass"),
      of: limits("fail: exceptions > 0", "pass").of.slice(0, 1),
    };
    const tested = run(counting("main"), { observation: counted(5, 0), limits: gappy });
    expect(tested.result).toBe("error");
    expect(tested.says).toContain("No limit");
  });

  test("no exception, figures and what cannot apply", () => {
    const results = ["no_exception", "context", "not_applicable"];
    for (const result of results) {
      const setting = { observation: counted(5, 0), limits: limits(result) };
      expect(outcome(counting("main"), setting)).toBe(result);
    }
  });
});

describe("what stands behind it", () => {
  test("silences, groups, pairs and rules are carried where there are any", () => {
    const pairs = [pair({ id: 1 }, { id: 2 })];
    const base = counted(9, 1);
    expect(run(counting("main"), { observation: silent(9, [5]) }).gaps).toHaveLength(1);
    expect("gaps" in run(counting("main"), { observation: silent(9, []) })).toBe(false);
    expect(run(counting("main"), { observation: grouped({ a: 2 }) }).groups).toHaveLength(1);
    expect(
      run(counting("main"), { observation: { ...base, kind: "sequence", pairs } }).pairs,
    ).toEqual(pairs);
    expect(
      "pairs" in run(counting("main"), { observation: { ...base, kind: "sequence", pairs: [] } }),
    ).toBe(false);
    const rules = [{ rule: "r", message: "m" }];
    expect(
      run(counting("main"), { observation: { ...base, kind: "policy-lint", rules } }).rules,
    ).toEqual(rules);
    for (const kind of ["distinct", "set-difference"] as const) {
      const groups = [{ key: "a", count: 3 }];
      expect(run(counting("main"), { observation: { ...base, kind, groups } }).groups).toEqual(
        groups,
      );
    }
  });

  test.each([
    ["gap", true],
    ["spike", true],
    ["sequence", true],
    ["run", true],
    ["rate", true],
    ["percentile", true],
    ["count", false],
    ["max", false],
  ] as const)("entries without a readable time, for %s", (kind, matters) => {
    const timestamps = { unreadable: 1200, firstUnreadable: [], naive: 0, unordered: 0, future: 0 };
    const observation = {
      ...counted(9, 0),
      kind,
      ...(kind === "sequence" ? { pairs: [] } : kind === "gap" ? { gaps: [] } : {}),
    } as Observation;
    const { says } = run(counting("main"), { observation, log: { timestamps } });
    expect(says.includes("cannot be read: 1,200")).toBe(matters);
    expect(run(counting("main"), { observation }).says).not.toContain("cannot be read");
  });

  test.each([
    ["distinct", undefined],
    ["reach", undefined],
    ["max", { kind: "count", value: 1 }],
    ["run", { kind: "count", value: 1 }],
  ] as const)("the one figure of %s", (kind, observed) => {
    const observation = { ...counted(9, 1), kind, groups: [] } as Observation;
    expect(run(counting("main"), { observation }).observed).toEqual(observed);
  });

  test("a part makes it a share", () => {
    const observation: Observation = { ...counted(9, 1), kind: "clock", numbers: { part: 8 } };
    expect(run(counting("main"), { observation }).observed).toEqual({
      kind: "share",
      part: 8,
      whole: 9,
    });
  });
});
