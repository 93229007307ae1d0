// Size and SHA-256 of a file as it is stored.

import type { LogFile } from "../source.ts";
import { ComplianceError } from "../../model/error.ts";
import { isDamage } from "./damage.ts";
import { Tally } from "./read-bytes.ts";
import { readStored } from "./read-stored.ts";

/** What identifies a file's content. */
export interface LogDigest {
  /** Size in bytes. */
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * Reads a file and digests it: the bytes that reading its records reads too. A stream cannot
 * be read twice; ask for `digest` among the options of its source instead.
 *
 * @throws ComplianceError `unreadable-source`, `source-changed`; `closed` for a stream; the
 *   signal's reason when it was aborted
 */
export async function digestLog(file: LogFile, signal?: AbortSignal): Promise<LogDigest> {
  if (file.stream !== undefined) {
    throw new ComplianceError("closed", `Expected a file to digest, got a stream: ${file.name}`, {
      hint: "Ask for the digest while the stream is read.",
    });
  }
  const tally = new Tally(undefined, true);
  for await (const piece of readStored(file, 0)) {
    signal?.throwIfAborted();
    if (isDamage(piece)) break;
    tally.add(piece);
  }
  return { bytes: tally.bytes, sha256: tally.digest().sha256 ?? "" };
}
