// Everything that measures which need order keep of a log: one row of numbers for each entry
// that matters to any of them, in blocks of columns. Two timelines merge by handing over their
// blocks, with the codes of their dictionaries changed.

import type { Step } from "../accumulator.ts";
import { arrange } from "./arrange.ts";
import { CODES, ID, INSTANT, POSITION, REFERENCE, emptyBlock, write } from "./block.ts";
import type { Block } from "./block.ts";
import { hashInto } from "./hash.ts";
import { codeOf, mergeDictionary } from "./dictionary.ts";
import type { Dictionary } from "./dictionary.ts";
import type { Plan, PlannedHash } from "./plan.ts";

/** Plain data that another thread can merge. */
export interface TimelineState {
  readonly blocks: Block[];
  /** By name. */
  readonly dictionaries: ReadonlyMap<string, Dictionary>;
}

export interface Timeline {
  readonly state: TimelineState;
  step(step: Step): void;
  merge(other: TimelineState): void;
  /** All rows in one block, in the order of `compareListed`. */
  arranged(): Block;
}

const SMALLEST_BLOCK = 64;
const LARGEST_BLOCK = 16_384;

export function timeline(plan: Plan): Timeline {
  const dictionaries = new Map<string, Dictionary>();
  for (const { dictionary } of plan.columns) dictionaries.set(dictionary, new Map());
  const columns = plan.columns.map(({ dictionary, read, when }) => ({
    read,
    when,
    dictionary: dictionaries.get(dictionary) as Dictionary,
    // Neighbours in a log are often of one session, chain and agent.
    last: "" as string | number,
    lastCode: 0,
  }));
  const state: TimelineState = { blocks: [], dictionaries };
  const words: number[] = Array.from({ length: plan.words }, () => 0);
  let block: Block | undefined;
  let capacity = 0;

  const isSet = (bits: readonly number[]): boolean => {
    for (let word = 0; word < bits.length; word += 1) {
      if (((words[word] as number) & (bits[word] as number)) !== 0) return true;
    }
    return false;
  };

  const nextBlock = (): Block => {
    capacity = Math.min(Math.max(SMALLEST_BLOCK, capacity * 2), LARGEST_BLOCK);
    block = emptyBlock(capacity, columns.length + plan.words + 2 * plan.hashes.length);
    state.blocks.push(block);
    return block;
  };

  return {
    state,
    step({ row, instant, id, position, reference }) {
      words.fill(0);
      let matters = false;
      for (const { word, mask, holds } of plan.roles) {
        if (!holds(row)) continue;
        words[word] = (words[word] as number) | mask;
        matters = true;
      }
      if (!matters) return;
      if (instant === Number.POSITIVE_INFINITY && !isSet(plan.untimed)) return;
      for (const { word, mask, holds, when } of plan.asks) {
        if (isSet(when) && holds(row)) words[word] = (words[word] as number) | mask;
      }

      const into = block === undefined || block.length === capacity ? nextBlock() : block;
      const at = into.length;
      into.length = at + 1;
      const into32 = into.columns as Uint32Array[];
      (into.columns[INSTANT] as Float64Array)[at] = instant;
      (into.columns[POSITION] as Float64Array)[at] = position;
      write(into, ID, at, id ?? Number.NaN);
      write(into, REFERENCE, at, reference);
      for (let column = 0; column < columns.length; column += 1) {
        const planned = columns[column] as (typeof columns)[number];
        if (!isSet(planned.when)) continue;
        const value = planned.read(row);
        if (value !== planned.last) {
          planned.last = value;
          planned.lastCode = codeOf(planned.dictionary, value);
        }
        (into32[CODES + column] as Uint32Array)[at] = planned.lastCode;
      }
      const masks = CODES + columns.length;
      for (let word = 0; word < words.length; word += 1) {
        (into32[masks + word] as Uint32Array)[at] = words[word] as number;
      }
      for (let hash = 0; hash < plan.hashes.length; hash += 1) {
        const { when, read } = plan.hashes[hash] as PlannedHash;
        if (!isSet(when)) continue;
        const low = masks + words.length + 2 * hash;
        hashInto(into32[low] as Uint32Array, into32[low + 1] as Uint32Array, at, read(row));
      }
    },
    merge(other) {
      const changed = new Map<string, Uint32Array>();
      for (const [name, dictionary] of dictionaries) {
        const theirs = other.dictionaries.get(name);
        if (theirs !== undefined) changed.set(name, mergeDictionary(dictionary, theirs));
      }
      for (const { length, columns: theirs } of other.blocks) {
        state.blocks.push({
          length,
          columns: theirs.map((column, index) => {
            const { dictionary } = plan.columns[index - CODES] ?? {};
            const codes = dictionary === undefined ? undefined : changed.get(dictionary);
            if (codes === undefined) return column;
            return (column as Uint32Array).subarray(0, length).map((code) => codes[code] as number);
          }),
        });
      }
    },
    arranged() {
      // What is stepped from here on goes into a block of its own.
      block = undefined;
      capacity = 0;
      const arranged = arrange(state.blocks.splice(0));
      if (arranged.length > 0) state.blocks.push(arranged);
      return arranged;
    },
  };
}
