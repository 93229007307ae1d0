import { expect, test } from "vitest";
import { fixTheLog } from "../../src/assess/fix-the-log.ts";
import { judgeWeighted } from "../../src/assess/judge-weighted.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { EntryField } from "../../src/model/audit-entry.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { WeightedFramework } from "../../src/model/framework.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { LogPopulation } from "../../src/model/population.ts";
import { answers, counted, logPopulation } from "./made.ts";
import { RECORD, asked, counting, weightedCriterion, weightedFramework } from "./made-weighted.ts";

const MEASURES = [
  counting("risky", { fields: ["risk_level"] }),
  counting("risky-unasked", { fields: ["risk_level", "approval"] }),
  counting("chained", { anyFields: [["chain_id", "session_id"]] }),
  counting("known", { needs: ["roster"] }),
  counting("plain"),
  ...RECORD,
];
const FRAMEWORK = weightedFramework([
  weightedCriterion({ id: "A", severity: "critical", decisive: asked("risky", "plain") }),
  weightedCriterion({ id: "B", severity: "low", decisive: asked("risky-unasked") }),
  weightedCriterion({
    id: "C",
    severity: "medium",
    decisive: asked("chained"),
    supporting: asked("risky"),
  }),
  weightedCriterion({ id: "D", severity: "high", decisive: asked("risky", "known") }),
  weightedCriterion({ id: "E", severity: "high", mode: "disprove-only", decisive: asked("risky") }),
  weightedCriterion({
    id: "F",
    severity: "high",
    mode: "figures",
    decisive: [],
    supporting: asked("risky"),
  }),
]);

const BY_ID = new Map(MEASURES.map((measure) => [measure.id, measure]));

function conclude(
  framework: WeightedFramework,
  population: LogPopulation,
  more: Readonly<Record<string, Observation>> = {},
) {
  const nothing = Object.fromEntries(MEASURES.map(({ id }) => [id, counted(5, 0)]));
  return judgeWeighted(framework, {
    measures: BY_ID,
    observations: answers({ ...nothing, ...more }),
    population,
    given: new Set(),
    classesWithoutMatcher: new Set(),
    language: ENGLISH,
    now: 0,
    periodStart: null,
    periodEnd: null,
    answers: {},
    notApplicable: {},
  });
}

function fixes(population: LogPopulation) {
  const { findings, tests } = conclude(FRAMEWORK, population);
  return fixTheLog(FRAMEWORK, { findings, tests, measures: BY_ID, population });
}

const without = (...fields: EntryField[]): LogPopulation =>
  logPopulation({ recordable: ENTRY_FIELD_NAMES.filter((field) => !fields.includes(field)) });

test("a log that records everything needs no fixing", () => {
  expect(fixes(logPopulation())).toEqual([]);
});

test("weighs criteria by their severity, and figures with nothing", () => {
  expect(fixes(without("risk_level"))).toEqual([
    {
      field: "risk_level",
      criteria: [
        { criterion: "A", weight: 10, alsoNeeds: [] },
        { criterion: "B", weight: 2.5, alsoNeeds: [] },
        // Not D: the roster is missing too, so the field alone would not open it.
        { criterion: "E", weight: 7.5, alsoNeeds: [] },
        { criterion: "F", weight: 0, alsoNeeds: [] },
      ],
      weight: 20,
      weightAlone: 20,
    },
  ]);
});

test("of fields that serve alike names the first", () => {
  expect(fixes(without("chain_id"))).toEqual([]);
  expect(fixes(without("chain_id", "session_id")).map(({ field }) => field)).toEqual(["chain_id"]);
});

test("says what else a criterion needs", () => {
  expect(fixes(without("risk_level", "approval"))[1]).toEqual({
    field: "approval",
    criteria: [{ criterion: "B", weight: 2.5, alsoNeeds: ["risk_level"] }],
    weight: 2.5,
    weightAlone: 0,
  });
});

test("what a format must not answer, no field would open", () => {
  const intake = { cannotAnswer: new Map([["risky", "why"]]) } as unknown as NonNullable<
    LogPopulation["intake"]
  >;
  const all = fixes({ ...without("risk_level"), intake });
  expect(all.flatMap(({ criteria }) => criteria.map(({ criterion }) => criterion))).toEqual(["B"]);
});

test("a warning by a supporting test is opened like any other open criterion", () => {
  const framework = weightedFramework([
    weightedCriterion({ id: "A", decisive: asked("risky"), supporting: asked("plain") }),
    weightedCriterion({ id: "B", decisive: asked("known"), supporting: asked("plain") }),
  ]);
  const population = without("risk_level");
  const { findings, tests } = conclude(framework, population, { plain: counted(5, 1) });
  expect(findings.map(({ result, weighted }) => [result, weighted?.open])).toEqual([
    ["warn", true],
    ["warn", true],
  ]);
  expect(
    fixTheLog(framework, { findings, tests, measures: BY_ID, population }).map(
      ({ field, criteria }) => [field, criteria.map(({ criterion }) => criterion)],
    ),
  ).toEqual([["risk_level", ["A"]]]);
});
