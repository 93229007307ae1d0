// From what was seen to what it means, for weighted frameworks: tests once each, then every
// criterion out of its tests. No framework is named here. Changing this file changes reports.

import type { ComplianceFinding, Test } from "../model/finding.ts";
import type { WeightedCriterion, WeightedFramework } from "../model/framework.ts";
import type { Instant } from "../model/instant.ts";
import type { Measure } from "../model/measure.ts";
import { bindsFrom, datesThatHold, hasCome, ruledOutBy } from "./applicability.ts";
import type { Answers } from "./applicability.ts";
import { RECORD_MEASURES, planTests } from "./plan-tests.ts";
import type { PlannedTest, TestPlan } from "./plan-tests.ts";
import { testMeasure } from "./test-measure.ts";
import type { TestBasis } from "./test-measure.ts";
import { exempted, findingOf } from "./weighted-finding.ts";
import type { Asked, Occasion } from "./weighted-conclusion.ts";

/** What the judgement of a weighted framework rests on. */
export interface WeightedBasis extends TestBasis {
  readonly measures: ReadonlyMap<string, Measure>;
  readonly now: Instant;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  readonly answers: Answers;
  /** Criteria that the organisation declares not applicable, with its reason. */
  readonly notApplicable: Readonly<Record<string, string>>;
}

/** What was concluded on a weighted framework. */
export interface WeightedConclusion {
  readonly findings: readonly ComplianceFinding[];
  readonly tests: readonly Test[];
  /** Why the record itself is in doubt, one sentence each; empty when it is not. */
  readonly recordInDoubt: readonly string[];
}

/** Concludes on every criterion. Never throws: a test that fails becomes a finding that says so. */
export function judgeWeighted(
  framework: WeightedFramework,
  basis: WeightedBasis,
): WeightedConclusion {
  const exempt = new Map(
    framework.criteria.flatMap((criterion): [string, string][] => {
      const why = exemption(criterion, framework, basis);
      return why === undefined ? [] : [[criterion.id, why]];
    }),
  );
  const plan = planTests(framework.criteria.filter(({ id }) => !exempt.has(id)));
  const tests = new Map(plan.tests.map((planned) => [planned.key, run(planned, basis)]));
  const recordInDoubt = RECORD_MEASURES.flatMap((key) => {
    const test = tests.get(key);
    return test?.result === "fail" ? [`${test.title}: ${test.says}`] : [];
  });
  const dates = datesThatHold(framework, basis.answers);
  const occasion: Occasion = {
    reading: framework.reading,
    actions: basis.population.inScope,
    from: basis.periodStart,
    to: basis.periodEnd,
    language: basis.language,
  };
  const findings = framework.criteria.map((criterion) => {
    const binding = bindsFrom(criterion.id, dates);
    const later =
      binding === undefined || hasCome(binding, basis.now) ? {} : { bindsFrom: binding };
    const why = exempt.get(criterion.id);
    if (why !== undefined) return exempted(criterion, why, later);
    const asked = testsOf(criterion, plan, tests);
    const doubt = recordInDoubt.length === 0 ? {} : { recordInDoubt: true as const };
    return findingOf(criterion, asked, occasion, { ...later, ...doubt });
  });
  return { findings, tests: [...tests.values()], recordInDoubt };
}

/** Why a criterion is not asked at all. */
function exemption(
  criterion: WeightedCriterion,
  framework: WeightedFramework,
  { answers, notApplicable, language }: WeightedBasis,
): string | undefined {
  const { applicability } = language.assess;
  if (Object.hasOwn(notApplicable, criterion.id)) {
    return applicability.declared(notApplicable[criterion.id] ?? "");
  }
  const unfit = ruledOutBy(criterion, framework, answers);
  return unfit.length === 0 ? undefined : applicability.ruledOut(unfit);
}

function run({ key, measure: id, limits: own, criteria }: PlannedTest, basis: WeightedBasis): Test {
  const measure = basis.measures.get(id);
  const limits = own ?? measure?.limits;
  const { faults } = basis.language.assess;
  const test = { key, measure: id, criteria, remedy: faults.ofFramework };
  if (measure === undefined) return unrunnable({ ...test, says: faults.measureUnknown(id) });
  if (limits === undefined) return unrunnable({ ...test, says: faults.measureWithoutLimits(id) });
  return testMeasure({ key, measure, limits, criteria }, basis);
}

function unrunnable(test: Pick<Test, "key" | "measure" | "criteria" | "says" | "remedy">): Test {
  return {
    ...test,
    title: test.measure,
    question: "",
    result: "error",
    population: 0,
    exceptions: 0,
    exceptionEntries: [],
    numbers: {},
    limits: [],
    basis: "engineering-default",
    limitReason: "",
    classes: [],
  };
}

function testsOf(
  { id }: WeightedCriterion,
  { asked }: TestPlan,
  tests: ReadonlyMap<string, Test>,
): Asked {
  const named = (keys: readonly string[] = []): Test[] =>
    keys.map((key) => tests.get(key)).filter((test) => test !== undefined);
  const keys = asked.get(id);
  return { decisive: named(keys?.decisive), supporting: named(keys?.supporting) };
}
