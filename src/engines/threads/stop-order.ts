// What a reading thread is told when nobody wants its answer any more.

import { parentPort } from "node:worker_threads";

/** Ends the thread: it closes what it has open and gives no answer. */
export interface StopOrder {
  readonly kind: "stop";
}

/** In a thread: a signal that is aborted when the thread is told to stop. It keeps no thread alive. */
export function toldToStop(): AbortSignal {
  const stop = new AbortController();
  parentPort?.on("message", (order: StopOrder) => {
    if (order.kind === "stop") stop.abort();
  });
  parentPort?.unref();
  return stop.signal;
}
