// Reads the parts of a log with several threads and puts together what they found, in
// whichever order they finish.

import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { RejectedRecord } from "../../model/intake.ts";
import type { Question } from "../engine.ts";
import type { Fold } from "../fold/fold.ts";
import { whenAborted } from "../stopping/when-aborted.ts";
import { failureOf } from "../threads/failure.ts";
import type { PartRead } from "./join.ts";
import type { Part } from "./parts.ts";
import type { MoreRead } from "./read-part.ts";
import type { WorkerMessage, WorkerOrder, WorkerStart } from "./worker.ts";

export interface ThreadOptions {
  readonly question: Question;
  /** Of the log among several. */
  readonly base: number;
  readonly threads: number;
  /** Told how much more was read. */
  readonly onProgress: (more: MoreRead) => void;
  /** Told of rejected records in the log's order, with their lines in the file. */
  readonly onRejected: ((record: RejectedRecord) => void) | undefined;
  /** Ends all threads; the reason is thrown when they have ended. */
  readonly signal: AbortSignal | undefined;
}

/** Records die young here: a small nursery keeps memory small. */
const RESOURCES = { maxYoungGenerationSizeMb: 8 };

/**
 * Reads all parts.
 *
 * @param whole takes the folds of all parts
 * @returns what was found in each part, in the parts' order
 */
export async function readInThreads(
  parts: readonly Part[],
  whole: Fold,
  { question, base, threads, onProgress, onRejected, signal }: ThreadOptions,
): Promise<readonly PartRead[]> {
  signal?.throwIfAborted();
  const file = createRequire(import.meta.url).resolve("#log-worker");
  const workerData: WorkerStart = { question, base, rejected: onRejected !== undefined };
  const results: (PartRead | undefined)[] = parts.map(() => undefined);
  const turns = inTurns(parts, results, onRejected);
  const workers: Worker[] = [];
  let next = 0;

  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(file, { workerData, resourceLimits: RESOURCES });
      workers.push(worker);
      const order = (given: WorkerOrder): void => worker.postMessage(given);
      const readNext = (): void => {
        const part = next;
        const input = parts[part]?.input;
        if (input === undefined) {
          resolve();
          return;
        }
        next += 1;
        order({ kind: "part", part, input });
      };
      worker.on("message", (message: WorkerMessage) => {
        switch (message.kind) {
          case "progress":
            onProgress(message.more);
            break;
          case "rejected":
            turns.take(message.part, message.records, () => order({ kind: "taken" }));
            break;
          case "done": {
            const { state, ...found } = message.found;
            whole.merge(state);
            results[message.part] = found;
            turns.next();
            readNext();
            break;
          }
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

  const stopped = whenAborted(signal);
  try {
    const all = Promise.all(Array.from({ length: Math.min(threads, parts.length) }, work));
    await Promise.race([all, stopped.promise]);
  } finally {
    stopped.forget();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results.map((found) => {
    if (found === undefined) throw new Error("a part of the log was not read");
    return found;
  });
}

interface Waiting {
  readonly records: readonly RejectedRecord[];
  readonly taken: () => void;
}

/**
 * Hands rejected records on in the log's order. A part waits until those before it are read;
 * then the number of its first line is known too.
 */
function inTurns(
  parts: readonly Part[],
  results: readonly (PartRead | undefined)[],
  onRejected: ((record: RejectedRecord) => void) | undefined,
): {
  readonly take: (part: number, records: readonly RejectedRecord[], taken: () => void) => void;
  readonly next: () => void;
} {
  const waiting = new Map<number, Waiting>();
  let turn = 0;
  let linesBefore = 0;

  const handOn = ({ records, taken }: Waiting): void => {
    for (const record of records) onRejected?.({ ...record, line: record.line + linesBefore });
    taken();
  };

  return {
    take(part, records, taken) {
      if (part === turn) handOn({ records, taken });
      else waiting.set(part, { records, taken });
    },
    next() {
      for (let found = results[turn]; found !== undefined; found = results[turn]) {
        const here = parts[turn];
        turn += 1;
        linesBefore = parts[turn]?.index === here?.index ? linesBefore + found.lines : 0;
      }
      const held = waiting.get(turn);
      if (held === undefined) return;
      waiting.delete(turn);
      handOn(held);
    },
  };
}
