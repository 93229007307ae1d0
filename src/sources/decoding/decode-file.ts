// From a text file to its records: reads, unpacks, and hands the bytes to the kind's decoder.

import { readBytes, Tally } from "../input/read-bytes.ts";
import { isDamage } from "../input/damage.ts";
import type { LogFile, SourceItem, SourceOptions } from "../source.ts";
import { refusal } from "./refusal.ts";

/** Turns the bytes of one file into items, in batches that are never empty. */
export interface RecordDecoder {
  /** Lines that were begun; the last one is the current line. */
  readonly lines: number;
  /** Whether nothing more is wanted. */
  readonly done: boolean;
  /** The items that the next bytes complete. The chunk may be overwritten afterwards. */
  push(chunk: Buffer): Iterable<readonly SourceItem[]>;
  /**
   * What is left at the end.
   *
   * @param damaged whether the file goes on but cannot be read
   */
  end(damaged: boolean): Iterable<readonly SourceItem[]>;
}

/** How many items a batch holds at most. */
export const BATCH_ITEMS = 256;

/** The records of a text file. */
export async function* decodeFile(
  file: LogFile,
  options: SourceOptions,
  decoder: RecordDecoder,
): AsyncGenerator<readonly SourceItem[], void, undefined> {
  const tally = new Tally(options.onBytes, options.digest === true);
  let damage: string | undefined;
  for await (const piece of readBytes(file, options, tally)) {
    if (isDamage(piece)) {
      damage = piece.damage;
      continue;
    }
    yield* decoder.push(piece);
    if (decoder.done) break;
  }
  yield* decoder.end(damage !== undefined);
  if (damage !== undefined) {
    yield [refusal(Math.max(1, decoder.lines), "damaged-file", damage, Buffer.alloc(0))];
  }
  options.onEnd?.({ lines: decoder.lines, bytes: tally.bytes, ...tally.digest() });
}
