// Folds the ranges of a large ledger in threads and puts together what they found.

import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { Fold } from "../fold/fold.ts";
import { failureOf } from "../threads/failure.ts";
import type { WorkerMessage, WorkerTask } from "./worker.ts";

/** Rows die young here: a small nursery keeps memory small. */
const RESOURCES = { maxYoungGenerationSizeMb: 8 };

/** Runs one thread a task and merges their folds, in whichever order they finish. */
export async function foldInThreads(
  tasks: readonly WorkerTask[],
  whole: Fold,
  onRows: (rows: number) => void,
): Promise<void> {
  const file = createRequire(import.meta.url).resolve("#ledger-worker");
  const ends: Promise<unknown>[] = [];
  const start = (workerData: WorkerTask): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(file, { workerData, resourceLimits: RESOURCES });
      ends.push(new Promise((ended) => worker.once("exit", ended)));
      worker.on("message", (message: WorkerMessage) => {
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
    });
  const results = await Promise.allSettled(tasks.map(start));
  // They end by themselves: one that is killed inside DuckDB could take the process with it.
  await Promise.all(ends);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
