// Several folded logs as one: their folds merged in whatever order they are ready, and one answer.

import type { AuditEntry } from "../../model/audit-entry.ts";
import type { IdentityMeasure } from "../../model/measure.ts";
import type { Answer, ListedException, ObserveOptions, Question } from "../engine.ts";
import type { EntryReference, Place, Resolve } from "../fold/accumulator.ts";
import { fold } from "../fold/fold.ts";
import type { KnownLate } from "../fold/late.ts";
import type { OrderedQuestion } from "../fold/ordered/kind.ts";
import { PARTS_OF_A_LOG, POSITIONS_OF_A_LOG, answerOf } from "../part.ts";
import type { FoldedPart } from "../part.ts";
import { eachAtOnce } from "./at-once.ts";
import type { AtOnceOptions } from "./at-once.ts";
import { failureIn } from "./failure.ts";
import { identityOfAll, idsApart, idsOfAll } from "./ids-of-each.ts";
import type { IdsOfLog } from "./ids-of-each.ts";
import { baseOf, sourceIn, withSource } from "./named-log.ts";
import { populationApart } from "./pointers.ts";
import { surroundingsOfAll } from "./surroundings.ts";

/** Several logs that become one. */
export interface Whole {
  /** Takes what was found in a log, by its place among the logs; each once, in any order. */
  take(at: number, part: FoldedPart): void;
  /** The answer when all logs were taken. */
  answer(options: AtOnceOptions): Promise<Answer>;
  /** What the end of all logs tells about exceptions. */
  late(): KnownLate;
  /** Lists the exceptions of one log, when all were taken. */
  exceptions(
    at: number,
    question: Question,
    known: KnownLate,
    options: ObserveOptions,
  ): AsyncIterable<ListedException>;
  /**
   * Ends what the logs hold open.
   *
   * @throws what a log throws whose reading turns out to have been none, with its name
   */
  close(): Promise<void>;
}

/** What is kept of a log when its fold was merged. */
type Rest = Omit<FoldedPart, "running"> & { readonly ids: IdsOfLog };

/** Starts without any. */
export function wholeOf(names: readonly string[], question: Question): Whole {
  const asked: Question & OrderedQuestion = { ...question, positionsOfALog: POSITIONS_OF_A_LOG };
  const running = fold(asked);
  const rests: (Rest | undefined)[] = names.map(() => undefined);
  const restAt = (at: number): Rest => {
    const rest = rests[at];
    if (rest === undefined) throw new Error(`the log ${names[at]} was not folded`);
    return rest;
  };
  const nameAt = (at: number): string => names[at] ?? "";

  const resolve = async (
    references: ReadonlySet<EntryReference>,
    options: AtOnceOptions,
  ): Promise<Resolve> => {
    const ofEach = names.map(() => new Set<EntryReference>());
    for (const reference of references) ofEach[logOf(reference)]?.add(reference);
    const resolved: Resolve[] = [];
    await eachAtOnce(names, options, async (at) => {
      resolved[at] = await restAt(at).resolve(ofEach[at] ?? new Set());
    });
    return (reference) => {
      const at = logOf(reference);
      const entry: AuditEntry = resolved[at]?.(reference) ?? {};
      return withSource(nameAt(at), entry);
    };
  };

  const textOf = (place: Place): string => {
    const at = Math.floor(place.part / PARTS_OF_A_LOG);
    return sourceIn(nameAt(at), restAt(at).textOf?.(place) ?? `line ${place.line}`);
  };

  return {
    take(at, { running: found, ...part }) {
      if (rests[at] !== undefined) throw new Error(`the log ${names[at]} was folded twice`);
      const { ids, rest } = idsApart(nameAt(at), found.state);
      const population = populationApart(
        rest.population,
        nameAt(at),
        baseOf(at),
        part.textOf !== undefined,
      );
      running.merge({ ...rest, population });
      rests[at] = { ...part, ids };
    },
    async answer(options) {
      const all = names.map((name, at) => ({ name, ...restAt(at) }));
      const ids = all.map((one) => one.ids);
      const answer = await answerOf({
        running,
        surroundings: surroundingsOfAll(
          all.map(({ name, surroundings, ids: { entries } }) => ({ name, surroundings, entries })),
        ),
        resolve: (references) => resolve(references, options),
        textOf,
        exceptions: () => {
          throw new Error("exceptions are listed log by log");
        },
      });
      const { missingAtEnd } = answer.population.ids;
      const observations = new Map(answer.observations);
      for (const measure of question.measures) {
        if (!isIdentity(measure)) continue;
        observations.set(measure.id, identityOfAll(measure, ids));
      }
      return {
        ...answer,
        population: {
          ...answer.population,
          ids: { ...idsOfAll(ids), ...(missingAtEnd === undefined ? {} : { missingAtEnd }) },
        },
        observations,
      };
    },
    late: () => running.late(),
    exceptions: (at, listed, known, options) =>
      restAt(at).exceptions(listed, knownOf(at, known), options),
    async close() {
      const ends = await Promise.allSettled(rests.map(async (rest) => rest?.close?.()));
      for (const [at, end] of ends.entries()) {
        if (end.status === "rejected") throw failureIn(nameAt(at), end.reason);
      }
    },
  };
}

/** Of which log a reference is. */
function logOf(reference: EntryReference): number {
  if (typeof reference === "number") return Math.floor(reference / POSITIONS_OF_A_LOG);
  return "part" in reference ? Math.floor(reference.part / PARTS_OF_A_LOG) : -1;
}

/** What is known of the places of one log. */
function knownOf(at: number, { places, groups }: KnownLate): KnownLate {
  const [from, to] = [baseOf(at), baseOf(at + 1)];
  return {
    places: new Map(
      [...places].map(([measure, all]) => [
        measure,
        all.subarray(firstFrom(all, from), firstFrom(all, to)),
      ]),
    ),
    groups,
  };
}

/** Index of the first of ascending places that is not before this one. */
function firstFrom(places: Float64Array, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] as number) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isIdentity(measure: Question["measures"][number]): measure is IdentityMeasure {
  return measure.kind === "identity";
}
