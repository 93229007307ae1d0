import { describe, expect, test } from "vitest";
import { judgeWeighted } from "../../src/assess/judge-weighted.ts";
import type { WeightedBasis } from "../../src/assess/judge-weighted.ts";
import { RECORD_MEASURES, planTests } from "../../src/assess/plan-tests.ts";
import { RECORD_MEASURES as ASKED_BY_CATALOG } from "../../src/catalog/asked-measures.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { ComplianceFinding } from "../../src/model/finding.ts";
import type { WeightedCriterion, WeightedFramework } from "../../src/model/framework.ts";
import { parseInstant } from "../../src/model/instant.ts";
import type { Measure } from "../../src/model/measure.ts";
import type { Observation } from "../../src/model/observation.ts";
import { answers, counted, grouped, logPopulation, rated, silent } from "./made.ts";
import {
  RECORD,
  asked,
  counting,
  grouping,
  limits,
  rating,
  weightedCriterion,
  weightedFramework,
} from "./made-weighted.ts";

const ORDERLY = { "field-completeness": rated(100, 100), "record-identity": counted(100, 0) };

interface Setting {
  readonly measures?: readonly Measure[];
  readonly observations?: Readonly<Record<string, Observation>>;
  readonly framework?: Partial<WeightedFramework>;
  readonly more?: Partial<WeightedBasis>;
}

function judge(
  criteria: readonly WeightedCriterion[],
  { measures = [counting("main"), counting("other")], observations = {}, framework, more }: Setting,
) {
  return judgeWeighted(weightedFramework(criteria, framework), {
    measures: new Map([...measures, ...RECORD].map((measure) => [measure.id, measure])),
    observations: answers({ ...ORDERLY, ...observations }),
    population: logPopulation({ inScope: 1204 }),
    given: new Set(),
    classesWithoutMatcher: new Set(),
    language: ENGLISH,
    now: parseInstant("2026-11-01T00:00:00Z"),
    periodStart: "2026-01-01T00:00:00+00:00",
    periodEnd: "2026-03-31T23:59:59.999999+00:00",
    answers: {},
    notApplicable: {},
    ...more,
  });
}

function conclude(more: Partial<WeightedCriterion>, setting: Setting): ComplianceFinding {
  const [finding] = judge([weightedCriterion(more)], setting).findings;
  if (finding === undefined) throw new Error("no finding came out");
  return finding;
}

