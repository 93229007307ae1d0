// Turns what DuckDB throws into errors of this package: which file, what is wrong, what to do.

import { ComplianceError } from "../model/error.ts";

/** Whether an error says that a running query was stopped by `interrupt`. */
export function isInterrupt(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("INTERRUPT Error");
}

/** Whether an error says that a disk, a quota or a limit on files left no room for writing. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && NO_SPACE.some((said) => said.test(error.message));
}

/** The limit is the room that a disk had when DuckDB was opened. Files may have any name. */
const NO_SPACE: readonly RegExp[] = [
  /^Out of Memory Error: failed to offload [^"']*'max_temp_directory_size'/,
  /^IO Error: [^]*: (?:No space left on device|Disk quota exceeded|File too large)$/,
];

/**
 * The error to throw instead of `error`: a ComplianceError that names the file when DuckDB
 * refused it, otherwise `error` itself (a mistake in the calling program).
 */
export function describeDuckDbFailure(error: unknown, file: string): unknown {
  if (error instanceof ComplianceError || !(error instanceof Error)) return error;
  const kind = /^([A-Za-z ]+?)(?: Error|Exception)?:/.exec(error.message)?.[1] ?? "";
  const details = { cause: error, location: { file } };
  if (isDiskFull(error)) {
    return new ComplianceError(
      "unreadable-source",
      `There is no space left for what DuckDB keeps on disk (it says: ${firstLine(error.message)})`,
      { ...details, hint: "Free some space, or set TMPDIR to a folder on a disk that has more." },
    );
  }
  switch (kind) {
    case "Out of Memory":
      return new ComplianceError("unreadable-source", "DuckDB ran out of the memory it may use", {
        ...details,
        hint: "The file has very long values or very large row groups; write it again with smaller ones.",
      });
    case "IO":
    case "Permission":
      return new ComplianceError(
        "unreadable-source",
        `The file cannot be read (DuckDB says: ${firstLine(error.message)})`,
        details,
      );
    case "Invalid Input":
    case "Conversion":
    case "Serialization":
    case "Invalid":
    case "Parquet reader":
    case "TProtocol":
    case "TransportException":
    case "Not implemented":
    case "INTERNAL":
    case "Binder":
    case "Catalog":
      return new ComplianceError(
        "unreadable-source",
        `Expected a Parquet file, got one that DuckDB cannot read (it says: ${firstLine(error.message)})`,
        details,
      );
    default:
      return error;
  }
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").slice(0, 300);
}
