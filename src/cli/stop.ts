// Ctrl-C and its kin, alike for every command that works for long: the work is told to stop, tidies
// up behind itself, and the process ends as the shell expects.

import { setImmediate as nextTurn } from "node:timers/promises";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";

/** Signals that stop work, and what the process then ends with. */
const ENDINGS = {
  SIGHUP: EXIT.hungUp,
  SIGINT: EXIT.stopped,
  SIGTERM: EXIT.terminated,
} as const satisfies Partial<Record<NodeJS.Signals, ExitCode>>;

type Stopping = keyof typeof ENDINGS;

const SIGNALS = Object.keys(ENDINGS) as readonly Stopping[];

/**
 * Milliseconds that tidying up may take. Nothing takes so long that answers; what does not answer,
 * such as a server that is out of reach, must not hold the terminal.
 */
const PATIENCE = 10_000;

/**
 * Runs a command's work. The first signal aborts it: it leaves nothing half-done, and whatever it
 * then returns or throws, the process ends with 128 and the signal's number. A second signal ends
 * the process at once.
 *
 * @returns what the work returns, unless it was stopped
 * @throws what the work throws, unless it was stopped
 */
export async function stoppable(
  work: (signal: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const stop = new AbortController();
  let received: Stopping | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    received ??= name as Stopping;
    // From here on the system's own way: the next signal ends the process.
    release();
    const { [received]: code } = ENDINGS;
    setTimeout(() => process.exit(code), PATIENCE).unref();
    stop.abort(new Error(`stopped by ${received}`));
  };
  const release = (): void => {
    for (const name of SIGNALS) process.off(name, onSignal);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  const outcome = (): ExitCode | undefined =>
    received === undefined ? undefined : ENDINGS[received];
  try {
    const code = await work(stop.signal);
    // A signal that came while nothing let it in is delivered in the next turn of the event loop.
    await nextTurn();
    return outcome() ?? code;
  } catch (error) {
    const code = outcome();
    if (code === undefined) throw error;
    return code;
  } finally {
    release();
  }
}

/** Lets signals in, between two stretches of work that do not wait. Throws when one came. */
export async function letSignalsIn(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}

/**
 * What an iterable gives until the work is stopped: it then throws the reason at once, even while
 * the iterable has nothing to give yet.
 */
export async function* untilStopped<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  const iterator = items[Symbol.asyncIterator]();
  let stopped: (() => void) | undefined;
  const stopping = new Promise<"stopped">((resolve) => {
    stopped = () => resolve("stopped");
  });
  const onAbort = (): void => stopped?.();
  signal.addEventListener("abort", onAbort);
  let done = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = iterator.next();
      // Whoever gave up waiting for it does not hear of its failure.
      next.catch(() => undefined);
      const given = await Promise.race([next, stopping]);
      if (given === "stopped") throw signal.reason;
      if (given.done === true) {
        done = true;
        return;
      }
      yield given.value;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    if (!done) {
      const returned = iterator.return?.();
      // An iterable that is still at work ends when it notices; nobody waits for that.
      if (signal.aborted) returned?.catch(() => undefined);
      else await returned;
    }
  }
}
