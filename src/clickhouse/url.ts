// The URL that names a log in ClickHouse: where the server is, which table, which column holds
// which field. Never a password.

import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { writtenPath } from "../model/url-path.ts";

/** A log in ClickHouse, and how to reach it. */
export interface ClickHouseTarget {
  readonly host: string;
  /** Of the HTTP interface. */
  readonly port: number;
  readonly tls: boolean;
  /** Absent when the URL names none: the server's own default then. */
  readonly user?: string;
  readonly database: string;
  readonly table: string;
  /** Column of whole numbers that are unique and grow along the log. */
  readonly order: string;
  /** Columns that are not named like their field. */
  readonly columns: ReadonlyMap<EntryField, string>;
  /** File that holds the password. */
  readonly passwordFile?: string;
}

const EXAMPLE = "clickhouse://user@host:8123/database?table=audit_log&order=id";
const PARAMETERS = ["table", "order", "tls", "password-file"] as const;
const COLUMN = "column.";

/**
 * Reads `clickhouse://user@host:8123/database?table=…&order=…&column.FIELD=…&tls=1&password-file=…`.
 * Without a port it is 8123, with TLS 8443; without a database `default`, without a table
 * `audit_log`, without an order `id`.
 *
 * @throws ComplianceError `invalid-option`, without the URL's own text where a password could stand
 */
export function parseClickHouseUrl(text: string): ClickHouseTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "clickhouse:" || url.hostname === "") {
    throw invalid(`expected a URL like ${EXAMPLE}`);
  }
  if (url.password !== "" || url.searchParams.has("password")) throw passwordInUrl();
  const parameters = onceEach(url.searchParams);
  const tls = flag(parameters.get("tls"));
  const user = decoded(url.username, "user");
  if (user.includes(":")) throw passwordInUrl();
  const passwordFile = parameters.get("password-file");
  return {
    host: decoded(url.hostname, "host"),
    port: url.port === "" ? (tls ? 8443 : 8123) : Number(url.port),
    tls,
    ...(user === "" ? {} : { user }),
    database: databaseOf(text),
    table: parameters.get("table") ?? "audit_log",
    order: parameters.get("order") ?? "id",
    columns: columnsOf(parameters),
    ...(passwordFile === undefined ? {} : { passwordFile }),
  };
}

/** What reports call the log: its place, without user and parameters. */
export function clickHouseName({ host, port, database, table }: ClickHouseTarget): string {
  const [first, second] = [database, table].map(encodeURIComponent);
  return `clickhouse://${host}:${port}/${first}/${second}`;
}

function databaseOf(url: string): string {
  const path = writtenPath(url).replace(/\/$/, "");
  if (path.includes("/")) throw invalid(`expected one database behind the host, as in ${EXAMPLE}`);
  return path === "" ? "default" : decoded(path, "database");
}

function columnsOf(parameters: ReadonlyMap<string, string>): Map<EntryField, string> {
  const columns = new Map<EntryField, string>();
  for (const [name, column] of parameters) {
    if (!name.startsWith(COLUMN)) continue;
    const field = ENTRY_FIELD_NAMES.find((known) => known === name.slice(COLUMN.length));
    if (field === undefined) {
      throw invalid(`expected ${COLUMN} and the name of a field, got ${JSON.stringify(name)}`, {
        hint: `The fields are ${ENTRY_FIELD_NAMES.join(", ")}.`,
      });
    }
    columns.set(field, column);
  }
  return columns;
}

/** Each parameter that is known, stated once and not empty. */
function onceEach(search: URLSearchParams): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of search) {
    if (!name.startsWith(COLUMN) && !PARAMETERS.some((known) => known === name)) {
      throw invalid(`the URL has an unknown parameter ${JSON.stringify(name)}`, {
        hint: `Known are ${PARAMETERS.join(", ")} and ${COLUMN}FIELD.`,
      });
    }
    if (parameters.has(name)) throw invalid(`the URL states ${JSON.stringify(name)} twice`);
    if (value === "") throw invalid(`the URL states ${JSON.stringify(name)} without a value`);
    parameters.set(name, value);
  }
  return parameters;
}

function flag(value = "0"): boolean {
  if (value !== "0" && value !== "1") throw invalid("expected tls=1 or tls=0 in the URL");
  return value === "1";
}

function decoded(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(`the ${part} in the URL has a % that encodes nothing`);
  }
}

function passwordInUrl(): ComplianceError {
  return invalid("a password in the URL would stay in the shell's history", {
    hint: "Set CLICKHOUSE_PASSWORD, or name a file with password-file= or CLICKHOUSE_PASSWORD_FILE.",
  });
}

function invalid(message: string, details: { readonly hint?: string } = {}): ComplianceError {
  return new ComplianceError("invalid-option", `ClickHouse: ${message}`, details);
}
