// Text as all engines see it: folded for ASCII letters only, ordered by UTF-8 bytes.

const UPPER_CASE = /[A-Z]+/g;

/** A to Z become a to z; every other character stays. */
export function lowerAscii(text: string): string {
  return text.replace(UPPER_CASE, (letters) => letters.toLowerCase());
}

/** Without ASCII white space (U+0009 to U+000D, U+0020) at both ends. */
export function trimAscii(text: string): string {
  // Two walks rather than a pattern: a run of blanks inside hostile text costs a pattern
  // the square of its length.
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return end - start === text.length ? text : text.slice(start, end);
}

function isSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13);
}

/**
 * Order of two texts by their UTF-8 bytes, which is their order by code point. JavaScript's
 * own `<` compares UTF-16 units and puts U+1F512 before U+FF21.
 *
 * @returns negative, 0 or positive
 */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Moves surrogates, which stand for code points above U+FFFF, behind every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
