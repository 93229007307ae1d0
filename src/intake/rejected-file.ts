// The side file of records that became no entry: JSON Lines, each with its place, the reason
// and its bytes.

import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import type { RejectedRecord } from "../model/intake.ts";
import { ComplianceError } from "../model/error.ts";

/** How many bytes of one record are kept. */
const MOST_BYTES_KEPT = 64 * 1024;

/** How much text waits before it is written. */
const CHUNK = 256 * 1024;

/** Writes refused records to a file. */
export interface RejectedFile {
  /** Keeps one record; it is in the file at the latest after `close`. */
  add(record: RejectedRecord): void;
  /** Writes what waits, when it is much. Awaited between batches, it keeps memory constant. */
  settle(): Promise<void>;
  /** Writes the rest. Yields how many records were added. */
  close(): Promise<number>;
}

export interface RejectedFileOptions {
  /** Go on behind what the file holds already, instead of writing it anew. */
  readonly append?: boolean;
}

/**
 * A side file. Nothing is created before the first record is added; what stood under the
 * name is replaced then. Only its owner may read it: it holds raw log text.
 */
export function rejectedFile(
  path: string,
  { append = false }: RejectedFileOptions = {},
): RejectedFile {
  let handle: FileHandle | undefined;
  let waiting: string[] = [];
  let waitingLength = 0;
  let added = 0;

  const write = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const text = waiting.join("");
    waiting = [];
    waitingLength = 0;
    try {
      handle ??= await open(path, append ? "a" : "w", 0o600);
      await handle.appendFile(text);
    } catch (cause) {
      throw new ComplianceError(
        "invalid-option",
        `expected to write rejected records to ${path}, but it cannot be written`,
        { cause, hint: "Name a file in a folder that exists and that you may write to." },
      );
    }
  };

  return {
    add(record) {
      const line = rejectedLine(record);
      waiting.push(line);
      waitingLength += line.length;
      added += 1;
    },
    async settle() {
      if (waitingLength >= CHUNK) await write();
    },
    async close() {
      await write();
      await handle?.close();
      handle = undefined;
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
