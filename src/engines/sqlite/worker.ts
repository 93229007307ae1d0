// One worker's part of a large database: opens the file itself, folds its range, and hands
// the fold's state back.

import { parentPort, workerData } from "node:worker_threads";
import { openForReading } from "../../sqlite/reader.ts";
import type { Question } from "../engine.ts";
import { columnsOf, fold } from "../fold/fold.ts";
import { failureMessage } from "../threads/failure.ts";
import type { FoldMessage } from "../threads/fold-in-threads.ts";
import { toldToStop } from "../threads/stop-order.ts";
import { readRange } from "./read-range.ts";
import type { AuditTable, RowRange } from "./table.ts";

export interface WorkerTask {
  readonly path: string;
  readonly table: AuditTable;
  readonly question: Question;
  readonly range: RowRange;
  /** Added to row numbers, which then are references and positions. */
  readonly shift: number;
}

async function run({ path, table, question, range, shift }: WorkerTask): Promise<void> {
  const signal = toldToStop();
  const reader = await openForReading(path);
  try {
    const running = fold(question, range.first + shift);
    await readRange(reader, table, columnsOf(question), range, running, {
      shift,
      onRows: (rows) => send({ kind: "rows", rows }),
      signal,
    });
    send({ kind: "done", state: running.state });
  } finally {
    reader.close();
  }
}

function send(message: FoldMessage): void {
  parentPort?.postMessage(message);
}

run(workerData as WorkerTask).catch((error: unknown) => send(failureMessage(error)));
