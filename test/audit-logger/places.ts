// Empty places for a log on each server.

import { randomBytes } from "node:crypto";
import type { ServerName } from "../servers/available.ts";
import { sharedClickHouse18, sharedClickHouse26, sharedPostgres } from "../servers/shared.ts";

export const SERVERS: readonly ServerName[] = ["postgresql", "clickhouse-26", "clickhouse-18"];

/** The URL of a table that does not exist yet, on a server that the whole run shares. */
export async function newTable(server: ServerName): Promise<string> {
  const table = `log_${randomBytes(6).toString("hex")}`;
  if (server === "postgresql") {
    databases.postgresql ??= sharedPostgres().then(({ createDatabase }) => createDatabase());
    return `${await databases.postgresql}?table=${table}`;
  }
  const cluster = server === "clickhouse-26" ? sharedClickHouse26 : sharedClickHouse18;
  databases[server] ??= cluster().then(async ({ nodes, createDatabase }) => {
    const [node] = nodes;
    return `${node?.url.replace("http:", "clickhouse:") ?? ""}/${await createDatabase()}`;
  });
  return `${await databases[server]}?table=${table}`;
}

const databases: Partial<Record<ServerName, Promise<string>>> = {};
