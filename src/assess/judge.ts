// From what was seen to what it means: observation x criterion -> finding. No framework is
// named here. Changing this file changes reports.

import { compilePredicate } from "../expression/compile.ts";
import { OBSERVATION_SCHEMA } from "../expression/schema.ts";
import type { ComplianceFinding, Observed, Reason, Result } from "../model/finding.ts";
import type { Criterion, Limit, Points } from "../model/framework.ts";
import type { Predicate } from "../model/expression.ts";
import type { Measure } from "../model/measure.ts";
import type { Observation } from "../model/observation.ts";
import type { LogPopulation } from "../model/population.ts";
import { formatCount } from "../model/figures.ts";
import { missingFields } from "./missing-fields.ts";
import { fill } from "./wording.ts";

/** What a judgement rests on. */
export interface Basis {
  readonly measures: ReadonlyMap<string, Measure>;
  readonly observations: ReadonlyMap<string, Observation>;
  readonly population: LogPopulation;
}

/** Concludes on one criterion. Never throws: a test that fails becomes a finding that says so. */
export function judge(criterion: Criterion, basis: Basis): ComplianceFinding {
  const unanswered = measuresOf(criterion).find((id) => !basis.observations.has(id));
  const measure = basis.measures.get(criterion.measure);
  const observation = basis.observations.get(criterion.measure);
  if (measure === undefined || observation === undefined || unanswered !== undefined) {
    const id = unanswered ?? criterion.measure;
    return failedTest(criterion, `The measure ${id} gave no answer.`);
  }
  return (
    notExercisedAtAll(criterion, observation, basis) ??
    barredByFormat(criterion, observation, basis) ??
    notRecorded(criterion, observation, basis) ??
    emptyPopulation(criterion, observation, basis) ??
    tooFew(criterion, observation) ??
    decide(criterion, observation, basis)
  );
}

function notExercisedAtAll(
  criterion: Criterion,
  observation: Observation,
  { population }: Basis,
): ComplianceFinding | undefined {
  if (population.inScope > 0) return undefined;
  return inconclusive(criterion, observation, "not-exercised", {
    description: "No entry of the log lies in the period under review, so nothing was tested.",
    recommendation: "Check the period and that the agents' actions reach this log.",
  });
}

/** A mapping can say that its format would be misread: deletions in a cluster erase no person's data. */
function barredByFormat(
  criterion: Criterion,
  observation: Observation,
  { population }: Basis,
): ComplianceFinding | undefined {
  const barred = population.intake?.cannotAnswer;
  const id = measuresOf(criterion).find((measure) => barred?.has(measure) === true);
  const why = id === undefined ? undefined : barred?.get(id);
  if (why === undefined) return undefined;
  return untested(criterion, observation, {
    description: `A log of this format cannot show it. ${why}`,
    recommendation: "Test it on a log of the system in which such actions are recorded.",
  });
}

function notRecorded(
  criterion: Criterion,
  observation: Observation,
  { population, measures }: Basis,
): ComplianceFinding | undefined {
  const missing = missingFields(criterion, measures, population);
  if (missing.length === 0) return undefined;
  const fields = missing.join(", ");
  return untested(criterion, observation, {
    description: `The log has no ${fields}, and this cannot be decided without.`,
    recommendation: `Record ${fields} with every action.`,
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
      description: fill(criterion.whenEmpty.description, observation),
      recommendation: fill(criterion.whenEmpty.recommendation, observation),
    })
  );
}

function tooFew(criterion: Criterion, observation: Observation): ComplianceFinding | undefined {
  const { atLeast } = criterion;
  if (atLeast === undefined || observation.population >= atLeast) return undefined;
  const needed = formatCount(atLeast);
  return inconclusive(criterion, observation, "too-few", {
    description: fill(
      `Only {population:entry|entries} could be tested; at least ${needed} are needed.`,
      observation,
    ),
    recommendation: "Widen the period, or connect the agents that do not log yet.",
  });
}

