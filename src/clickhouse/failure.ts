// What a server, the network or the client refuses, in our words: the place, what is wrong, what
// to do. Never the server's own text, which quotes queries and log entries.

import { ComplianceError } from "../model/error.ts";
import type { ComplianceErrorCode } from "../model/error.ts";

/**
 * The error to throw instead of `error`: a ComplianceError when the server or the network refused,
 * otherwise `error` itself (a mistake in the calling program).
 */
export function describeFailure(error: unknown, place: string): unknown {
  if (error instanceof ComplianceError || !(error instanceof Error)) return error;
  const refused = serverCode(error);
  if (refused !== undefined) return describeRefusal(refused, place, error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const known = NETWORK[code] ?? (isBroken(error, code) ? LOST : undefined);
  if (known !== undefined) return explained(known, place, error);
  // The client makes a bare Error of the page with which something else answers.
  return error.constructor === Error ? explained(STRANGER, place, error) : error;
}

/** The error for a code of the server's. */
export function describeRefusal(code: number, place: string, cause?: unknown): ComplianceError {
  const known = EXPLANATIONS.find(({ codes }) => codes.includes(code)) ?? {
    code: "unreadable-source",
    message: "ClickHouse refused or gave up the query",
    hint: "The server's log says more.",
  };
  return explained(
    { ...known, message: `${known.message} (ClickHouse's code ${code})` },
    place,
    cause,
  );
}

/** The code with which the server refused; undefined when it did not say anything. */
export function serverCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string" && /^\d+$/.test(error.code)) {
    return Number(error.code);
  }
  const said = /^Code: (\d+)[.,]/.exec(error.message)?.[1];
  return said === undefined ? undefined : Number(said);
}

interface Explanation {
  readonly code: ComplianceErrorCode;
  readonly message: string;
  readonly hint?: string;
}

const LOST: Explanation = {
  code: "unreadable-source",
  message: "The connection to ClickHouse was lost",
  hint: "Check that the server runs, then run again.",
};

const NOBODY: Explanation = {
  code: "unreadable-source",
  message: "No ClickHouse server answers there",
  hint: "Check host and port; the port is that of the HTTP interface, by default 8123.",
};

const STRANGER: Explanation = {
  code: "unreadable-source",
  message: "What answers there is no ClickHouse server, or is a proxy that refuses",
  hint: "Check that the URL names the HTTP port of a ClickHouse server.",
};

const UNTRUSTED: Explanation = {
  code: "unreadable-source",
  message: "The certificate of the server cannot be trusted",
  hint: "Name the certificate of its authority in NODE_EXTRA_CA_CERTS.",
};

const NETWORK: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: NOBODY,
  ENOTFOUND: NOBODY,
  EAI_AGAIN: NOBODY,
  EHOSTUNREACH: NOBODY,
  ENETUNREACH: NOBODY,
  ETIMEDOUT: NOBODY,
  ECONNRESET: LOST,
  EPIPE: LOST,
  ERR_STREAM_PREMATURE_CLOSE: LOST,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: UNTRUSTED,
};

/** Of the server's own files: those that cannot be written, and no space. */
const DISK: readonly number[] = [75, 243];

/** https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const EXPLANATIONS: readonly (Explanation & { readonly codes: readonly number[] })[] = [
  {
    codes: [192, 193, 194, 516],
    code: "unreadable-source",
    message: "The server does not accept this user with this password",
    hint: "Check the user in the URL and CLICKHOUSE_PASSWORD, or the file that holds the password.",
  },
  {
    codes: [291, 497],
    code: "unreadable-source",
    message: "This user may not do that",
    hint: "Grant the user SELECT on the table, and SHOW COLUMNS.",
  },
  {
    codes: [60],
    code: "unreadable-source",
    message: "There is no such table",
    hint: "Name it with table= in the URL, and its database behind the host.",
  },
  {
    codes: [81],
    code: "unreadable-source",
    message: "There is no such database",
    hint: "The database stands behind the host in the URL.",
  },
  {
    codes: [10, 16, 43, 47, 53],
    code: "unsupported-source",
    message: "The table does not fit the query",
    hint: "Check the columns that the URL names.",
  },
  {
    // Of the network between the nodes: every shard must answer.
    codes: [3, 32, 95, 101, 102, 104, 198, 203, 207, 208, 209, 210, 279, 415, 519],
    code: "unreadable-source",
    message: "A part of the cluster was lost or cannot be reached",
    hint: "Bring every shard back, then run again: a report on the others would be too small.",
  },
  {
    // A temporary file that a full disk cut off is of this kind too in version 18.
    codes: [33],
    code: "unreadable-source",
    message: "What a part of the cluster sent, or a temporary file of the server, ended too early",
    hint: "Bring every shard back, see that the servers' disks have room, then run again.",
  },
  {
    codes: [394],
    code: "unreadable-source",
    message: "Somebody ended the query in the server",
    hint: "Run again.",
  },
  {
    codes: [241],
    code: "unreadable-source",
    message: "The server has not enough memory for the query",
    hint: "Raise max_memory_usage for this user, or report on a shorter table.",
  },
  {
    codes: DISK,
    code: "unreadable-source",
    message: "The server's disk is full, or is not to be written",
    hint: "Free some space on the server. A table sorted by its order column needs no room for sorting.",
  },
  {
    codes: [158, 159, 160, 201, 202, 307, 396],
    code: "unreadable-source",
    message: "The query goes beyond a limit that the server sets this user",
    hint: "Use a user whose profile and quota allow to read the whole table.",
  },
  {
    codes: [164, 452],
    code: "unreadable-source",
    message: "The profile of this user forbids what reading needs or writing does",
    hint: "Use a user whose profile sets readonly to 2 for reading, to 0 for writing.",
  },
];

/** Breaks for which Node has no stable code: parser errors of HTTP, the client's time limit. */
function isBroken(error: Error, code: string): boolean {
  return code.startsWith("HPE_") || ["aborted", "Timeout error."].includes(error.message);
}

function explained(
  { code, message, hint }: Explanation,
  place: string,
  cause: unknown,
): ComplianceError {
  return new ComplianceError(code, message, {
    ...(cause === undefined ? {} : { cause }),
    ...(hint === undefined ? {} : { hint }),
    location: { file: place },
  });
}
