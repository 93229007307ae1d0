// One measure's answer held against limits: the test that weighted criteria share.

import type { Test } from "../model/finding.ts";
import type { Language } from "../languages/language.ts";
import type { InputName } from "../model/inputs.ts";
import type { Limits, Measure, MeasureLimit } from "../model/measure.ts";
import type { Observation } from "../model/observation.ts";
import type { LogPopulation } from "../model/population.ts";
import type { Reason } from "../model/result.ts";
import { inputsForLimits, neededInputs } from "./asked-inputs.ts";
import { comparedNumbers, firstThatHolds } from "./condition.ts";
import { missingFields } from "./missing-fields.ts";
import { numbersOf } from "./numbers-of.ts";
import { observedOf } from "./observed.ts";
import { unplaced } from "./unplaced.ts";
import { fill } from "./wording.ts";

/** A measure with the limits that some criteria hold it against. */
export interface AskedTest {
  /** As in {@link Test}. */
  readonly key: string;
  readonly measure: Measure;
  readonly limits: Limits;
  readonly criteria: readonly string[];
}

/** What a test rests on. */
export interface TestBasis {
  readonly observations: ReadonlyMap<string, Observation>;
  readonly population: LogPopulation;
  /** Inputs beside the log that there are. */
  readonly given: ReadonlySet<InputName>;
  /** Classes of actions whose definition finds nothing, whatever the log. */
  readonly classesWithoutMatcher: ReadonlySet<string>;
  /** Of every sentence. */
  readonly language: Language;
}

/**
 * Tests one measure. Never throws: a test that fails says so. What keeps it from an answer is
 * looked for in this order: no observation, a log format that must not answer, fields that
 * are not recorded, inputs that were not given, classes without a definition, nobody to ask.
 */
export function testMeasure(asked: AskedTest, basis: TestBasis): Test {
  const observation = basis.observations.get(asked.measure.id);
  if (observation === undefined) {
    const { noAnswer } = basis.language.assess.faults;
    return failed(asked, noAnswer(asked.measure.id), basis);
  }
  return (
    noEntries(asked, observation, basis) ??
    barredByFormat(asked, observation, basis) ??
    notRecorded(asked, observation, basis) ??
    missingInput(asked, observation, basis) ??
    unknownClass(asked, observation, basis) ??
    emptyPopulation(asked, observation, basis) ??
    decided(asked, observation, basis)
  );
}

function noEntries(
  asked: AskedTest,
  observation: Observation,
  { population, language: { assess } }: TestBasis,
): Test | undefined {
  if (population.inScope > 0 || observation.population > 0) return undefined;
  return undecided(asked, observation, "not-exercised", {
    says: assess.undecided.noEntries,
    remedy: assess.undecided.checkPeriod,
  });
}

function barredByFormat(
  asked: AskedTest,
  observation: Observation,
  { population, language: { assess } }: TestBasis,
): Test | undefined {
  const why = population.intake?.cannotAnswer.get(asked.measure.id);
  if (why === undefined) return undefined;
  return unaskable(asked, observation, "not-recorded", {
    says: assess.undecided.barredByFormat(why),
    remedy: assess.undecided.testElsewhere,
  });
}

function notRecorded(
  asked: AskedTest,
  observation: Observation,
  { population, language: { assess } }: TestBasis,
): Test | undefined {
  const missing = missingFields([asked.measure], population);
  if (missing.length === 0) return undefined;
  return {
    ...unaskable(asked, observation, "not-recorded", {
      says: assess.fields.lacking(missing),
      remedy: assess.fields.toRecord(missing),
    }),
    missingFields: missing,
  };
}

function missingInput(
  asked: AskedTest,
  observation: Observation,
  { given, language: { assess } }: TestBasis,
): Test | undefined {
  const missing = neededInputs(asked.measure).filter((name) => !given.has(name));
  if (missing.length === 0) return undefined;
  return {
    ...unaskable(asked, observation, "missing-input", {
      says: assess.undecided.needsInputs(missing),
      remedy: missing.map((name) => assess.inputs[name].give).join(" "),
    }),
    missingInputs: missing,
  };
}

function unknownClass(
  asked: AskedTest,
  observation: Observation,
  { classesWithoutMatcher, language: { assess } }: TestBasis,
): Test | undefined {
  const unknown = (asked.measure.classes ?? []).filter((name) => classesWithoutMatcher.has(name));
  if (unknown.length === 0) return undefined;
  return unaskable(asked, observation, "missing-input", {
    says: assess.undecided.unknownClasses(unknown),
    remedy: assess.undecided.defineClasses(unknown),
  });
}

function emptyPopulation(
  asked: AskedTest,
  observation: Observation,
  { language }: TestBasis,
): Test | undefined {
  if (observation.population > 0) return undefined;
  const { empty } = asked.measure;
  const { undecided: words } = language.assess;
  const says = fill(empty?.says ?? words.nothingHappened, observation, language);
  if (empty?.reason === "not-applicable") {
    return { ...test(asked, observation), result: "not_applicable", says, remedy: "" };
  }
  return undecided(asked, observation, "not-exercised", {
    says,
    remedy: words.help["not-exercised"],
  });
}

