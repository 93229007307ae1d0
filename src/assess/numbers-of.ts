// What an observation says in numbers, under the names that limits and sentences use.

import { MICROSECONDS_PER_SECOND } from "../model/instant.ts";
import type { Observation } from "../model/observation.ts";

/**
 * Every number of an observation by its name: `population`, `exceptions`, `exception_share`,
 * those of its kind, and the measure's own counts and shares. A name is absent where its
 * number is undefined, as a share of nothing is.
 */
export function numbersOf(observation: Observation): Readonly<Record<string, number>> {
  const { population, exceptions, numbers = {} } = observation;
  return {
    population,
    exceptions,
    ...share("exception_share", exceptions, population),
    ...numbers,
    ...numbersOfKind(observation),
  };
}

function numbersOfKind(observation: Observation): Readonly<Record<string, number>> {
  const { population } = observation;
  switch (observation.kind) {
    case "ratio":
      return { part: observation.part, ...share("share", observation.part, population) };
    case "groups":
      return { groups: observation.distinct };
    case "share-of-top": {
      const part = observation.top?.count ?? 0;
      return { part, ...share("share", part, population), groups: observation.distinct };
    }
    case "gap":
      return { longest_seconds: (observation.longest ?? 0) / MICROSECONDS_PER_SECOND };
    default:
      return {};
  }
}

function share(name: string, part: number, whole: number): Readonly<Record<string, number>> {
  return whole === 0 ? {} : { [name]: part / whole };
}
