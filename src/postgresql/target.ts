// Where a PostgreSQL database is. What is not said here is taken from the environment, as libpq
// takes it: PGHOST, PGPORT, PGUSER, PGDATABASE, PGSSLMODE, PGPASSWORD, PGPASSFILE.

/** A database, and how to get there. Never holds a password. */
export interface PostgresTarget {
  /** Name or address; a path that begins with `/` is the folder of a Unix socket. */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly database?: string;
  /** Path of a file that holds the password and nothing else. */
  readonly passwordFile?: string;
  readonly tls?: PostgresTls;
}

/** Whether the connection is encrypted and whom it trusts, in libpq's words. */
export interface PostgresTls {
  /** `require` encrypts; `verify-ca` and `verify-full` also check who answers. */
  readonly mode: "disable" | "require" | "verify-ca" | "verify-full";
  /** PEM file of the certificates that are trusted; the system's own when absent. */
  readonly rootCertificate?: string;
  /** PEM files of this client's certificate and its key. */
  readonly certificate?: string;
  readonly key?: string;
}

/** A server that answered, as messages and reports name it. Never a credential. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/** A table as a URL names it, in the database's own spelling. */
export interface PostgresTableName {
  /** The first schema of the search path that has the table, when absent. */
  readonly schema?: string;
  readonly name: string;
}

/** `postgres://host:5432/database/schema.table`: no user, no password, no parameter. */
export function serverName(
  { host, port, database }: PostgresServer,
  table?: PostgresTableName,
): string {
  const at = host.includes(":") ? `[${host}]` : encodeURIComponent(host);
  const parts = [
    encodeURIComponent(database),
    ...(table === undefined
      ? []
      : [[table.schema, table.name].filter(isSaid).map(encodeURIComponent).join(".")]),
  ];
  return `postgres://${at}:${port}/${parts.join("/")}`;
}

function isSaid(part: string | undefined): part is string {
  return part !== undefined;
}
