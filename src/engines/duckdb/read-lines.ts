// Reads JSON Lines: each line by the scanner, and those that it leaves alone strictly.

import { isAscii, isUtf8 } from "node:buffer";
import type { PlannedInput } from "../../intake/plan.ts";
import { ByteWindow } from "../../sources/decoding/byte-window.ts";
import { afterMark } from "../../sources/decoding/mark.ts";
import { isDamage } from "../../sources/input/damage.ts";
import { readBytes } from "../../sources/input/read-bytes.ts";
import type { Tally } from "../../sources/input/read-bytes.ts";
import { decodeRecord } from "../../sources/strict-json/decode.ts";
import type { KnownText } from "../../sources/strict-json/decode.ts";
import type { JsonLineScanner } from "./json-line.ts";
import type { ScannedFold } from "./scanned-fold.ts";
import { StepBack } from "./step-back.ts";
import type { StrictRecords } from "./strict-records.ts";

/** Longer records are left to the ordinary way, which knows when one is too long. */
const LONGEST_LINE = 1 << 22;
/** What is longer is looked through by the strict decoder before it is parsed. */
const LONGEST_SCANNED = 1 << 16;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads the lines of a file, or those that start in a part of it.
 *
 * @param folding takes the entries that were scanned
 * @param records takes all others, and counts
 * @param settle awaited after each piece
 * @returns how many lines start there, blank ones included
 * @throws StepBack when the file is damaged or holds a very long line; as sources say
 */
export async function readLines(
  { file, range }: PlannedInput,
  scanner: JsonLineScanner,
  folding: ScannedFold,
  records: StrictRecords,
  tally: Tally,
  settle: () => Promise<void>,
): Promise<number> {
  const window = new ByteWindow(LONGEST_LINE);
  const { start, end: until } = range ?? { start: 0, end: Number.POSITIVE_INFINITY };
  let offset = Math.max(0, start - 1);
  let before = start > 0;
  let lines = 0;
  let lineStart = 0;
  let lineEnd = 0;
  const bytesOfLine = (): Uint8Array => window.bytes.subarray(lineStart, lineEnd);

  const strictly = (from: number, to: number, known: KnownText, isLast: boolean): void => {
    const first = start === 0 && lines === 1 ? afterMark(window.bytes, from, to) : from;
    const end = to > first && window.bytes[to - 1] === CARRIAGE_RETURN ? to - 1 : to;
    if (isBlank(window.bytes, first, end)) return;
    const item = decodeRecord(window, first, end, lines, known);

    if (isLast && item.reason !== undefined) throw new StepBack("the last line was cut off");
    records.take(item);
  };

  /** Takes the lines up to a line feed. @returns whether more are wanted */
  const take = (last: number): boolean => {
    const known = knownText(window.bytes.subarray(window.start, last));
    const { bytes } = window;
    const { row } = scanner;
    let taken = 0;
    let present = 0;
    while (window.start <= last && offset < until) {
      const from = window.start;
      lines += 1;
      let end = known === "unknown" ? -1 : scanner.scan(bytes, from, known === "ascii");
      if (end >= 0 && end - from <= LONGEST_SCANNED) {
        lineStart = from;
        lineEnd = bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
        folding.take(row, lines, bytesOfLine);
        taken += 1;
        present |= row.present;
      } else {
        end = bytes.indexOf(LINE_FEED, from);
        strictly(from, end, known, false);
      }
      window.start = end + 1;
      offset += end + 1 - from;
    }
    records.acceptMany(taken, present);
    return window.start > last;
  };

  for await (const piece of readBytes({ ...file }, range === undefined ? {} : { range }, tally)) {
    if (isDamage(piece)) throw new StepBack(piece.damage);
    let rest = piece;
    if (before) {
      const end = piece.indexOf(LINE_FEED);
      before = end < 0;
      const skipped = end < 0 ? piece.length : end + 1;
      offset += skipped;
      if (offset >= until) return lines;
      rest = piece.subarray(skipped);
    }
    folding.beforeMoving();
    window.append(rest);
    const last = rest.lastIndexOf(LINE_FEED);
    if (last >= 0 && !take(window.end - rest.length + last)) return lines;
    if (window.length > LONGEST_LINE) throw new StepBack("a line is very long");
    await settle();
  }
  if (window.length > 0 && offset < until) {
    lines += 1;
    strictly(window.start, window.end, "unknown", true);
  }
  return lines;
}

function knownText(bytes: Buffer): KnownText {
  if (isAscii(bytes)) return "ascii";
  return isUtf8(bytes) ? "utf-8" : "unknown";
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== CARRIAGE_RETURN) return false;
  }
  return true;
}
