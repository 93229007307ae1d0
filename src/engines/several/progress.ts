// How far the reading of several logs has come, all together.

import type { Progress } from "../engine.ts";

/** Adds up what is told of single readings. */
export interface AddedProgress {
  /** What one reading of a log tells to; absent where nobody wants to know. */
  readonly of: (
    at: number,
    reading?: number,
  ) => { readonly onProgress?: (progress: Progress) => void };
}

/**
 * The total is known as soon as that of every log is. Where some of them count bytes and others
 * entries, entries are counted, and there is no total.
 *
 * @param readings how often each log is read
 */
export function addedProgress(
  logs: number,
  readings: number,
  onProgress: ((progress: Progress) => void) | undefined,
): AddedProgress {
  if (onProgress === undefined) return { of: () => ({}) };
  const told: (Progress | undefined)[][] = Array.from({ length: readings }, () =>
    Array.from({ length: logs }, () => undefined),
  );

  const sum = (): Progress => {
    const all = told.flat().flatMap((one) => one ?? []);
    const inBytes = all.length > 0 && all.every(({ unit }) => unit === "bytes");
    const inEntries = all.every(({ unit = "entries" }) => unit === "entries");
    const entries = added(all, ({ done, unit, entries: more = 0 }) =>
      unit === "bytes" ? more : done,
    );
    if (!inBytes && !inEntries) return { done: entries };
    const totals = Array.from({ length: logs }, (_, at) =>
      told.map((reading) => reading[at]?.total).find((total) => total !== undefined),
    );
    const total = totals.every((one) => one !== undefined)
      ? { total: readings * added(totals, (one) => one) }
      : {};
    const done = added(all, (one) => one.done);
    return inBytes ? { done, ...total, unit: "bytes", entries } : { done, ...total };
  };

  return {
    of: (at, reading = 0) => ({
      onProgress(progress) {
        const row = told[reading];
        if (row !== undefined) row[at] = progress;
        onProgress(sum());
      },
    }),
  };
}

function added<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
