// Text from a log, made fit to be seen by a person: nothing invisible, nothing that moves a
// cursor or turns the reading direction, and nothing without end. Every human format shows
// text through here before it adds what its own syntax needs.

import type { Language } from "../../languages/language.ts";
import { formatCount } from "../../model/figures.ts";

/** Characters shown of a value: a name, an identifier, a table cell. */
export const VALUE_LENGTH = 160;

/** Characters shown of a passage: a description, a recommendation. */
export const PASSAGE_LENGTH = 2000;

/**
 * Characters shown of what this program, a framework or a configuration wrote. None of them
 * comes near it, so their words are never cut; a text out of all proportion still ends.
 */
export const OWN_LENGTH = 20_000;

/**
 * The text with every character that has no shape of its own written as `\u000a` or
 * `\u{e0041}`, and cut after `most` characters (code points) with a word on its full length.
 * A backslash that would look like such an escape is itself written as one, so two
 * different texts never look the same for that reason.
 *
 * @param lengthOf the word on its length, in the language of the report; English when absent
 */
export function visible(
  text: string,
  most: number,
  lengthOf: (characters: number) => string = (characters) =>
    `(${formatCount(characters)} characters)`,
): string {
  const kept = firstCharacters(text, most);
  const shown = kept
    .replace(/\\(?=u[0-9a-f]{4}|u\{)/giu, escapeOf)
    .replace(SHAPELESS, escapeOf)
    .replace(/^(?:\p{Zs}|\p{M})|\p{Zs}$/gu, escapeOf);
  return kept.length === text.length ? shown : `${shown}… ${lengthOf(codePoints(text))}`;
}

/** How a language says the length of a text that was cut: `(1,204 characters)`. */
export function lengthIn({ assess }: Language): (characters: number) => string {
  return assess.filled.characters;
}

/**
 * Controls, line and paragraph separators, lone surrogates and noncharacters, the code
 * points that Unicode calls default ignorable (bidirectional and zero-width controls,
 * variation selectors, tags), interlinear annotation, and the blank braille cell.
 */
const SHAPELESS =
  /\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Noncharacter_Code_Point}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb\u2800]/gu;

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

function firstCharacters(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (let taken = 0; taken < most && end < text.length; taken += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

function codePoints(text: string): number {
  let points = 0;
  for (let index = 0; index < text.length; points += 1) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return points;
}
