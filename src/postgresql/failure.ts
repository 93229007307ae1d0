// Turns what the driver and the server say into errors of this package: which database, what
// is wrong, what to do. SQLSTATE codes as PostgreSQL's manual lists them (appendix A).

import { ComplianceError } from "../model/error.ts";

/** What goes wrong, and what to do about it. */
interface Explained {
  readonly message: string;
  readonly hint: string;
}

const PASSWORD =
  "The password comes from password-file= in the URL, PGPASSWORD, or ~/.pgpass, which nobody else may read.";
const AGAIN = "Run again. Nothing of this reading was used.";

const BY_STATE: Readonly<Record<string, Explained>> = {
  "28P01": { message: "the server refused the role or its password", hint: PASSWORD },
  "28000": {
    message: "the server refused the role",
    hint: "Its pg_hba.conf says which roles may connect from where; another sslmode= may be asked for.",
  },
  "3D000": {
    message: "the server has no such database",
    hint: "Name the database behind the host, as in postgres://host/database.",
  },
  "42P01": {
    message: "the table is not there",
    hint: "Name it as the database lists it, with its schema: table=schema.audit_log.",
  },
  "3F000": {
    message: "the schema is not there",
    hint: "Name the table as the database lists it, with its schema: table=schema.audit_log.",
  },
  "42703": { message: "a column is not there", hint: "The table was changed; run again." },
  "42501": {
    message: "the role has no permission",
    hint: "Grant it USAGE on the schema and SELECT on the table.",
  },
  "57P01": { message: "the server ended the connection while it was read", hint: AGAIN },
  "57P02": { message: "the server crashed while it was read", hint: AGAIN },
  "57P03": { message: "the server does not accept connections now", hint: "Wait until it runs." },
  "57P05": { message: "the server ended the connection because it was idle", hint: AGAIN },
  "25P03": { message: "the server ended the transaction because it was idle", hint: AGAIN },
  "57014": {
    message: "somebody cancelled the query in the database, or its time was up",
    hint: AGAIN,
  },
  "53300": {
    message: "the server has no connection left",
    hint: "A reading needs two. Close others, or raise max_connections.",
  },
  "53100": {
    message: "the server's disk is full",
    hint: "Free some space on the server. Sorting the log needs room; an index on the order column spares it.",
  },
  "53400": {
    message: "the server allows this role no more temporary files, or another limit was reached",
    hint: "Sorting the log needs room: raise temp_file_limit, or make an index on the order column, which spares it.",
  },
  "40001": {
    message: "the server gave up the state that was being read",
    hint: "On a standby, max_standby_streaming_delay says how long it is kept. Run again.",
  },
  "22023": {
    message: "the server no longer has the state that was being read",
    hint: "It was restarted. Run again.",
  },
};

const BY_CLASS: Readonly<Record<string, Explained>> = {
  "08": { message: "the connection failed", hint: AGAIN },
  "53": { message: "the server ran out of a resource", hint: AGAIN },
  XX: {
    message: "the server found damaged data or failed itself",
    hint: "Check the table with pg_amcheck.",
  },
};

const NO_ANSWER = "Check the host and the port, and that the server runs and may be reached.";
const BY_NODE_CODE: Readonly<Record<string, Explained>> = {
  ECONNREFUSED: { message: "no PostgreSQL server answers there", hint: NO_ANSWER },
  ENOENT: { message: "no PostgreSQL server answers there", hint: NO_ANSWER },
  EACCES: { message: "no PostgreSQL server may be asked there", hint: NO_ANSWER },
  ENOTFOUND: { message: "the host is unknown", hint: NO_ANSWER },
  EAI_AGAIN: { message: "the host's address could not be found out", hint: NO_ANSWER },
  ETIMEDOUT: { message: "the server does not answer", hint: NO_ANSWER },
  EHOSTUNREACH: { message: "the host cannot be reached", hint: NO_ANSWER },
  ENETUNREACH: { message: "the host cannot be reached", hint: NO_ANSWER },
};

/** Sentences of the driver's own errors, which have no code. */
const BY_SENTENCE: readonly (readonly [RegExp, Explained])[] = [
  [/timeout expired/, { message: "the server does not answer", hint: NO_ANSWER }],
  [
    /password must be a/,
    { message: "the server asks for a password, and there is none", hint: PASSWORD },
  ],
  [
    /does not support SSL/,
    {
      message: "the server does not encrypt connections",
      hint: "Turn TLS on there, or say sslmode=disable where nobody can listen.",
    },
  ],
  [
    /SSL|certificate|TLS/i,
    {
      message: "no encrypted connection could be made",
      hint: "Name the certificates that are trusted as sslrootcert=; sslmode= says what is checked.",
    },
  ],
  [
    /Connection terminated|not queryable|ECONNRESET|EPIPE/,
    {
      message: "the connection was lost",
      hint: AGAIN,
    },
  ],
];

/** Characters of the server's own words that are repeated. */
const REPEATED = 300;

/** The SQLSTATE of a failure, or of what caused it: `23505` is a key that is there already. */
export function sqlStateOf(error: unknown): string | undefined {
  const { cause = error } = error instanceof ComplianceError ? error : { cause: error };
  const code = codeOf(cause);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/**
 * The error to throw instead of `error`: `unreadable-source`, which names the database or table.
 *
 * @param name of the database or table, as reports name it
 */
export function describePostgresFailure(error: unknown, name: string): ComplianceError {
  if (error instanceof ComplianceError) return error;
  const said = error instanceof Error ? firstLine(error.message) : "";
  const { message, hint } = explain(error, said);
  // A connection to several addresses fails with errors inside an error that itself says nothing.
  const words = said === "" ? "" : ` (it says: ${said})`;
  return new ComplianceError("unreadable-source", `${message}${words}`, {
    cause: error,
    hint,
    location: { file: name },
  });
}

function explain(error: unknown, said: string): Explained {
  const code = codeOf(error) ?? "";
  if (code === "42501" && /row-level security/.test(said)) {
    return {
      message: "row-level security hides rows of the table from the role",
      hint: "A report must see every row: give the role BYPASSRLS, or read as the table's owner.",
    };
  }
  return (
    BY_STATE[code] ??
    BY_NODE_CODE[code] ??
    BY_SENTENCE.find(([sentence]) => sentence.test(`${said} ${code}`))?.[1] ??
    BY_CLASS[code.slice(0, 2)] ?? {
      message: "PostgreSQL refused what it was asked",
      hint: "The server's log has more about it.",
    }
  );
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

function firstLine(text: string): string {
  return (text.split(/[\r\n]/, 1)[0] ?? "").slice(0, REPEATED);
}
