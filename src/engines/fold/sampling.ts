// Entries drawn from the population of every measure: those whose digest with a seed is smallest.
// Whoever has the seed can draw them again, and nobody can choose what is drawn. Two parts of a
// log yield the sample of the whole, in any order.

import { hash } from "node:crypto";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { Measure } from "../../model/measure.ts";
import type { Question } from "../engine.ts";
import { placeOf } from "./accumulator.ts";
import type { EntryReference, Resolve, Step } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import type { Meant } from "./cells.ts";
import { isOrdered } from "./ordered/ordered.ts";

/** An entry that was drawn. */
export interface Drawn {
  /** SHA-256 in hexadecimal: what entries are drawn by. */
  readonly digest: string;
  /** Decides between entries of one digest, which are entries of one id. */
  readonly place: number;
  readonly reference: EntryReference;
}

/** By measure, from the smallest digest. Plain data that another thread can merge. */
export type SamplesState = ReadonlyMap<string, Drawn[]>;

export interface Samples {
  /** One a measure. */
  readonly meant: readonly Meant[];
  readonly state: SamplesState;
  merge(other: SamplesState): void;
  /** References whose entries are shown. */
  references(): readonly EntryReference[];
  finish(resolve: Resolve): Map<string, readonly AuditEntry[]>;
}

/** Draws as many entries as asked from each population, all of them where there are no more. */
export function samples(
  measures: readonly Measure[],
  { size, seed }: NonNullable<Question["sampling"]>,
  asking: Asking,
): Samples {
  const drawn = new Map(
    measures.filter(({ kind }) => kind !== "policy-lint").map(({ id }) => [id, [] as Drawn[]]),
  );

  const take = (list: Drawn[], one: Drawn): void => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(list[middle] as Drawn, one) <= 0) low = middle + 1;
      else high = middle;
    }
    if (low >= size) return;
    list.splice(low, 0, one);
    if (list.length > size) list.pop();
  };

  const meant = measures.flatMap((measure): Meant[] => {
    const list = drawn.get(measure.id);
    if (list === undefined) return [];
    const inPopulation = asking.condition(measure.population);
    const belongs = belonging(measure, asking);
    const meaning = {
      each(step: Step): void {
        if (!belongs(step)) return;
        const place = placeOf(step);
        const identity = step.id === undefined ? `#${place}` : String(step.id);
        const digest = hash("sha256", `${seed}\u0000${measure.id}\u0000${identity}`, "hex");
        const last = list.at(-1);
        if (list.length === size && (last === undefined || digest > last.digest)) return;
        take(list, { digest, place, reference: step.reference });
      },
    };
    return [{ meaning: (row) => (inPopulation(row) ? meaning : undefined) }];
  });

  return {
    meant,
    state: drawn,
    merge(other) {
      for (const [id, list] of drawn) for (const one of other.get(id) ?? []) take(list, one);
    },
    references: () => [...drawn.values()].flatMap((list) => list.map(({ reference }) => reference)),
    finish: (resolve) =>
      new Map(
        [...drawn].map(([id, list]) => [id, list.map(({ reference }) => resolve(reference))]),
      ),
  };
}

/** What else an entry needs to be asked about, besides what the population says. */
function belonging(measure: Measure, asking: Asking): (step: Step) => boolean {
  switch (measure.kind) {
    case "max": {
      const numberOf = asking.number(measure.of);
      return ({ row }) => !Number.isNaN(numberOf(row));
    }
    case "set-difference": {
      const textOf = asking.text(measure.by);
      return ({ row }) => textOf(row) !== "";
    }
    case "clock":
      return () => true;
    case "gap":
    case "spike":
    case "reach":
    case "policy-replay":
      return isTimed;
    default:
      return isOrdered(measure) ? isTimed : () => true;
  }
}

function isTimed({ instant }: Step): boolean {
  return instant !== Number.POSITIVE_INFINITY;
}

function compare(left: Drawn, right: Drawn): number {
  if (left.digest !== right.digest) return left.digest < right.digest ? -1 : 1;
  return left.place - right.place;
}
