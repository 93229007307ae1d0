// JSON values as they are compared: in most logs each is long and each is another.

/** Texts up to this length stand for themselves. */
const SHORT = 24;

/**
 * A JSON text, or a number of 53 bits in place of a longer one. Equal texts stay equal. Two
 * different ones become equal once in 2^53 pairs; and they are only ever compared among entries
 * that have their other fields alike, so that memory and threads are spared what hardly ever
 * repeats.
 */
export function shortened(text: string): string | number {
  return text.length <= SHORT ? text : hashOf(text);
}

/** Two hashes of the Fowler/Noll/Vo kind over UTF-16 units, with different primes and mixing. */
function hashOf(text: string): number {
  let low = 0x811c9dc5 ^ text.length;
  let high = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (low >>> 15), 0x85ebca6b);
  }
  low = Math.imul(low ^ (low >>> 16), 0xc2b2ae35) ^ (high >>> 13);
  high = Math.imul(high ^ (high >>> 15), 0x27d4eb2f) ^ (low >>> 16);
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
