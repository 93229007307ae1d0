// Work on a DuckDB that a signal stops, in the middle of a query too.

import type { DuckDb } from "../../duckdb/open.ts";

/** An open DuckDB, and how much work is done with it at the moment. */
export interface SharedDuckDb {
  readonly duckdb: DuckDb;
  running: number;
}

/**
 * Does work. When the signal is aborted, what runs in DuckDB is interrupted, unless other work is
 * done with it at the same time: then the query that runs comes to its end first.
 *
 * @throws the signal's reason when it was aborted
 */
export async function interrupting<Result>(
  shared: SharedDuckDb,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const done = begin(shared, signal);
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    await done();
  }
}

/** The same of work that yields what it finds. */
export async function* interruptingEach<Item>(
  shared: SharedDuckDb,
  signal: AbortSignal | undefined,
  work: AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  const done = begin(shared, signal);
  try {
    yield* work;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    await done();
  }
}

/** @returns what must be called when the work is done */
function begin(shared: SharedDuckDb, signal: AbortSignal | undefined): () => Promise<void> {
  signal?.throwIfAborted();
  let interrupted: Promise<void> | undefined;
  const interrupt = (): void => {
    if (shared.running === 1) interrupted = shared.duckdb.interrupt();
  };
  signal?.addEventListener("abort", interrupt);
  shared.running += 1;
  return async () => {
    shared.running -= 1;
    signal?.removeEventListener("abort", interrupt);
    await interrupted;
  };
}
