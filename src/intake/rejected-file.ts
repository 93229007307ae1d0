// The side file of records that became no entry: JSON Lines, each with its place, the reason
// and its bytes.

import { closeSync, openSync, writeSync } from "node:fs";
import type { RejectedRecord } from "../model/intake.ts";
import { ComplianceError } from "../model/error.ts";

/** How many bytes of one record are kept. */
const MOST_BYTES_KEPT = 64 * 1024;

/** How much text waits before it is written. */
const CHUNK = 256 * 1024;

/** Writes refused records to a file. */
export interface RejectedFile {
  /**
   * Keeps one record; it is in the file at the latest after `close`. Memory stays constant: what
   * waits is written, there and then, when it is much.
   *
   * @throws ComplianceError `invalid-option` when the file cannot be written
   */
  add(record: RejectedRecord): void;
  /** Writes the rest. Yields how many records were added. Throws as `add` does. */
  close(): number;
}

/**
 * A side file. Nothing is created before the first record is added; what stood under the
 * name is replaced then. Only its owner may read it: it holds raw log text.
 *
 * @param called what an error calls the file, where it is not its path
 */
export function rejectedFile(path: string, called: string = path): RejectedFile {
  let file: number | undefined;
  let waiting: string[] = [];
  let waitingLength = 0;
  let added = 0;

  const write = (): void => {
    if (waiting.length === 0) return;
    const text = waiting.join("");
    waiting = [];
    waitingLength = 0;
    try {
      file ??= openSync(path, "w", 0o600);
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length;) {
        written += writeSync(file, bytes, written);
      }
    } catch (cause) {
      throw new ComplianceError(
        "invalid-option",
        `expected to write rejected records to ${called}, but it cannot be written`,
        {
          cause,
          hint: "Name a file in a folder that exists, that you may write to, and that has room.",
        },
      );
    }
  };

  return {
    add(record) {
      const line = rejectedLine(record);
      waiting.push(line);
      waitingLength += line.length;
      added += 1;
      if (waitingLength >= CHUNK) write();
    },
    close() {
      write();
      if (file !== undefined) closeSync(file);
      file = undefined;
      return added;
    },
  };
}

/**
 * One record as a line of the side file: `file`, `line`, `reason`, `message`, `length`, and
 * its bytes, at most the first 64 KiB: `text` when they are UTF-8, else `bytes_base64`.
 */
export function rejectedLine({
  file,
  line,
  reason,
  message,
  bytes,
  length,
}: RejectedRecord): string {
  const kept = bytes.subarray(0, MOST_BYTES_KEPT);
  const text = textOf(kept, kept.length < length);
  const content =
    text === undefined ? { bytes_base64: Buffer.from(kept).toString("base64") } : { text };
  return `${JSON.stringify({ file, line, reason, message, length, ...content })}\n`;
}

/** The bytes as text; where they were cut, without the character that the cut went through. */
function textOf(bytes: Uint8Array, cut: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: cut,
    });
  } catch {
    return undefined;
  }
}
