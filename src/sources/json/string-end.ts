// The end of a JSON string.

import { BACKSLASH, QUOTE } from "./characters.ts";

/**
 * Position behind the quote that closes a string; undefined when it is not closed.
 *
 * @param from position behind the quote that opens it
 */
export function stringEnd(bytes: Uint8Array, from: number, end: number): number | undefined {
  for (let at = from; at < end; at += 1) {
    if (bytes[at] === QUOTE) return at + 1;
    if (bytes[at] === BACKSLASH) at += 1;
  }
  return undefined;
}
