// Looks into the beginning of a file to tell what it is.

import type { LogFile, LogFormat, LogPacking } from "../source.ts";
import { isDamage, type Damage } from "./damage.ts";
import { formatOf, LOOKED_AT_BYTES, packingOf } from "./format.ts";
import { readBytes, Tally } from "./read-bytes.ts";

/** What a file was found to be. */
export interface LogKind {
  readonly format: LogFormat;
  readonly packing: LogPacking;
}

/**
 * What a file is, or why it cannot be told.
 *
 * @param given the kind, when the user says it; then only the packing is looked for
 */
export async function lookInto(
  file: Omit<LogFile, "format" | "packing">,
  given: LogFormat | undefined,
): Promise<LogKind | string> {
  const stored = await beginning(file, "none");
  const packing = packingOf(stored.head);
  if (given !== undefined) return { format: given, packing };
  const { head, whole } = packing === "none" ? stored : await beginning(file, packing);
  const format = formatOf(file.name, head, whole);
  if (format === undefined) return "the content is none of these";
  if (packing !== "none" && (format === "parquet" || format === "sqlite")) {
    return `a packed ${format} file must be unpacked before it is read`;
  }
  return { format, packing };
}

async function beginning(
  file: Omit<LogFile, "format" | "packing">,
  packing: LogPacking,
): Promise<{ readonly head: Buffer; readonly whole: boolean }> {
  const pieces: Buffer[] = [];
  let size = 0;
  let end: Damage | "more" | "end" = "end";
  for await (const piece of readBytes({ ...file, format: "jsonl", packing }, {}, new Tally())) {
    if (isDamage(piece)) {
      end = piece;
      break;
    }
    pieces.push(Buffer.from(piece.subarray(0, LOOKED_AT_BYTES)));
    size += piece.length;
    if (size > LOOKED_AT_BYTES) {
      end = "more";
      break;
    }
  }
  return { head: Buffer.concat(pieces).subarray(0, LOOKED_AT_BYTES), whole: end === "end" };
}
