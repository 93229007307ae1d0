// What was found in rows, as an observation with entries.

import type { Row, RowTest } from "../../../expression/compile.ts";
import type { AuditEntry } from "../../../model/audit-entry.ts";
import type { Expression } from "../../../model/expression.ts";
import { LISTED } from "../../../model/observation.ts";
import type { Observation, Pair } from "../../../model/observation.ts";
import type { EntryReference, Resolve } from "../accumulator.ts";
import { namedNumbers } from "../numbers.ts";
import type { Found, OrderedMeasure } from "./kind.ts";
import type { OrderedLog } from "./ordered-log.ts";

/** The answer to one measure, with references in the place of entries. */
export interface OrderedAnswer {
  readonly measure: OrderedMeasure;
  readonly population: number;
  readonly exceptions: number;
  readonly numbers: Readonly<Record<string, number>>;
  readonly listed: readonly ListedException[];
  /** Microseconds. */
  readonly longest: number | undefined;
}

interface ListedException {
  readonly reference: EntryReference;
  /** The entry that makes it one. */
  readonly before?: EntryReference;
  /** Microseconds between the two; 0 where there is none before. */
  readonly length: number;
}

/** Counts what the measure asks for among the rows that were found. */
export function answerOf(
  measure: OrderedMeasure,
  found: Found,
  log: OrderedLog,
  untimed: boolean,
): OrderedAnswer {
  const { counts = [], shares = [], population } = measure;
  // The entries are gone: what stands for one here is a row with nothing but its number.
  const row: [number] = [0];
  const compile = ({ predicate }: Expression): RowTest => {
    const holds = log.holds(predicate);
    return ([number]: Row) => holds(number as number);
  };
  const named = namedNumbers(measure, () => -1, {}, compile);
  if (shares.length > 0 || counts.some(({ of }) => of === "population")) {
    for (const at of log.rowsWith([population.predicate], untimed)) {
      row[0] = at;
      named.population(row);
    }
  }
  const listed: ListedException[] = [];
  let exceptions = 0;
  for (let at = found.exceptions.indexOf(1); at !== -1; at = found.exceptions.indexOf(1, at + 1)) {
    exceptions += 1;
    row[0] = at;
    named.exception(row);
    if (listed.length < LISTED) listed.push(listedAt(at, found, log));
  }
  return {
    measure,
    population: log.count(population.predicate, untimed),
    exceptions,
    numbers: { ...defined(found.numbers), ...named.finish() },
    listed,
    longest: found.longest,
  };
}

function listedAt(row: number, { before }: Found, log: OrderedLog): ListedException {
  const reference = log.reference(row);
  const earlier = before?.get(row);
  if (earlier === undefined) return { reference, length: 0 };
  const length = (log.instants[row] as number) - (log.instants[earlier] as number);
  return { reference, before: log.reference(earlier), length };
}

/** References whose entries the observation shows. */
export function referencesOf({ listed }: OrderedAnswer): EntryReference[] {
  return listed.flatMap(({ reference, before }) =>
    before === undefined ? [reference] : [before, reference],
  );
}

/** The observation, with entries in the place of references. */
export function observationOf(answer: OrderedAnswer, resolve: Resolve): Observation {
  const { measure, population, exceptions, numbers, longest } = answer;
  const listed = answer.listed.map(({ reference, before, length }) => ({
    entry: resolve(reference),
    before: before === undefined ? undefined : resolve(before),
    length,
  }));
  const base = {
    measure: measure.id,
    population,
    exceptions,
    exceptionEntries: listed.map(({ entry }) => entry),
    numbers,
  };
  const pairs = listed.flatMap(({ entry, before, length }) =>
    before === undefined ? [] : [{ before, entry, length }],
  );
  switch (measure.kind) {
    case "gap":
      return {
        ...base,
        kind: "gap",
        gaps: pairs.map(({ before, entry, length }) => ({ from: before, to: entry, length })),
        ...(longest === undefined ? {} : { longest }),
      };
    case "sequence":
      return {
        ...base,
        kind: "sequence",
        pairs: pairs.map(({ before, entry }) => pairOf(before, entry)),
      };
    default:
      return { ...base, kind: measure.kind };
  }
}

/** Made of a map, since a literal that names `then` is taken for something to await. */
function pairOf(first: AuditEntry, then: AuditEntry): Pair {
  const members = new Map([
    ["first", first],
    ["then", then],
  ]);
  return Object.fromEntries(members) as unknown as Pair;
}

function defined(numbers: Found["numbers"]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(numbers).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
