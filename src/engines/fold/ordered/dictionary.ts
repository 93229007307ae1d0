// Numbers for values: a column of a few million entries holds small codes, and each value once.

import { createHash } from "node:crypto";

/** Codes from 1 by value, in the order in which the values came. 0 stands for unrecorded. */
export type Dictionary = Map<string | number, number>;

/** Longer texts are told apart by their digest, so that a log of long texts stays out of memory. */
const LONGEST_KEPT = 120;

/** The code of a value, a new one where it has none yet; 0 for empty text and for NaN. */
export function codeOf(dictionary: Dictionary, value: string | number): number {
  if (typeof value === "string") {
    if (value === "") return 0;
    return codeOfKey(dictionary, value.length > LONGEST_KEPT ? digestOf(value) : value);
  }
  return Number.isNaN(value) ? 0 : codeOfKey(dictionary, value);
}

/** Takes another dictionary's values. @returns this one's code by the other's code */
export function mergeDictionary(dictionary: Dictionary, other: Dictionary): Uint32Array {
  const codes = new Uint32Array(other.size + 1);
  for (const [key, code] of other) codes[code] = codeOfKey(dictionary, key);
  return codes;
}

function codeOfKey(dictionary: Dictionary, key: string | number): number {
  const known = dictionary.get(key);
  if (known !== undefined) return known;
  const code = dictionary.size + 1;
  dictionary.set(key, code);
  return code;
}

/**
 * Stands for a long text. Padded beyond the longest text that is kept, so that no text of a
 * log can be taken for a digest; of the UTF-16 units, so that ill-formed texts differ too.
 */
function digestOf(text: string): string {
  const digest = createHash("sha256").update(text, "utf16le").digest("base64");
  return digest.padEnd(LONGEST_KEPT + 1, "#");
}
