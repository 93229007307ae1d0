// How wide the columns of a table are. Typst could find out, but only by setting each cell
// several times; what the cells hold tells it at once.

/** What a column holds, in letters. */
export interface Held {
  /** The longest cell or title. */
  readonly longest: number;
  /** The longest word of the title. */
  readonly word: number;
  /** Whether people write in it. */
  readonly blank: boolean;
}

/** Columns from which on a table is set small. */
export const DENSE = 6;

/** Letters that a line across the page holds, and that the space between two columns takes. */
const LINE = { plain: 96, dense: 112 };
const GUTTER = 2.5;

/** A cell longer than `word` is given an eighth of what is beyond, and never more than `passage`. */
const MOST = { word: 60, passage: 110 };

function roomWanted(longest: number): number {
  const beyond = Math.max(longest - MOST.word, 0);
  return Math.min(Math.max(longest, 3), MOST.word + beyond / 8, MOST.passage);
}

/** Letters of a word in a title that is never parted; titles are set heavier. */
export const TITLE_WORD = 14;

/** Room for a pen. Where nothing is printed beside it, sentences are written in the last column. */
const PEN = { least: 8, beside: 8, wanted: 16, last: 40 };

/**
 * Widths in letters of the running text, together a line wide.
 *
 * @returns for each column its share, which includes the gutter, and the letters that fit
 */
export function columnWidths(
  columns: readonly Held[],
): readonly { readonly share: number; readonly room: number }[] {
  const line = columns.length >= DENSE ? LINE.dense : LINE.plain;
  const free = line - GUTTER * columns.length;
  const isForm = columns.every(({ blank }) => blank);
  const wanted = columns.map(({ longest, blank }, index) => {
    if (!blank) return roomWanted(longest);
    if (!isForm) return PEN.beside;
    return index > 0 && index === columns.length - 1 ? PEN.last : PEN.wanted;
  });
  const least = columns.map(({ word, longest, blank }, index) =>
    Math.min(
      wanted[index] ?? 0,
      blank ? PEN.least : Math.max(Math.min(word * 1.25 + 0.5, TITLE_WORD), Math.min(longest, 9)),
    ),
  );
  const [sumWanted, sumLeast] = [sum(wanted), sum(least)];
  const widths = wanted.map((want, index) => {
    const low = least[index] ?? 0;
    // Room to spare goes to all by their size; want of room is taken from who can give.
    if (sumWanted <= free || sumWanted === sumLeast) return (want * free) / sumWanted;
    return Math.max(low + ((want - low) * (free - sumLeast)) / (sumWanted - sumLeast), 2);
  });
  return widths.map((width) => ({
    share: Math.round((width + GUTTER) * 100) / 100,
    room: Math.max(Math.floor(width * 0.9), 2),
  }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
