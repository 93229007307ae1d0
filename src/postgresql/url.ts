// Reads `postgres://user@host:5432/database?table=schema.audit_log&order=id&column.agent_id=actor`.
// A password in it is refused, since a command line is kept in histories and shown to others;
// no message repeats any part of a URL that could be one.

import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { writtenPath } from "../model/url-path.ts";
import type { PostgresTableName, PostgresTarget, PostgresTls } from "./target.ts";

/** What a URL says. */
export interface PostgresUrl {
  readonly target: PostgresTarget;
  readonly table: PostgresTableName;
  /** Column by which the log is ordered. */
  readonly order: string;
  /** Columns of the fields whose columns have other names. */
  readonly columns: ReadonlyMap<EntryField, string>;
}

const MODES = ["disable", "require", "verify-ca", "verify-full"] as const;
const PASSWORD_HINT =
  "Set PGPASSWORD, write it into ~/.pgpass, or name a file that holds it as password-file=.";
const FORM = "postgres://user@host:5432/database?table=schema.audit_log&order=id";

/** Whether a text is the URL of a PostgreSQL database. */
export function isPostgresUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(text);
}

/**
 * Parameters: `table` (default `audit_log`; names with a dot or quote in `"`), `order` (default
 * `id`), `column.<field>`, `password-file`, `host` (folder of a Unix socket), `sslmode`,
 * `sslrootcert`, `sslcert`, `sslkey`.
 *
 * @throws ComplianceError `invalid-option`
 */
export function parsePostgresUrl(text: string): PostgresUrl {
  const url = urlOf(text);
  const parameters = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (name === "password" || name === "user-password") throw passwordInUrl();
    if (!isKnown(name)) {
      throw invalid(
        /^[a-z][a-z0-9._-]{0,40}$/i.test(name)
          ? `no parameter of a PostgreSQL URL is called ${name}`
          : "a PostgreSQL URL has a parameter of an unknown name",
        "There are table, order, column.<field>, password-file, host, sslmode, sslrootcert, sslcert and sslkey.",
      );
    }
    if (parameters.has(name)) throw invalid(`the parameter ${name} stands in the URL twice`);
    if (value === "" || value.includes("\0")) {
      throw invalid(
        `expected the parameter ${name} to have a value, but it is ${value === "" ? "empty" : "no text"}`,
      );
    }
    parameters.set(name, value);
  }
  return {
    target: targetOf(url, writtenPath(text), parameters),
    table: tableOf(parameters.get("table") ?? "audit_log"),
    order: parameters.get("order") ?? "id",
    columns: columnsOf(parameters),
  };
}

