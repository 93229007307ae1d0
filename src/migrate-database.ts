// Copies an audit database into PostgreSQL or ClickHouse: the URL is held against what logs are named
// by, then handed to the logger's own migration.

import { migrateAuditDatabase as migrate } from "./audit-logger/migrate.ts";
import type { MigrateOptions, MigrationStatement } from "./audit-logger/migrate.ts";
import { ComplianceError } from "./model/error.ts";
import { logUrl } from "./open-log/log-url.ts";

/**
 * Copies all rows of an audit database, exactly as they stand, into the table that a URL names, by
 * default `audit_log`; it is made when there is none. Afterwards both sides are read again and
 * compared row by row. Run again, it goes on where it was stopped, or finds everything there.
 *
 * @param path of the SQLite database; the file and its folder are never changed
 * @param url `postgres://user@host/database` or `clickhouse://user@host:8123/database`, never with a
 *   password
 * @throws ComplianceError `unsupported-source` when the table has one of the ids with other content or
 *   is of another layout, or for another scheme; `source-changed`; `unreadable-source`;
 *   `invalid-option` for a wrong URL; `missing-package`. The signal's reason when it was aborted.
 */
export async function migrateAuditDatabase(
  path: string,
  url: string,
  options: MigrateOptions = {},
): Promise<MigrationStatement> {
  if (logUrl(url) === undefined) {
    throw new ComplianceError(
      "invalid-option",
      `expected postgres://USER@HOST/DATABASE or clickhouse://USER@HOST:8123/DATABASE, got ${JSON.stringify(url)}`,
      { hint: "Name the database that the rows go to by its URL, behind the file." },
    );
  }
  return migrate(path, url, options);
}
