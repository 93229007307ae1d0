// From what was seen to what it means: observation x criterion -> finding. No framework is
// named here. Frameworks with points only. Changing this file changes reports.

import type { Language } from "../languages/language.ts";
import type { ComplianceFinding } from "../model/finding.ts";
import type { Criterion, Points } from "../model/framework.ts";
import type { Measure } from "../model/measure.ts";
import type { Observation } from "../model/observation.ts";
import type { LogPopulation } from "../model/population.ts";
import type { Reason, Result } from "../model/result.ts";
import { comparedNumbers, firstThatHolds } from "./condition.ts";
import { missingFields } from "./missing-fields.ts";
import { numbersOf } from "./numbers-of.ts";
import { observedOf } from "./observed.ts";
import { titleOf } from "./title.ts";
import { unplaced } from "./unplaced.ts";
import { fill } from "./wording.ts";

/** What a judgement rests on. */
export interface Basis {
  readonly measures: ReadonlyMap<string, Measure>;
  readonly observations: ReadonlyMap<string, Observation>;
  readonly population: LogPopulation;
  /** Of every sentence. */
  readonly language: Language;
}

/** Concludes on one criterion. Never throws: a test that fails becomes a finding that says so. */
export function judge(criterion: Criterion, basis: Basis): ComplianceFinding {
  const unanswered = measuresOf(criterion).find((id) => !basis.observations.has(id));
  const measure = basis.measures.get(criterion.measure);
  const observation = basis.observations.get(criterion.measure);
  if (measure === undefined || observation === undefined || unanswered !== undefined) {
    const id = unanswered ?? criterion.measure;
    const { noAnswer } = basis.language.assess.faults;
    return failedTest(criterion, noAnswer(id), basis);
  }
  return (
    notExercisedAtAll(criterion, observation, basis) ??
    barredByFormat(criterion, observation, basis) ??
    notRecorded(criterion, observation, basis) ??
    emptyPopulation(criterion, observation, basis) ??
    tooFew(criterion, observation, basis) ??
    decide(criterion, observation, basis)
  );
}

function notExercisedAtAll(
  criterion: Criterion,
  observation: Observation,
  { population, language: { assess } }: Basis,
): ComplianceFinding | undefined {
  if (population.inScope > 0) return undefined;
  return inconclusive(criterion, observation, "not-exercised", {
    description: assess.undecided.noEntries,
    recommendation: assess.undecided.checkPeriod,
  });
}

/** A mapping can say that its format would be misread: deletions in a cluster erase no person's data. */
function barredByFormat(
  criterion: Criterion,
  observation: Observation,
  { population, language: { assess } }: Basis,
): ComplianceFinding | undefined {
  const barred = population.intake?.cannotAnswer;
  const id = measuresOf(criterion).find((measure) => barred?.has(measure) === true);
  const why = id === undefined ? undefined : barred?.get(id);
  if (why === undefined) return undefined;
  return untested(criterion, observation, {
    description: assess.undecided.barredByFormat(why),
    recommendation: assess.undecided.testElsewhere,
  });
}

function notRecorded(
  criterion: Criterion,
  observation: Observation,
  { population, measures, language: { assess } }: Basis,
): ComplianceFinding | undefined {
  const missing = missingFields(
    measuresOf(criterion).flatMap((id) => measures.get(id) ?? []),
    population,
  );
  if (missing.length === 0) return undefined;
  return untested(criterion, observation, {
    description: assess.fields.pointsLacking(missing),
    recommendation: assess.fields.pointsToRecord(missing),
  });
}

function emptyPopulation(
  criterion: Criterion,
  observation: Observation,
  basis: Basis,
): ComplianceFinding | undefined {
  if (observation.population > 0) return undefined;
  return (
    doubted(criterion, basis) ??
    inconclusive(criterion, observation, criterion.empty, {
      description: fill(criterion.whenEmpty.description, observation, basis.language),
      recommendation: fill(criterion.whenEmpty.recommendation, observation, basis.language),
    })
  );
}

function tooFew(
  criterion: Criterion,
  observation: Observation,
  { language }: Basis,
): ComplianceFinding | undefined {
  const { atLeast } = criterion;
  if (atLeast === undefined || observation.population >= atLeast) return undefined;
  const { undecided } = language.assess;
  return inconclusive(criterion, observation, "too-few", {
    description: fill(undecided.onlySoMany(atLeast), observation, language),
    recommendation: undecided.help["too-few"],
  });
}

