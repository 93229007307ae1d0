// Text measured in the cells of a terminal, made safe to print, and broken into lines.

import { VALUE_LENGTH, visible } from "../words/visible.ts";

/** Colours and weights; what they say is always said by a word or a shape as well. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** A stretch of text in one style; between two of them there is a space. */
export interface Run {
  readonly text: string;
  readonly style?: Style;
  /** Characters shown at most; 160 when absent. */
  readonly most?: number;
  /** Cells taken at least, filled up with spaces. What follows stands in the column where the other lines begin, so no line ends inside. */
  readonly pad?: number;
}

const SGR: Readonly<Record<Style, number>> = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  cyan: 36,
};

/** How lines are laid out. Widths and indents are in cells. */
export interface Layout {
  readonly width: number;
  /** Before the first line. */
  readonly indent: number;
  /** Before the following lines. */
  readonly hanging: number;
  /** Whether styles are written as colour sequences (ECMA-48 SGR). */
  readonly color: boolean;
  /** How the length of a text that was cut is said. */
  readonly lengthOf: (characters: number) => string;
}

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly style: Style | undefined;
  /** A line may end before it, and it is left out there. */
  readonly breaks: boolean;
}

const SPACE: Cell = { text: " ", width: 1, style: undefined, breaks: true };
const FILL: Cell = { ...SPACE, breaks: false };

/**
 * Runs as lines, broken at spaces, or inside a word that is longer than a line. No line is
 * wider than the layout, colour sequences are closed on the line that opened them, and
 * whatever the runs hold, the lines hold no other control character.
 */
export function wrap(runs: readonly Run[], layout: Layout): string[] {
  const cells = runs.flatMap((run, index) => [...cellsOf(run, layout), ...separator(runs, index)]);
  const lines: string[] = [];
  let start = 0;
  do {
    const indent = lines.length === 0 ? layout.indent : layout.hanging;
    const end = lineEnd(cells, start, layout.width - indent);
    const text = paint(cells.slice(start, withoutSpaces(cells, start, end)), layout.color);
    lines.push(text === "" ? "" : " ".repeat(indent) + text);
    start = end;
    while (cells[start]?.breaks === true) start += 1;
  } while (start < cells.length);
  return lines;
}

/** Index after the last cell that fits: at the last space where there is one, and past at least one cell. */
function lineEnd(cells: readonly Cell[], start: number, room: number): number {
  let used = 0;
  let space = -1;
  for (let index = start; index < cells.length; index += 1) {
    const cell = cells[index];
    if (cell === undefined) break;
    if (cell.breaks) space = index;
    used += cell.width;
    if (used > room) return space > start ? space : Math.max(index, start + 1);
  }
  return cells.length;
}

function separator(runs: readonly Run[], index: number): readonly Cell[] {
  if (index === runs.length - 1) return [];
  return [runs[index]?.pad === undefined ? SPACE : FILL];
}

function withoutSpaces(cells: readonly Cell[], start: number, end: number): number {
  let last = end;
  while (last > start && cells[last - 1]?.text === " ") last -= 1;
  return last;
}

function paint(cells: readonly Cell[], color: boolean): string {
  if (!color) return cells.map(({ text }) => text).join("");
  let painted = "";
  let open: Style | undefined;
  for (const { text, style } of cells) {
    if (style !== open) {
      painted += `${open === undefined ? "" : "\u001b[0m"}${style === undefined ? "" : `\u001b[${SGR[style]}m`}`;
      open = style;
    }
    painted += text;
  }
  return open === undefined ? painted : `${painted}\u001b[0m`;
}

/** A character with the marks that combine with it makes one cell or two. */
function cellsOf({ text, style, most = VALUE_LENGTH, pad }: Run, { lengthOf }: Layout): Cell[] {
  const cells: Cell[] = [];
  let taken = 0;
  for (const character of printable(text, most, lengthOf)) {
    const width = cellWidth(character);
    const before = cells.at(-1);
    if (width === 0 && before !== undefined) {
      cells[cells.length - 1] = { ...before, text: before.text + character, breaks: false };
    } else {
      cells.push({
        text: character,
        width,
        style,
        breaks: character === " " && pad === undefined,
      });
    }
    taken += width;
  }
  for (; taken < (pad ?? 0); taken += 1) cells.push(FILL);
  return cells;
}

/** Marks that stand on the character before, and the later parts of a Hangul syllable. */
const ZERO = /^(?:\p{Mn}|\p{Me}|[\u1160-\u11ff\ud7b0-\ud7ff])$/u;

/** East Asian wide and full-width characters (Unicode Annex 11) and pictures, by block. */
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\u3247\u3250-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}])$/u;

/** Cells that a character takes: 0, 1 or 2. */
function cellWidth(character: string): number {
  if (character < "\u0300") return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/**
 * Text from a report as it may be printed: nothing invisible, at most `most` characters, and
 * none of the marks by which a build server takes a printed line as a command (`::name::`,
 * `##name[`).
 */
function printable(text: string, most: number, lengthOf: Layout["lengthOf"]): string {
  return visible(text, most, lengthOf)
    .replaceAll("::", ":\\u003a")
    .replace(/(?<=#)#(?=\w*\[)/g, "\\u0023");
}
