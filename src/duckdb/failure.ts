// Turns what DuckDB throws into errors of this package: which file, what is wrong, what to do.

import { ComplianceError } from "../model/error.ts";

/** Whether an error says that a running query was stopped by `interrupt`. */
export function isInterrupt(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("INTERRUPT Error");
}

/**
 * The error to throw instead of `error`: a ComplianceError that names the file when DuckDB
 * refused it, otherwise `error` itself (a mistake in the calling program).
 */
export function describeDuckDbFailure(error: unknown, file: string): unknown {
  if (error instanceof ComplianceError || !(error instanceof Error)) return error;
  const kind = /^([A-Za-z ]+?)(?: Error|Exception)?:/.exec(error.message)?.[1] ?? "";
  const details = { cause: error, location: { file } };
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
