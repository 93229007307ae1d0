// Looks at a database file before SQLite does, to tell how it can be opened without
// leaving a trace (https://www.sqlite.org/fileformat.html, https://www.sqlite.org/wal.html).

import { closeSync, openSync, readSync, realpathSync, statSync, type BigIntStats } from "node:fs";
import { ComplianceError } from "../model/error.ts";
import { describeFailure, notADatabase } from "./failure.ts";

/**
 * Looks at a file and its companions. The file is opened and closed here only when it has
 * no live write-ahead log: closing a file drops every lock that this process holds on it,
 * those of its SQLite connections included.
 *
 * @throws ComplianceError `unreadable-source` when the file is missing, forbidden or cut
 *   short; `unsupported-source` when it is no regular file, empty, or no SQLite database
 */
export function inspectDatabase(path: string): DatabaseFile {
  try {
    const realPath = realpathSync(path);
    const stats = statSync(realPath, { bigint: true });
    requireRegularFile(path, stats);
    const walBytes = sizeOf(`${realPath}-wal`);
    const hasSharedMemory = sizeOf(`${realPath}-shm`) !== undefined;
    const base = { path, realPath, identity: identify(stats) };
    if (walBytes !== undefined && hasSharedMemory) return { ...base, journal: "live-wal" };
    const header = readHeader(realPath);
    const usesWal = checkHeader(path, header, stats);
    if (walBytes !== undefined && walBytes > 0n) return { ...base, journal: "loose-wal" };
    if (sizeOf(`${realPath}-journal`) === undefined) requireWhole(path, header, stats);
    // Even an empty log makes SQLite use it, whatever the header says.
    const rollback = !usesWal && walBytes === undefined;
    return { ...base, journal: rollback ? "rollback" : "no-wal" };
  } catch (error) {
    throw describeFailure(error, path);
  }
}

/**
 * - `rollback`: no write-ahead log; SQLite's locks keep readers and writers apart
 * - `live-wal`: a write-ahead log in use by some process, or left by one that crashed
 * - `no-wal`: write-ahead mode, but no log: nobody uses the file
 * - `loose-wal`: a write-ahead log without its index, as after copying the files
 */
export type Journal = "rollback" | "live-wal" | "no-wal" | "loose-wal";

/** What tells a changed file from an unchanged one. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly bytes: bigint;
  readonly modifiedNs: bigint;
}

/** A database file as it was found. */
export interface DatabaseFile {
  /** As given, for messages. */
  readonly path: string;
  /** Absolute, symbolic links resolved: the companions lie beside it. */
  readonly realPath: string;
  readonly identity: FileIdentity;
  readonly journal: Journal;
}

/** The present identity of a file, or undefined when it is gone. */
export function identityOf(realPath: string): FileIdentity | undefined {
  const stats = statSync(realPath, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? undefined : identify(stats);
}

const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\0";
const WAL_VERSION = 2;

function identify(stats: BigIntStats): FileIdentity {
  return {
    device: stats.dev,
    inode: stats.ino,
    bytes: stats.size,
    modifiedNs: stats.mtimeNs,
  };
}

function sizeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.size;
}

function requireRegularFile(path: string, stats: BigIntStats): void {
  if (stats.isFile()) return;
  const kind = stats.isDirectory() ? "a folder" : "a device, pipe or socket";
  throw new ComplianceError("unsupported-source", `Expected a database file, got ${kind}`, {
    location: { file: path },
  });
}

function readHeader(realPath: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(realPath, "r");
  try {
    return header.subarray(0, readSync(descriptor, header, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** Whether the file is in write-ahead mode. */
function checkHeader(path: string, header: Buffer, stats: BigIntStats): boolean {
  const location = { file: path };
  if (stats.size === 0n) {
    throw new ComplianceError("unsupported-source", "Expected an SQLite database, got 0 bytes", {
      location,
    });
  }
  if (header.toString("latin1", 0, MAGIC.length) !== MAGIC) {
    const { code, message, hint } = notADatabase();
    throw new ComplianceError(
      code,
      message,
      hint === undefined ? { location } : { location, hint },
    );
  }
  if (header.length < HEADER_BYTES) throw cutShort(path, `only ${header.length} bytes are there`);
  const [writeVersion, readVersion] = [header.readUInt8(18), header.readUInt8(19)];
  if (readVersion > WAL_VERSION) {
    throw new ComplianceError(
      "unsupported-source",
      `Expected an SQLite file of read version 1 or 2, got ${readVersion}`,
      { location },
    );
  }
  return writeVersion === WAL_VERSION || readVersion === WAL_VERSION;
}

/** The header states how many pages there are, unless an old version of SQLite wrote last. */
function requireWhole(path: string, header: Buffer, stats: BigIntStats): void {
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const pages = header.readUInt32BE(28);
  const stated = header.readUInt32BE(24) === header.readUInt32BE(92);
  const expected = BigInt(pages) * BigInt(pageBytes);
  if (!stated || pages === 0 || stats.size >= expected) return;
  throw cutShort(path, `it states ${expected} bytes and ${stats.size} are there`);
}

function cutShort(path: string, detail: string): ComplianceError {
  return new ComplianceError("unreadable-source", `The database is cut short: ${detail}`, {
    hint: "Copy it again, completely, while no process writes to it.",
    location: { file: path },
  });
}
