// Reads a log with several threads.

import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { RejectedRecord } from "../../model/intake.ts";
import type { Question } from "../engine.ts";
import type { Fold, FoldState } from "../fold/fold.ts";
import { whenAborted } from "../stopping/when-aborted.ts";
import { failureOf } from "../threads/failure.ts";
import type { ThreadFailure } from "../threads/failure.ts";
import type { FastTask } from "./places.ts";
import type { MoreRead, PartRead } from "./read-part.ts";
import { StepBack } from "./step-back.ts";

/** What a thread is started with. */
export interface ThreadStart {
  readonly question: Question;
  /** Of the log among several; 0 for one that is read alone. */
  readonly base: number;
  /** Whether rejected records are wanted. */
  readonly rejections: boolean;
}

/** What a thread is told: what to read, or to end what it reads and then itself. */
export type ThreadOrder =
  | { readonly kind: "task"; readonly number: number; readonly task: FastTask }
  | { readonly kind: "stop" };

export type ThreadMessage =
  | { readonly kind: "progress"; readonly more: MoreRead }
  | {
      readonly kind: "done";
      readonly number: number;
      readonly state: FoldState;
      readonly read: PartRead;
      readonly rejected: readonly RejectedRecord[];
    }
  | { readonly kind: "step-back"; readonly message: string }
  | ThreadFailure;

/** What was found by a task. */
export interface ThreadRead {
  readonly read: PartRead;
  readonly rejected: readonly RejectedRecord[];
}

export interface ThreadOptions extends ThreadStart {
  readonly threads: number;
  readonly onProgress: (more: MoreRead) => void;
  readonly signal: AbortSignal | undefined;
}

/** Records die young here: a small nursery keeps memory small. */
const RESOURCES = { maxYoungGenerationSizeMb: 8 };

/**
 * Reads everything. Threads end by themselves, since one that is killed inside DuckDB could take
 * the process with it.
 *
 * @param whole takes the folds of all tasks
 * @throws StepBack; the signal's reason when it was aborted
 */
export async function readInThreads(
  tasks: readonly FastTask[],
  whole: Fold,
  { question, base, threads, rejections, onProgress, signal }: ThreadOptions,
): Promise<readonly ThreadRead[]> {
  const file = createRequire(import.meta.url).resolve("#duckdb-worker");
  const workerData: ThreadStart = { question, base, rejections };
  const results: ThreadRead[] = [];
  const workers: Worker[] = [];
  const ends: Promise<unknown>[] = [];
  let next = 0;
  const stop = (): void => {
    for (const worker of workers) worker.postMessage({ kind: "stop" } satisfies ThreadOrder);
  };

  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(file, { workerData, resourceLimits: RESOURCES });
      workers.push(worker);
      ends.push(new Promise((ended) => worker.once("exit", ended)));
      const readNext = (): void => {
        const number = next;
        const task = tasks[number];
        if (task === undefined) {
          resolve();
          return;
        }
        next += 1;
        worker.postMessage({ kind: "task", number, task } satisfies ThreadOrder);
      };
      worker.on("message", (message: ThreadMessage) => {
        switch (message.kind) {
          case "progress":
            onProgress(message.more);
            break;
          case "done": {
            const { number, state, read, rejected } = message;
            whole.merge(state);
            results[number] = { read, rejected };
            readNext();
            break;
          }
          case "step-back":
            reject(new StepBack(message.message));
            break;
          case "failed":
            reject(failureOf(message));
        }
      });
      worker.on("error", reject);
      worker.on("exit", (code) => {
        reject(new Error(`a reading thread ended with ${code} before it answered`));
      });
      readNext();
    });

  const { promise: aborted, forget } = whenAborted(signal);
  try {
    const all = Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, work));
    await Promise.race([all, aborted]);
  } finally {
    forget();
    stop();
    await Promise.all(ends);
  }
  return results;
}
