// The bytes of a file or stream as they are stored.

import { open, type FileHandle } from "node:fs/promises";
import { ComplianceError } from "../../model/error.ts";
import type { ByteStream, LogFile } from "../source.ts";
import type { Damage } from "./damage.ts";

/**
 * The stored bytes from a position on, in chunks that are valid until the next one is asked
 * for: of a file as many as it had when it was found, of a stream all.
 *
 * @throws ComplianceError `unreadable-source`, `source-changed`, `closed`
 */
export async function* readStored(
  file: LogFile,
  from: number,
): AsyncGenerator<Buffer | Damage, void, undefined> {
  if (file.stream !== undefined) {
    yield* readStream(file.stream);
    return;
  }
  const handle = await openFile(file);
  const reader = new AheadReader(handle, from, file.bytes ?? Infinity);
  try {
    for (let size = 0; ;) {
      let chunk: Buffer;
      try {
        chunk = await reader.next();
      } catch (error) {
        yield unfinished(error);
        return;
      }
      size += chunk.length;
      if (chunk.length > 0) {
        yield chunk;
      } else if (file.bytes !== undefined && from + size < file.bytes) {
        throw shortened(file, from + size);
      } else {
        return;
      }
    }
  } finally {
    await reader.settle();
    await handle.close();
  }
}

async function* readStream(stream: ByteStream): AsyncGenerator<Buffer | Damage, void, undefined> {
  try {
    yield* stream.open();
  } catch (error) {
    if (error instanceof ComplianceError) throw error;
    yield unfinished(error);
  }
}

function unfinished(error: unknown): Damage {
  return { damage: `The file cannot be read further: ${describe(error)}.` };
}

/** The error for a file that is not there or that may not be read. */
export function unreadable(path: string, error: unknown): ComplianceError {
  return new ComplianceError(
    "unreadable-source",
    `Expected a log that can be read at ${JSON.stringify(path)}: ${describe(error)}`,
    { cause: error, hint: "Check the path and the permission to read it." },
  );
}

const CHUNK_BYTES = 1 << 20;

/** Reads the next chunk while the last one is used, into two pieces of memory by turns. */
class AheadReader {
  readonly #handle: FileHandle;
  readonly #end: number;
  readonly #buffers = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)] as const;
  #position: number;
  #turn: 0 | 1 = 0;
  #pending: Promise<Buffer>;

  constructor(handle: FileHandle, from: number, end: number) {
    this.#handle = handle;
    this.#position = from;
    this.#end = end;
    this.#pending = this.#readAhead();
  }

  /** The next bytes; none at the end. */
  async next(): Promise<Buffer> {
    const chunk = await this.#pending;
    this.#position += chunk.length;
    if (chunk.length > 0) {
      this.#turn = this.#turn === 0 ? 1 : 0;
      this.#pending = this.#readAhead();
    }
    return chunk;
  }

  /** Waits until the handle may be closed. */
  async settle(): Promise<void> {
    await this.#pending.catch(() => undefined);
  }

  /** A failure is told when the chunk is asked for, not before. */
  #readAhead(): Promise<Buffer> {
    const chunk = this.#read();
    chunk.catch(() => undefined);
    return chunk;
  }

  async #read(): Promise<Buffer> {
    const buffer = this.#buffers[this.#turn];
    const size = Math.min(CHUNK_BYTES, this.#end - this.#position);
    if (size <= 0) return buffer.subarray(0, 0);
    const { bytesRead } = await this.#handle.read(buffer, 0, size, this.#position);
    return buffer.subarray(0, bytesRead);
  }
}

async function openFile(file: LogFile): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file.path, "r");
    if (!(await handle.stat()).isDirectory()) return handle;
  } catch (error) {
    await handle?.close();
    throw unreadable(file.path, error);
  }
  await handle.close();
  throw unreadable(file.path, new Error("it is a folder"));
}

function shortened(file: LogFile, bytes: number): ComplianceError {
  return new ComplianceError(
    "source-changed",
    `Expected ${file.bytes ?? 0} bytes in ${JSON.stringify(file.path)}, got ${bytes}: it was cut while it was read`,
    { hint: "Read the log again, or a copy of it." },
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EACCES: "there is no permission to read it",
  EPERM: "there is no permission to read it",
  EISDIR: "it is a folder",
  EMFILE: "too many files are open",
  ELOOP: "its links go round in a circle",
  ENAMETOOLONG: "its name is too long",
};

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return REASONS[code] ?? (code === "" ? error.message : code);
}
