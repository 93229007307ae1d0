// CSV and TSV (RFC 4180): rows of cells, the first row naming the columns. Cells are texts; a
// cell in quotes may hold the delimiter, quotes and line ends.

import { isUtf8 } from "node:buffer";
import { cellReader, type CellReader } from "./csv/cells.ts";
import { columnNames } from "./csv/column-names.ts";
import { RecordSplitter, type RecordExtent } from "./csv/record-splitter.ts";
import { ByteWindow } from "./decoding/byte-window.ts";
import { BATCH_ITEMS, decodeFile, type RecordDecoder } from "./decoding/decode-file.ts";
import { afterMark } from "./decoding/mark.ts";
import { KEPT_BYTES, LONGEST_RECORD, refusal, tooLong } from "./decoding/refusal.ts";
import type { Source, SourceDocument, SourceItem, SourceOptions, SourceRefusal } from "./source.ts";

/** Reads CSV, and TSV when that is the file's format. */
export const source: Source = (file, options) =>
  decodeFile(file, options, new TableDecoder(file.format === "tsv" ? "\t" : ",", options));

/** A record without fault, as positions in the window's memory. */
interface Row {
  readonly start: number;
  readonly end: number;
  /** Behind its line end; equal to `end` when the file ends without one. */
  readonly next: number;
  readonly line: number;
}

/** Cuts bytes into rows and names their cells. */
export class TableDecoder implements RecordDecoder {
  lines = 0;
  readonly done = false;
  readonly #window: ByteWindow;
  readonly #splitter: RecordSplitter;
  readonly #read: CellReader;
  readonly #longest: number;
  /** Names of the columns; none before the header, `broken` behind one that cannot be read. */
  #columns: Columns | "broken" | undefined;
  #long: { readonly head: Buffer; length: number } | undefined;
  #began = false;

  constructor(delimiter: "," | "\t", options: SourceOptions) {
    this.#splitter = new RecordSplitter(delimiter.charCodeAt(0));
    this.#read = cellReader(delimiter);
    this.#longest = options.longestRecord ?? LONGEST_RECORD;
    this.#window = new ByteWindow(this.#longest);
    if (options.columns !== undefined) this.#columns = new Columns(options.columns);
  }

  *push(chunk: Buffer): Generator<readonly SourceItem[], void, undefined> {
    if (this.#long === undefined) {
      yield* this.#take(chunk, false);
      return;
    }
    const end = chunk.indexOf(LINE_FEED);
    this.#long.length += end < 0 ? chunk.length : end;
    if (end < 0) return;
    yield [this.#endLong(this.#long)];
    yield* this.#take(chunk.subarray(end + 1), false);
  }

  *end(damaged: boolean): Generator<readonly SourceItem[], void, undefined> {
    if (this.#long !== undefined) yield [this.#endLong(this.#long)];
    yield* this.#take(Buffer.alloc(0), true, damaged);
  }

  *#take(
    chunk: Buffer,
    final: boolean,
    damaged = false,
  ): Generator<readonly SourceItem[], void, undefined> {
    const window = this.#window;
    window.append(chunk);
    if (!this.#began) {
      if (!final && window.length < MARK_BYTES) return;
      window.start = afterMark(window.bytes, window.start, window.end);
      this.#began = true;
    }
    let rows: Row[] = [];
    for (;;) {
      const extent = this.#splitter.next(window, final) ?? this.#giveUp();
      if (extent === undefined) break;
      const row = this.#pass(extent);
      const cut = row.next === row.end;
      const refused = this.#refused(row, extent, cut && damaged);
      if (row.end > row.start && refused === undefined) rows.push(row);
      if (refused === undefined && rows.length < BATCH_ITEMS && !cut) continue;
      const batch = this.#decode(rows, cut);
      if (refused !== undefined) {
        this.#columns ??= "broken";
        batch.push(refused);
      }
      if (batch.length > 0) yield batch;
      rows = [];
    }
    const batch = this.#decode(rows, false);
    if (batch.length > 0) yield batch;
  }

  /** Moves behind a record. */
  #pass(extent: RecordExtent): Row {
    const { start } = this.#window;
    const row = {
      start,
      end: start + extent.end,
      next: start + extent.next,
      line: this.lines + 1,
    };
    this.lines += extent.lines;
    this.#window.start = row.next;
    return row;
  }

