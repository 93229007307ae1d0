// URLs of databases that hold logs: which database one means, and what it may be called where others
// read it. A password in a URL stands in the shell's history and in the list of processes, so it is
// refused before anything connects.

import { clickHouseName, parseClickHouseUrl } from "../clickhouse/url.ts";
import { ComplianceError } from "../model/error.ts";
import { parsePostgresUrl } from "../postgresql/url.ts";

/** A database that a URL names. */
export interface LogUrl {
  readonly kind: "postgresql" | "clickhouse";
  /** As it was written; it holds no password. */
  readonly url: string;
  /** Scheme, host, port, database and table, as far as the URL says them: no user and no options. */
  readonly name: string;
}

/** What is read, by the scheme that names it. */
const KINDS: Readonly<Record<string, LogUrl["kind"]>> = {
  postgres: "postgresql",
  postgresql: "postgresql",
  clickhouse: "clickhouse",
};

/** Where a password belongs. */
const PASSWORD_HINTS: Readonly<Record<LogUrl["kind"], string>> = {
  postgresql:
    "Leave it out and change it, for it was seen: set PGPASSWORD, keep it in ~/.pgpass, or name a file that holds it with ?password-file=FILE.",
  clickhouse:
    "Leave it out and change it, for it was seen: set CLICKHOUSE_PASSWORD, or name a file that holds it with CLICKHOUSE_PASSWORD_FILE or ?password-file=FILE.",
};

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/**
 * The database that a name of a log stands for; undefined when the name is no URL.
 *
 * @throws ComplianceError `unsupported-source` for a scheme that is not read; `invalid-option` for a
 *   password in the URL, or a URL that is wrong. No message repeats what may be a password.
 */
export function logUrl(text: string): LogUrl | undefined {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return undefined;
  const kind = Object.hasOwn(KINDS, scheme) ? KINDS[scheme] : undefined;
  if (kind === undefined) {
    throw new ComplianceError(
      "unsupported-source",
      `expected postgres://, postgresql:// or clickhouse://, got a URL that begins with ${scheme}://`,
      { hint: otherScheme(scheme) },
    );
  }
  if (holdsPassword(text)) {
    throw new ComplianceError(
      "invalid-option",
      `expected a ${scheme}:// URL without a password, got one with a password`,
      { hint: PASSWORD_HINTS[kind] },
    );
  }
  return { kind, url: text, name: kind === "clickhouse" ? clickHouseAt(text) : postgresAt(text) };
}

/** Options that would hold a secret, whatever database they are meant for. */
const SECRET_OPTION =
  /^(?:pass(?:word|wd|phrase)?|pwd|sslpassword|secret|token|access[-_]?token)$/i;

/** Whether a colon comes before an `@`, wherever a parser would see their parts end. */
function holdsPassword(text: string): boolean {
  if (/^[^:]+:\/\/[^@]*:[^@]*@/.test(text)) return true;
  const query = text.indexOf("?");
  if (query < 0) return false;
  return [...new URLSearchParams(text.slice(query + 1)).keys()].some((key) =>
    SECRET_OPTION.test(key),
  );
}

function clickHouseAt(url: string): string {
  return clickHouseName(parseClickHouseUrl(url));
}

/** What the URL leaves to the environment is left out. */
function postgresAt(url: string): string {
  const { target, table } = parsePostgresUrl(url);
  const { host = "", port, database } = target;
  const at = host.includes(":") ? `[${host}]` : encodeURIComponent(host);
  const names = [table.schema, table.name].filter((name) => name !== undefined);
  const parts = [...(database === undefined ? [] : [database]), names.join(".")];
  const place = port === undefined ? at : `${at}:${port}`;
  return `postgres://${place}/${parts.map(encodeURIComponent).join("/")}`;
}

function otherScheme(scheme: string): string {
  if (scheme === "http" || scheme === "https") {
    return "Logs are not fetched. Download the file first; a ClickHouse server is named with clickhouse://.";
  }
  if (scheme === "file") return "Name the path itself, without file://.";
  if (scheme === "s3" || scheme === "gs" || scheme === "az") {
    return "Copy the files here first, or read them into a database.";
  }
  return "Export the log as Parquet, JSON Lines or CSV, and name the file.";
}
