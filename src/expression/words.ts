// Words in text: what tells a deletion from something undeleted.

import { lowerAscii } from "./text.ts";

const WORD = /[A-Za-z0-9]+/g;
const HUMP = /([a-z0-9])(?=[A-Z])/g;

/**
 * The words of a text, in lower case: runs of ASCII letters and digits, cut also before a
 * capital that follows a small letter or a digit.
 */
export function wordsIn(text: string): string[] {
  return (text.replaceAll(HUMP, "$1 ").match(WORD) ?? []).map(lowerAscii);
}

/** A test of whether any of some words stands in a text. */
export function wordTest(words: readonly string[]): (text: string) => boolean {
  const wanted = new Set(words);
  return (text) => text !== "" && wordsIn(text).some((word) => wanted.has(word));
}
