// Finds a character of a YAML text value in the file it was written in. Folding and
// indentation change white space only, so the n-th visible character is the same in both.

import type { Scalar } from "yaml";

const WHITE_SPACE = /\s/;

/**
 * Offset in the file of the character that stands `valueOffset` characters into a scalar's
 * text; the scalar's end when the text is no longer than that.
 */
export function sourceOffset(node: Scalar, text: string, valueOffset: number): number {
  const value = typeof node.value === "string" ? node.value : "";
  const [start, end] = node.range ?? [0, 0, 0];
  const wanted = visibleBefore(value, valueOffset);
  let seen = 0;
  let behind = contentStart(node, text, start);
  for (const { at, length, visible } of charactersOf(node, text, behind, end)) {
    if (!visible) continue;
    if (seen === wanted) return at;
    seen += 1;
    behind = at + length;
  }
  return behind;
}

/** How many characters before the offset are no white space. */
function visibleBefore(value: string, offset: number): number {
  let count = 0;
  for (const character of value.slice(0, offset)) {
    if (!WHITE_SPACE.test(character)) count += 1;
  }
  return count;
}

/** Behind the opening quote, or behind the line that opens a block. */
function contentStart(node: Scalar, text: string, start: number): number {
  switch (node.type) {
    case "QUOTE_DOUBLE":
    case "QUOTE_SINGLE":
      return start + 1;
    case "BLOCK_FOLDED":
    case "BLOCK_LITERAL":
      return text.indexOf("\n", start) + 1;
    default:
      return start;
  }
}

interface WrittenCharacter {
  readonly at: number;
  readonly length: number;
  readonly visible: boolean;
}

/** The scalar's characters as written; an escape is one of them. */
function* charactersOf(
  node: Scalar,
  text: string,
  start: number,
  end: number,
): Generator<WrittenCharacter> {
  const quote = node.type === "QUOTE_DOUBLE" ? '"' : node.type === "QUOTE_SINGLE" ? "'" : "";
  for (let at = start; at < end;) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const escape = escapeAt(text, at, quote);
    if (escape === undefined && character === quote) return;
    const { length, visible } = escape ?? {
      length: character.length,
      visible: !WHITE_SPACE.test(character),
    };
    yield { at, length, visible };
    at += length;
  }
}

const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
const ESCAPED_WHITE_SPACE = " \t\r\nntvfrN_LP";

function escapeAt(
  text: string,
  at: number,
  quote: string,
): { length: number; visible: boolean } | undefined {
  const next = text.charAt(at + 1);
  if (quote === "'" && text.charAt(at) === "'" && next === "'") return { length: 2, visible: true };
  if (quote !== '"' || text.charAt(at) !== "\\") return undefined;
  return { length: ESCAPE_LENGTHS[next] ?? 2, visible: !ESCAPED_WHITE_SPACE.includes(next) };
}
