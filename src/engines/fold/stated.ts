// The parts of an observation that a measure's example states, in the example's words.

import type { ExpectedObservation } from "../../model/measure.ts";
import { MICROSECONDS_PER_SECOND } from "../../model/instant.ts";
import type { Observation } from "../../model/observation.ts";

/** What an observation says to each thing that is expected of it. */
export function stated(
  observation: Observation,
  expected: ExpectedObservation,
): ExpectedObservation {
  const actual: Record<string, unknown> = {
    population: observation.population,
    exceptions: observation.exceptions,
    exception_ids: observation.exceptionEntries.map(({ id }) => id),
  };
  if (observation.kind === "ratio") actual["part"] = observation.part;
  if (observation.kind === "groups") actual["groups"] = Object.fromEntries(observation.all);
  if (observation.kind === "share-of-top") actual["top"] = observation.top ?? null;
  if (observation.kind === "gap") {
    actual["longest_seconds"] =
      observation.longest === undefined ? null : observation.longest / MICROSECONDS_PER_SECOND;
  }
  return Object.fromEntries(
    Object.keys(expected).map((key) => [key, actual[key]]),
  ) as unknown as ExpectedObservation;
}