describe("a finding", () => {
  test("of a failure: severity, remedy, and the figures of the first test that failed", () => {
    const found = conclude(
      { decisive: asked("other", "main"), supporting: asked("field-completeness") },
      { observations: { other: counted(9, 0), main: counted(50, 3) } },
    );
    expect(found).toMatchObject({
      severity: "critical",
      category: "access_control",
      title: "C1 Something: FAIL",
      recommendation: "Change the rule. For Something that is measured: Mend it.",
      criterion: "C1",
      result: "fail",
      population: 50,
      exceptions: 3,
      exceptionEntries: [{ id: 1 }, { id: 2 }, { id: 3 }],
      observed: { kind: "count", value: 3 },
      limit: "!(exceptions > 0)",
      points: 0,
      measures: ["other", "main", "field-completeness"],
      weighted: {
        mode: "tested",
        criterionSeverity: "high",
        shows: "That it happened",
        notShown: "Why it happened",
        decisive: ["other", "main"],
        supporting: ["field-completeness"],
      },
    });
    expect(found.weighted).not.toHaveProperty("bindsFrom");
    expect(found.weighted).not.toHaveProperty("recordInDoubt");
    expect(found.weighted).not.toHaveProperty("heldBecause");
    expect(found).not.toHaveProperty("reason");
  });

  test.each([
    ["critical", "critical"],
    ["high", "critical"],
    ["medium", "warning"],
    ["low", "warning"],
  ] as const)("a failure of %s severity is %s", (severity, expected) => {
    const found = conclude({ severity }, { observations: { main: counted(9, 1) } });
    expect(found.severity).toBe(expected);
  });

  test("a warning is a warning, a pass is info, whatever they weigh", () => {
    const measures = [counting("main", { limits: limits("warn: exceptions > 0", "pass") })];
    const of = (exceptions: number) =>
      conclude(
        { severity: "critical" },
        { measures, observations: { main: counted(9, exceptions) } },
      );
    expect([of(1).severity, of(0).severity]).toEqual(["warning", "info"]);
    expect([of(1).recommendation, of(0).recommendation]).toEqual([
      "Change the rule. For Something that is measured: Mend it.",
      "",
    ]);
  });

  test("without a remedy of its own it takes those of its tests, each once", () => {
    const measures = [counting("main"), counting("other"), counting("third", { remedy: "Ask." })];
    const found = conclude(
      { remedy: "", decisive: asked("main", "other"), supporting: asked("third") },
      {
        measures,
        observations: { main: counted(9, 1), other: counted(9, 1), third: counted(9, 1) },
      },
    );
    expect(found.recommendation).toBe("Mend it. Ask.");
  });

  describe("with a remedy of its own appends what the tests that made it say besides", () => {
    const measures = [
      counting("main", { code: "LOG-03", remedy: "Set the clocks." }),
      counting("other", { code: "LOG-05", remedy: "Write a heartbeat." }),
      counting("third", { code: "LOG-07", remedy: "Set the clocks." }),
      counting("wary", {
        code: "LOG-09",
        remedy: "Look closer.",
        limits: limits("warn: exceptions > 0", "pass"),
      }),
    ];
    const seen = (of: Readonly<Record<string, number>>) => ({
      measures,
      observations: Object.fromEntries(
        measures.map(({ id }) => [id, counted(9, of[id] ?? 0)] as const),
      ),
    });
    const both = { decisive: asked("main", "other"), supporting: asked("third", "wary") };

    test.each([
      [{ main: 1 }, "Change the rule. For LOG-03: Set the clocks."],
      [
        { main: 1, other: 1 },
        "Change the rule. For LOG-03: Set the clocks. For LOG-05: Write a heartbeat.",
      ],
      [{ main: 1, third: 1 }, "Change the rule. For LOG-03 and LOG-07: Set the clocks."],
      // What only warns beside brought nothing about.
      [{ main: 1, wary: 1 }, "Change the rule. For LOG-03: Set the clocks."],
      [{ third: 1, wary: 1 }, "Change the rule. For LOG-07: Set the clocks."],
    ] as const)("%o", (exceptions, expected) => {
      expect(conclude(both, seen(exceptions)).recommendation).toBe(expected);
    });

    test.each(["Set the clocks.", "set the clocks, and do more", "Now: set  the clocks"])(
      "only where it is something else than: %s",
      (remedy) => {
        expect(conclude({ ...both, remedy }, seen({ main: 1 })).recommendation).toBe(remedy);
      },
    );

    test("of warnings, too, and of a test that says nothing, nothing", () => {
      const warned = conclude({ decisive: asked("wary") }, seen({ wary: 1 }));
      expect(warned.recommendation).toBe("Change the rule. For LOG-09: Look closer.");
      const mute = conclude(
        {},
        { measures: [counting("main", { remedy: "" })], observations: { main: counted(9, 1) } },
      );
      expect(mute.recommendation).toBe("Change the rule.");
    });
  });

  test("that lacks several fields lists them once", () => {
    const measures = [
      counting("main", { fields: ["chain_id", "risk_level"] }),
      counting("other", { fields: ["agent_id", "chain_id"] }),
    ];
    const found = conclude(
      { decisive: asked("main", "other") },
      {
        measures,
        observations: { main: counted(9, 0), other: counted(9, 0) },
        more: { population: logPopulation({ recordable: ["id"] }) },
      },
    );
    expect(found.recommendation).toBe(
      "Record risk_level, agent_id and chain_id with every action.",
    );
  });

  test("that stayed open says what would open it, of the tests that decide", () => {
    const measures = [
      counting("main", { fields: ["chain_id"] }),
      counting("other", { needs: ["roster"] }),
      counting("third", { needs: ["incidents"] }),
    ];
    const found = conclude(
      { decisive: asked("main", "other"), supporting: asked("third") },
      {
        measures,
        observations: { main: counted(9, 1), other: counted(9, 1), third: counted(9, 1) },
        more: { population: logPopulation({ recordable: ["id", "timestamp"] }) },
      },
    );
    expect(found).toMatchObject({ result: "inconclusive", reason: "not-recorded", exceptions: 0 });
    expect(found.recommendation).toBe(
      "Record chain_id with every action. Give the list of known agents as inputs.roster of the configuration.",
    );
    expect("observed" in found).toBe(false);
  });

  test("of figures that stayed open asks for what they lack", () => {
    const measures = [grouping("agents", { fields: ["chain_id"] })];
    const found = conclude(
      { mode: "figures", decisive: [], supporting: asked("agents") },
      {
        measures,
        observations: { agents: grouped({ a: 1 }) },
        more: { population: logPopulation({ recordable: ["id"] }) },
      },
    );
    expect(found).toMatchObject({
      result: "inconclusive",
      reason: "not-recorded",
      recommendation: "Record chain_id with every action.",
    });
  });

  test("carries silences and groups of the test that decided", () => {
    const gaps = conclude({}, { observations: { main: silent(9, [7]) } });
    expect(gaps.gaps).toHaveLength(1);
    const groups = conclude(
      { mode: "figures", decisive: [], supporting: asked("agents") },
      { measures: [grouping("agents")], observations: { agents: grouped({ a: 2 }) } },
    );
    expect(groups).toMatchObject({
      result: "context",
      severity: "info",
      groups: [{ key: "a", count: 2 }],
      observed: { kind: "groups", value: 1 },
    });
    expect("limit" in groups).toBe(false);
  });

  test.each([
    [["fail: exceptions > 0", "warn: part == 1", "pass"], "!(exceptions > 0) && !(part == 1)"],
    [["pass: exceptions == 0", "fail"], "exceptions == 0"],
    [
      ["fail: exceptions > 3", "pass: exceptions == 0", "warn"],
      "!(exceptions > 3) && exceptions == 0",
    ],
    [["fail: exceptions > 0", "no_exception"], "!(exceptions > 0)"],
    [["pass"], "true"],
    [["context"], undefined],
  ] as const)("the condition that a pass needs, of %s", (written, expected) => {
    const measures = [counting("main", { limits: limits(...written) })];
    const found = conclude({}, { measures, observations: { main: counted(9, 0) } });
    expect(found.limit).toBe(expected);
  });
});

