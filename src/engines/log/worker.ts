// One thread of a large log: reads the parts that it is given, one after the other, and hands
// back what it found in each.

import { parentPort, workerData } from "node:worker_threads";
import type { PlannedInput } from "../../intake/plan.ts";
import type { RejectedRecord } from "../../model/intake.ts";
import type { Question } from "../engine.ts";
import { failureMessage } from "../threads/failure.ts";
import type { ThreadFailure } from "../threads/failure.ts";
import { readPart } from "./read-part.ts";
import type { MoreRead, PartFound } from "./read-part.ts";

/** What a thread is started with. */
export interface WorkerStart {
  readonly question: Question;
  /** Of the log among several. */
  readonly base: number;
  /** Whether rejected records are handed over. */
  readonly rejected: boolean;
}

/** What a thread is told: a part to read, or that its rejected records were taken. */
export type WorkerOrder =
  | { readonly kind: "part"; readonly part: number; readonly input: PlannedInput }
  | { readonly kind: "taken" };

export type WorkerMessage =
  | { readonly kind: "progress"; readonly more: MoreRead }
  /** Their lines count from the part's start. The thread goes on when it is told that they were taken. */
  | { readonly kind: "rejected"; readonly part: number; readonly records: RejectedRecord[] }
  | { readonly kind: "done"; readonly part: number; readonly found: PartFound }
  | ThreadFailure;

/** So many bytes of rejected records are handed over together. */
const REJECTED_BYTES = 1 << 18;
/** What a rejected record takes besides its bytes, about. */
const RECORD_BYTES = 256;

const { question, base, rejected } = workerData as WorkerStart;
let taken: (() => void) | undefined;

async function read(part: number, input: PlannedInput): Promise<PartFound> {
  let records: RejectedRecord[] = [];
  let bytes = 0;
  const handOver = async (): Promise<void> => {
    const answer = new Promise<void>((resolve) => {
      taken = resolve;
    });
    send({ kind: "rejected", part, records });
    records = [];
    bytes = 0;
    await answer;
  };
  const found = await readPart(question, part, input, {
    base,
    onProgress: (more) => send({ kind: "progress", more }),
    onRejected: (record) => {
      if (!rejected) return;
      records.push({ ...record, bytes: record.bytes.slice() });
      bytes += record.bytes.length + RECORD_BYTES;
    },
    settle: () => (bytes >= REJECTED_BYTES ? handOver() : undefined),
  });
  if (records.length > 0) await handOver();
  return found;
}

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on("message", (order: WorkerOrder) => {
  if (order.kind === "taken") {
    taken?.();
    return;
  }
  read(order.part, order.input).then(
    (found) => send({ kind: "done", part: order.part, found }),
    (error: unknown) => send(failureMessage(error)),
  );
});
