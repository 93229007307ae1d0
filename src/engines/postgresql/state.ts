// One state of a database that several sessions read: the first one holds it, the others take
// it over, as PostgreSQL's own pg_dump does with several jobs.

import type { PostgresConnection } from "../../postgresql/connection.ts";
import type { PostgresTable } from "./inspect.ts";

const BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/**
 * Begins the transaction whose state is read.
 *
 * @returns the name under which other sessions take the state over
 */
export async function holdState(
  connection: PostgresConnection,
  { table, isLockable }: PostgresTable,
): Promise<string> {
  await connection.query({ text: BEGIN, values: [] });
  // Emptying or rebuilding a table is seen by states that are older: they would find no rows. The
  // lock comes before the state begins, and keeps nobody from reading and writing.
  if (isLockable) {
    await connection.query({ text: `LOCK TABLE ${table.from} IN ACCESS SHARE MODE`, values: [] });
  }
  const [[state] = []] = await connection.query({
    text: "SELECT pg_catalog.pg_export_snapshot()",
    values: [],
  });
  return state as string;
}

/** Begins a transaction in a state that another session holds. */
export async function takeState(connection: PostgresConnection, state: string): Promise<void> {
  await connection.query({ text: BEGIN, values: [] });
  // The statement takes no parameter; PostgreSQL's names of states have no other characters.
  const name = state.replaceAll(/[^0-9A-Za-z-]/g, "");
  await connection.query({ text: `SET TRANSACTION SNAPSHOT '${name}'`, values: [] });
  // A policy that hides rows from the role is an error and no smaller log.
  await connection.query({ text: "SET LOCAL row_security = off", values: [] });
}
