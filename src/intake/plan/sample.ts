// The first documents of an input, for recognition.

import { openSource } from "../../sources/input/open-source.ts";
import type { LogFile, SourceOptions } from "../../sources/source.ts";
import { SAMPLED_DOCUMENTS } from "../recognise.ts";

/** After so many bytes of records a sample is large enough; what a stream keeps is more. */
const MOST_BYTES = 4 * 1024 * 1024;

/** After so many refused records, what follows is not looked at. */
const MOST_REFUSED = 1000;

/** What an input begins with. */
export interface Sample {
  readonly documents: readonly unknown[];
  /** Records among them that could not be decoded. */
  readonly refused: number;
}

/** Reads the first documents of an input; a stream can be read from the start afterwards. */
export async function readSample(file: LogFile, options: SourceOptions): Promise<Sample> {
  const documents: unknown[] = [];
  let refused = 0;
  let bytes = 0;
  for await (const batch of openSource(file, options)) {
    for (const item of batch) {
      if (item.reason === undefined) documents.push(item.value);
      else refused += 1;
      bytes += item.bytes.length;
      if (documents.length >= SAMPLED_DOCUMENTS) return { documents, refused };
    }
    if (bytes >= MOST_BYTES || refused >= MOST_REFUSED) break;
  }
  return { documents, refused };
}
