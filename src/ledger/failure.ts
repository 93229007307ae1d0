// What keeps a ledger from being written, in our words: the folder, what is wrong, what to do.

import { describeDuckDbFailure, isDiskFull } from "../duckdb/failure.ts";
import { ComplianceError } from "../model/error.ts";

/**
 * The error to throw instead of `error`: `invalid-option`, which names the ledger's folder, when
 * the file system refused, otherwise `error` itself.
 *
 * @param error of anything that happens during an import; what reads logs throws ComplianceError
 */
export function describeUnwritten(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof ComplianceError) return error;
  return "syscall" in error ? unwritten(error, folder, error.message) : error;
}

/** The same for an error of DuckDB while it writes a part of a ledger. */
export function describeUnwrittenPart(error: unknown, folder: string, part: string): unknown {
  if (!(error instanceof Error) || !isDiskFull(error)) return describeDuckDbFailure(error, part);
  return unwritten(error, folder, "there is no space left for its parts");
}

function unwritten(cause: Error, folder: string, reason: string): ComplianceError {
  return new ComplianceError("invalid-option", `the ledger cannot be written: ${reason}`, {
    cause,
    location: { file: folder },
    hint: "Check the folder, its permissions and the free space. The same command goes on from there.",
  });
}
