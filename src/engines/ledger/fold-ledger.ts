// Folds all entries of a ledger: in the caller's thread, or in several by range.

import { availableParallelism } from "node:os";
import type { DuckDb } from "../../duckdb/open.ts";
import type { ObserveOptions, Question } from "../engine.ts";
import type { Fold } from "../fold/fold.ts";
import { foldInThreads } from "../threads/fold-in-threads.ts";
import type { FoldingThreads } from "../threads/fold-in-threads.ts";
import type { CheckedLedger } from "./checked-ledger.ts";
import { foldFrom, foldRange, rangesOf } from "./fold-range.ts";
import type { WorkerTask } from "./worker.ts";
import { rowProgress } from "../progress/row-progress.ts";

export interface LedgerOptions {
  /** Threads that read. By default one for each processor, at most four; below 200,000 entries only the caller's. */
  readonly workers?: number;
}

const THREADS: FoldingThreads = {
  worker: "#ledger-worker",
  nurseryMb: 8,
  late: "are-waited-for",
};
/** Below so many entries a thread costs more than it saves. */
const SMALL_LEDGER = 200_000;
const MOST_WORKERS = 4;
/** How many rows pass between two reports of progress. */
const PROGRESS_EVERY = 65_536;

/** Tells of the rows that were read, so many times each. */
export function ledgerProgress(
  { manifest }: CheckedLedger,
  readings: number,
  onProgress: ObserveOptions["onProgress"],
): (rows: number) => void {
  return rowProgress(manifest.counts.accepted * readings, onProgress, PROGRESS_EVERY);
}

/** How a ledger is folded. */
export interface FoldingLedger extends LedgerOptions {
  /** Added to ordinals, which then are references and positions. */
  readonly base: number;
  /** Told how many more entries were read. */
  readonly onRows: (rows: number) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Folds all entries, here or with threads.
 *
 * @throws the signal's reason when it was aborted
 */
export async function foldLedger(
  duckdb: DuckDb,
  { folder, manifest }: CheckedLedger,
  question: Question,
  { workers, base, onRows, signal }: FoldingLedger,
): Promise<Fold> {
  const threads = workers ?? defaultThreads(manifest.counts.accepted);
  const [range, ...others] = rangesOf(manifest, threads);
  if (range === undefined) throw new Error("a ledger has at least one range");
  const running = foldFrom(question, range, base);
  if (others.length === 0) {
    await foldRange(duckdb, folder, range, question, running, { base, onRows, signal });
  } else {
    const tasks = [range, ...others].map((part): WorkerTask => ({
      folder,
      question,
      range: part,
      base,
    }));
    await foldInThreads(THREADS, tasks, running, { onRows, signal });
  }
  return running;
}

function defaultThreads(entries: number): number {
  return entries < SMALL_LEDGER ? 1 : Math.min(availableParallelism(), MOST_WORKERS);
}
