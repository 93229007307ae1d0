// Folds the parts of a log in threads, one a task, and merges what they found.

import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { Fold, FoldState } from "../fold/fold.ts";
import { failureOf } from "./failure.ts";
import type { ThreadFailure } from "./failure.ts";

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
   * What becomes of the others when one fails. A thread that is killed inside DuckDB could take
   * the process with it, so there they end by themselves.
   */
  readonly others: "are-ended" | "end-by-themselves";
}

/**
 * Runs one thread a task and merges their folds, in whichever order they finish.
 *
 * @param onRows told how many more rows were read
 */
export async function foldInThreads(
  { worker: name, nurseryMb, others }: FoldingThreads,
  tasks: readonly object[],
  whole: Fold,
  onRows: (rows: number) => void,
): Promise<void> {
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
  try {
    await Promise.all(results);
  } finally {
    if (others === "are-ended") await Promise.all(workers.map((worker) => worker.terminate()));
    await Promise.allSettled(results);
    await Promise.all(ends);
  }
}