describe("a test that fails to run becomes a finding that says so", () => {
  test.each([
    ["no observation", {}, "main gave no answer"],
    ["no such measure", { decisive: asked("none") }, "none is not known"],
  ] as const)("%s", (_, more, expected) => {
    const found = conclude(more, {});
    expect(found).toMatchObject({
      result: "error",
      severity: "warning",
      title: "C1 Something: ERROR",
    });
    expect(found.description).toContain(expected);
    expect(found.recommendation).toContain("fault");
  });

  test("a measure without limits", () => {
    const { limits: _, ...bare } = counting("main");
    const found = conclude({}, { measures: [bare], observations: { main: counted(9, 0) } });
    expect(found.description).toContain("main has no limits");
  });

  test("nothing is asked", () => {
    expect(conclude({ decisive: [] }, {})).toMatchObject({
      result: "error",
      population: 0,
      exceptions: 0,
      exceptionEntries: [],
      description: "No test is asked for C1. Not shown: Why it happened.",
    });
  });
});

describe("the record", () => {
  const broken = { "record-identity": counted(100, 2), main: counted(9, 0), other: counted(9, 1) };
  const both = [weightedCriterion(), weightedCriterion({ id: "C2", decisive: asked("other") })];

  test("in doubt: the doubt is told, and passes carry it", () => {
    const { findings, recordInDoubt } = judge(both, { observations: broken });
    expect(recordInDoubt).toEqual([
      "Unique and unbroken ids: 2 entries of 100 cannot be told apart.",
    ]);
    expect(findings.map(({ result, weighted }) => [result, weighted?.recordInDoubt])).toEqual([
      ["pass", true],
      ["fail", undefined],
    ]);
  });

  test("not in doubt while nothing fails, also where it cannot be tested", () => {
    const open = { ...broken, "record-identity": counted(0, 0) };
    expect(judge(both, { observations: open }).recordInDoubt).toEqual([]);
  });

  test("is tested in every framework, by the measures' own limits", () => {
    const own = weightedCriterion({
      decisive: [{ measure: "record-identity", limits: limits("pass") }],
    });
    const { tests, recordInDoubt } = judge([own], { observations: broken });
    expect(recordInDoubt).toHaveLength(1);
    expect(tests.map(({ key, result, criteria }) => [key, result, criteria])).toEqual([
      ["record-identity@C1", "pass", ["C1"]],
      ["field-completeness", "pass", []],
      ["record-identity", "fail", []],
    ]);
  });

  test("the catalog resolves the same measures", () => {
    expect(RECORD_MEASURES).toEqual(ASKED_BY_CATALOG);
  });
});

