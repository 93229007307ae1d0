// One thread of a large ledger: opens DuckDB itself, folds its range, and hands back what the
// fold knows.

import { parentPort, workerData } from "node:worker_threads";
import { openDuckDb } from "../../duckdb/open.ts";
import type { Question } from "../engine.ts";
import { pause } from "../stopping/pause.ts";
import { failureMessage } from "../threads/failure.ts";
import { toldToStop } from "../threads/stop-order.ts";
import type { FoldMessage } from "../threads/fold-in-threads.ts";
import { foldFrom, foldRange } from "./fold-range.ts";
import type { LedgerRange } from "./fold-range.ts";
import { interrupting } from "./interrupting.ts";

/** What a thread is started with. */
export interface WorkerTask {
  readonly folder: string;
  readonly question: Question;
  readonly range: LedgerRange;
  /** Added to ordinals, which then are references and positions. */
  readonly base: number;
}

async function run({ folder, question, range, base }: WorkerTask): Promise<void> {
  const signal = toldToStop();
  // Loading DuckDB takes a while: an order to stop that is there already must be heard before.
  await pause(signal);
  const duckdb = await openDuckDb({ path: folder });
  try {
    const running = foldFrom(question, range, base);
    await interrupting({ duckdb, running: 0 }, signal, () =>
      foldRange(duckdb, folder, range, question, running, {
        base,
        onRows: (rows) => send({ kind: "rows", rows }),
        signal,
      }),
    );
    send({ kind: "done", state: running.state });
  } finally {
    await duckdb.close();
  }
}

function send(message: FoldMessage): void {
  parentPort?.postMessage(message);
}

run(workerData as WorkerTask).catch((error: unknown) => send(failureMessage(error)));
