// One connection to a PostgreSQL server: statements, transactions, and results that are read
// some rows at a time. Failures are described in our words and never hold a credential.

import { ComplianceError } from "../model/error.ts";
import { after, ask, newClient, whenClosed } from "./client.ts";
import type { OwnClient, PostgresRow, PostgresStatement } from "./client.ts";
import { loadPg } from "./driver.ts";
import type { PgPackage } from "./driver.ts";
import { describePostgresFailure, sqlStateOf } from "./failure.ts";
import { SESSION } from "./session.ts";
import { cancelBackend, watch } from "./stopping.ts";
import { serverName } from "./target.ts";
import type { PostgresServer, PostgresTarget } from "./target.ts";
import { tlsConfig } from "./tls.ts";
import { AS_TEXT } from "./values.ts";

export type { PostgresRow, PostgresStatement } from "./client.ts";

export interface PostgresOptions {
  /**
   * Stops the query, in the server too, and gives the connection up; then the signal's reason is
   * thrown.
   */
  readonly signal?: AbortSignal | undefined;
}

/** An open connection. One statement runs at a time. */
export interface PostgresConnection {
  /** What answered. */
  readonly server: PostgresServer;
  /**
   * Runs a statement, or several without values; the rows are those of the last.
   *
   * @throws ComplianceError `unreadable-source`, with the driver's error as its cause; `closed`
   */
  query(statement: PostgresStatement, options?: PostgresOptions): Promise<readonly PostgresRow[]>;
  /** Runs work between BEGIN and COMMIT; ROLLBACK when it throws. */
  transaction<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * Runs a query, and hands its rows over some thousand at a time, as they are asked for. It ends
   * only when the server has said that there are no more.
   *
   * @throws ComplianceError as {@link query}
   */
  read(
    statement: PostgresStatement,
    options?: PostgresOptions,
  ): AsyncGenerator<readonly PostgresRow[], void, undefined>;
  /** Ends the session; what is running fails. May be called again. */
  close(): Promise<void>;
}

export interface ConnectOptions extends PostgresOptions {
  /** How messages call what is connected to; the server and database when absent. */
  readonly name?: string;
  /** Gives the driver; for tests. */
  readonly load?: () => Promise<PgPackage>;
}

const BATCH = 2000;
const GOODBYE_MILLISECONDS = 350;

/**
 * Connects. What the target does not say comes from the environment, as for PostgreSQL's own
 * tools.
 *
 * @throws ComplianceError `missing-package`; `unreadable-source` when nobody answers, or the
 *   server refuses; the signal's reason
 */
export async function connectPostgres(
  target: PostgresTarget,
  { signal, name, load }: ConnectOptions = {},
): Promise<PostgresConnection> {
  signal?.throwIfAborted();
  const pg = await loadPg(load);
  const tls = await tlsConfig(target.tls);
  const own = newClient(pg, target, tls);
  const called = name ?? serverName(own.server);
  const { socket, client } = own;
  const giveUp = async (): Promise<void> => void socket.destroy();
  const watching = watch(signal, giveUp, (error) =>
    describePostgresFailure(causeOf(own, error), called),
  );
  try {
    await client.connect();
    const [[backend] = []] = await ask(client, { text: SESSION, values: [] });
    signal?.throwIfAborted();
    return connectionOf(pg, own, {
      called,
      cancel: () => cancelBackend(newClient(pg, target, tls), backend as number),
    });
  } catch (error) {
    socket.destroy();
    throw await watching.insteadOf(error);
  } finally {
    await watching.end();
  }
}

interface Surroundings {
  /** How messages call it. */
  readonly called: string;
  /** Cancels what the server is doing for this connection. */
  readonly cancel: () => Promise<void>;
}

function connectionOf(
  pg: PgPackage,
  own: OwnClient,
  { called, cancel }: Surroundings,
): PostgresConnection {
  const { client, socket, server } = own;
  let closed = false;
  const stop = async (): Promise<void> => {
    closed = true;
    await cancel();
    socket.destroy();
  };
  const failure = (error: unknown): ComplianceError =>
    closed ? connectionClosed(called) : describePostgresFailure(causeOf(own, error), called);
  const watched = (signal: AbortSignal | undefined): ReturnType<typeof watch> => {
    signal?.throwIfAborted();
    if (closed) throw connectionClosed(called);
    return watch(signal, stop, failure);
  };
  const query = async (
    statement: PostgresStatement,
    { signal }: PostgresOptions = {},
  ): Promise<readonly PostgresRow[]> => {
    const watching = watched(signal);
    try {
      const rows = await ask(client, statement);
      signal?.throwIfAborted();
      return rows;
    } catch (error) {
      throw await watching.insteadOf(error);
    } finally {
      await watching.end();
    }
  };

  return {
    server,
    query,
    async transaction(work) {
      await query({ text: "BEGIN", values: [] });
      try {
        const result = await work();
        await query({ text: "COMMIT", values: [] });
        return result;
      } catch (error) {
        await query({ text: "ROLLBACK", values: [] }).catch(() => undefined);
        throw error;
      }
    },
    async *read({ text, values }, { signal } = {}) {
      const watching = watched(signal);
      const cursor = client.query(
        new pg.Cursor(text, values, { rowMode: "array", types: AS_TEXT }),
      );
      const next = (): Promise<readonly PostgresRow[]> => {
        const batch = cursor.read(BATCH);
        // It may fail while nobody waits for it.
        batch.catch(() => undefined);
        return batch;
      };
      let coming = next();
      let isOpen = true;
      try {
        for (;;) {
          const batch = await coming.catch(async (error: unknown) => {
            isOpen = false;
            throw await watching.insteadOf(error);
          });
          signal?.throwIfAborted();
          isOpen = batch.length > 0;
          if (!isOpen) return;
          // The server works on the next rows while these are worked on here.
          coming = next();
          yield batch;
        }
      } finally {
        if (isOpen && !closed) {
          await Promise.race([coming.then(() => cursor.close()), whenClosed(socket)]).catch(
            () => undefined,
          );
        }
        await watching.end();
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.race([client.end(), after(GOODBYE_MILLISECONDS)]).catch(() => undefined);
      socket.destroy();
    },
  };
}

/** What the server said last is worth more than that the connection is gone. */
function causeOf({ lost }: OwnClient, error: unknown): unknown {
  return sqlStateOf(error) === undefined ? (lost() ?? error) : error;
}

function connectionClosed(name: string): ComplianceError {
  return new ComplianceError("closed", "the connection to the database was closed", {
    location: { file: name },
  });
}