function decided(
  asked: AskedTest,
  observation: Observation,
  { population, given, language }: TestBasis,
): Test {
  const limits = asked.limits.of;
  const limit = firstThatHolds(limits, numbersOf(observation));
  const { faults, filled, undecided: words } = language.assess;
  if (limit === undefined) return failed(asked, faults.noLimitOfMeasure, { language });
  const { sentence = filled.sentence, remedy = "" } = asked.measure;
  const says = sentences(
    fill(
      sentence,
      observation,
      language,
      comparedNumbers(limits),
      (asked.measure.shares ?? []).map(({ name }) => name),
    ),
    unplaced(observation, population, language),
  );
  if (limit.result !== "inconclusive") {
    const acts = limit.result === "fail" || limit.result === "warn";
    return { ...test(asked, observation), result: limit.result, says, remedy: acts ? remedy : "" };
  }
  const { reason = "too-few" } = limit;
  if (reason === "missing-input")
    return withoutInput(asked, observation, { says, limit, given, language });
  return undecided(asked, observation, reason, {
    says: reason === "too-few" ? sentences(says, words.tooLittle) : says,
    remedy: words.help[reason],
  });
}

/** Limits that lack an input name it by what they compare with; those that compare with nothing lack limits. */
function withoutInput(
  asked: AskedTest,
  observation: Observation,
  {
    says,
    limit,
    given,
    language,
  }: {
    readonly says: string;
    readonly limit: MeasureLimit;
    readonly given: ReadonlySet<InputName>;
    readonly language: Language;
  },
): Test {
  const { inputs, undecided: words } = language.assess;
  const { criteria, measure } = asked;
  const missing = inputsForLimits(asked.limits, given);
  if (missing.length > 0) {
    const remedy = missing.map((name) => inputs[name].give).join(" ");
    return {
      ...undecided(asked, observation, "missing-input", { says, remedy }),
      missingInputs: missing,
    };
  }
  return undecided(asked, observation, "missing-input", {
    says,
    remedy:
      limit.when === undefined
        ? words.setLimits(criteria.length === 0 ? [measure.id] : criteria)
        : words.help["missing-input"],
  });
}

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

/** What every test of an observation has in common. */
function test(
  asked: AskedTest,
  observation: Observation,
): Omit<Test, "result" | "says" | "remedy"> {
  const observed = observedOf(observation);
  return {
    ...identity(asked),
    population: observation.population,
    exceptions: observation.exceptions,
    exceptionEntries: observation.exceptionEntries,
    ...(observed === undefined ? {} : { observed }),
    numbers: numbersOf(observation),
    ...listsOf(observation),
  };
}

function identity({ key, measure, limits, criteria }: AskedTest) {
  return {
    key,
    measure: measure.id,
    ...(measure.code === undefined ? {} : { code: measure.code }),
    title: measure.title,
    question: measure.question,
    limits: limits.of.map(({ result, when }) =>
      when === undefined ? { result } : { result, when: when.source },
    ),
    basis: limits.basis,
    limitReason: limits.reason,
    classes: measure.classes ?? [],
    criteria,
  };
}

function listsOf(observation: Observation): Pick<Test, "gaps" | "groups" | "pairs" | "rules"> {
  switch (observation.kind) {
    case "gap":
      return observation.gaps.length === 0 ? {} : { gaps: observation.gaps };
    case "groups":
    case "distinct":
    case "set-difference":
      return observation.groups.length === 0 ? {} : { groups: observation.groups };
    case "sequence":
      return observation.pairs.length === 0 ? {} : { pairs: observation.pairs };
    case "policy-lint":
      return observation.rules.length === 0 ? {} : { rules: observation.rules };
    default:
      return {};
  }
}

type Words = Pick<Test, "says" | "remedy">;

function undecided(asked: AskedTest, observation: Observation, reason: Reason, words: Words): Test {
  return { ...test(asked, observation), result: "inconclusive", reason, ...words };
}

/**
 * The question could not be asked. Entries that lack a field which nobody recorded deviate
 * from nothing, so none is counted or listed.
 */
function unaskable(asked: AskedTest, observation: Observation, reason: Reason, words: Words): Test {
  return {
    ...identity(asked),
    result: "inconclusive",
    reason,
    ...words,
    population: observation.population,
    exceptions: 0,
    exceptionEntries: [],
    numbers: {},
  };
}

function failed(asked: AskedTest, says: string, { language }: Pick<TestBasis, "language">): Test {
  return {
    ...identity(asked),
    result: "error",
    says,
    remedy: language.assess.faults.ofTest,
    population: 0,
    exceptions: 0,
    exceptionEntries: [],
    numbers: {},
  };
}
