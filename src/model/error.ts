// Errors are ours or the input's; exceptions are the auditor's (entries that deviate).

/**
 * What went wrong, as a closed set. The comment says what the caller should do.
 */
export type ComplianceErrorCode =
  /** A report type that no framework has. Choose one that the message names. */
  | "unknown-report-type"
  /** A period that ends before it starts, or a bound that is no instant. Mend the bound. */
  | "invalid-period"
  /** An option that does not exist or has a value outside its range. */
  | "invalid-option"
  /** A CEL expression that does not parse, does not type-check, or leaves the subset. */
  | "invalid-expression"
  /** A measure, framework, definitions or configuration file, or an input it names, that its schema or a check refuses. */
  | "invalid-catalog"
  /** A policy that could mean something else than its author thinks. */
  | "invalid-policy"
  /** An action handed to `Policy.evaluate` or `AuditLogger.log` that lacks what it needs. */
  | "invalid-action"
  /** A file or database that cannot be opened or read: missing, no permission, damaged. */
  | "unreadable-source"
  /** A readable file of a kind or shape that no engine knows. */
  | "unsupported-source"
  /** A file that was replaced or rewritten while it was read. Run again. */
  | "source-changed"
  /** Something that was to be proved does not hold, such as a rollup that its log contradicts. */
  | "not-verified"
  /** An optional package that this job needs is not installed. The message names it. */
  | "missing-package"
  /** A logger, engine or source that was used after `close`. */
  | "closed";

/** Where in a file a mistake stands. Lines and columns count from 1. */
export interface SourceLocation {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** What an error carries besides its sentence. */
export interface ComplianceErrorDetails {
  readonly cause?: unknown;
  /** What to do about it, one sentence. */
  readonly hint?: string;
  readonly location?: SourceLocation;
}

/**
 * The one error class of this package. `message` says what was expected and what came,
 * `hint` what to do, `code` is stable and meant for programs.
 */
export class ComplianceError extends Error {
  override readonly name = "ComplianceError";
  readonly code: ComplianceErrorCode;
  readonly hint: string | undefined;
  readonly location: SourceLocation | undefined;

  constructor(code: ComplianceErrorCode, message: string, details: ComplianceErrorDetails = {}) {
    const where = formatLocation(details.location);
    super(
      where === "" ? message : `${where}: ${message}`,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.code = code;
    this.hint = details.hint;
    this.location = details.location;
  }
}

function formatLocation(location: SourceLocation | undefined): string {
  if (location === undefined) return "";
  const { file, line, column } = location;
  if (line === undefined) return file ?? "";
  const position = column === undefined ? `${line}` : `${line}:${column}`;
  return file === undefined ? `line ${position}` : `${file}:${position}`;
}
