// The parts in which a log is read: whole files, or ranges of a large one. Parts are numbered
// in the log's order, so that what was found in them can be put together again.

import type { PlannedInput } from "../../intake/plan.ts";
import type { Place } from "../fold/accumulator.ts";
import { POSITIONS_OF_A_LOG } from "../part.ts";

/** A stretch of the log that one thread reads in order: a whole input, or a range of its bytes. */
export interface Part {
  /** Ordinal of the input in the plan. */
  readonly index: number;
  readonly input: PlannedInput;
}

/** More records than any part has, so that positions grow from part to part. */
const POSITIONS = 2 ** 33;

/** So many parts have room where a log is one of several; one that is cut into more is read in one go. */
export const MOST_PARTS = POSITIONS_OF_A_LOG / POSITIONS;

/** Position of a part's first record. Positions only order records; none is ever shown. */
export function positionOf(part: number): number {
  return part * POSITIONS + 1;
}

/**
 * Writes where a record stands: `logs/a.jsonl:17`.
 *
 * @param linesBefore for each part, the lines of its file that stand before it
 */
export function placeText(
  parts: readonly Part[],
  linesBefore: readonly number[],
  { part, line }: Place,
): string {
  return `${parts[part]?.input.file.name ?? ""}:${line + (linesBefore[part] ?? 0)}`;
}

/**
 * Whether an input can be read by several threads at once: none of its records tells anything
 * about a record of another input.
 */
export function isIndependent({ file, mapping }: PlannedInput): boolean {
  const { format, stream } = file;
  const text = format !== "parquet" && format !== "sqlite";
  return text && stream === undefined && file.bytes !== undefined && mapping.key === undefined;
}

/** Whether a file can be read from the middle: a line says everything about its record. */
function isDivisible({ file, mapping }: PlannedInput): boolean {
  return (
    file.format === "jsonl" &&
    file.packing === "none" &&
    mapping.answers === undefined &&
    !readsLine(mapping)
  );
}

function readsLine({ records, tree, lets, each, when, fields }: PlannedInput["mapping"]): boolean {
  const expressions = [
    ...records.map((step) => step.each),
    ...(tree === undefined ? [] : [tree.id, tree.parent]),
    ...lets.values(),
    ...(each === undefined ? [] : [each.each]),
    ...(when === undefined ? [] : [when]),
    ...fields.values(),
  ];
  return expressions.some(({ paths }) => paths.includes("line"));
}

/**
 * The parts of a log.
 *
 * @param pieceBytes divisible files that are larger are cut into pieces of at most this size
 */
export function partsOf(inputs: readonly PlannedInput[], pieceBytes: number): Part[] {
  return inputs.flatMap((input, index) => {
    const bytes = input.file.bytes ?? 0;
    const pieces = isDivisible(input) ? Math.ceil(bytes / pieceBytes) : 1;
    if (pieces < 2) return [{ index, input }];
    const size = Math.ceil(bytes / pieces);
    return Array.from({ length: Math.ceil(bytes / size) }, (_, piece) => {
      const range = { start: piece * size, end: Math.min((piece + 1) * size, bytes) };
      return { index, input: { ...input, range } };
    });
  });
}
