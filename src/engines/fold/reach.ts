// How far back the log goes, and how far up to now: its oldest and its newest entry, of any
// period, against the report's own time.

import type { ReachMeasure } from "../../model/measure.ts";
import { MICROSECONDS_PER_SECOND } from "../../model/instant.ts";
import type { Observation } from "../../model/observation.ts";
import type { Question } from "../engine.ts";
import type { PopulationState } from "./population.ts";

const DAY = 86_400 * MICROSECONDS_PER_SECOND;

/**
 * The answer from what the fold knows of the whole log.
 *
 * @param timed entries with a readable time
 * @param times the earliest and the latest of theirs
 */
export function reachObservation(
  measure: ReachMeasure,
  { now, inputs }: Pick<Question, "now" | "inputs">,
  timed: number,
  { earliest, latest }: Pick<PopulationState, "earliest" | "latest">,
): Observation {
  const since = inputs?.deployedSince;
  return {
    kind: "reach",
    measure: measure.id,
    population: timed,
    exceptions: 0,
    exceptionEntries: [],
    numbers: {
      ...(timed === 0
        ? {}
        : {
            reach_days: (now - earliest) / DAY,
            newest_days: Math.max(0, now - latest) / DAY,
            span_days: (latest - earliest) / DAY,
          }),
      ...(since === undefined ? {} : { deployed_days: (now - since) / DAY }),
    },
  };
}
