// A ledger's folder, held against its manifest before anything in it is believed: every file
// is where it should be, a plain file, and has the digest that the manifest names.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { DUPLICATES, MANIFEST, REJECTED } from "../../ledger/layout.ts";
import { readManifest } from "../../ledger/manifest.ts";
import type { LedgerManifest } from "../../ledger/manifest.ts";
import { ComplianceError } from "../../model/error.ts";

/** A ledger whose files are what its manifest says. */
export interface CheckedLedger {
  /** Without symbolic links. */
  readonly folder: string;
  readonly manifest: LedgerManifest;
  /** SHA-256 of the manifest itself, lower-case hex. */
  readonly sha256: string;
}

/**
 * Checks a ledger. Reads every byte of it once.
 *
 * @throws ComplianceError `unreadable-source` when it or a file of it is missing or not what
 *   the manifest says, `unsupported-source` when it is no ledger
 */
export async function checkLedger(folder: string): Promise<CheckedLedger> {
  const path = join(folder, MANIFEST);
  let real: string;
  let bytes: Buffer;
  try {
    real = await realpath(folder);
    bytes = await readFile(join(real, MANIFEST));
  } catch (cause) {
    throw new ComplianceError(
      "unreadable-source",
      "expected a ledger with a manifest, but it cannot be read",
      {
        cause,
        location: { file: path },
        hint: "An import that was stopped has none yet: run the same import again.",
      },
    );
  }
  const manifest = readManifest(bytes.toString("utf8"), path);
  for (const { path: part, ...expected } of manifest.parts) {
    await checkFile(real, part, expected);
  }
  await checkFile(real, REJECTED, manifest.rejected, manifest.rejected.records);
  await checkFile(real, DUPLICATES, manifest.duplicates, manifest.duplicates.records);
  return { folder: real, manifest, sha256: createHash("sha256").update(bytes).digest("hex") };
}

const LINE_FEED = 10;

async function checkFile(
  folder: string,
  path: string,
  expected: { readonly bytes: number; readonly sha256: string },
  lines?: number,
): Promise<void> {
  const file = join(folder, ...path.split("/"));
  const refuse = (what: string, cause?: unknown): ComplianceError =>
    new ComplianceError(
      "unreadable-source",
      `expected a file as the manifest describes it, but ${what}`,
      {
        cause,
        location: { file },
        hint: "Import the logs again into a new folder.",
      },
    );
  const sha256 = createHash("sha256");
  let bytes = 0;
  let ends = 0;
  try {
    // A link could lead anywhere, also one on the way.
    if (!(await lstat(file)).isFile() || (await realpath(file)) !== file) {
      throw refuse("it is no plain file inside the ledger's folder");
    }
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      const buffer = chunk as Buffer;
      sha256.update(buffer);
      bytes += buffer.length;
      if (lines !== undefined) ends += count(buffer, LINE_FEED);
    }
  } catch (error) {
    if (error instanceof ComplianceError) throw error;
    throw refuse("it is missing or cannot be read", error);
  }
  if (bytes !== expected.bytes) throw refuse(`it has ${bytes} bytes instead of ${expected.bytes}`);
  if (sha256.digest("hex") !== expected.sha256)
    throw refuse("it was changed: its digest is another");
  if (lines !== undefined && ends !== lines)
    throw refuse(`it has ${ends} lines instead of ${lines}`);
}

function count(buffer: Buffer, byte: number): number {
  let found = 0;
  for (let at = buffer.indexOf(byte); at !== -1; at = buffer.indexOf(byte, at + 1)) found += 1;
  return found;
}
