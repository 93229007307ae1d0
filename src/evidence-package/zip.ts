// The ZIP file (PKWARE APPNOTE 6.3.3) of spooled files, streamed. Compressed by fflate and not by
// the platform, whose bytes differ from one version and processor to another.

import { closeSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Zip, ZipDeflate } from "fflate";
import { ComplianceError } from "../model/error.ts";
import type { SpooledFile } from "./spool.ts";

/** Bytes that are read at a time. */
const CHUNK = 1 << 18;

/** What a ZIP file without extensions can hold: its offsets have 32 bits, its count 16. */
const MOST_BYTES = 2 ** 32 - 2 ** 20;
const MOST_FILES = 65_000;

/** How hard to compress, from 1 to 9. Evidence repeats itself, and more gains little. */
const LEVEL = 4;

/**
 * Writes the files in the order given. The same files give the same bytes everywhere.
 *
 * @throws ComplianceError `invalid-option` when it grows beyond 4 GiB; the signal's reason when it
 *   is aborted
 */
export async function writeZip(
  path: string,
  files: readonly SpooledFile[],
  signal?: AbortSignal,
): Promise<void> {
  if (files.length > MOST_FILES) throw tooLarge(`${files.length} files`);
  const handle = openSync(path, "wx", 0o666);
  try {
    let written = 0;
    const zip = new Zip((error, chunk) => {
      if (error !== null) throw error;
      written += chunk.length;
      if (written > MOST_BYTES) throw tooLarge("more than 4 GiB");
      for (let at = 0; at < chunk.length;) at += writeSync(handle, chunk, at);
    });
    for (const file of files) {
      const entry = new ZipDeflate(file.path, { level: LEVEL });
      // The least time that a ZIP file can name. It names local times, so this is a local one.
      entry.mtime = new Date(1980, 0, 1);
      zip.add(entry);
      for (const { chunk, isLast } of chunksOf(file)) {
        entry.push(chunk, isLast);
        // Others have their turn, signals among them.
        await nextTurn();
        signal?.throwIfAborted();
      }
    }
    zip.end();
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function* chunksOf({ file, bytes }: SpooledFile) {
  const handle = openSync(file, "r");
  try {
    let left = bytes;
    do {
      const chunk = new Uint8Array(Math.min(CHUNK, left));
      const read = readSync(handle, chunk);
      left = read === 0 ? 0 : left - read;
      yield { chunk: chunk.subarray(0, read), isLast: left === 0 };
    } while (left > 0);
  } finally {
    closeSync(handle);
  }
}

function tooLarge(what: string): ComplianceError {
  return new ComplianceError(
    "invalid-option",
    `an evidence package holds at most 4 GiB, and this one has ${what}`,
    { hint: "Report on a shorter period, and write one package for each." },
  );
}
