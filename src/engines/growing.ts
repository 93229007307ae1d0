// A log that grows at its end: its entries are numbered as they are written, so that what is new
// can be read without what is known already.

import type { Question } from "./engine.ts";
import type { EntryReference, Resolve } from "./fold/accumulator.ts";
import type { Fold } from "./fold/fold.ts";
import type { PartEngine, Surroundings } from "./part.ts";

/** What takes the entries of a log one after the other. */
export type EntrySink = Pick<Fold, "step">;

/** Numbers of entries, both included. */
export interface EntryRange {
  readonly first: number;
  readonly last: number;
}

/** An engine whose log can be read on from where another reading ended. */
export interface GrowingEngine extends PartEngine {
  /**
   * Begins one consistent view of the log.
   *
   * @throws ComplianceError as `observe`; the signal's reason
   */
  view(signal?: AbortSignal): Promise<GrowingView>;
}

/** One state of a log. References are the numbers of its entries. */
export interface GrowingView {
  /** Absent when there is no entry. */
  readonly range?: EntryRange;
  /** Entries in the log. */
  readonly rows: number;
  /** Entries in a range. */
  count(range: EntryRange): Promise<number>;
  /**
   * Hands the entries of a range to a sink, in order, as rows of the columns that a fold of the
   * question reads.
   *
   * @param onRows told now and then how many more entries were read
   * @throws ComplianceError as `observe`
   */
  read(
    question: Question,
    range: EntryRange,
    sink: EntrySink,
    onRows: (rows: number) => void,
  ): Promise<void>;
  resolve(references: ReadonlySet<EntryReference>): Promise<Resolve>;
  /**
   * What stands around the counts. Inputs have no digest: it would read everything that need not
   * be read.
   *
   * @param rows entries of the whole log
   */
  surroundings(rows: number): Promise<Surroundings>;
  close(): Promise<void>;
}
