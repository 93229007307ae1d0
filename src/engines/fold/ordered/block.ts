// Rows as columns. Numbers stand in typed arrays; a column that must hold anything else becomes
// a plain one.

/** One value a row; at least as long as its block. */
export type Column = Float64Array | Uint32Array | unknown[];

/** A stretch of rows. */
export interface Block {
  length: number;
  /** The four below, then codes, mask words, and hashes by two. */
  readonly columns: Column[];
}

/** Microseconds, or Infinity where the time is unreadable. */
export const INSTANT = 0;
export const POSITION = 1;
/** NaN where the entry records none. */
export const ID = 2;
export const REFERENCE = 3;
/** The first code; 0 where unrecorded or not asked. */
export const CODES = 4;

/** An empty block with columns for numbers. */
export function emptyBlock(capacity: number, others: number): Block {
  const columns: Column[] = Array.from({ length: CODES }, () => new Float64Array(capacity));
  for (let more = 0; more < others; more += 1) columns.push(new Uint32Array(capacity));
  return { length: 0, columns };
}

/** Writes a value that may not be a number. */
export function write(block: Block, index: number, row: number, value: unknown): void {
  let column = block.columns[index] as Column;
  if (typeof value !== "number" && !Array.isArray(column)) {
    column = Array.from(column.subarray(0, row));
    block.columns[index] = column;
  }
  column[row] = value;
}

/**
 * One block of several, in their order. They are emptied column by column, so that little more
 * than the whole is in memory at any time.
 */
export function join(blocks: readonly Block[]): Block {
  const [first] = blocks;
  if (first === undefined) return emptyBlock(0, 0);
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const columns = first.columns.map((_, index) =>
    joinColumns(
      blocks.map((block) => {
        const column = block.columns[index] as Column;
        block.columns[index] = [];
        return firstOf(column, block.length);
      }),
      length,
    ),
  );
  return { length, columns };
}

/** Puts the rows of a block in another order, column by column. */
export function reorder({ length, columns }: Block, order: Uint32Array): void {
  for (const [index, column] of columns.entries()) {
    const reordered: Column = Array.isArray(column)
      ? Array.from<unknown>({ length })
      : emptyLike(column, length);
    for (let row = 0; row < length; row += 1) {
      reordered[row] = column[order[row] as number];
    }
    columns[index] = reordered;
  }
}

function joinColumns(columns: readonly Column[], length: number): Column {
  const [first = []] = columns;
  if (columns.length === 1) return first;
  if (Array.isArray(first) || columns.some((column) => Array.isArray(column))) {
    return columns.flatMap((column): unknown[] =>
      Array.isArray(column) ? column : Array.from(column),
    );
  }
  const joined = emptyLike(first, length);
  let at = 0;
  for (const column of columns as readonly Float64Array[]) {
    joined.set(column, at);
    at += column.length;
  }
  return joined;
}

function firstOf(column: Column, length: number): Column {
  if (!Array.isArray(column)) return column.subarray(0, length);
  return column.length === length ? column : column.slice(0, length);
}

function emptyLike(column: Float64Array | Uint32Array, length: number): Float64Array | Uint32Array {
  return column instanceof Float64Array ? new Float64Array(length) : new Uint32Array(length);
}
