// Reads a table: every view is a transaction of its own, in the state that the engine began with.

import { connectPostgres } from "../../postgresql/connection.ts";
import type { PostgresConnection } from "../../postgresql/connection.ts";
import type { PostgresTarget } from "../../postgresql/target.ts";
import { selectExtent } from "../sql/select.ts";
import { extentOf } from "../table/extent.ts";
import type { TableReader, TableView } from "../table/reader.ts";
import type { PostgresTable } from "./inspect.ts";
import { takeState } from "./state.ts";

/**
 * @param holder the session that holds the state; closed with the reader
 * @param state its name
 */
export function postgresReader(
  holder: PostgresConnection,
  state: string,
  target: PostgresTarget,
  found: PostgresTable,
): TableReader {
  /** A session that no view needs now. */
  let spare: PostgresConnection | undefined;
  let closed = false;

  const session = async (signal: AbortSignal | undefined): Promise<PostgresConnection> => {
    const connection = spare ?? (await connectPostgres(target, { signal, name: found.name }));
    spare = undefined;
    return connection;
  };
  const giveBack = async (connection: PostgresConnection): Promise<void> => {
    const isSound = await connection.query({ text: "ROLLBACK", values: [] }).then(
      () => true,
      () => false,
    );
    if (isSound && spare === undefined && !closed) spare = connection;
    else await connection.close();
  };

  return {
    table: found.table,
    async view(signal) {
      const connection = await session(signal);
      try {
        await takeState(connection, state);
        return await viewOf(connection, found, signal, giveBack);
      } catch (error) {
        await connection.close();
        throw error;
      }
    },
    async close() {
      closed = true;
      await spare?.close();
      await holder.close();
    },
  };
}

async function viewOf(
  connection: PostgresConnection,
  { table, name }: PostgresTable,
  signal: AbortSignal | undefined,
  giveBack: (connection: PostgresConnection) => Promise<void>,
): Promise<TableView> {
  const [extent = []] = await connection.query(selectExtent(table), { signal });
  const { rows, range } = extentOf(extent, table, name);
  return {
    rows,
    ...(range === undefined ? {} : { range }),
    input: {
      name,
      kind: "postgresql",
      part: range === undefined ? { kind: "no-rows" } : { kind: "rows", ...range },
    },
    read: (statement, other = signal) => connection.read(statement, { signal: other }),
    close: () => giveBack(connection),
  };
}
