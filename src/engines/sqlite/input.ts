// The database as an input of the report: its files by size and SHA-256.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { LogInput } from "../../model/population.ts";

const CHUNK = 1 << 20;

/** The database file, and the write-ahead log beside it when that holds anything. */
export async function inputsOf(path: string): Promise<LogInput[]> {
  const inputs = [await inputOf(path, "sqlite")];
  const wal = `${path}-wal`;
  const size = await stat(wal).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 0) inputs.push(await inputOf(wal, "sqlite-wal"));
  return inputs;
}

async function inputOf(path: string, kind: string): Promise<LogInput> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    const buffer = chunk as Buffer;
    hash.update(buffer);
    bytes += buffer.length;
  }
  return { name: basename(path), kind, bytes, sha256: hash.digest("hex") };
}
