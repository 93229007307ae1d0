// Turns what a driver or the file system throws into errors of this package: which file,
// what is wrong with it, what to do.

import { ComplianceError, type ComplianceErrorCode } from "../model/error.ts";

/**
 * The error to throw instead of `error`: a ComplianceError that names the file when SQLite
 * or the file system refused, otherwise `error` itself (a mistake in the calling program).
 */
export function describeFailure(error: unknown, path: string): unknown {
  if (error instanceof ComplianceError) return error;
  const { code, message, hint } = cause(error) ?? {};
  if (code === undefined || message === undefined) return error;
  const details = { cause: error, location: { file: path } };
  return new ComplianceError(code, message, hint === undefined ? details : { ...details, hint });
}

/**
 * The primary result code of SQLite without its prefix (`BUSY`, `CORRUPT`, `READONLY`), or
 * undefined when the error is not SQLite's.
 */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("errcode" in error && typeof error.errcode === "number") {
    return RESULT_CODES[error.errcode & 0xff] ?? "ERROR";
  }
  if ("code" in error && typeof error.code === "string" && error.code.startsWith("SQLITE_")) {
    return error.code.split("_")[1] ?? "ERROR";
  }
  return undefined;
}

/**
 * Whether an error says that the file itself is damaged, and not what is around it: a disk
 * without room for sorting, memory that ran out, a lock.
 */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof ComplianceError) || error.code !== "unreadable-source") return false;
  const code = sqliteCode(error.cause) ?? "";
  if (code === "IOERR") return !AROUND_THE_FILE.has(extendedCode(error.cause));
  return code === "CORRUPT" || code === "NOTADB";
}

/** Whether an error of the file system says that a disk, a quota or a limit on files left no room. */
export function isNoSpace(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    ["ENOSPC", "EDQUOT", "EFBIG"].includes(String(error.code))
  );
}

/** As {@link sqliteCode}, but of errors of the file system with what failed: `IOERR_WRITE`. */
function extendedCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("errcode" in error && typeof error.errcode === "number") {
    return EXTENDED_CODES[error.errcode] ?? "";
  }
  return "code" in error && typeof error.code === "string"
    ? error.code.slice("SQLITE_".length)
    : "";
}

interface Explanation {
  readonly code: ComplianceErrorCode;
  readonly message: string;
  readonly hint?: string;
}

// https://www.sqlite.org/rescode.html
const RESULT_CODES: Readonly<Record<number, string>> = {
  3: "PERM",
  5: "BUSY",
  6: "LOCKED",
  7: "NOMEM",
  8: "READONLY",
  10: "IOERR",
  11: "CORRUPT",
  13: "FULL",
  14: "CANTOPEN",
  15: "PROTOCOL",
  18: "TOOBIG",
  26: "NOTADB",
};

const EXTENDED_CODES: Readonly<Record<number, string>> = {
  778: "IOERR_WRITE",
  1034: "IOERR_FSYNC",
  1546: "IOERR_TRUNCATE",
  3082: "IOERR_NOMEM",
  4618: "IOERR_SHMOPEN",
  4874: "IOERR_SHMSIZE",
  5386: "IOERR_SHMMAP",
  6410: "IOERR_GETTEMPPATH",
};
/** Reading a file needs to write nothing of it; what fails to be written lies elsewhere. */
const AROUND_THE_FILE: ReadonlySet<string> = new Set(Object.values(EXTENDED_CODES));

const SPACE =
  "Free some space there and where temporary files go (TMPDIR names another folder), then run again.";

const SQLITE_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  BUSY: locked(),
  LOCKED: locked(),
  PROTOCOL: locked(),
  READONLY: {
    code: "unreadable-source",
    message: "The database cannot be written",
    hint: "Give this user permission to write the file and its folder.",
  },
  PERM: noPermission(),
  CANTOPEN: {
    code: "unreadable-source",
    message: "SQLite cannot open the file",
    hint: "Check that the folder exists and that this user may read it.",
  },
  CORRUPT: {
    code: "unreadable-source",
    message: "The database is damaged",
    hint: "Restore it from a backup, or recover what is left with `sqlite3 FILE .recover`.",
  },
  NOTADB: notADatabase(),
  FULL: {
    code: "unreadable-source",
    message: "The disk or the database is full",
    hint: SPACE,
  },
  // A quota, or a limit on the size of files.
  IOERR_WRITE: { code: "unreadable-source", message: "A file cannot be written", hint: SPACE },
  IOERR_SHMSIZE: { code: "unreadable-source", message: "A file cannot be written", hint: SPACE },
  IOERR_GETTEMPPATH: {
    code: "unreadable-source",
    message: "There is no folder for temporary files",
    hint: "Set TMPDIR to a folder that this user may write.",
  },
  IOERR: {
    code: "unreadable-source",
    message: "The file system reported an error while the database was used",
  },
  NOMEM: { code: "unreadable-source", message: "SQLite ran out of memory" },
};

const FILE_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ENOENT: {
    code: "unreadable-source",
    message: "The file does not exist",
    hint: "Check the path; nothing was created.",
  },
  ENOTDIR: {
    code: "unreadable-source",
    message: "The path leads through something that is not a folder",
  },
  ELOOP: { code: "unreadable-source", message: "The path is a circle of symbolic links" },
  EACCES: noPermission(),
  EPERM: noPermission(),
  EISDIR: { code: "unsupported-source", message: "Expected a file, got a folder" },
  ENOSPC: noSpace(),
  EDQUOT: noSpace(),
  EFBIG: noSpace(),
};

function cause(error: unknown): Explanation | undefined {
  if (!(error instanceof Error)) return undefined;
  const sqlite = sqliteCode(error);
  if (sqlite !== undefined) {
    const known = SQLITE_EXPLANATIONS[extendedCode(error)] ?? SQLITE_EXPLANATIONS[sqlite];
    if (known === undefined) {
      return {
        code: "unsupported-source",
        message: `The database does not fit the query: ${error.message}`,
      };
    }
    return { ...known, message: `${known.message} (SQLite says: ${error.message})` };
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const known = FILE_EXPLANATIONS[code];
  if (known !== undefined) return known;
  if ("syscall" in error || code === "ERR_INVALID_ARG_VALUE") {
    return { code: "unreadable-source", message: `The file cannot be used: ${error.message}` };
  }
  return undefined;
}

/** What to say of a file that is no database. */
export function notADatabase(): Explanation {
  return {
    code: "unsupported-source",
    message: "Expected an SQLite database, got a file that is none (or an encrypted one)",
    hint: "Check the path; an encrypted database must be decrypted first.",
  };
}

function locked(): Explanation {
  return {
    code: "unreadable-source",
    message: "Another process kept the database locked for too long",
    hint: "Wait until the other process has finished, then run again.",
  };
}

function noSpace(): Explanation {
  return {
    code: "unreadable-source",
    message: "There is no space left for the private copy that reading this file needs",
    hint: "Free some space, or set TMPDIR to a folder on the same disk as the file.",
  };
}

function noPermission(): Explanation {
  return {
    code: "unreadable-source",
    message: "This user has no permission to use the file",
    hint: "Give this user permission to read the file and its folder.",
  };
}