describe("criteria that do not apply", () => {
  const criteria = [
    weightedCriterion({ appliesWhen: { role: ["deployer"] } }),
    weightedCriterion({ id: "C2", decisive: asked("other") }),
  ];
  const framework = {
    questions: [{ id: "role", asks: "", answers: { provider: "", deployer: "" }, several: false }],
  };
  const observations = { main: counted(9, 1), other: counted(9, 1) };

  test("by an answer", () => {
    const { findings, tests } = judge(criteria, {
      framework,
      observations,
      more: { answers: { role: ["provider"] } },
    });
    expect(findings[0]).toMatchObject({
      result: "not_applicable",
      title: "C1 Something: NOT APPLICABLE",
      description: 'It does not apply: the answer to "role" is provider.',
      severity: "info",
      population: 0,
      exceptions: 0,
      measures: [],
      weighted: {
        decisive: [],
        supporting: [],
        criterionSeverity: "high",
        notShown: "Why it happened",
      },
    });
    expect(tests.map(({ measure }) => measure)).not.toContain("main");
  });

  test("by a declaration, which goes first", () => {
    const { findings } = judge(criteria, {
      framework,
      observations,
      more: { answers: { role: ["provider"] }, notApplicable: { C1: "No such system." } },
    });
    expect(findings[0]?.description).toBe(
      "The organisation declares it not applicable: No such system.",
    );
    expect(findings[1]?.result).toBe("fail");
  });

  test("apply where the answer is unknown", () => {
    expect(judge(criteria, { framework, observations }).findings[0]?.result).toBe("fail");
  });
});

test("a criterion that binds later says from when", () => {
  const appliesFrom = [
    { from: "2027-12-02", what: "", criteria: ["C1"] },
    { from: "2026-11-01", what: "" },
  ];
  const criteria = [weightedCriterion(), weightedCriterion({ id: "C2" })];
  const observations = { main: counted(9, 0) };
  const later = (now: string, notApplicable = {}) =>
    judge(criteria, {
      framework: { appliesFrom },
      observations,
      more: { now: parseInstant(now), notApplicable },
    }).findings.map(({ weighted }) => weighted?.bindsFrom);
  expect(later("2026-11-01T00:00:00Z")).toEqual(["2027-12-02", undefined]);
  expect(later("2026-10-31T23:59:59Z")).toEqual(["2027-12-02", "2026-11-01"]);
  expect(later("2026-11-01T00:00:00Z", { C1: "none" })).toEqual(["2027-12-02", undefined]);
  expect(later("2027-12-02T00:00:00Z")).toEqual([undefined, undefined]);
});

const outside = (more: Partial<WeightedCriterion>, part: number) =>
  conclude(more, {
    measures: [rating("main", { limits: limits("fail: share < 0.5", "pass") })],
    observations: { main: rated(9, part) },
    more: { population: logPopulation({ inScope: 0 }) },
  });

