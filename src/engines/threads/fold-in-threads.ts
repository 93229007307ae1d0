// Folds the parts of a log in threads, one a task, and merges what they found.

import { createRequire } from "node:module";
import { setTimeout as after } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Fold, FoldState } from "../fold/fold.ts";
import { whenAborted } from "../stopping/when-aborted.ts";
import { failureOf } from "./failure.ts";
import type { ThreadFailure } from "./failure.ts";
import type { StopOrder } from "./stop-order.ts";

/** What a folding thread says. */
export type FoldMessage =
  | { readonly kind: "rows"; readonly rows: number }
  | { readonly kind: "done"; readonly state: FoldState }
  | ThreadFailure;

/** How a kind of log is folded in threads. */
export interface FoldingThreads {
  /** The worker's name under `imports` of package.json. */
  readonly worker: `#${string}`;
  /** Size of a thread's nursery: rows die young, and a small one keeps memory small. */
  readonly nurseryMb: number;
  /**
   * What becomes of threads that do not stop soon when they are told to. One that is killed
   * inside DuckDB could take the process with it, so there they are waited for.
   */
  readonly late: "are-killed" | "are-waited-for";
}

/** What is told while threads fold, and what stops them. */
export interface FoldingOptions {
  /** Told how many more rows were read. */
  readonly onRows: (rows: number) => void;
  /** Stops all threads; the reason is thrown when they have ended. */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds in which a thread may close what it has open. */
const PATIENCE = 200;

/** Runs one thread a task and merges their folds, in whichever order they finish. */
export async function foldInThreads(
  { worker: name, nurseryMb, late }: FoldingThreads,
  tasks: readonly object[],
  whole: Fold,
  { onRows, signal }: FoldingOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const file = createRequire(import.meta.url).resolve(name);
  const workers: Worker[] = [];
  const ends: Promise<unknown>[] = [];
  const results = tasks.map(
    (workerData) =>
      new Promise<void>((resolve, reject) => {
        const worker = new Worker(file, {
          workerData,
          resourceLimits: { maxYoungGenerationSizeMb: nurseryMb },
        });
        workers.push(worker);
        ends.push(new Promise((ended) => worker.once("exit", ended)));
        worker.on("message", (message: FoldMessage) => {
          if (message.kind === "rows") onRows(message.rows);
          else if (message.kind === "failed") reject(failureOf(message));
          else {
            whole.merge(message.state);
            resolve();
          }
        });
        worker.on("error", reject);
        worker.on("exit", (code) => {
          reject(new Error(`a reading thread ended with ${code} before it answered`));
        });
      }),
  );
  const stopped = whenAborted(signal);
  try {
    await Promise.race([Promise.all(results), stopped.promise]);
  } finally {
    stopped.forget();
    const stop: StopOrder = { kind: "stop" };
    for (const worker of workers) worker.postMessage(stop);
    const ended = Promise.all(ends);
    if (late === "are-killed") {
      const patience = new AbortController();
      const over = after(PATIENCE, undefined, patience).catch(() => undefined);
      await Promise.race([ended, over]);
      patience.abort();
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
    await Promise.allSettled(results);
    await ended;
  }
}
