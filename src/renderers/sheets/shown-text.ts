// Text as a cell shows it: nothing invisible, never a formula, never more than a cell takes.

import type { SpreadsheetWords } from "../../languages/words/spreadsheets.ts";
import { visible } from "../words/visible.ts";

/** UTF-16 units that a cell takes in a spreadsheet program (ECMA-376 leaves it to them). */
export const CELL_LENGTH = 32_767;

/** Room for the guard's apostrophe and for the word on what was cut off. */
const RESERVE = 100;

/**
 * What a cell shows of a text. Of one that is too long for a cell the beginning stays, with the
 * number of its characters behind it.
 */
export function shownText(text: string, words: Pick<SpreadsheetWords, "cut">): string {
  const whole = text.length <= CELL_LENGTH ? guarded(visible(text, text.length)) : undefined;
  if (whole !== undefined && whole.length <= CELL_LENGTH) return whole;
  return guarded(`${beginning(text)}… (${words.cut(lengthOf(text))})`);
}

/**
 * A text that a spreadsheet program could take for a formula, with an apostrophe before it: one
 * that begins with a sign of calculation, also a full-width or small one, also behind blanks or
 * quotation marks.
 */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

const FORMULA =
  /^[\s\p{Z}'"`\u00ab\u00bb\u2018-\u201f\u2039\u203a\uff02\uff07]*[=+\-@\t\r\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]/u;

/** The longest beginning, in whole characters, that fits when everything invisible is written out. */
function beginning(text: string): string {
  let shown = "";
  let most = CELL_LENGTH - RESERVE;
  for (;;) {
    const kept = wholeCharacters(text, most);
    shown = visible(kept, kept.length);
    if (shown.length <= CELL_LENGTH - RESERVE) return shown;
    most = Math.floor((most * (CELL_LENGTH - RESERVE)) / shown.length) - 1;
  }
}

/** The first `most` UTF-16 units, less one where they would end inside a pair. */
function wholeCharacters(text: string, most: number): string {
  const inside =
    /[\ud800-\udbff]/.test(text.charAt(most - 1)) && /[\udc00-\udfff]/.test(text.charAt(most));
  return text.slice(0, inside ? most - 1 : most);
}

function lengthOf(text: string): number {
  let characters = 0;
  for (let at = 0; at < text.length; characters += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return characters;
}
