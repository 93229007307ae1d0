// From the documented (Python) regular expression dialect to that of RE2: what both write
// differently is rewritten, what only Python has is refused by name.

import { translateClass } from "./character-class.ts";
import { DIGIT, NOT_DIGIT, SPACE, WORD, charOf, literalOf, readCharEscape } from "./escapes.ts";
import type { Refusal } from "./refusal.ts";

const LINEAR_HINT = "It has no linear-time form; write the condition without it.";

/** A piece of the pattern, translated, and where the next one begins. */
interface Piece {
  readonly text: string;
  readonly next: number;
}

/** A pattern in RE2's dialect. */
export interface Translation {
  readonly source: string;
  /** It has `\b` or `\B` outside classes, which RE2 knows for ASCII only. */
  readonly hasBoundary: boolean;
  readonly refusal?: undefined;
}

/** The pattern for RE2, or why there is none. What is merely invalid is left for the engine to find. */
export function translatePattern(pattern: string): Translation | Refusal {
  const multiline = /\(\?[aiLsux]*m/u.test(pattern);
  let translated = "";
  let index = 0;
  let onlyFlags = true;
  let quantified = false;
  let boundary = false;
  while (index < pattern.length) {
    const character = charOf(pattern, index);
    const quantifier = /^(?:[*+?]|\{\d*,?\d*\})/u.exec(pattern.slice(index, index + 24))?.[0];
    if (quantified && character === "+") {
      return { refusal: "it uses a possessive quantifier", hint: LINEAR_HINT };
    }
    const piece = translatePiece(pattern, index, { multiline, atStart: onlyFlags, quantifier });
    if ("refusal" in piece) return piece;
    quantified = quantifier !== undefined && quantifier !== "{}" && !quantified;
    onlyFlags = onlyFlags && /^\(\?[a-zA-Z]+\)$/u.test(pattern.slice(index, piece.next));
    boundary ||= piece.text === "\\b" || piece.text === "\\B";
    translated += piece.text;
    index = piece.next;
  }
  if (boundary && /[^\0-\x7f]/u.test(pattern)) {
    return {
      refusal: "it uses a word boundary beside letters that are not ASCII",
      hint: "\\b and \\B see ASCII words only; write the neighbours out instead.",
    };
  }
  return { source: translated, hasBoundary: boundary };
}

interface Context {
  readonly multiline: boolean;
  /** Nothing but flags stands before. */
  readonly atStart: boolean;
  readonly quantifier: string | undefined;
}

function translatePiece(pattern: string, index: number, context: Context): Piece | Refusal {
  const character = charOf(pattern, index);
  const after = index + character.length;
  if (character === "\\") return translateEscape(pattern, after);
  if (character === "[") return translateClass(pattern, after);
  if (character === "(" && pattern[after] === "?") {
    return translateExtension(pattern, after + 1, context.atStart);
  }
  // Without the m flag, `$` also matches before a line break that ends the text.
  if (character === "$") return { text: context.multiline ? "$" : "(?:\\n?\\z)", next: after };
  const { quantifier } = context;
  if (quantifier?.startsWith("{,") === true) {
    return { text: `{0${quantifier.slice(1)}`, next: index + quantifier.length };
  }
  if (quantifier !== undefined) return { text: quantifier, next: index + quantifier.length };
  return { text: character, next: after };
}

const SHORTHANDS: ReadonlyMap<string, string> = new Map([
  ["d", DIGIT],
  ["D", NOT_DIGIT],
  ["w", `[${WORD}]`],
  ["W", `[^${WORD}]`],
  ["s", `[${SPACE}]`],
  ["S", `[^${SPACE}]`],
  ["A", "\\A"],
  ["Z", "\\z"],
  ["b", "\\b"],
  ["B", "\\B"],
]);

/** `index` is behind the backslash. */
function translateEscape(pattern: string, index: number): Piece | Refusal {
  const letter = charOf(pattern, index);
  const shorthand = SHORTHANDS.get(letter);
  if (shorthand !== undefined) return { text: shorthand, next: index + 1 };
  if (/^[1-9]/u.test(letter) && !/^[0-3][0-7]{2}/u.test(pattern.slice(index))) {
    return { refusal: `it uses the backreference \\${letter}`, hint: LINEAR_HINT };
  }
  const escape = readCharEscape(pattern, index);
  if ("refusal" in escape) return escape;
  return { text: literalOf(escape.code), next: escape.next };
}

/** `index` is behind `(?`. */
function translateExtension(pattern: string, index: number, atStart: boolean): Piece | Refusal {
  const rest = pattern.slice(index);
  const construct = CONSTRUCTS.find(([start]) => rest.startsWith(start))?.[1];
  if (construct !== undefined) return { refusal: `it uses ${construct}`, hint: LINEAR_HINT };
  if (rest.startsWith(":")) return { text: "(?:", next: index + 1 };
  if (rest.startsWith("P<")) return { text: "(?P<", next: index + 2 };
  if (rest.startsWith("#")) {
    const end = pattern.indexOf(")", index);
    if (end === -1) return { refusal: "it is not valid: a comment without its end" };
    return { text: "", next: end + 1 };
  }
  const flags = /^([a-zA-Z]*)(-[a-zA-Z]+)?([:)])/u.exec(rest);
  if (flags === null) {
    const hint = rest.startsWith("<") ? "Write a named group as (?P<name>…)." : undefined;
    return {
      refusal: `it uses the unknown group (?${rest.slice(0, 1)}`,
      ...(hint === undefined ? {} : { hint }),
    };
  }
  return translateFlags(flags, index, atStart);
}

const CONSTRUCTS: readonly (readonly [string, string])[] = [
  ["=", "a look-ahead"],
  ["!", "a look-ahead"],
  ["<=", "a look-behind"],
  ["<!", "a look-behind"],
  ["P=", "a backreference"],
  ["(", "a conditional group"],
  [">", "an atomic group"],
];

function translateFlags(flags: RegExpExecArray, index: number, atStart: boolean): Piece | Refusal {
  const [all, on = "", off = "", end] = flags;
  const unknown = /[^imsu-]/u.exec(on + off)?.[0];
  if (unknown !== undefined) {
    const hint =
      unknown === "x" ? "Write it without blanks and comments." : "Flags are i, m, s, u.";
    return { refusal: `it uses the flag ${unknown}`, hint };
  }
  const next = index + all.length;
  const kept = on.replaceAll("u", "") + off;
  if (end === ":") return { text: `(?${kept}:`, next };
  if (on === "" || off !== "" || !atStart) {
    return {
      refusal: "it sets flags behind the start",
      hint: "Put (?i) first, or write (?i:…) around a part.",
    };
  }
  return { text: kept === "" ? "" : `(?${kept})`, next };
}
