// Hashes in place of values that hardly ever repeat: JSON texts. A dictionary of them would be as
// long as the log, and would have to be merged; hashes are only sorted, once, at the end.

import { orderByDigits } from "./row-order.ts";
import type { Codes } from "./codes.ts";

/**
 * Writes the hash of a text; an empty text leaves its place at 0. Equal texts have equal hashes.
 * Two different ones share theirs once in 2^64 pairs.
 *
 * Two hashes of the Fowler/Noll/Vo kind over UTF-16 units, with different primes and mixing.
 */
export function hashInto(lows: Uint32Array, highs: Uint32Array, at: number, text: string): void {
  const { length } = text;
  if (length === 0) return;
  let low = 0x811c9dc5 ^ length;
  let high = 0x9e3779b9;
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 15), 0x85ebca6b);
  }
  low = Math.imul(low ^ (low >>> 16), 0xc2b2ae35) ^ (high >>> 13);
  high = Math.imul(high ^ (high >>> 15), 0x27d4eb2f) ^ (low >>> 16);
  lows[at] = low === 0 && high === 0 ? 1 : low;
  highs[at] = high;
}

/** A code for each different hash, from 1; 0 where there is none. */
export function codesOfHashes(lows: Uint32Array, highs: Uint32Array): Codes {
  const of = new Uint32Array(lows.length);
  let code = 0;
  let lastLow = 0;
  let lastHigh = 0;
  for (const row of orderByDigits(lows, highs)) {
    const low = lows[row] as number;
    const high = highs[row] as number;
    if (low !== lastLow || high !== lastHigh) code += 1;
    of[row] = code;
    lastLow = low;
    lastHigh = high;
  }
  return { of, size: code + 1 };
}
