// The digest of a database file, taken so that it costs nobody a row.

import { createHash } from "node:crypto";
import { close, createReadStream, open, realpathSync, statSync } from "node:fs";
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
 * @throws ComplianceError `unreadable-source` when the file cannot be read
 */
export async function digestDatabase(path: string): Promise<FileDigest> {
  try {
    const realPath = realpathSync(path);
    const { dev, ino } = statSync(realPath);
    const key = `${dev}:${ino}`;
    const descriptor = kept.get(key) ?? (await promisify(open)(realPath, "r"));
    try {
      return await digest(descriptor);
    } finally {
      if (hasLiveLog(realPath)) kept.set(key, descriptor);
      else if (kept.get(key) !== descriptor) await promisify(close)(descriptor);
    }
  } catch (error) {
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

const CHUNK_BYTES = 1 << 17;

const kept = new Map<string, number>();

async function digest(descriptor: number): Promise<FileDigest> {
  const hash = createHash("sha256");
  let bytes = 0;
  const stream = createReadStream("", {
    fd: descriptor,
    autoClose: false,
    start: 0,
    highWaterMark: CHUNK_BYTES,
  });
  for await (const chunk of stream) {
    const buffer = chunk as Buffer;
    hash.update(buffer);
    bytes += buffer.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

function hasLiveLog(realPath: string): boolean {
  return ["-wal", "-shm"].every(
    (ending) => statSync(`${realPath}${ending}`, { throwIfNoEntry: false }) !== undefined,
  );
}
