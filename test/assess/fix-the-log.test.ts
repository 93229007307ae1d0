import { expect, test } from "vitest";
import { fixTheLog } from "../../src/assess/fix-the-log.ts";
import { judge } from "../../src/assess/judge.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { EntryField } from "../../src/model/audit-entry.ts";
import type { IntakeStatement } from "../../src/model/intake.ts";
import type { LogPopulation } from "../../src/model/population.ts";
import { answers, counted, criterion, framework, logPopulation, measure } from "./made.ts";

const MEASURES = new Map([
  ["risky", measure("risky", ["risk_level"])],
  ["risky-unasked", measure("risky-unasked", ["risk_level", "approval"])],
  ["named", measure("named", ["matched_rule"])],
  ["timed", measure("timed", ["timestamp"])],
]);
const OWN = framework([
  criterion({ id: "A", measure: "risky", weight: 10 }),
  criterion({ id: "B", measure: "risky-unasked", weight: 30 }),
  criterion({ id: "C", measure: "named", weight: 15 }),
  criterion({ id: "D", measure: "timed", weight: 20 }),
]);

function fixes(population: LogPopulation) {
  const observations = answers(
    Object.fromEntries([...MEASURES.keys()].map((id) => [id, counted(5, 0)])),
  );
  const findings = OWN.criteria.map((each) =>
    judge(each, { measures: MEASURES, observations, population, language: ENGLISH }),
  );
  return fixTheLog(OWN, { findings, tests: [], measures: MEASURES, population });
}

const without = (...fields: EntryField[]): LogPopulation =>
  logPopulation({ recordable: ENTRY_FIELD_NAMES.filter((field) => !fields.includes(field)) });

const intake = (cannotAnswer: IntakeStatement["cannotAnswer"]): IntakeStatement => ({
  mappings: [],
  leftOut: { count: 0, first: [] },
  records: 5,
  withoutAction: 0,
  actions: 5,
  answers: { matched: 0, unmatched: 0 },
  duplicatesDiffering: 0,
  duplicateMeanings: [],
  unsafeIntegers: 0,
  mendedTimes: 0,
  never: [],
  unmapped: [],
  unmappedLookedAt: 5,
  unknownWords: [],
  cannotAnswer,
  chainCovers: [],
});

test("a log that records everything needs no fixing", () => {
  expect(fixes(logPopulation())).toEqual([]);
});

test("names the field, the criteria it opens, and what they weigh", () => {
  expect(fixes(without("matched_rule"))).toEqual([
    {
      field: "matched_rule",
      criteria: [{ criterion: "C", weight: 15, alsoNeeds: [] }],
      weight: 15,
      weightAlone: 15,
    },
  ]);
});

test("puts first what opens most alone, and says what else a criterion needs", () => {
  expect(fixes(without("risk_level", "approval", "matched_rule"))).toEqual([
    {
      field: "matched_rule",
      criteria: [{ criterion: "C", weight: 15, alsoNeeds: [] }],
      weight: 15,
      weightAlone: 15,
    },
    {
      field: "risk_level",
      criteria: [
        { criterion: "A", weight: 10, alsoNeeds: [] },
        { criterion: "B", weight: 30, alsoNeeds: ["approval"] },
      ],
      weight: 40,
      weightAlone: 10,
    },
    {
      field: "approval",
      criteria: [{ criterion: "B", weight: 30, alsoNeeds: ["risk_level"] }],
      weight: 30,
      weightAlone: 0,
    },
  ]);
});

test("what a format must not answer is inconclusive with its reason, and no field would help", () => {
  const why = "These deletions remove objects of a cluster.";
  const population = { ...without("matched_rule"), intake: intake(new Map([["named", why]])) };
  expect(fixes(population)).toEqual([]);
  const found = judge(criterion({ id: "C", measure: "named" }), {
    measures: MEASURES,
    observations: answers({ named: counted(5, 5) }),
    population,
    language: ENGLISH,
  });
  expect(found).toMatchObject({ result: "inconclusive", reason: "not-recorded", points: 0 });
  expect(found.description).toContain(why);
});

test("a format that must not answer still has nothing to answer on an empty log", () => {
  const found = judge(criterion({ measure: "named" }), {
    measures: MEASURES,
    observations: answers({ named: counted(0, 0) }),
    language: ENGLISH,
    population: logPopulation({ inScope: 0, intake: intake(new Map([["named", "why"]])) }),
  });
  expect(found.reason).toBe("not-exercised");
});