function urlOf(text: string): URL {
  // A socket's folder is a parameter; then no host stands behind the user, which URLs do not know.
  const written = text.replace(/^(postgres(?:ql)?:\/\/[^/?#@]*)@\//i, "$1@socket.invalid/");
  let url: URL;
  try {
    url = new URL(written);
  } catch {
    // The parser's own error repeats the URL.
    throw invalid("expected the URL of a PostgreSQL database, but this is none", `Write ${FORM}.`);
  }
  if (!isPostgresUrl(text)) throw invalid("expected a URL that begins with postgres://");
  if (url.password !== "") throw passwordInUrl();
  const path = writtenPath(text);
  // What stands behind a `#`, `/` or `?` in a password would otherwise be taken for something else.
  if (url.hash !== "" || /[/@]/.test(path) || url.search.includes("@")) {
    throw invalid(
      "the URL of a PostgreSQL database has a character in it that must be encoded",
      `Write ${FORM}, other characters in names as %23 for #, %2F for / and %40 for @. ${PASSWORD_HINT}`,
    );
  }
  return url;
}

function isKnown(name: string): boolean {
  return (
    [
      "table",
      "order",
      "password-file",
      "host",
      "sslmode",
      "sslrootcert",
      "sslcert",
      "sslkey",
    ].includes(name) || name.startsWith("column.")
  );
}

function targetOf(url: URL, path: string, parameters: ReadonlyMap<string, string>): PostgresTarget {
  const named = decoded(url.hostname).replace(/^\[(.*)\]$/, "$1");
  const socket = parameters.get("host");
  if (socket !== undefined && named !== "" && named !== "socket.invalid") {
    throw invalid("the URL names a host twice", "Leave out the one or the other.");
  }
  const host = socket ?? (named === "socket.invalid" ? "" : named);
  const database = decoded(path);
  const user = decoded(url.username);
  const passwordFile = parameters.get("password-file");
  const tls = tlsOf(parameters);
  return {
    ...(host === "" ? {} : { host }),
    ...(url.port === "" ? {} : { port: Number(url.port) }),
    ...(user === "" ? {} : { user }),
    ...(database === "" ? {} : { database }),
    ...(passwordFile === undefined ? {} : { passwordFile }),
    ...(tls === undefined ? {} : { tls }),
  };
}

function tlsOf(parameters: ReadonlyMap<string, string>): PostgresTls | undefined {
  const written = parameters.get("sslmode");
  const rootCertificate = parameters.get("sslrootcert");
  const certificate = parameters.get("sslcert");
  const key = parameters.get("sslkey");
  const files = {
    ...(rootCertificate === undefined ? {} : { rootCertificate }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
  };
  if (written === undefined) {
    return Object.keys(files).length === 0 ? undefined : { mode: "verify-full", ...files };
  }
  const mode = MODES.find((one) => one === written);
  if (mode === undefined) {
    throw invalid(
      `expected sslmode to be one of ${MODES.join(", ")}`,
      "A mode that may fall back to an unencrypted connection is not offered.",
    );
  }
  return { mode, ...files };
}

function columnsOf(parameters: ReadonlyMap<string, string>): Map<EntryField, string> {
  const columns = new Map<EntryField, string>();
  for (const [name, column] of parameters) {
    if (!name.startsWith("column.")) continue;
    const field = ENTRY_FIELD_NAMES.find((one) => one === name.slice("column.".length));
    if (field === undefined) {
      throw invalid(
        "expected column. to be followed by the name of an entry's field",
        `The fields are ${ENTRY_FIELD_NAMES.join(", ")}.`,
      );
    }
    columns.set(field, column);
  }
  return columns;
}

/** `table`, `schema.table`, and either in double quotes, where `""` stands for one. */
function tableOf(text: string): PostgresTableName {
  const [whole, quoted, plain, ...second] = TABLE.exec(text) ?? [];
  const first = unquoted(quoted, plain);
  const name = unquoted(...second);
  if (whole !== undefined) return name === "" ? { name: first } : { schema: first, name };
  throw invalid(
    "expected the parameter table to name a table, as audit_log or schema.audit_log",
    'Write a name that has a dot or a quote in it in double quotes: "my.schema".audit_log.',
  );
}

const NAME = String.raw`(?:"((?:[^"]|"")+)"|([^".]+))`;
const TABLE = new RegExp(String.raw`^${NAME}(?:\.${NAME})?$`);

function unquoted(quoted?: string, plain = ""): string {
  return quoted?.replaceAll('""', '"') ?? plain;
}

function decoded(text: string): string {
  try {
    const value = decodeURIComponent(text);
    if (!value.includes("\0")) return value;
  } catch {
    // Said below; the error would repeat the text.
  }
  throw invalid("a name in the URL of a PostgreSQL database is not encoded as URLs are");
}

function passwordInUrl(): ComplianceError {
  return invalid(
    "a PostgreSQL URL must not hold a password: commands are kept in the shell's history and seen by others",
    PASSWORD_HINT,
  );
}

function invalid(message: string, hint?: string): ComplianceError {
  return new ComplianceError("invalid-option", message, hint === undefined ? {} : { hint });
}
