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
    hint: "Free some space and run again.",
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
  ENOSPC: {
    code: "unreadable-source",
    message: "There is no space left for the private copy that reading this file needs",
    hint: "Free some space, or set TMPDIR to a folder on the same disk as the file.",
  },
};

function cause(error: unknown): Explanation | undefined {
  if (!(error instanceof Error)) return undefined;
  const sqlite = sqliteCode(error);
  if (sqlite !== undefined) {
    const known = SQLITE_EXPLANATIONS[sqlite];
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

function noPermission(): Explanation {
  return {
    code: "unreadable-source",
    message: "This user has no permission to use the file",
    hint: "Give this user permission to read the file and its folder.",
  };
}
