// One thread of a large ledger: opens DuckDB itself, folds its range, and hands back what the
// fold knows.

import { parentPort, workerData } from "node:worker_threads";
import { openDuckDb } from "../../duckdb/open.ts";
import type { Question } from "../engine.ts";
import { failureMessage } from "../threads/failure.ts";
import type { FoldMessage } from "../threads/fold-in-threads.ts";
import { foldFrom, foldRange } from "./fold-range.ts";
import type { LedgerRange } from "./fold-range.ts";

/** What a thread is started with. */
export interface WorkerTask {
  readonly folder: string;
  readonly question: Question;
  readonly range: LedgerRange;
}

async function run({ folder, question, range }: WorkerTask): Promise<void> {
  const duckdb = await openDuckDb({ path: folder });
  try {
    const running = foldFrom(question, range);
    await foldRange(duckdb, folder, range, question, running, (rows) => {
      send({ kind: "rows", rows });
    });
    send({ kind: "done", state: running.state });
  } finally {
    await duckdb.close();
  }
}

function send(message: FoldMessage): void {
  parentPort?.postMessage(message);
}

run(workerData as WorkerTask).catch((error: unknown) => send(failureMessage(error)));