function decide(criterion: Criterion, observation: Observation, basis: Basis): ComplianceFinding {
  const { language, population } = basis;
  const limit = firstThatHolds(criterion.limits, numbersOf(observation));
  if (limit === undefined) {
    return failedTest(criterion, language.assess.faults.noLimitOfCriterion, basis);
  }
  const doubt = doubted(criterion, basis);
  // What could not be told never turns into a pass; a failure stands whatever else is unclear.
  if (limit.result === "pass" && doubt !== undefined) return doubt;
  const shares = comparedNumbers(criterion.limits);
  return {
    ...finding(criterion, observation, limit.result),
    severity: limit.severity,
    description: [
      fill(limit.description, observation, language, shares),
      unplaced(observation, population, language),
      doubt?.description,
    ]
      .filter((sentence) => sentence !== undefined)
      .join(" "),
    recommendation: fill(limit.recommendation, observation, language, shares),
    points: pointsLost(limit.points, observation.exceptions),
  };
}

/** The finding that the record is in doubt, when the second question has exceptions. */
function doubted(criterion: Criterion, basis: Basis): ComplianceFinding | undefined {
  const { doubt } = criterion;
  const observation = doubt === undefined ? undefined : basis.observations.get(doubt.measure);
  if (doubt === undefined || observation === undefined || observation.exceptions === 0) {
    return undefined;
  }
  return {
    ...inconclusive(criterion, observation, "record-in-doubt", {
      description: fill(doubt.description, observation, basis.language),
      recommendation: fill(doubt.recommendation, observation, basis.language),
    }),
    severity: doubt.severity,
  };
}

function pointsLost(points: Points, exceptions: number): number {
  if (typeof points === "number") return points;
  return Math.min(points.atMost, points.each * exceptions);
}

/** What every finding on an observation has in common. */
function finding(
  criterion: Criterion,
  observation: Observation,
  result: Result,
): ComplianceFinding {
  const limit = criterion.limits.find((candidate) => candidate.result === "pass")?.when?.source;
  const observed = observedOf(observation);
  return {
    severity: "info",
    category: criterion.category,
    title: titleOf(criterion, result),
    description: "",
    recommendation: "",
    criterion: criterion.id,
    result,
    population: observation.population,
    exceptions: observation.exceptions,
    exceptionEntries: observation.exceptionEntries,
    ...(observed === undefined ? {} : { observed }),
    ...(limit === undefined ? {} : { limit }),
    points: 0,
    measures: measuresOf(criterion),
    ...(observation.kind === "gap" && observation.gaps.length > 0
      ? { gaps: observation.gaps }
      : {}),
    ...(observation.kind === "groups" ? { groups: observation.groups } : {}),
  };
}

function inconclusive(
  criterion: Criterion,
  observation: Observation,
  reason: Reason,
  words: Pick<ComplianceFinding, "description" | "recommendation">,
): ComplianceFinding {
  return { ...finding(criterion, observation, "inconclusive"), reason, ...words };
}

/**
 * Nothing could be asked: entries that lack a field which nobody recorded deviate from nothing,
 * so none is counted or listed.
 */
function untested(
  criterion: Criterion,
  observation: Observation,
  words: Pick<ComplianceFinding, "description" | "recommendation">,
): ComplianceFinding {
  const {
    observed: _observed,
    gaps: _gaps,
    groups: _groups,
    ...rest
  } = inconclusive(criterion, observation, "not-recorded", words);
  return { ...rest, exceptions: 0, exceptionEntries: [] };
}

function failedTest(
  criterion: Criterion,
  description: string,
  { language }: Pick<Basis, "language">,
): ComplianceFinding {
  return {
    severity: "warning",
    category: criterion.category,
    title: titleOf(criterion, "error"),
    description,
    recommendation: language.assess.faults.ofTest,
    criterion: criterion.id,
    result: "error",
    population: 0,
    exceptions: 0,
    exceptionEntries: [],
    points: 0,
    measures: measuresOf(criterion),
  };
}

/** Every measure that a criterion asks, also where the answer to the second changed nothing. */
function measuresOf({ measure, doubt }: Criterion): string[] {
  return doubt === undefined ? [measure] : [measure, doubt.measure];
}
