// A log in several places: each is folded where it lies, and what was found is merged.

import type { LogPopulation } from "../model/population.ts";
import type { Answer, Engine, ListedException, ObserveOptions, Question } from "./engine.ts";
import type { EntryReference, Place, Resolve } from "./fold/accumulator.ts";
import type { Fold, FoldAnswer } from "./fold/fold.ts";
import type { KnownLate } from "./fold/late.ts";
import type { CountedPopulation } from "./fold/population.ts";

/**
 * Room for the positions and numbered references of one log: bases are multiples of it, and each
 * of a log's positions and references is at least its base and less than the next.
 */
export const POSITIONS_OF_A_LOG = 2 ** 40;

/** Room for the numbers under which a log knows the parts that its {@link Place}s lie in. */
export const PARTS_OF_A_LOG = 2 ** 20;

/** The number that the first part of a log with this base has in its {@link Place}s. */
export function firstPartOf(base: number): number {
  return (base / POSITIONS_OF_A_LOG) * PARTS_OF_A_LOG;
}

/** What stands around the counts of a population. */
export type Surroundings = Omit<LogPopulation, keyof CountedPopulation> & {
  /** Ids that were given out after the highest row that exists. */
  readonly missingAtEnd?: number;
};

/** What an engine found in its log, before it is an answer. */
export interface FoldedPart {
  /** Of this log alone; its numbered references and its positions begin behind the base. */
  readonly running: Fold;
  readonly surroundings: Surroundings;
  /**
   * Finds the entries of references, which are this part's own: numbers behind the base, or
   * evidence with a {@link Place} whose part is counted from {@link firstPartOf} the base.
   */
  resolve(references: ReadonlySet<EntryReference>): Promise<Resolve>;
  /** Writes the pointer to a place; absent where pointers are ids. */
  readonly textOf?: (place: Place) => string;
  /**
   * Lists every exception in this log's order, in another reading of the same entries.
   *
   * @param known of all logs together, with places as they were in this fold
   */
  exceptions(
    question: Question,
    known: KnownLate,
    options?: ObserveOptions,
  ): AsyncIterable<ListedException>;
  /** Ends what is held open for `resolve` and `exceptions`; absent where nothing is. May be called again. */
  close?(): Promise<void>;
}

/** How a part is read. */
export interface PartOptions extends ObserveOptions {
  /** An answer was given before: nobody is told once more of records that became no entry. */
  readonly again?: boolean;
}

/** An engine whose log can be one of several. */
export interface PartEngine extends Engine {
  /**
   * Reads the log once, as `observe` does, but does not answer yet.
   *
   * @param base added to every position and every numbered reference
   * @throws ComplianceError `unsupported-source` when {@link POSITIONS_OF_A_LOG} do not suffice
   */
  foldPart(question: Question, base: number, options?: PartOptions): Promise<FoldedPart>;
}

/** The answer of a log that is read alone. */
export async function answerOf(part: FoldedPart): Promise<Answer> {
  const { running, surroundings, textOf } = part;
  const resolve = await part.resolve(running.references());
  return withSurroundings(running.finish(resolve, textOf), surroundings);
}

/** An answer of what was counted and what stands around it. */
export function withSurroundings(
  { population, ...found }: FoldAnswer,
  { missingAtEnd, ...around }: Surroundings,
): Answer {
  const { recordable } = around;
  return {
    population: {
      ...population,
      ...around,
      recorded: new Map(recordable.map((field) => [field, population.recorded.get(field) ?? 0])),
      ids: { ...population.ids, ...(missingAtEnd === undefined ? {} : { missingAtEnd }) },
    },
    ...found,
  };
}
