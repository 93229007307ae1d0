// Clients of the driver: made, connected and asked. A client has a socket of ours, so that it can
// be given up at once whatever it is doing.

import { Socket } from "node:net";
import type { PgClient, PgConfig, PgPackage, PgParameters, PgResult } from "./driver.ts";
import { passwordFor } from "./password.ts";
import type { PostgresServer, PostgresTarget } from "./target.ts";
import { AS_TEXT } from "./values.ts";

/** One statement: placeholders `$1`, `$2` … stand for the values. */
export interface PostgresStatement {
  readonly text: string;
  readonly values: readonly (string | number | bigint | boolean | null)[];
}

/** Whole numbers as numbers (bigint beyond 2^53), NULL as null, everything else as its text. */
export type PostgresRow = readonly unknown[];

export interface OwnClient {
  readonly client: PgClient;
  readonly socket: Socket;
  /** What it will connect to: the target, and what the environment says besides. */
  readonly server: PostgresServer;
  /** What went wrong while nobody waited for an answer. */
  readonly lost: () => Error | undefined;
}

const CONNECT_MILLISECONDS = 10_000;
const KEEP_ALIVE_MILLISECONDS = 10_000;

/** A client that is not connected yet. */
export function newClient(
  { Client }: PgPackage,
  target: PostgresTarget,
  tls: PgConfig["ssl"],
): OwnClient {
  const { host, port, user, database } = target;
  const socket = new Socket();
  const client = new Client({
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    ...(tls === undefined ? {} : { ssl: tls }),
    password: (parameters: PgParameters) => passwordFor(target, parameters),
    stream: () => socket,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS,
    application_name: "aegis-compliance",
    types: AS_TEXT,
  });
  let lost: Error | undefined;
  client.on("error", (error) => {
    lost ??= error;
  });
  return {
    client,
    socket,
    server: { host: client.host, port: client.port, database: client.database ?? "" },
    lost: () => lost,
  };
}

/** The rows of a statement, or of the last of several. */
export async function ask(
  client: PgClient,
  { text, values }: PostgresStatement,
): Promise<readonly PostgresRow[]> {
  const found = await client.query({ text, values, rowMode: "array", types: AS_TEXT });
  const results: readonly PgResult[] = "rows" in found ? [found] : found;
  return results.at(-1)?.rows ?? [];
}

/** Resolves when a socket is closed. */
export function whenClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once("close", () => resolve());
  });
}

/** Resolves after a time that keeps no process alive. */
export function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
