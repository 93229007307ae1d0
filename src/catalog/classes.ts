// How often each class of actions was found: a question that a report asks by itself, so that
// a reader sees whether the definitions fit the log.

import type { Definitions } from "../expression/schema.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { Measure } from "../model/measure.ts";
import type { ClassHits, Override } from "../model/report.ts";
import type { LoadedDefinitions } from "./definitions-file.ts";

/** With this begin the ids of the measures that count hits; the name of the class follows. */
export const CLASS_HITS_PREFIX = "class-hits:";

/** A class of actions as the catalog defines it. */
export type ActionClass = Omit<ClassHits, "entries">;

/** The classes that some measures use, sorted by name. */
export function classesOf(
  measures: readonly Measure[],
  { definitions, meanings }: LoadedDefinitions,
  overrides: readonly Override[],
): ActionClass[] {
  const names = new Set(measures.flatMap(({ classes = [] }) => classes));
  return [...names].sort().map((name) => ({
    name,
    meaning: meanings.get(name) ?? "",
    cel: definitions.get(name)?.source.trim() ?? "",
    overridden: overrides.some((one) => one.kind === "definition" && one.name === name),
  }));
}

/** One measure for each class: its population, and alike its exceptions, are the entries found. */
export function classHits(classes: readonly ActionClass[], definitions: Definitions): Measure[] {
  return classes.flatMap(({ name, meaning }): Measure[] => {
    const population = definitions.get(name);
    if (population === undefined) return [];
    return [
      {
        kind: "count",
        id: `${CLASS_HITS_PREFIX}${name}`,
        title: meaning,
        question: `How many entries are of the class ${name}?`,
        limitations: "An action that is called otherwise is not found, and a word can mislead.",
        population,
        exception: ALWAYS,
        // What nobody reads is not loaded: a class that nothing else asks about would find nothing.
        fields: population.fields as readonly EntryField[],
      },
    ];
  });
}

const ALWAYS = {
  source: "true",
  predicate: { kind: "boolean", value: true },
  fields: [],
} as const;
