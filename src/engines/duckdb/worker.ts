// One thread of a large log: reads what it is given, one after the other, and hands back
// what it found.

import { parentPort, workerData } from "node:worker_threads";
import { failureMessage } from "../threads/failure.ts";
import type { FastTask } from "./places.ts";
import { readAlone } from "./read-part.ts";
import { StepBack } from "./step-back.ts";
import type { ThreadMessage, ThreadOrder, ThreadStart } from "./threads.ts";

const { question, base, rejections } = workerData as ThreadStart;
const stopping = new AbortController();
let reading: Promise<void> = Promise.resolve();

async function read(number: number, task: FastTask): Promise<void> {
  const found = await readAlone(question, task, {
    base,
    onProgress: (more) => send({ kind: "progress", more }),
    rejections,
    signal: stopping.signal,
  });
  send({ kind: "done", number, ...found });
}

function send(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on("message", (order: ThreadOrder) => {
  if (order.kind === "stop") {
    stopping.abort();
    void reading.finally(() => parentPort?.close());
    return;
  }
  reading = read(order.number, order.task).catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    send(
      error instanceof StepBack
        ? { kind: "step-back", message: error.message }
        : failureMessage(error),
    );
  });
});
