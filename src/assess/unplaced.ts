// What a test about time says of entries that have none.

import type { Language } from "../languages/language.ts";
import type { MeasureKind } from "../model/measure.ts";
import type { Observation } from "../model/observation.ts";
import type { LogPopulation } from "../model/population.ts";

/** Kinds in which an entry without a readable time takes no part. */
const TIMED: readonly MeasureKind[] = ["gap", "spike", "sequence", "run", "rate", "percentile"];

/** How many entries the test could not place in time; undefined when there are none, or when that does not matter. */
export function unplaced(
  observation: Observation,
  log: LogPopulation,
  { assess }: Language,
): string | undefined {
  const { unreadable } = log.timestamps;
  if (!TIMED.includes(observation.kind) || unreadable === 0) return undefined;
  return assess.filled.unplaced(unreadable);
}
