// Folds one range of a ledger: the whole of a small one, or one thread's part of a large one.

import type { DuckDb } from "../../duckdb/open.ts";
import type { LedgerManifest, LedgerPart } from "../../ledger/manifest.ts";
import type { Question } from "../engine.ts";
import { columnsOf, fold } from "../fold/fold.ts";
import type { Fold } from "../fold/fold.ts";
import { firstPartOf } from "../part.ts";
import { entryRows } from "./entry-rows.ts";
import { Rejections } from "./rejections.ts";
import { clustersOf } from "./windows.ts";

/** A range of the log with everything that stands in it. */
export interface LedgerRange {
  /** Ordinals, both included. */
  readonly first: number;
  readonly last: number;
  /** Parts that lie in it, by the ordinal of their first row. */
  readonly parts: readonly LedgerPart[];
  /** Whether any text of the ledger is ill-formed. */
  readonly illFormed: boolean;
}

/**
 * Cuts a ledger into ranges with about as many entries each, in order; fewer than asked for
 * when its parts overlap.
 */
export function rangesOf(
  { parts, counts, ill_formed }: Pick<LedgerManifest, "parts" | "counts" | "ill_formed">,
  most: number,
): LedgerRange[] {
  const illFormed = ill_formed > 0;
  const ranges: LedgerRange[] = [];
  let taken: LedgerPart[] = [];
  let first = 1;
  let rows = 0;
  for (const cluster of clustersOf(parts)) {
    taken.push(...cluster);
    rows += cluster.reduce((sum, part) => sum + part.rows, 0);
    if (rows < (counts.accepted * (ranges.length + 1)) / most) continue;
    const last = cluster.reduce((end, part) => Math.max(end, part.last), 0);
    ranges.push({ first, last, parts: taken, illFormed });
    first = last + 1;
    taken = [];
  }
  const end = ranges.pop() ?? { first: 1, last: 0, parts: [], illFormed };
  return [...ranges, { ...end, parts: [...end.parts, ...taken], last: counts.read }];
}

/** A fold that begins where a range does; its references are ordinals behind the base. */
export function foldFrom(question: Question, { first }: LedgerRange, base: number): Fold {
  const part = firstPartOf(base);
  return fold(question, base + first, (reference) => ({
    part,
    line: (reference as number) - base,
  }));
}

/** How a range is folded. */
export interface RangeOptions {
  /** Added to ordinals. */
  readonly base: number;
  /** Told how many more entries were read. */
  readonly onRows: (rows: number) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Gives a fold everything that stands in a range, in the log's order.
 *
 * @throws the signal's reason when it was aborted
 */
export async function foldRange(
  duckdb: DuckDb,
  folder: string,
  range: LedgerRange,
  question: Question,
  running: Fold,
  { base, onRows, signal }: RangeOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const rejections = new Rejections(folder);
  let at = range.first - 1;
  try {
    do {
      await rejections.advance();
    } while ((rejections.next?.ordinal ?? range.first) < range.first);
    for await (const rows of entryRows(duckdb, range, columnsOf(question), question)) {
      for (let index = 0; index < rows.length; index += 1) {
        const ordinal = rows.ordinals[index] as number;
        // What stands between two entries was refused or there already.
        while (at + 1 < ordinal) {
          at += 1;
          if (takeOther(running, rejections, at)) await rejections.advance();
        }
        at = ordinal;
        running.step(rows.row(index), base + ordinal, rows.recorded[index] as number);
      }
      onRows(rows.length);
      signal?.throwIfAborted();
    }
    for (at += 1; at <= range.last; at += 1) {
      if (takeOther(running, rejections, at)) await rejections.advance();
    }
  } finally {
    rejections.close();
  }
}

/** Counts what is no entry. @returns whether it was the next rejected record */
function takeOther(running: Fold, { next }: Rejections, ordinal: number): boolean {
  if (next?.ordinal !== ordinal) {
    running.duplicate();
    return false;
  }
  running.refuse(next.pointer, next.reason);
  return true;
}
