// Stops what runs on the server when a signal says so.

import { after, ask } from "./client.ts";
import type { OwnClient } from "./client.ts";

/** How long a server is waited for that was asked to cancel a query. */
const CANCEL_MILLISECONDS = 350;

/** Watches for a signal while something runs. */
export interface Watch {
  /**
   * What to throw instead of an error, when all has stopped: the signal's reason if it was
   * aborted.
   */
  insteadOf(error: unknown): Promise<unknown>;
  /** Stops watching; resolves when all has stopped. */
  end(): Promise<void>;
}

/**
 * @param stop ends what runs, whatever it is
 * @param failure describes an error that has nothing to do with the signal
 * @throws the signal's reason when it was aborted before
 */
export function watch(
  signal: AbortSignal | undefined,
  stop: () => Promise<void>,
  failure: (error: unknown) => Error,
): Watch {
  signal?.throwIfAborted();
  let stopping: Promise<void> | undefined;
  const onAbort = (): void => {
    stopping = stop();
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  return {
    async insteadOf(error) {
      await stopping;
      return signal?.aborted === true ? (signal.reason as unknown) : failure(error);
    },
    async end() {
      signal?.removeEventListener("abort", onAbort);
      await stopping;
    },
  };
}

/**
 * Asks the server, on a second connection, to cancel what a backend runs. It is not waited for
 * longer than a third of a second, and its failure is none of ours.
 *
 * @param backend number of the process
 */
export async function cancelBackend(second: OwnClient, backend: number): Promise<void> {
  const { client, socket } = second;
  const asked = (async () => {
    await client.connect();
    await ask(client, { text: "SELECT pg_catalog.pg_cancel_backend($1)", values: [backend] });
  })();
  await Promise.race([asked.catch(() => undefined), after(CANCEL_MILLISECONDS)]);
  socket.destroy();
}
