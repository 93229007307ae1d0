// Rows in columns that fit the width of the place that shows them. What does not fit is cut
// with an ellipsis; what a cell holds can never leave its cell.

import { shown } from "./shown.ts";

/** Spaces between columns, and between columns that must be narrowed. */
const GAP = 2;
const TIGHT_GAP = 1;

/** Cells that a column keeps at least, if its texts need them; with fewer it says nothing. */
const LEAST = 8;

/** Characters of a cell that are looked at; no screen shows more. */
const MOST = 400;

/** Turns a row's texts, or the headings, into one line. */
export type Layout = (cells: readonly string[], paint?: Paint) => string;

/** Puts a style around a cell's text, which keeps its width. */
export type Paint = (text: string, column: number) => string;

/**
 * Columns as wide as these rows need. Where that is too much, the last columns are left out
 * until the others can keep a readable width, and then the widest are narrowed.
 *
 * @param rows the headings and the rows whose widths count
 * @param width of a line, in cells
 * @param rigid columns that are never narrowed
 */
export function layOut(
  rows: readonly (readonly string[])[],
  width: number,
  rigid: readonly number[] = [],
): Layout {
  let widths: number[] = [];
  for (const row of rows) {
    row.forEach((text, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOfText(shown(text, MOST)));
    });
  }
  const gap = widthOfLine(widths, GAP) > width ? TIGHT_GAP : GAP;
  const least = widths.map((one, column) => (rigid.includes(column) ? one : Math.min(one, LEAST)));
  while (least.length > 1 && widthOfLine(least, gap) > width) least.pop();
  widths = widths.slice(0, least.length);
  for (let surplus = widthOfLine(widths, gap) - width; surplus > 0; surplus -= 1) {
    const slack = widths.map((one, column) => (one > (least[column] ?? 0) ? one : 0));
    const widest = Math.max(...slack);
    if (widest === 0) break;
    // The last of the widest first: what stands further left says more.
    widths[slack.lastIndexOf(widest)] = widest - 1;
  }
  return (cells, paint = (text) => text) =>
    cells
      .slice(0, widths.length)
      .map((text, column) => {
        const fitted = fit(shown(text, MOST), widths[column] ?? 0);
        const padding = " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOfText(fitted)));
        return column === widths.length - 1
          ? paint(fitted, column)
          : paint(fitted, column) + padding + " ".repeat(gap);
      })
      .join("")
      .trimEnd();
}

function widthOfLine(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, one) => sum + one, 0) + gap * (widths.length - 1);
}

function fit(text: string, width: number): string {
  if (widthOfText(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += widthOfCharacter(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function widthOfText(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/** Scripts and pictures that take two cells of a terminal (Unicode Annex 11, by and large). */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;
const COMBINING = /^[\p{Mn}\p{Me}]$/u;

function widthOfCharacter(character: string): number {
  if (character < "\u0300") return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