function decide(criterion: Criterion, observation: Observation, basis: Basis): ComplianceFinding {
  const limit = criterion.limits.find((candidate) => holds(candidate, observation));
  if (limit === undefined) {
    return failedTest(criterion, "No limit of this criterion covers what was observed.");
  }
  const doubt = doubted(criterion, basis);
  // What could not be told never turns into a pass; a failure stands whatever else is unclear.
  if (limit.result === "pass" && doubt !== undefined) return doubt;
  const shares = shareLimits(criterion);
  return {
    ...finding(criterion, observation, limit.result),
    severity: limit.severity,
    description: [
      fill(limit.description, observation, shares),
      unplaced(observation, basis),
      doubt?.description,
    ]
      .filter((sentence) => sentence !== undefined)
      .join(" "),
    recommendation: fill(limit.recommendation, observation, shares),
    points: pointsLost(limit.points, observation.exceptions),
  };
}

/** A test of silences says how many entries it could not place in time. */
function unplaced(observation: Observation, { population }: Basis): string | undefined {
  const { unreadable } = population.timestamps;
  if (observation.kind !== "gap" || unreadable === 0) return undefined;
  return `Not placed, because their time cannot be read: ${formatCount(unreadable)}.`;
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
      description: fill(doubt.description, observation),
      recommendation: fill(doubt.recommendation, observation),
    }),
    severity: doubt.severity,
  };
}

/** Evaluates a limit's condition over the observation's numbers. */
function holds(limit: Limit, observation: Observation): boolean {
  if (limit.when === undefined) return true;
  const names = [...OBSERVATION_SCHEMA.keys()];
  const numbers = numbersOf(observation);
  const test = compilePredicate(limit.when.predicate, (name) => names.indexOf(name));
  return test(names.map((name) => numbers[name]));
}

/** The shares that a criterion's limits name, so that no figure is rounded onto one. */
function shareLimits({ limits }: Criterion): number[] {
  return limits.flatMap(({ when }) => (when === undefined ? [] : comparedNumbers(when.predicate)));
}

function comparedNumbers(predicate: Predicate): number[] {
  switch (predicate.kind) {
    case "and":
    case "or":
      return predicate.of.flatMap(comparedNumbers);
    case "not":
      return comparedNumbers(predicate.of);
    case "compare":
      return [predicate.left, predicate.right].flatMap((term) =>
        term.kind === "number" ? [term.value] : [],
      );
    default:
      return [];
  }
}

function numbersOf(observation: Observation): Partial<{ [name: string]: number }> {
  const { population, exceptions } = observation;
  const base = { population, exceptions };
  switch (observation.kind) {
    case "count":
      return base;
    case "ratio":
      return { ...base, part: observation.part, share: observation.part / population };
    case "groups":
      return { ...base, groups: observation.distinct };
    case "share-of-top": {
      const part = observation.top?.count ?? 0;
      return { ...base, part, share: part / population, groups: observation.distinct };
    }
    case "gap":
      return { ...base, longest_seconds: (observation.longest ?? 0) / 1_000_000 };
  }
}

function observedOf(observation: Observation): Observed {
  switch (observation.kind) {
    case "count":
    case "gap":
      return { kind: "count", value: observation.exceptions };
    case "ratio":
      return { kind: "share", part: observation.part, whole: observation.population };
    case "share-of-top":
      return { kind: "share", part: observation.top?.count ?? 0, whole: observation.population };
    case "groups":
      return { kind: "groups", value: observation.distinct };
  }
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
    ...(observation.population === 0 ? {} : { observed: observedOf(observation) }),
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

function failedTest(criterion: Criterion, description: string): ComplianceFinding {
  return {
    severity: "warning",
    category: criterion.category,
    title: titleOf(criterion, "error"),
    description,
    recommendation: "This is a fault of the test, not of the log: report it with this text.",
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

/** Clause identifiers lead the title; kebab-case names would only repeat it. */
function titleOf({ id, title }: Criterion, result: Result): string {
  const words = result.toUpperCase().replaceAll("_", " ");
  return /[A-Z0-9]/.test(id) ? `${id} ${title}: ${words}` : `${title}: ${words}`;
}
