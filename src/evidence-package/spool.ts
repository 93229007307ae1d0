// Files on their way into the package: written to a folder beside it, with their digests, so that
// memory does not grow with the evidence. The folder is gone when the package stands.

import { createHash, randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file that lies in the spool. */
export interface SpooledFile {
  /** Its path in the package. */
  readonly path: string;
  /** Where it lies meanwhile. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256, lower-case hex. */
  readonly sha256: string;
}

/** A file that grows. */
export interface SpoolWriter {
  add(text: string): void;
  /** Bytes so far, but for what is still to be written. */
  bytes(): number;
  /** Ends the file; it is part of the package from now on. */
  close(): void;
}

/** Where the package's files wait. */
export interface Spool {
  /** Folder beside the package; the caller may write there too. */
  readonly folder: string;
  /** Begins a file. */
  open(path: string): SpoolWriter;
  /** A whole file. */
  write(path: string, content: string | Uint8Array): void;
  /** Those that are whole, sorted by path in the order of code units. */
  files(): readonly SpooledFile[];
  /** Removes everything. */
  remove(): void;
}

/** Characters that are gathered before they are written. */
const GATHERED = 1 << 16;

/**
 * Makes the folder.
 *
 * @param out the package's place
 * @throws the system's error when nothing can be written there
 */
export function openSpool(out: string): Spool {
  const parent = dirname(out);
  mkdirSync(parent, { recursive: true });
  // The name of the folder never reaches the package.
  const folder = join(parent, `.${basename(out)}.${randomBytes(6).toString("hex")}.tmp`);
  mkdirSync(folder, { mode: 0o700 });
  const files: SpooledFile[] = [];
  const open = new Set<number>();
  let begun = 0;
  const begin = (path: string) => {
    begun += 1;
    const file = join(folder, String(begun));
    const handle = openSync(file, "wx", 0o600);
    open.add(handle);
    const hash = createHash("sha256");
    let bytes = 0;
    return {
      add(chunk: Uint8Array): void {
        hash.update(chunk);
        for (let at = 0; at < chunk.length;) at += writeSync(handle, chunk, at);
        bytes += chunk.length;
      },
      bytes: () => bytes,
      close(): void {
        closeSync(handle);
        open.delete(handle);
        files.push({ path, file, bytes, sha256: hash.digest("hex") });
      },
    };
  };
  return {
    folder,
    open(path) {
      const writer = begin(path);
      let gathered: string[] = [];
      let length = 0;
      const flush = (): void => {
        if (length > 0) writer.add(Buffer.from(gathered.join("")));
        gathered = [];
        length = 0;
      };
      return {
        add(text) {
          gathered.push(text);
          length += text.length;
          if (length >= GATHERED) flush();
        },
        bytes: () => writer.bytes() + length,
        close() {
          flush();
          writer.close();
        },
      };
    },
    write(path, content) {
      const writer = begin(path);
      writer.add(typeof content === "string" ? Buffer.from(content) : content);
      writer.close();
    },
    files: () => files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    remove() {
      for (const handle of open) closeSync(handle);
      open.clear();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
