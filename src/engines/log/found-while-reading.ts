// Hands over what is found in a log while it is read: the reading waits whenever nobody takes
// what was found.

import { runIntake } from "../../intake/intake.ts";
import type { IntakeProgress } from "../../intake/intake.ts";
import type { IntakePlan } from "../../intake/plan.ts";
import type { IntakeSink } from "../../intake/sink.ts";

/**
 * Everything that a sink finds, in the log's order.
 *
 * @param sinkOf makes the sink; what it hands to `found` is yielded
 * @throws ComplianceError as the intake does; the signal's reason when it was aborted
 */
export async function* foundWhileReading<Item>(
  plan: IntakePlan,
  sinkOf: (found: (item: Item) => void) => Omit<IntakeSink, "settle">,
  onProgress?: (progress: IntakeProgress) => void,
  signal?: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  signal?.throwIfAborted();
  let found: Item[] = [];
  const { give, wanted, takeAll, stop } = handOver<Item>();
  const reading = runIntake(
    plan,
    {
      ...sinkOf((item) => {
        found.push(item);
      }),
      settle() {
        if (found.length === 0) return undefined;
        const items = found;
        found = [];
        give(items);
        return wanted();
      },
    },
    {
      digest: false,
      signal: stop.signal,
      ...(onProgress === undefined ? {} : { onProgress }),
    },
  );
  const ended = reading.then(
    () => give(undefined),
    (error: unknown) => give(error instanceof Error ? error : new Error(String(error))),
  );
  const onAbort = (): void => stop.abort();
  signal?.addEventListener("abort", onAbort);
  try {
    for await (const items of takeAll()) {
      signal?.throwIfAborted();
      yield* items;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    stop.abort();
    await ended;
  }
}

/** What is handed over: what was found, the reading's failure, or nothing: its end. */
type Given<Item> = readonly Item[] | Error | undefined;

/** One place between the reading and the taking. */
function handOver<Item>(): {
  readonly give: (given: Given<Item>) => void;
  /** Settles when what was given is wanted no longer. */
  readonly wanted: () => Promise<void>;
  readonly takeAll: () => AsyncGenerator<readonly Item[]>;
  readonly stop: AbortController;
} {
  const stop = new AbortController();
  const queue: Given<Item>[] = [];
  let onGiven: (() => void) | undefined;
  let onTaken: (() => void) | undefined;
  stop.signal.addEventListener("abort", () => onTaken?.());

  return {
    stop,
    give(given) {
      queue.push(given);
      onGiven?.();
    },
    wanted: () =>
      new Promise((resolve) => {
        onTaken = resolve;
        if (stop.signal.aborted) resolve();
      }),
    async *takeAll() {
      for (;;) {
        if (queue.length === 0) {
          await new Promise<void>((resolve) => {
            onGiven = resolve;
          });
        }
        const given = queue.shift();
        if (given === undefined) return;
        if (given instanceof Error) throw given;
        yield given;
        onTaken?.();
      }
    },
  };
}
