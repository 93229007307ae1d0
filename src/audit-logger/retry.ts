// Tries again while a database is away.

import { setTimeout as sleep } from "node:timers/promises";

/** When to try again, and for how long. */
export interface Patience {
  /** Milliseconds from the first attempt after which no other one is begun, and the one under way is given up. */
  readonly milliseconds: number;
  /** Whether an error may pass. */
  readonly mayPass: (error: unknown) => boolean;
  /** Ends an attempt that nothing came back from; the error for it. */
  readonly giveUp: () => Error;
}

/**
 * Does `attempt` until it succeeds, with pauses that grow to a second.
 *
 * @param attempt told how many came before it
 * @throws the error of the last attempt
 */
export async function withPatience<T>(
  attempt: (before: number) => Promise<T>,
  { milliseconds, mayPass, giveUp }: Patience,
): Promise<T> {
  const end = new AbortController();
  const timer = setTimeout(() => {
    end.abort();
  }, milliseconds);
  const overdue = new Promise<never>((_, reject) => {
    end.signal.addEventListener("abort", () => {
      reject(giveUp());
    });
  });
  overdue.catch(() => undefined);
  try {
    for (let before = 0; ; before += 1) {
      try {
        return await Promise.race([attempt(before), overdue]);
      } catch (error) {
        if (end.signal.aborted || !mayPass(error)) throw error;
        await Promise.race([sleep(pauseAfter(before)), overdue.catch(() => undefined)]);
        if (end.signal.aborted) throw error;
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 1000;

function pauseAfter(attempts: number): number {
  return Math.min(FIRST_PAUSE * 2 ** Math.min(attempts, 10), LONGEST_PAUSE);
}
