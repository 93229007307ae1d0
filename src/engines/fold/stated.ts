// The parts of an observation that a measure's example states, in the example's words.

import type { ExpectedObservation } from "../../model/measure.ts";
import { MICROSECONDS_PER_SECOND } from "../../model/instant.ts";
import type { Observation } from "../../model/observation.ts";

/** What is expected of an observation: all but what the measure's limits make of it. */
export function observable(expected: ExpectedObservation): ExpectedObservation {
  const { result: _result, reason: _reason, ...rest } = expected;
  return rest;
}

/** What an observation says to each thing that is {@link observable}. */
export function stated(
  observation: Observation,
  expected: ExpectedObservation,
): ExpectedObservation {
  const { numbers = {} } = observation;
  const actual: Record<string, unknown> = {
    population: observation.population,
    exceptions: observation.exceptions,
    exception_ids: observation.exceptionEntries.map(({ id }) => id),
    part: numbers["part"],
    numbers: Object.fromEntries(
      Object.keys(expected.numbers ?? {}).map((name) => [name, numbers[name] ?? null]),
    ),
  };
  if (observation.kind === "groups") actual["groups"] = Object.fromEntries(observation.all);
  if (observation.kind === "distinct" || observation.kind === "set-difference") {
    actual["groups"] = Object.fromEntries(observation.groups.map(({ key, count }) => [key, count]));
  }
  if (observation.kind === "share-of-top") actual["top"] = observation.top ?? null;
  if (observation.kind === "gap") {
    actual["longest_seconds"] =
      observation.longest === undefined ? null : observation.longest / MICROSECONDS_PER_SECOND;
  }
  return Object.fromEntries(
    Object.keys(observable(expected)).map((key) => [key, actual[key]]),
  ) as unknown as ExpectedObservation;
}
