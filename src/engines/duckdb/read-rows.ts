// Reads CSV and TSV: each row by the scanner, and those with unusual values the ordinary way.

import { isAscii, isUtf8 } from "node:buffer";
import type { PlannedInput } from "../../intake/plan.ts";
import { cellReader } from "../../sources/csv/cells.ts";
import { columnNames } from "../../sources/csv/column-names.ts";
import { RecordSplitter } from "../../sources/csv/record-splitter.ts";
import { ByteWindow } from "../../sources/decoding/byte-window.ts";
import { afterMark } from "../../sources/decoding/mark.ts";
import { isDamage } from "../../sources/input/damage.ts";
import { readBytes } from "../../sources/input/read-bytes.ts";
import type { Tally } from "../../sources/input/read-bytes.ts";
import { CsvRowScanner, ROW } from "./csv-row.ts";
import type { OwnColumns } from "./own-columns.ts";
import type { ScannedFold } from "./scanned-fold.ts";
import type { Uses } from "./scanned-row.ts";
import { StepBack } from "./step-back.ts";
import type { StrictRecords } from "./strict-records.ts";

/** Longer rows are left to the ordinary way, which knows when one is too long. */
const LONGEST_ROW = 1 << 22;
const MARK_BYTES = 3;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads the rows of a file.
 *
 * @param folding takes the entries that were scanned
 * @param records takes all others, and counts
 * @param settle awaited after each piece
 * @returns how many lines the file has
 * @throws StepBack when any row is not well-formed, or a column is no field; as sources say
 */
export async function readRows(
  { file }: PlannedInput,
  own: OwnColumns,
  uses: Uses,
  folding: ScannedFold,
  records: StrictRecords,
  tally: Tally,
  settle: () => Promise<void>,
): Promise<number> {
  const delimiter = file.format === "tsv" ? "\t" : ",";
  const read = cellReader(delimiter);
  const window = new ByteWindow(LONGEST_ROW);
  let began = false;
  let names: readonly string[] = [];
  let scanner: CsvRowScanner | undefined;
  let lines = 0;
  let rowStart = 0;
  let rowEnd = 0;
  const bytesOfRow = (): Uint8Array => window.bytes.subarray(rowStart, rowEnd);

  /** @returns whether the header is there */
  const takeHeader = (): boolean => {
    for (;;) {
      const extent = new RecordSplitter(delimiter.charCodeAt(0)).next(window, false);
      if (extent === undefined) return false;
      const row = window.bytes.subarray(window.start, window.start + extent.end);
      window.start += extent.next;
      lines += extent.lines;
      if (row.length === 0) continue;
      const [cells, ...others] = read(row) ?? [];
      if (extent.fault !== undefined || cells === undefined || others.length > 0 || !isUtf8(row)) {
        throw new StepBack("the header cannot be read");
      }
      names = columnNames(cells);
      const isTaken = own.othersPass || names.every((name) => own.fieldOf.has(name));
      if (names.length < 2 || !isTaken) {
        throw new StepBack("a column is no field of an entry");
      }
      scanner = new CsvRowScanner(names, own, uses, delimiter.charCodeAt(0));
      return true;
    }
  };

  /** A row with a value that is not as usual: as the mapping says. */
  const takeOdd = (): void => {
    const [cells = [], ...others] = read(Buffer.from(bytesOfRow())) ?? [];
    if (cells.length !== names.length || others.length > 0)
      throw new StepBack("a row is not as it seemed");
    const value = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]));
    records.take({ value, line: lines + 1, bytes: bytesOfRow(), unsafeIntegers: 0 });
  };

  const takeRows = (): void => {
    if (!began) {
      if (window.length < MARK_BYTES) return;
      window.start = afterMark(window.bytes, window.start, window.end);
      began = true;
    }
    if (scanner === undefined && !takeHeader()) return;
    // What stands behind the last line end is no whole row, nor even whole characters.
    const until = window.bytes.lastIndexOf(LINE_FEED, window.end - 1) + 1;
    if (until <= window.start) return;
    const text = window.bytes.subarray(window.start, until);
    const ascii = isAscii(text);
    if (!ascii && !isUtf8(text)) throw new StepBack("the file holds bytes that are no UTF-8 text");
    const table = scanner as CsvRowScanner;
    let taken = 0;
    for (;;) {
      const { bytes, start } = window;
      if (start >= until) break;
      const blank = bytes[start] === CARRIAGE_RETURN ? start + 1 : start;
      if (bytes[blank] === LINE_FEED) {
        lines += 1;
        window.start = blank + 1;
        continue;
      }
      const outcome = table.scan(bytes, start, until, ascii);
      if (outcome === ROW.incomplete) break;
      if (outcome === ROW.broken) throw new StepBack("a row is not well-formed");
      rowStart = start;
      rowEnd = table.end;
      if (outcome === ROW.odd) takeOdd();
      else {
        folding.take(table.row, lines + 1, bytesOfRow);
        taken += 1;
      }
      lines += table.lines;
      window.start = table.next;
    }
    records.acceptMany(taken, table.row.present);
  };

  for await (const piece of readBytes(file, {}, tally)) {
    if (isDamage(piece)) throw new StepBack(piece.damage);
    folding.beforeMoving();
    window.append(piece);
    takeRows();
    if (window.length > LONGEST_ROW) throw new StepBack("a row is very long");
    await settle();
  }
  if (window.length > 0) {
    folding.beforeMoving();
    window.append(Buffer.from("\n"));
    takeRows();
    if (window.length > 0) throw new StepBack("the last row was cut off");
  }
  return lines;
}
