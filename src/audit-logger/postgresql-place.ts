// A table in PostgreSQL to write to, and the connection to it, which is made anew when it was lost.

import { ComplianceError } from "../model/error.ts";
import { connectPostgres } from "../postgresql/connection.ts";
import type {
  PostgresConnection,
  PostgresRow,
  PostgresStatement,
} from "../postgresql/connection.ts";
import { sqlStateOf } from "../postgresql/failure.ts";
import { serverName, type PostgresTableName } from "../postgresql/target.ts";
import { parsePostgresUrl } from "../postgresql/url.ts";
import { requireOwnNames } from "./own-layout.ts";

/** Runs one statement; its rows. */
export type PostgresQuery = (
  text: string,
  values?: PostgresStatement["values"],
) => Promise<readonly PostgresRow[]>;

/** A table that is written to. */
export interface PostgresPlace {
  /** Quoted, with its schema if the URL names it. */
  readonly table: string;
  /** Connects if need be, and does `work` in one transaction. */
  transaction<Result>(work: (query: PostgresQuery) => Promise<Result>): Promise<Result>;
  /** Rows of a query over a connection of its own. */
  read(statement: PostgresStatement): AsyncGenerator<readonly PostgresRow[], void, undefined>;
  /** Whether the same may succeed later, over a new connection. */
  mayPass(error: unknown): boolean;
  /** What names the table, without credentials. Connects if need be. */
  name(): Promise<string>;
  /** Gives the connection up; what runs on it fails. The next use makes another. */
  drop(): void;
  /** May be called again. */
  close(): Promise<void>;
}

/** @throws ComplianceError `invalid-option` for a URL that names no place to write to */
export function openPostgresPlace(url: string): PostgresPlace {
  const { target, table, order, columns } = parsePostgresUrl(url);
  requireOwnNames(order, columns);
  let connecting: Promise<PostgresConnection> | undefined;
  let closed = false;

  const connect = (): Promise<PostgresConnection> => {
    if (closed) throw new ComplianceError("closed", "The database was used after it was closed");
    const made = (connecting ??= connectPostgres(target));
    made.catch(() => {
      if (connecting === made) connecting = undefined;
    });
    return made;
  };
  const drop = (): Promise<void> => {
    const dropped = connecting;
    connecting = undefined;
    return dropped === undefined
      ? Promise.resolve()
      : dropped.then(
          (connection) => connection.close(),
          () => undefined,
        );
  };

  return {
    table: quotedTable(table),
    async transaction(work) {
      const connection = await connect();
      const query: PostgresQuery = (text, values = []) => connection.query({ text, values });
      try {
        return await connection.transaction(() => work(query));
      } catch (error) {
        // Whatever state it is in: the next attempt has a clean one.
        if (isPassing(error)) await drop();
        throw error;
      }
    },
    async *read(statement) {
      if (closed) throw new ComplianceError("closed", "The database was used after it was closed");
      const connection = await connectPostgres(target);
      try {
        yield* connection.read(statement);
      } finally {
        await connection.close();
      }
    },
    mayPass: (error) => !closed && isPassing(error),
    name: async () => serverName((await connect()).server, table),
    drop: () => void drop(),
    async close() {
      closed = true;
      await drop();
    },
  };
}

/**
 * Classes of SQLSTATE that are another's doing: lost connections, resources, conflicts with other
 * transactions, an operator. A unique key that is there already is one: the next attempt looks
 * first.
 */
const PASSING = /^(?:08|40|53|57P0|55P03|25P0|23505|57014)/;

function isPassing(error: unknown): boolean {
  if (!(error instanceof ComplianceError)) return false;
  if (error.code === "closed") return true;
  if (error.code !== "unreadable-source") return false;
  const state = sqlStateOf(error);
  return state === undefined || PASSING.test(state);
}

function quotedTable({ schema, name }: PostgresTableName): string {
  return [...(schema === undefined ? [] : [schema]), name].map(quoted).join(".");
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
