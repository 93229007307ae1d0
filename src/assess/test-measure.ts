// One measure's answer held against limits: the test that weighted criteria share.

import type { Test } from "../model/finding.ts";
import { fieldsLacking, fieldsToRecord } from "../model/field-sentences.ts";
import { formatList } from "../model/figures.ts";
import type { InputName } from "../model/inputs.ts";
import type { Limits, Measure, MeasureLimit } from "../model/measure.ts";
import type { Observation } from "../model/observation.ts";
import type { LogPopulation } from "../model/population.ts";
import type { Reason } from "../model/result.ts";
import { INPUTS, inputsForLimits, neededInputs } from "./asked-inputs.ts";
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
}

/**
 * Tests one measure. Never throws: a test that fails says so. What keeps it from an answer is
 * looked for in this order: no observation, a log format that must not answer, fields that
 * are not recorded, inputs that were not given, classes without a definition, nobody to ask.
 */
export function testMeasure(asked: AskedTest, basis: TestBasis): Test {
  const observation = basis.observations.get(asked.measure.id);
  if (observation === undefined) return failed(asked);
  return (
    noEntries(asked, observation, basis) ??
    barredByFormat(asked, observation, basis) ??
    notRecorded(asked, observation, basis) ??
    missingInput(asked, observation, basis) ??
    unknownClass(asked, observation, basis) ??
    emptyPopulation(asked, observation) ??
    decided(asked, observation, basis)
  );
}

function noEntries(
  asked: AskedTest,
  observation: Observation,
  { population }: TestBasis,
): Test | undefined {
  if (population.inScope > 0 || observation.population > 0) return undefined;
  return undecided(asked, observation, "not-exercised", {
    says: "No entry of the log lies in the period under review, so nothing was tested.",
    remedy: NO_ENTRIES,
  });
}

/** What to look at where nothing is in scope. */
export const NO_ENTRIES = "Check the period and that the agents' actions reach this log.";

function barredByFormat(
  asked: AskedTest,
  observation: Observation,
  { population }: TestBasis,
): Test | undefined {
  const why = population.intake?.cannotAnswer.get(asked.measure.id);
  if (why === undefined) return undefined;
  return unaskable(asked, observation, "not-recorded", {
    says: `A log of this format cannot show it. ${why}`,
    remedy: "Test it on a log of the system in which such actions are recorded.",
  });
}

function notRecorded(
  asked: AskedTest,
  observation: Observation,
  { population }: TestBasis,
): Test | undefined {
  const missing = missingFields([asked.measure], population);
  if (missing.length === 0) return undefined;
  return {
    ...unaskable(asked, observation, "not-recorded", {
      says: fieldsLacking(missing),
      remedy: fieldsToRecord(missing),
    }),
    missingFields: missing,
  };
}

function missingInput(
  asked: AskedTest,
  observation: Observation,
  { given }: TestBasis,
): Test | undefined {
  const missing = neededInputs(asked.measure).filter((name) => !given.has(name));
  if (missing.length === 0) return undefined;
  return {
    ...unaskable(asked, observation, "missing-input", {
      says: `It needs ${missing.map((name) => INPUTS[name].is).join(" and ")}, which no log holds and which was not given.`,
      remedy: missing.map((name) => INPUTS[name].give).join(" "),
    }),
    missingInputs: missing,
  };
}

function unknownClass(
  asked: AskedTest,
  observation: Observation,
  { classesWithoutMatcher }: TestBasis,
): Test | undefined {
  const unknown = (asked.measure.classes ?? []).filter((name) => classesWithoutMatcher.has(name));
  if (unknown.length === 0) return undefined;
  const names = unknown.join(", ");
  return unaskable(asked, observation, "missing-input", {
    says: `No action can be recognised as ${names}, because the definition finds nothing.`,
    remedy: `Define ${names} in the configuration.`,
  });
}

function emptyPopulation(asked: AskedTest, observation: Observation): Test | undefined {
  if (observation.population > 0) return undefined;
  const { empty } = asked.measure;
  const says = fill(empty?.says ?? "Nothing of the kind happened.", observation);
  if (empty?.reason === "not-applicable") {
    return { ...test(asked, observation), result: "not_applicable", says, remedy: "" };
  }
  return undecided(asked, observation, "not-exercised", {
    says,
    remedy: HELP["not-exercised"],
  });
}

function decided(
  asked: AskedTest,
  observation: Observation,
  { population, given }: TestBasis,
): Test {
  const limits = asked.limits.of;
  const limit = firstThatHolds(limits, numbersOf(observation));
  if (limit === undefined)
    return failed(asked, "No limit of this measure covers what was observed.");
  const { sentence = SENTENCE, remedy = "" } = asked.measure;
  const says = sentences(
    fill(
      sentence,
      observation,
      comparedNumbers(limits),
      (asked.measure.shares ?? []).map(({ name }) => name),
    ),
    unplaced(observation, population),
  );
  if (limit.result !== "inconclusive") {
    const acts = limit.result === "fail" || limit.result === "warn";
    return { ...test(asked, observation), result: limit.result, says, remedy: acts ? remedy : "" };
  }
  const { reason = "too-few" } = limit;
  if (reason === "missing-input") return withoutInput(asked, observation, { says, limit, given });
  return undecided(asked, observation, reason, {
    says: reason === "too-few" ? sentences(says, TOO_LITTLE) : says,
    remedy: HELP[reason],
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
  }: {
    readonly says: string;
    readonly limit: MeasureLimit;
    readonly given: ReadonlySet<InputName>;
  },
): Test {
  const missing = inputsForLimits(asked.limits, given);
  if (missing.length > 0) {
    const remedy = missing.map((name) => INPUTS[name].give).join(" ");
    return {
      ...undecided(asked, observation, "missing-input", { says, remedy }),
      missingInputs: missing,
    };
  }
  return undecided(asked, observation, "missing-input", {
    says,
    remedy: limit.when === undefined ? limitsToSet(asked) : HELP["missing-input"],
  });
}

function limitsToSet({ criteria, measure }: AskedTest): string {
  const whose = criteria.length === 0 ? measure.id : formatList(criteria);
  return `Set limits of your own for ${whose} in the configuration (docs/configuration.md).`;
}

/** What would give a test an answer that its own limits keep from it. */
const HELP: Readonly<Record<Reason, string>> = {
  "too-few": "Widen the period, or connect the agents that do not log yet.",
  "not-exercised": "Widen the period, or test a log of agents that do such things.",
  "not-recorded": "Have the logger write down what is missing here.",
  "missing-input": "Give beside the log what is missing here; the reason of the limits says what.",
  "record-in-doubt": "Find out what happened to the record.",
};

/** For measures that only their own frameworks word. */
const SENTENCE = "{exceptions:exception} in {population:entry|entries}.";
const TOO_LITTLE = "That is too little to conclude from.";

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

function failed(asked: AskedTest, says = `The measure ${asked.measure.id} gave no answer.`): Test {
  return {
    ...identity(asked),
    result: "error",
    says,
    remedy: "This is a fault of the test, not of the log: report it with this text.",
    population: 0,
    exceptions: 0,
    exceptionEntries: [],
    numbers: {},
  };
}
