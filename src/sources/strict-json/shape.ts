// How deep and how wide a JSON text is, told before it is parsed, so that no text can make the
// parser take many times its own size in memory.

import { DEEPEST } from "./survey.ts";

/** Most values of one record. */
export const MOST_VALUES = 2_000_000;

/** What would take too much memory in a text, or undefined. The text need not be valid. */
export function excess(
  bytes: Uint8Array,
  start: number,
  end: number,
): "depth" | "values" | undefined {
  let depth = 0;
  let values = 1;
  for (let at = start; at < end; at += 1) {
    switch (bytes[at]) {
      case 0x22:
        at = stringEnd(bytes, at + 1, end);
        break;
      case 0x2c:
        values += 1;
        if (values > MOST_VALUES) return "values";
        break;
      case 0x5b:
      case 0x7b:
        depth += 1;
        values += 1;
        if (depth > DEEPEST) return "depth";
        break;
      case 0x5d:
      case 0x7d:
        depth -= 1;
        break;
      default:
    }
  }
  return undefined;
}

/** Position of the quote that ends a string, or the end. */
function stringEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
  return at;
}
