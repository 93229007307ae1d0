// Puts blocks of rows together and in order: by time, id and position.

import { compareListed } from "../first.ts";
import { ID, INSTANT, POSITION, join, reorder } from "./block.ts";
import type { Block } from "./block.ts";
import { orderOf } from "./row-order.ts";

/** Joins blocks into one, in the order of `compareListed`. They are emptied meanwhile. */
export function arrange(blocks: readonly Block[]): Block {
  const parts = blocks.filter(({ length }) => length > 0);
  // Blocks hold stretches of the log, so this alone puts most logs in order.
  parts.sort((left, right) => firstPosition(left) - firstPosition(right));
  const joined = join(parts);
  const order = listedOrder(joined);
  if (order !== undefined) reorder(joined, order);
  return joined;
}

/** The order of rows by their place in the log; undefined where they stand in it. */
export function writtenOrder(block: Block): Uint32Array | undefined {
  const positions = block.columns[POSITION] as Float64Array;
  for (let row = 1; row < block.length; row += 1) {
    if ((positions[row] as number) < (positions[row - 1] as number)) return orderOf(positions);
  }
  return undefined;
}

/** An entry's id, if it records one. */
export function idAt(block: Block, row: number): number | string | undefined {
  const id = (block.columns[ID] as (number | string)[])[row];
  return Number.isNaN(id) ? undefined : id;
}

function firstPosition({ columns }: Block): number {
  return (columns[POSITION] as Float64Array)[0] as number;
}

/** The order of rows; undefined where they stand in it. */
function listedOrder(block: Block): Uint32Array | undefined {
  const compare = comparison(block);
  let row = 1;
  while (row < block.length && compare(row - 1, row) <= 0) row += 1;
  if (row >= block.length) return undefined;
  const instants = block.columns[INSTANT] as Float64Array;
  const order = orderOf(instants);
  for (let from = 0; from < order.length;) {
    const instant = instants[order[from] as number];
    let to = from + 1;
    while (to < order.length && instants[order[to] as number] === instant) to += 1;
    if (to - from > 1) order.subarray(from, to).sort(compare);
    from = to;
  }
  return order;
}

function comparison(block: Block): (left: number, right: number) => number {
  const instants = block.columns[INSTANT] as Float64Array;
  const positions = block.columns[POSITION] as Float64Array;
  // Two that are filled anew each time: millions are compared.
  const [one, two] = [0, 1].map(() => ({
    instant: 0,
    id: undefined as number | string | undefined,
    position: 0,
    reference: 0,
  }));
  if (one === undefined || two === undefined) throw new Error("two are made");
  const fill = (listed: typeof one, row: number): void => {
    listed.id = idAt(block, row);
    listed.position = positions[row] as number;
  };
  return (left, right) => {
    const [a, b] = [instants[left] as number, instants[right] as number];
    if (a !== b) return a < b ? -1 : 1;
    fill(one, left);
    fill(two, right);
    return compareListed(one, two);
  };
}
