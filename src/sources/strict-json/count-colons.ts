// How many members the objects of a JSON text have, by their colons.

import type { ByteWindow } from "../decoding/byte-window.ts";

/**
 * The colons outside of strings in a stretch of a window that holds one valid JSON text: one
 * for each member as it is written, also for those that a parser drops because their key
 * comes again.
 */
export function countColons(window: ByteWindow, start: number, end: number): number {
  const { bytes, pairs } = window;
  const first = start + (start & 1);
  const last = end - (end & 1);
  if (first > last) return 0;
  let step = first > start ? stepOf(OUTSIDE, bytes[start] ?? 0, NOTHING) : OUTSIDE;
  let colons = step & COUNT;
  for (let pair = first >> 1; pair < last >> 1; pair += 1) {
    step = (PAIRS[pairs[pair] ?? 0] ?? 0) >> (step & STATE);
    colons += step & COUNT;
  }
  if (last < end) colons += stepOf(step & STATE, bytes[last] ?? 0, NOTHING) & COUNT;
  return colons;
}

/** Where in a JSON text one is. A state is the position of its step among the bits of a pair. */
const OUTSIDE = 0;
const INSIDE = 4;
const ESCAPED = 8;

/** A step: the colons passed, and the state afterwards. */
const COUNT = 3;
const STATE = 12;

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const NOTHING = 0x20;

/**
 * For every pair of bytes, the step from each of the three states. Two bytes at a time
 * without a jump are twice as fast as one at a time with a jump at every quote.
 */
const PAIRS = tabulate();

function tabulate(): Uint16Array {
  const steps = new Uint16Array(1 << 16);
  const pair = new Uint16Array(1);
  const bytes = new Uint8Array(pair.buffer);
  for (let word = 0; word < steps.length; word += 1) {
    pair[0] = word;
    const [first = 0, second = 0] = bytes;
    for (const state of [OUTSIDE, INSIDE, ESCAPED]) {
      steps[word] = (steps[word] ?? 0) | (stepOf(state, first, second) << state);
    }
  }
  return steps;
}

function stepOf(state: number, first: number, second: number): number {
  const between = next(state, first);
  const colons = Number(isColon(state, first)) + Number(isColon(between, second));
  return colons | next(between, second);
}

function isColon(state: number, byte: number): boolean {
  return state === OUTSIDE && byte === COLON;
}

function next(state: number, byte: number): number {
  if (state === ESCAPED) return INSIDE;
  if (byte === QUOTE) return state === INSIDE ? OUTSIDE : INSIDE;
  return state === INSIDE && byte === BACKSLASH ? ESCAPED : state;
}
