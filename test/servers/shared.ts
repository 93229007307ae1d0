// What a test file asks for: a server that the whole run shares, and a database of its own on it.
// Tests that kill or stop a server start a private one instead: `startPostgres` and the like.

import { inject } from "vitest";
import type { ServerName } from "./available.ts";
import type { SharedAddresses } from "./broker.ts";
import * as clickhouse from "./clickhouse.ts";
import type { ClusterAddress } from "./clickhouse.ts";
import * as postgresql from "./postgresql.ts";

export interface SharedPostgres {
  /** `postgres://postgres@127.0.0.1:PORT/postgres`; put nothing into this database. */
  readonly url: string;
  /** A new, empty database; returns its URL. */
  readonly createDatabase: () => Promise<string>;
}

export interface SharedCluster extends ClusterAddress {
  /** A new database on every node; returns its name, which needs no quotes. */
  readonly createDatabase: () => Promise<string>;
}

export async function sharedPostgres(): Promise<SharedPostgres> {
  const { url } = await shared("postgresql");
  return { url, createDatabase: () => postgresql.createDatabase(url) };
}

/** Three shards of ClickHouse 26. */
export async function sharedClickHouse26(): Promise<SharedCluster> {
  return withDatabases(await shared("clickhouse-26"));
}

/** Three shards of ClickHouse 18.16. */
export async function sharedClickHouse18(): Promise<SharedCluster> {
  return withDatabases(await shared("clickhouse-18"));
}

function withDatabases(address: ClusterAddress): SharedCluster {
  return { ...address, createDatabase: () => clickhouse.createDatabase(address) };
}

async function shared<Name extends ServerName>(name: Name): Promise<SharedAddresses[Name]> {
  const response = await fetch(`${inject("serverBroker")}/${name}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${name} does not start: ${text}`);
  return JSON.parse(text) as SharedAddresses[Name];
}
