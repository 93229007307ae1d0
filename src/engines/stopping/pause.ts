// Work that never waits lets nobody else in, not even a signal: it must pause now and then.

import { setImmediate as nextTurn } from "node:timers/promises";

/** After so many entries of work that never waits: some ten milliseconds. */
export const PAUSE_EVERY = 8192;

/**
 * Lets timers and signals in.
 *
 * @throws the signal's reason when it was aborted
 */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  await nextTurn();
  signal?.throwIfAborted();
}
