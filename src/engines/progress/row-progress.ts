// How far a reading of rows has come.

import type { ObserveOptions } from "../engine.ts";

/**
 * Adds up the rows that were read, and tells of them.
 *
 * @param every how many rows pass between two reports, but at the end; each time when absent
 */
export function rowProgress(
  total: number,
  onProgress: ObserveOptions["onProgress"],
  every = 1,
): (rows: number) => void {
  let done = 0;
  let last = 0;
  return (rows) => {
    done += rows;
    if (done - last < every && done < total) return;
    last = done;
    onProgress?.({ done, total });
  };
}
