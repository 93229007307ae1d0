// A file of JSON Lines beside the parts that grows with the import and can be cut back to
// where a checkpoint stands.

import { open, truncate } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { ComplianceError } from "../model/error.ts";

/** Where a side file ends. */
export interface SideFileEnd {
  /** Lines. */
  readonly records: number;
  readonly bytes: number;
}

/** Much enough to be worth a write. */
const CHUNK = 256 * 1024;

/** Appends lines. Only its owner may read the file: it holds raw log text. */
export class SideFile {
  readonly #handle: FileHandle;
  #waiting: string[] = [];
  #waitingLength = 0;
  #records: number;
  #bytes: number;

  private constructor(handle: FileHandle, { records, bytes }: SideFileEnd) {
    this.#handle = handle;
    this.#records = records;
    this.#bytes = bytes;
  }

  /**
   * Opens the file at an earlier end; what stands behind it is cut off.
   *
   * @throws ComplianceError `unreadable-source` when the file is shorter than that
   */
  static async open(path: string, end: SideFileEnd): Promise<SideFile> {
    const handle = await open(path, "a", 0o600);
    const { size } = await handle.stat();
    if (size < end.bytes) {
      await handle.close();
      throw new ComplianceError(
        "unreadable-source",
        `expected ${end.bytes} bytes that an earlier import wrote, but there are ${size}`,
        { location: { file: path }, hint: "Remove the folder and import again." },
      );
    }
    await truncate(path, end.bytes);
    return new SideFile(handle, end);
  }

  /** Where the file ends when everything that was added is written. */
  get end(): SideFileEnd {
    return { records: this.#records, bytes: this.#bytes };
  }

  /** Adds a line, with its line feed. */
  add(line: string): void {
    this.#waiting.push(line);
    this.#waitingLength += line.length;
    this.#records += 1;
    this.#bytes += Buffer.byteLength(line);
  }

  /** Whether it is time to write. */
  get isMuch(): boolean {
    return this.#waitingLength >= CHUNK;
  }

  /** Writes what waits. */
  async write(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const text = this.#waiting.join("");
    this.#waiting = [];
    this.#waitingLength = 0;
    await this.#handle.appendFile(text);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
