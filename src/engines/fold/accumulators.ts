// One accumulator for each measure that needs neither the order of the entries nor the log as a
// whole.

import type { Measure, MeasureKind } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { count } from "./count.ts";
import { distinct } from "./distinct.ts";
import { gap } from "./gap.ts";
import { groups } from "./groups.ts";
import { max } from "./max.ts";
import { isOrdered } from "./ordered/ordered.ts";
import { policyReplay } from "./policy-replay.ts";
import { profile } from "./profile.ts";
import { ratio } from "./ratio.ts";
import { setDifference } from "./set-difference.ts";
import { shareOfTop } from "./share-of-top.ts";
import { spike } from "./spike.ts";

/** Kinds that are answered elsewhere: in order, of the whole log, or of the policy without a log. */
type Elsewhere =
  | "clock"
  | "delegation"
  | "identity"
  | "percentile"
  | "policy-lint"
  | "rate"
  | "reach"
  | "run"
  | "sequence";

const ACCUMULATORS = {
  count,
  ratio,
  distinct,
  "set-difference": setDifference,
  groups,
  "share-of-top": shareOfTop,
  profile,
  max,
  spike,
  gap,
  "policy-replay": policyReplay,
} as const satisfies Record<Exclude<MeasureKind, Elsewhere>, unknown>;

/**
 * Starts them, by the measures' ids.
 *
 * @param offerOf what takes the exceptions of a measure; by default the first are listed
 */
export function accumulatorsFor(
  measures: readonly Measure[],
  asking: Asking,
  offerOf: (measure: Measure) => Asking["offer"] = () => asking.offer,
): Map<string, Accumulator<unknown>> {
  const accumulators = new Map<string, Accumulator<unknown>>();
  for (const measure of measures) {
    if (isOrdered(measure) || !Object.hasOwn(ACCUMULATORS, measure.kind)) continue;
    const make = ACCUMULATORS[measure.kind as keyof typeof ACCUMULATORS] as (
      measure: Measure,
      asking: Asking,
    ) => Accumulator<unknown>;
    accumulators.set(measure.id, make(measure, { ...asking, offer: offerOf(measure) }));
  }
  return accumulators;
}
