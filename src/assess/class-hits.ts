// How often classes of actions were found. They are recognised by words, so a reader must see
// by which and how often.

import type { Measure } from "../model/measure.ts";
import type { Observation } from "../model/observation.ts";
import type { ClassHits } from "../model/report.ts";

/** Before the name of a class, the id of the measure that counts its actions. */
const CLASS_HITS = "class-hits:";

/** A class of actions as the catalog defines it. */
export type ActionClass = Omit<ClassHits, "entries">;

/** Classes that find nothing whatever the log, so that nothing can be asked about them. */
export function classesWithoutMatcher(measures: readonly Measure[]): ReadonlySet<string> {
  return new Set(measures.filter(findsNothing).map(({ id }) => id.slice(CLASS_HITS.length)));
}

function findsNothing(measure: Measure): boolean {
  if (!measure.id.startsWith(CLASS_HITS) || measure.kind !== "count") return false;
  return [measure.population, measure.exception].some(
    ({ predicate }) => predicate.kind === "boolean" && !predicate.value,
  );
}

/** The classes that measures use, sorted by name, with how many entries in scope each found. */
export function classHits(
  classes: readonly ActionClass[],
  measures: readonly Measure[],
  observations: ReadonlyMap<string, Observation>,
): ClassHits[] {
  const used = new Set(measures.flatMap((measure) => measure.classes ?? []));
  return classes
    .filter(({ name }) => used.has(name))
    .map(({ name, meaning, cel, overridden }) => {
      const entries = observations.get(`${CLASS_HITS}${name}`)?.population ?? 0;
      return { name, meaning, cel, entries, overridden };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
