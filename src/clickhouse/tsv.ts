// TabSeparated as ClickHouse writes and reads it: a row a line, tabs between cells, a backslash
// before what would be taken for something else, \N for NULL.

/** Text of a cell, or null. */
export type Cell = string | null;

/**
 * Cuts bytes into rows of cells. Chunks may end anywhere, inside a character too. Bytes that are
 * no UTF-8 become U+FFFD, as SQLite's text does here.
 */
export class TsvReader {
  /** The beginning of a line whose end has not come yet. */
  #begun: Buffer[] = [];

  /** The rows that the next bytes complete. The chunk must not be overwritten later. */
  push(chunk: Buffer): Cell[][] {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end === 0) {
      this.#begun.push(chunk);
      return [];
    }
    const rows: Cell[][] = [];
    let start = 0;
    if (this.#begun.length > 0) {
      start = chunk.indexOf(LINE_FEED) + 1;
      const line = Buffer.concat([...this.#begun, chunk.subarray(0, start)]);
      this.#begun = [];
      rows.push(cellsOf(line, 0, line.length - 1));
    }
    while (start < end) {
      const next = chunk.indexOf(LINE_FEED, start);
      rows.push(cellsOf(chunk, start, next));
      start = next + 1;
    }
    if (end < chunk.length) this.#begun.push(chunk.subarray(end));
    return rows;
  }

  /** What stands behind the last line end, in pieces; none when the text is complete. */
  get rest(): readonly Buffer[] {
    return this.#begun;
  }
}

/** Thrown at a backslash with which ClickHouse writes nothing: the text is something else. */
export class UnknownEscape extends Error {
  override readonly name = "UnknownEscape";
}

/** One row as text, with its line end. */
export function tsvRow(cells: readonly Cell[]): string {
  return `${cells.map(tsvCell).join("\t")}\n`;
}

const LINE_FEED = 0x0a;
const TAB = 0x09;

/** Cells of a line are parts of its text and keep the whole of it in memory; of a longer one they do not. */
const LONG_LINE = 1024;

function cellsOf(bytes: Buffer, start: number, end: number): Cell[] {
  const cells: Cell[] =
    end - start > LONG_LINE
      ? longLine(bytes, start, end)
      : bytes.toString("utf8", start, end).split("\t");
  for (let slot = 0; slot < cells.length; slot += 1) {
    const text = cells[slot];
    if (typeof text === "string" && text.includes("\\")) cells[slot] = unescaped(text);
  }
  return cells;
}

function longLine(bytes: Buffer, start: number, end: number): Cell[] {
  const cells: Cell[] = [];
  for (let at = start; ;) {
    const tab = bytes.indexOf(TAB, at);
    const stop = tab === -1 || tab > end ? end : tab;
    cells.push(bytes.toString("utf8", at, stop));
    if (stop === end) return cells;
    at = stop + 1;
  }
}

const MEANINGS: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "'": "'",
  "\\": "\\",
};

function unescaped(text: string): Cell {
  if (text === "\\N") return null;
  return text.replace(/\\(.?)/gsu, (_, letter: string) => {
    const meaning = MEANINGS[letter];
    if (meaning === undefined) throw new UnknownEscape("a backslash stands before nothing known");
    return meaning;
  });
}

const LETTERS: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
};

function tsvCell(cell: Cell): string {
  return cell === null ? "\\N" : cell.replace(/[\0\b\f\n\r\t\\]/g, (one) => LETTERS[one] ?? one);
}
