// Single characters behind a backslash, and what the shorthands \d, \w and \s stand for.

import type { Refusal } from "./refusal.ts";

/** The decimal digits of every script. */
export const DIGIT = String.raw`\p{Nd}`;
export const NOT_DIGIT = String.raw`\P{Nd}`;

/** Members of a class: letters and numbers of every script, and `_`. */
export const WORD = String.raw`\p{L}\p{N}_`;

/** Members of a class: what counts as white space. */
export const SPACE = String.raw`\x{9}-\x{d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}`;

/** The code point's character at an index of the text; "" behind the end. */
export function charOf(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** A code point as RE2 reads it anywhere, classes included. */
export function literalOf(code: number): string {
  return `\\x{${code.toString(16)}}`;
}

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["f", 12],
  ["n", 10],
  ["r", 13],
  ["t", 9],
  ["v", 11],
]);

const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

interface CharEscape {
  readonly code: number;
  readonly next: number;
}

/** The character that an escape stands for; `index` is behind the backslash. */
export function readCharEscape(pattern: string, index: number): CharEscape | Refusal {
  const letter = charOf(pattern, index);
  if (letter === "") return { refusal: "it is not valid: a backslash at the end" };
  const control = CONTROLS.get(letter);
  if (control !== undefined) return { code: control, next: index + 1 };
  const length = HEX_DIGITS.get(letter);
  if (length !== undefined) {
    const digits = pattern.slice(index + 1, index + 1 + length);
    const code =
      /^[0-9A-Fa-f]+$/u.test(digits) && digits.length === length ? parseInt(digits, 16) : NaN;
    if (!(code <= 0x10ffff)) {
      return { refusal: `it is not valid: \\${letter} needs ${length} hexadecimal digits` };
    }
    return { code, next: index + 1 + length };
  }
  const octal = /^[0-7]{1,3}/u.exec(pattern.slice(index, index + 3))?.[0];
  if (octal !== undefined) {
    const code = parseInt(octal, 8);
    if (code > 0o377) return { refusal: `it is not valid: \\${octal} is no character` };
    return { code, next: index + octal.length };
  }
  if (/^[A-Za-z0-9]$/u.test(letter)) {
    return { refusal: `it uses the unknown escape \\${letter}` };
  }
  return { code: letter.codePointAt(0) ?? 0, next: index + letter.length };
}