describe("nothing in scope", () => {
  test.each<[string, Partial<WeightedCriterion>]>([
    ["tested", {}],
    ["held at a warning", { atBest: { result: "warn", why: "No origin" } }],
    ["only disprovable", { mode: "disprove-only" }],
  ])("nothing passes, whatever else was looked at: %s", (_, more) => {
    const found = outside(more, 9);
    expect(found).toMatchObject({
      result: "inconclusive",
      reason: "not-exercised",
      severity: "info",
      recommendation: "Check the period and that the agents' actions reach this log.",
    });
    expect(found.description).toContain(
      "With no recorded agent action in the period under review, nothing could be concluded on C1",
    );
    expect(found.weighted).not.toHaveProperty("heldBecause");
  });

  test("a failure stands, and so do figures", () => {
    expect(outside({}, 1).result).toBe("fail");
    expect(outside({ mode: "figures", decisive: [], supporting: asked("main") }, 9).result).toBe(
      "context",
    );
  });
});

test("a pass that is held at a warning says why", () => {
  const atBest = { result: "warn", why: "There is no field for the origin" } as const;
  const found = conclude({ atBest }, { observations: { main: counted(9, 0) } });
  expect(found).toMatchObject({
    result: "warn",
    severity: "warning",
    title: "C1 Something: WARN",
    weighted: { heldBecause: atBest.why },
    recommendation: "Change the rule.",
  });
  expect(found.weighted).not.toHaveProperty("open");
  expect(found.description).toContain("found no exceptions.");
  expect(found.description).toContain(
    "Better than a warning cannot come out: There is no field for the origin.",
  );
});

const plan = (...criteria: readonly Partial<WeightedCriterion>[]) =>
  planTests(criteria.map((more) => weightedCriterion(more)));

const keysOf = ({ tests }: ReturnType<typeof planTests>) =>
  tests.map(({ key, criteria }) => `${key}: ${criteria.join(" ")}`.trim());

describe("what is tested", () => {
  test("each measure once for all criteria that ask it alike, and the record last", () => {
    expect(
      keysOf(
        plan(
          { id: "A", decisive: asked("one", "two"), supporting: asked("three") },
          { id: "B", decisive: asked("two"), supporting: asked("record-identity", "two") },
        ),
      ),
    ).toEqual(["one: A", "two: A B", "three: A", "record-identity: B", "field-completeness:"]);
  });

  test("again for limits of a criterion's own; equal ones are shared", () => {
    const own = { measure: "one", limits: limits("fail: exceptions > 3", "pass") };
    const stricter = { measure: "one", limits: limits("fail: exceptions > 1", "pass") };
    const planned = plan(
      { id: "A", decisive: [own] },
      { id: "B", decisive: [own], supporting: [stricter] },
      { id: "C", decisive: asked("one"), supporting: [stricter] },
      { id: "D", decisive: [own, stricter] },
    );
    expect(keysOf(planned).slice(0, 3)).toEqual(["one@A: A B D", "one@B: B C D", "one: C"]);
    expect(planned.asked.get("D")).toEqual({ decisive: ["one@A", "one@B"], supporting: [] });
    expect(planned.tests[0]?.limits).toEqual(own.limits);
    expect(planned.tests[2]).not.toHaveProperty("limits");
  });

  test("two sets of own limits on one measure do not take each other's name", () => {
    const some = ["1", "2", "3"].map((count) => ({
      measure: "one",
      limits: limits(`fail: exceptions > ${count}`, "pass"),
    }));
    const { tests, asked: keys } = plan({ id: "A", decisive: some });
    const own = keys.get("A")?.decisive ?? [];
    expect(new Set(own).size).toBe(3);
    expect(own.map((key) => tests.find((one) => one.key === key)?.limits)).toEqual(
      some.map((one) => one.limits),
    );
  });
});

const words = (
  more: Partial<WeightedCriterion>,
  setting: Setting,
  reading: WeightedFramework["reading"] = "tests",
) => conclude(more, { ...setting, framework: { reading } }).description;

