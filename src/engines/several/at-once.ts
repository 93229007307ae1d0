// Work on several logs, some of them at once. When one fails, the others are stopped.

import { availableParallelism } from "node:os";
import { failureIn } from "./failure.ts";

/** How several logs are worked on. */
export interface AtOnceOptions {
  /** How many at a time; one for each processor when absent. */
  readonly atOnce?: number | undefined;
  /** Stops all of them. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does work on each log. When it ends, also by failure, nothing is left running.
 *
 * @param work stops when its signal is aborted
 * @throws the first failure, with the log's name; the signal's reason when it was aborted
 */
export async function eachAtOnce(
  names: readonly string[],
  { atOnce = availableParallelism(), signal }: AtOnceOptions,
  work: (at: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const stopped = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  let failure: { readonly error: Error } | undefined;
  let next = 0;

  const workOn = async (): Promise<void> => {
    for (let at = next; at < names.length && !stopped.aborted; at = next) {
      next += 1;
      try {
        await work(at, stopped);
      } catch (error) {
        failure ??= { error: failureIn(names[at] ?? "", error) };
        stop.abort();
      }
    }
  };

  await Promise.all(Array.from({ length: Math.min(atOnce, names.length) }, workOn));
  signal?.throwIfAborted();
  if (failure !== undefined) throw failure.error;
}
