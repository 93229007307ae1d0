// The digest of a database file, taken so that it costs nobody a row.

import { createHash } from "node:crypto";
import { close, open, read, realpathSync, statSync } from "node:fs";
import { promisify } from "node:util";
import { describeFailure } from "./failure.ts";

/**
 * Size and SHA-256 of a database file, without its write-ahead log.
 *
 * When a process closes a file, it loses every lock it holds on it, also those of SQLite
 * connections elsewhere in the process. While the write-ahead log is in use, another
 * process that ends may then take the log for its own, empty it and delete it, and with it
 * rows that were committed here. So the file of a log in use is never closed again, but
 * kept for the next time: one descriptor a file.
 *
 * @throws ComplianceError `unreadable-source` when the file cannot be read; the signal's reason when
 *   it was aborted
 */
export async function digestDatabase(path: string, signal?: AbortSignal): Promise<FileDigest> {
  try {
    const realPath = realpathSync(path);
    const { dev, ino } = statSync(realPath);
    const key = `${dev}:${ino}`;
    const descriptor = kept.get(key) ?? (await promisify(open)(realPath, "r"));
    try {
      return await digest(descriptor, signal);
    } finally {
      if (hasLiveLog(realPath)) kept.set(key, descriptor);
      else if (kept.get(key) !== descriptor) await promisify(close)(descriptor);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw describeFailure(error, path);
  }
}

/** What identifies a file's content. */
export interface FileDigest {
  /** Size in bytes. */
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

const CHUNK_BYTES = 1 << 18;

const kept = new Map<string, number>();

/** Not by a stream: one that is left early closes the file, whatever it was told. */
async function digest(descriptor: number, signal: AbortSignal | undefined): Promise<FileDigest> {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let bytes = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await promisify(read)(descriptor, chunk, 0, CHUNK_BYTES, bytes);
    if (bytesRead === 0) return { bytes, sha256: hash.digest("hex") };
    hash.update(chunk.subarray(0, bytesRead));
    bytes += bytesRead;
  }
}

function hasLiveLog(realPath: string): boolean {
  return ["-wal", "-shm"].every(
    (ending) => statSync(`${realPath}${ending}`, { throwIfNoEntry: false }) !== undefined,
  );
}