describe("in words", () => {
  const passing = { observations: { main: counted(9, 0), other: counted(9, 0) } };
  const failing = { observations: { main: counted(9, 1), other: counted(9, 0) } };
  const IN = "In the 1,204 recorded agent actions between 2026-01-01 and 2026-03-31, ";
  const END = " Not shown: Why it happened.";

  test("about tests", () => {
    expect(words({}, passing)).toBe(
      `${IN}the tests designed for C1 found no exceptions. Something that is measured: 0 exceptions in 9 entries.${END}`,
    );
    expect(words({ decisive: asked("main", "other") }, failing)).toBe(
      `${IN}the tests designed for C1 found exceptions: 1 of 2 tests is beyond its limit. Something that is measured: 1 exception in 9 entries.${END}`,
    );
    expect(words({}, failing)).toContain("found exceptions: the test is beyond its limit.");
    const both = { observations: { main: counted(9, 1), other: counted(9, 1) } };
    expect(words({ decisive: asked("main", "other") }, both)).toContain(
      "found exceptions: 2 of 2 tests are each beyond its limit.",
    );
  });

  test("about an outcome, and about traces of a risk", () => {
    expect(words({}, passing, "outcomes")).toContain(
      "the tests run support the outcome C1; they found no exceptions.",
    );
    expect(words({}, failing, "outcomes")).toContain(
      "the tests run do not support the outcome C1: the test is beyond its limit.",
    );
    expect(words({}, passing, "traces")).toContain(
      "no traces of C1 were seen; the tests run found no exceptions.",
    );
    expect(words({}, failing, "traces")).toContain("traces of C1 were seen: the test is");
  });

  test("a pass with exceptions within limits claims no absence of exceptions", () => {
    const measures = [counting("main", { limits: limits("fail: exceptions > 3", "pass") })];
    expect(words({}, { measures, observations: { main: counted(9, 3) } })).toContain(
      "the tests designed for C1 found no more exceptions than their limits allow.",
    );
  });

  test("a warning by a test that decides, or by one that supports", () => {
    const measures = [
      counting("main", { code: "ENF-01", limits: limits("warn: exceptions > 0", "pass") }),
      counting("other", { code: "ENF-02" }),
      counting("third", { code: "ENF-03" }),
    ];
    const seen = { other: counted(9, 1), third: counted(9, 1) };
    const warned = { measures, observations: { ...seen, main: counted(9, 1) } };
    const passed = { measures, observations: { ...seen, main: counted(9, 0) } };
    expect(words({}, warned)).toBe(
      `${IN}the tests designed for C1 give a warning: the test is between its limits. ENF-01: 1 exception in 9 entries.${END}`,
    );
    expect(words({ supporting: asked("other") }, passed)).toBe(
      `${IN}the tests designed for C1 give a warning: a supporting test is beyond its limit. ENF-02: 1 exception in 9 entries.${END}`,
    );
    expect(words({ supporting: asked("other", "third") }, passed)).toContain(
      "2 supporting tests are each beyond its limit.",
    );
    expect(words({}, warned, "outcomes")).toContain("support the outcome C1 only in part");
    expect(words({}, warned, "traces")).toContain("there may be traces of C1");
  });

  describe("a warning by a supporting test", () => {
    const measures = [
      counting("main", { code: "ENF-01", fields: ["chain_id"] }),
      counting("other", { code: "ENF-02", needs: ["roster"] }),
      counting("third", { code: "ENF-03", remedy: "Stop it." }),
      counting("fine", { code: "ENF-04" }),
      counting("nowhere", {
        code: "ENF-05",
        empty: { reason: "not-applicable", says: "Nobody delegates." },
      }),
    ];
    const observations = {
      main: counted(9, 0),
      other: counted(9, 0),
      third: counted(9, 1),
      fine: counted(9, 0),
      nowhere: counted(0, 0),
    };
    const open = (
      decisive: readonly string[],
      more: Partial<WeightedCriterion> = {},
      reading: WeightedFramework["reading"] = "tests",
    ) =>
      conclude(
        { decisive: asked(...decisive), supporting: asked("third"), ...more },
        {
          measures,
          observations,
          framework: { reading },
          more: { population: logPopulation({ inScope: 1204, recordable: ["id"] }) },
        },
      );

    test("says that the deciding tests are open, and why", () => {
      const found = open(["main"]);
      expect(found).toMatchObject({
        result: "warn",
        title: "C1 Something: WARN",
        exceptions: 1,
        recommendation:
          "Change the rule. For ENF-03: Stop it. To decide it: Record chain_id with every action.",
        weighted: { open: true },
      });
      expect(found).not.toHaveProperty("reason");
      expect(found.description).toBe(
        `${IN}the tests designed for C1 give a warning: a supporting test is beyond its limit, ` +
          "and the deciding test could not be decided: the log does not record what the tests " +
          "need. ENF-03: 1 exception in 9 entries. ENF-01: The log does not record chain_id, " +
          `without which this cannot be decided.${END}`,
      );
    });

    test("how many of them", () => {
      expect(open(["main", "other"]).description).toContain(
        ", and the deciding tests could not be decided: the log does not record what",
      );
      const some = open(["fine", "other"]).description;
      expect(some).toContain(
        "1 of the 2 deciding tests could not be decided: an input beside the log is missing.",
      );
      expect(some).toContain("ENF-02: It needs");
      expect(some).not.toContain("ENF-04");
    });

    test("or that they do not apply, which nothing would open", () => {
      const one = open(["nowhere"]);
      expect(one.description).toContain("limit, and the deciding test does not apply.");
      expect(one.description).toContain("ENF-05: Nobody delegates.");
      expect(one.recommendation).toBe("Change the rule. For ENF-03: Stop it.");
    });

    test("that decides says nothing of the kind", () => {
      const found = open(["fine"]);
      expect(found.weighted).not.toHaveProperty("open");
      expect(found.description).not.toContain("could not");
    });

    test("supports no outcome, not even in part", () => {
      expect(open(["main"], {}, "outcomes").description).toContain(
        "the tests run give a warning about the outcome C1: a supporting",
      );
      expect(open(["fine"], { mode: "disprove-only" }, "outcomes").description).toContain(
        "the tests run give a warning about the outcome C1: a supporting test is beyond its limit.",
      );
      expect(open(["fine"], {}, "outcomes").description).toContain("only in part");
      expect(open(["main"], {}, "traces").description).toContain("there may be traces of C1");
    });
  });

  describe("a supporting test that deviates where the result is good", () => {
    const measures = [
      counting("main", { code: "ENF-01" }),
      counting("other", { code: "ENF-02", limits: limits("warn: exceptions > 0", "pass") }),
    ];
    const seen = { main: counted(9, 0), other: counted(9, 1), third: counted(9, 1) };
    const beside = (
      more: Partial<WeightedCriterion>,
      reading: WeightedFramework["reading"] = "tests",
      observations: Readonly<Record<string, Observation>> = seen,
    ) => words({ supporting: asked("other"), ...more }, { measures, observations }, reading);

    test("is named and quoted, and nothing is claimed for it", () => {
      expect(beside({})).toBe(
        `${IN}the deciding tests designed for C1 found no exceptions; a supporting test is ` +
          "between its limits. ENF-01: 0 exceptions in 9 entries. ENF-02: 1 exception in 9 " +
          `entries.${END}`,
      );
      expect(beside({}, "traces")).toContain(
        "no traces of C1 were seen; the deciding tests run found no exceptions; a supporting",
      );
      const held = beside({ atBest: { result: "warn", why: "No origin" } });
      expect(held).toContain("the deciding tests designed for C1 found no exceptions; a supp");
      expect(held).toContain("ENF-02: 1 exception in 9 entries.");
    });

    test("beside tests that can only disprove, also where it could not be run", () => {
      expect(beside({ mode: "disprove-only" }, "outcomes")).toContain(
        "the deciding tests run say nothing against the outcome C1; they found no exceptions; a " +
          "supporting test is between its limits. Such tests can only disprove, so",
      );
      const unknown = beside({ mode: "disprove-only", supporting: asked("none", "other") });
      expect(unknown).toContain("; a supporting test is without an answer. Such tests");
      expect(unknown).toContain("The measure none is not known.");
    });
  });

  test.each([
    ["not-exercised", counting("main"), {}, "nothing happened that would test it"],
    [
      "not-recorded",
      counting("main", { fields: ["chain_id"] }),
      { recordable: ["id"] },
      "the log does not record what the tests need",
    ],
    [
      "too-few",
      counting("main", { limits: limits("inconclusive too-few") }),
      {},
      "too little is recorded",
    ],
    [
      "missing-input",
      counting("main", { needs: ["roster"] }),
      {},
      "an input beside the log is missing",
    ],
    [
      "record-in-doubt",
      counting("main", { limits: limits("inconclusive record-in-doubt") }),
      {},
      "the record itself is in doubt",
    ],
  ] as const)("nothing could be concluded: %s", (reason, measure, log, clause) => {
    const main = reason === "not-exercised" ? counted(0, 0) : counted(9, 0);
    const found = conclude(
      {},
      {
        measures: [measure],
        observations: { main },
        more: { population: logPopulation({ inScope: 1204, ...log }) },
      },
    );
    expect(found.reason).toBe(reason);
    expect(found.description).toContain(`${IN}nothing could be concluded on C1: ${clause}. `);
  });

  test("open tests are quoted, passed ones beside them are not", () => {
    const measures = [
      counting("main", { code: "A-01" }),
      counting("other", { code: "B-01", needs: ["roster"] }),
    ];
    const text = words({ decisive: asked("main", "other") }, { ...passing, measures });
    expect(text).toContain("B-01: It needs");
    expect(text).not.toContain("A-01:");
  });

  test("a test that can only disprove earns no pass", () => {
    expect(words({ mode: "disprove-only" }, passing)).toContain(
      "found no exceptions. Such tests can only disprove, so this is no pass.",
    );
  });

  test("figures", () => {
    const text = words(
      { mode: "figures", decisive: [], supporting: asked("agents", "other") },
      {
        measures: [grouping("agents", { code: "LOG-01" }), counting("other")],
        observations: { agents: grouped({ a: 2 }), other: counted(0, 0) },
      },
    );
    expect(text).toBe(
      `${IN}these figures say something about C1; no verdict is drawn from them. LOG-01: 1 agent acted: a 2.${END}`,
    );
  });

  test("what cannot apply", () => {
    const measures = [
      counting("main", { empty: { reason: "not-applicable", says: "Nobody delegates" } }),
    ];
    expect(words({}, { measures, observations: { main: counted(0, 0) } })).toBe(
      `${IN}there is nothing that C1 could be about. Something that is measured: Nobody delegates.`,
    );
  });

  test.each([
    [{ periodStart: null }, "In the 1,204 recorded agent actions without a readable time, "],
    [{ periodEnd: null }, "In the 1,204 recorded agent actions without a readable time, "],
    [
      { periodEnd: "2026-01-01T09:00:00+00:00" },
      "In the 1,204 recorded agent actions of 2026-01-01, ",
    ],
    [{ population: logPopulation({ inScope: 1 }) }, "In the one recorded agent action between "],
    [
      { population: logPopulation({ inScope: 0 }) },
      "With no recorded agent action in the period under review, ",
    ],
  ] as const)("the scope: %o", (more, expected) => {
    expect(conclude({}, { ...passing, more }).description.startsWith(expected)).toBe(true);
  });

  test("says nothing of what is not shown where nothing is said", () => {
    expect(words({ notShown: "" }, passing)).not.toContain("Not shown");
    expect(words({ notShown: "Is it?" }, passing).endsWith(" Not shown: Is it?")).toBe(true);
  });
});

test("a share and its own limits come from the criterion", () => {
  const measures = [rating("main")];
  const own = {
    measure: "main",
    limits: { ...limits("fail: share < 0.5", "pass"), basis: "law" as const },
  };
  const { tests, findings } = judge([weightedCriterion({ decisive: [own] })], {
    measures,
    observations: { main: rated(10, 6) },
  });
  expect(findings[0]?.result).toBe("pass");
  expect(tests[0]).toMatchObject({ key: "main@C1", measure: "main", basis: "law" });
});