  /** The first line of a record that is too long to be looked at as a whole; or it is skipped. */
  #giveUp(): RecordExtent | undefined {
    const window = this.#window;
    if (window.length <= this.#longest) return undefined;
    const extent = this.#splitter.giveUp(window);
    if (extent !== undefined) return extent;
    this.lines += 1;
    this.#long = {
      head: Buffer.from(window.bytes.subarray(window.start, window.start + KEPT_BYTES)),
      length: window.length,
    };
    window.start = window.end;
    this.#splitter.reset();
    return undefined;
  }

  #endLong({ head, length }: { readonly head: Buffer; readonly length: number }): SourceItem {
    this.#long = undefined;
    this.#columns ??= "broken";
    return tooLong(this.lines, this.#longest, head, length);
  }

  /** The refusal of a row that is at fault as a whole. */
  #refused(row: Row, { fault }: RecordExtent, cutOff: boolean): SourceRefusal | undefined {
    const bytes = this.#window.bytes.subarray(row.start, row.end);
    if (bytes.length === 0) return undefined;
    if (bytes.length > this.#longest) {
      return tooLong(row.line, this.#longest, bytes, bytes.length);
    }
    if (!isUtf8(bytes)) {
      const message = "The row holds bytes that are no UTF-8 text.";
      return refusal(row.line, "invalid-utf-8", message, bytes);
    }
    if (cutOff) {
      const message = "The last row has no line end in a damaged file: it was cut off.";
      return refusal(row.line, "malformed", message, bytes);
    }
    return fault === undefined ? undefined : refusal(row.line, "malformed", FAULTS[fault], bytes);
  }

  /** The items of rows that follow each other without a gap but blank lines. */
  #decode(rows: readonly Row[], cut: boolean): SourceItem[] {
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return [];
    const together = this.#read(this.#window.bytes.subarray(first.start, last.next));
    const items: SourceItem[] = [];
    for (const [index, row] of rows.entries()) {
      const bytes = this.#window.bytes.subarray(row.start, row.end);
      const cells = together?.length === rows.length ? together[index] : onlyRow(this.#read(bytes));
      const item = this.#name(cells, row.line, bytes, cut && index === rows.length - 1);
      if (item !== undefined) items.push(item);
    }
    return items;
  }

  /** The item of one row; undefined for the header. */
  #name(
    cells: readonly string[] | undefined,
    line: number,
    bytes: Buffer,
    cut: boolean,
  ): SourceItem | undefined {
    if (cells === undefined) {
      this.#columns ??= "broken";
      return refusal(line, "malformed", FAULTS.quote, bytes);
    }
    if (this.#columns === undefined) {
      this.#columns = new Columns(columnNames(cells));
      return undefined;
    }
    if (this.#columns === "broken") {
      const message = "The header row cannot be read, so the cells have no names.";
      return refusal(line, "malformed", message, bytes);
    }
    const { size } = this.#columns;
    if (cells.length === size) return document(this.#columns.row(cells), line, bytes);
    const counts = `${cells.length} cells where the table has ${size} columns`;
    const message = cut
      ? `The last row has ${counts} and no line end: it was cut off.`
      : `The row has ${counts}.`;
    return refusal(line, "malformed", message, bytes);
  }
}

const LINE_FEED = 0x0a;
const MARK_BYTES = 3;

const FAULTS = {
  quote: "A quote stands inside a cell without being doubled, or behind the quote that closes it.",
  unclosed: "A cell begins with a quote, and no quote closes it.",
} as const;

/** Gives the cells of a row their names. */
class Columns {
  readonly size: number;
  readonly #names: readonly string[];
  /** Whether assigning by name would do something else than adding a member. */
  readonly #special: boolean;

  constructor(names: readonly string[]) {
    this.#names = names;
    this.size = names.length;
    this.#special = names.includes("__proto__");
  }

  row(cells: readonly string[]): Readonly<Record<string, string>> {
    if (this.#special) {
      return Object.fromEntries(this.#names.map((name, index) => [name, cells[index] ?? ""]));
    }
    const row: Record<string, string> = {};
    let index = 0;
    for (const name of this.#names) {
      row[name] = cells[index] ?? "";
      index += 1;
    }
    return row;
  }
}

function document(value: unknown, line: number, bytes: Buffer): SourceDocument {
  return { value, line, bytes, unsafeIntegers: 0 };
}

function onlyRow(rows: readonly (readonly string[])[] | undefined): readonly string[] | undefined {
  return rows?.length === 1 ? rows[0] : undefined;
}
