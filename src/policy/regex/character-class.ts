// Character classes `[…]`: Python and RE2 disagree on `[`, on escapes and on shorthands
// inside them, so each member is written out anew.

import { DIGIT, NOT_DIGIT, SPACE, WORD, charOf, literalOf, readCharEscape } from "./escapes.ts";
import type { Refusal } from "./refusal.ts";

interface Piece {
  readonly text: string;
  readonly next: number;
}

/** One character, or a shorthand for many. */
interface Member extends Piece {
  /** Only of a single character. */
  readonly code?: number;
}

/** The class for RE2; `index` is behind the opening bracket. */
export function translateClass(pattern: string, index: number): Piece | Refusal {
  let at = index;
  let text = "[";
  if (pattern[at] === "^") {
    text += "^";
    at += 1;
  }
  const first = at;
  while (at < pattern.length) {
    if (pattern[at] === "]" && at > first) return { text: `${text}]`, next: at + 1 };
    const member = readMember(pattern, at);
    if ("refusal" in member) return member;
    const isRange =
      pattern[member.next] === "-" &&
      member.next + 1 < pattern.length &&
      pattern[member.next + 1] !== "]";
    if (!isRange) {
      text += member.text;
      at = member.next;
      continue;
    }
    const last = readMember(pattern, member.next + 1);
    if ("refusal" in last) return last;
    if (member.code === undefined || last.code === undefined || member.code > last.code) {
      const range = pattern.slice(at, last.next);
      return { refusal: `it is not valid: [${range}] has a range that does not ascend` };
    }
    text += `${member.text}-${last.text}`;
    at = last.next;
  }
  return { refusal: "it is not valid: missing closing ]" };
}

const SHORTHANDS: ReadonlyMap<string, () => string> = new Map([
  ["d", () => DIGIT],
  ["D", () => NOT_DIGIT],
  ["w", () => WORD],
  ["W", () => complementOf(WORD)],
  ["s", () => SPACE],
  ["S", () => complementOf(SPACE)],
]);

function readMember(pattern: string, index: number): Member | Refusal {
  const character = charOf(pattern, index);
  if (character !== "\\") {
    const code = character.codePointAt(0) ?? 0;
    return { text: literalOf(code), code, next: index + character.length };
  }
  const letter = charOf(pattern, index + 1);
  const shorthand = SHORTHANDS.get(letter);
  if (shorthand !== undefined) return { text: shorthand(), next: index + 2 };
  if (letter === "b") return { text: literalOf(8), code: 8, next: index + 2 };
  const escape = readCharEscape(pattern, index + 1);
  if ("refusal" in escape) return escape;
  return { text: literalOf(escape.code), code: escape.code, next: escape.next };
}

const complements = new Map<string, string>();

/**
 * All code points that are not members, as ascending ranges: RE2 cannot negate a union
 * inside a class. Computed once, since it looks at every code point there is.
 */
function complementOf(members: string): string {
  const known = complements.get(members);
  if (known !== undefined) return known;
  const isMember = new RegExp(`[${members.replaceAll("\\x{", "\\u{")}]`, "u");
  let text = "";
  let start: number | undefined;
  for (let code = 0; code <= 0x110000; code += 1) {
    const outside = code <= 0x10ffff && !isMember.test(String.fromCodePoint(code));
    if (outside) start ??= code;
    else if (start !== undefined) {
      text += `${literalOf(start)}-${literalOf(code - 1)}`;
      start = undefined;
    }
  }
  complements.set(members, text);
  return text;
}
