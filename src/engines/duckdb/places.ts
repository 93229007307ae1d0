// What is read of a log and by which parts its records are told apart: the same parts as in the
// ordinary reading, so that either can list what the other has found.

import type { IntakePlan, PlannedInput } from "../../intake/plan.ts";
import { partsOf } from "../log/parts.ts";
import type { Part } from "../log/parts.ts";

/** Rows of a Parquet file, the first counted from 0; half-open. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** A stretch of the log that is read in order: a part, or some rows of a part that is a table. */
export interface FastTask {
  /** Ordinal of the part in the log. */
  readonly part: number;
  /** Ordinal of the input in the plan. */
  readonly index: number;
  readonly input: PlannedInput;
  /** Of a Parquet file. */
  readonly rows?: RowRange;
}

const SMALLEST_PIECE = 8 * 1024 * 1024;

/**
 * The parts of a log for several threads, in the log's order.
 *
 * @param pieceBytes largest part of a file, in bytes
 */
export function fastParts(
  { inputs }: IntakePlan,
  threads: number,
  pieceBytes: number | undefined,
): Part[] {
  const bytes = inputs.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
  return partsOf(inputs, pieceBytes ?? Math.max(SMALLEST_PIECE, Math.ceil(bytes / threads)));
}

/**
 * What threads read, one after the other.
 *
 * @param rows of each Parquet file its ranges, by its ordinal in the plan
 */
export function tasksOf(
  parts: readonly Part[],
  rows: ReadonlyMap<number, readonly RowRange[]>,
): FastTask[] {
  return parts.flatMap(({ index, input }, part): FastTask[] => {
    const ranges = rows.get(index);
    if (ranges === undefined) return [{ part, index, input }];
    return ranges.map((range) => ({ part, index, input, rows: range }));
  });
}
