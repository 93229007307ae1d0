// The database as an input of the report: its files by size and SHA-256, and the rows read.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { LogInput } from "../../model/population.ts";
import { digestDatabase } from "../../sqlite/digest.ts";
import type { RowRange } from "./table.ts";

const CHUNK_BYTES = 1 << 20;

/**
 * The database file, and the write-ahead log beside it when that holds anything.
 *
 * @throws the signal's reason when it was aborted
 */
export async function inputsOf(
  path: string,
  range: RowRange | undefined,
  signal?: AbortSignal,
): Promise<LogInput[]> {
  const [database, wal] = await inputsUndigested(path, range);
  const { part, ...named } = database as LogInput;
  const digested: LogInput = {
    ...named,
    ...(await digestDatabase(path, signal)),
    ...(part === undefined ? {} : { part }),
  };
  if (wal === undefined) return [digested];
  const sha256 = await digest(await walOf(path), wal.bytes ?? 0, signal);
  return [digested, { ...wal, sha256 }];
}

/** The same by name and size only. */
export async function inputsUndigested(
  path: string,
  range: RowRange | undefined,
): Promise<LogInput[]> {
  const database: LogInput = {
    name: basename(path),
    kind: "sqlite",
    bytes: (await stat(path)).size,
    part:
      range === undefined
        ? { kind: "no-rows", table: "audit_log" }
        : { kind: "rows", table: "audit_log", first: range.first, last: range.last },
  };
  const wal = await walOf(path);
  const bytes = await stat(wal).then(
    ({ size }) => size,
    () => 0,
  );
  return bytes === 0 ? [database] : [database, { name: basename(wal), kind: "sqlite-wal", bytes }];
}

async function walOf(path: string): Promise<string> {
  return `${await realpath(path)}-wal`;
}

/** The log may grow while it is read; what was there at first is what counts. */
async function digest(
  path: string,
  bytes: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash("sha256");
  const stream = createReadStream(path, { end: bytes - 1, highWaterMark: CHUNK_BYTES });
  for await (const chunk of stream) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
  }
  return hash.digest("hex");
}
