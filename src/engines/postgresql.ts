// A log in a table of a PostgreSQL database, ours or somebody else's with its columns named in
// the URL. Rows are read through a cursor, in one state of the database from opening to closing.

import { connectPostgres } from "../postgresql/connection.ts";
import { parsePostgresUrl } from "../postgresql/url.ts";
import type { GrowingEngine } from "./growing.ts";
import { inspectTable } from "./postgresql/inspect.ts";
import { postgresReader } from "./postgresql/reader.ts";
import { holdState } from "./postgresql/state.ts";
import { tableEngine } from "./table/table-engine.ts";

export interface PostgresqlOptions {
  /** Stops the opening; then its reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a table of a PostgreSQL database for reading. It is never changed. What is written after
 * the opening belongs to the next report; until the engine is closed, the table can be written but
 * not altered or emptied.
 *
 * @param url `postgres://user@host:5432/database?table=schema.audit_log&order=id&column.agent_id=actor`,
 *   without a password: that comes from `password-file=`, PGPASSWORD or `~/.pgpass`
 * @throws ComplianceError `invalid-option`, `unreadable-source`, `unsupported-source`,
 *   `missing-package`
 */
export async function postgresql(
  url: string,
  { signal }: PostgresqlOptions = {},
): Promise<GrowingEngine> {
  const asked = parsePostgresUrl(url);
  const { target } = asked;
  const connection = await connectPostgres(target, { signal });
  try {
    const found = await inspectTable(connection, asked);
    const state = await holdState(connection, found);
    return tableEngine(postgresReader(connection, state, target, found));
  } catch (error) {
    await connection.close();
    throw error;
  }
}
