// The one figure that stands beside a verdict.

import type { Observed } from "../model/finding.ts";
import type { Observation } from "../model/observation.ts";
import { numbersOf } from "./numbers-of.ts";

/**
 * What was measured, in one figure: a share where the kind has a part, the number of groups,
 * or how many exceptions there are. Undefined where nothing could be measured, or where only
 * several numbers together say what was.
 */
export function observedOf(observation: Observation): Observed | undefined {
  const { population, exceptions } = observation;
  if (population === 0) return undefined;
  switch (observation.kind) {
    case "groups":
      return { kind: "groups", value: observation.distinct };
    case "distinct":
    case "reach":
      return undefined;
    default: {
      const { part } = numbersOf(observation);
      return part === undefined
        ? { kind: "count", value: exceptions }
        : { kind: "share", part, whole: population };
    }
  }
}
