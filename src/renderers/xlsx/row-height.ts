// How high a row must be for its texts, wrapped in their columns, to be read whole: some programs do
// not work it out when they open a file.

/** Points, for letters of 10 points. */
const LINE = 13;
const MARGIN = 3;

/** The most that a row can be high, in points. */
const MOST = 409;

/**
 * The height in points.
 *
 * @param texts what the cells show, each with the width of its column in characters
 */
export function rowHeight(texts: readonly (readonly [text: string, width: number])[]): number {
  const lines = Math.max(1, ...texts.map(([text, width]) => linesOf(text, width)));
  return Math.min(MOST, lines * LINE + MARGIN);
}

/** Words are not broken unless they are longer than a line, as programs wrap them. */
function linesOf(text: string, width: number): number {
  const room = Math.max(1, width - 1);
  let lines = 1;
  let used = 0;
  for (const word of text.split(" ")) {
    const length = cells(word);
    if (used > 0 && used + 1 + length > room) {
      lines += 1;
      used = 0;
    }
    used += (used > 0 ? 1 : 0) + length;
    const more = Math.ceil(used / room) - 1;
    if (more > 0) {
      lines += more;
      used -= more * room;
    }
  }
  return lines;
}

/** East Asian letters and pictures are two characters wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;

function cells(word: string): number {
  return word.length + (word.match(WIDE)?.length ?? 0);
}
