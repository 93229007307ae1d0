// PostgreSQL: a fresh server with a folder of its own, listening on 127.0.0.1 only.

import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { postgresPlace } from "./available.ts";
import type { PostgresPlace } from "./available.ts";
import { freePorts } from "./free-port.ts";
import { openHousehold } from "./household.ts";
import type { Household, Running } from "./household.ts";

export interface PostgresServer {
  /** `postgres://postgres@127.0.0.1:PORT/postgres`: a superuser, without password. */
  readonly url: string;
  /** Everything that it writes is in here. */
  readonly folder: string;
  /** Ends the server and removes its data. */
  readonly stop: () => Promise<void>;
  /** Ends every connection, as an administrator does, and starts again; or starts after {@link kill}. */
  readonly restart: () => Promise<void>;
  /** SIGKILL to the server and all its processes, as when the power fails. */
  readonly kill: () => void;
  /** A new, empty database; returns its URL. */
  readonly createDatabase: () => Promise<string>;
}

/** Starts a server; takes about a second, most of it initdb. */
export async function startPostgres(): Promise<PostgresServer> {
  const place = postgresPlace();
  if ("missing" in place) throw new Error(place.missing);
  for (let turn = 1; ; turn += 1) {
    const household = openHousehold("postgresql", "QUIT");
    try {
      return await tryPostgres(household, place);
    } catch (error) {
      await household.stop();
      // A port may have been taken since it was found free.
      if (turn === 3) throw error;
    }
  }
}

async function tryPostgres(household: Household, place: PostgresPlace): Promise<PostgresServer> {
  const data = join(household.folder, "data");
  if (place.user !== undefined) chownSync(household.folder, place.user.uid, place.user.gid);
  createData(place, data);
  const [port = 0] = await freePorts(1);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const start = () =>
    household.start({
      command: join(place.folder, "postgres"),
      args: ["-D", data, ...settings(port)],
      log: "output.log",
      ...(place.user === undefined ? {} : { user: place.user }),
      ready: () => run(url, "SELECT 1").then(() => true),
    });
  let running: Running = await start();
  return {
    url,
    folder: household.folder,
    stop: () => household.stop(),
    async restart() {
      running.signal("SIGINT");
      await running.exited;
      // After a kill the last of the old processes may still hold the shared memory.
      running = await start().catch(() => delay(200).then(start));
    },
    kill: () => killAll(running.pid),
    createDatabase: () => createDatabase(url),
  };
}

function createData({ folder, user }: PostgresPlace, data: string): void {
  const options = ["--auth=trust", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8"];
  const result = spawnSync(join(folder, "initdb"), ["-D", data, "-U", "postgres", ...options], {
    encoding: "utf8",
    ...user,
  });
  if (result.status !== 0) throw new Error(`initdb fails: ${result.error ?? result.stderr}`);
}

function settings(port: number): string[] {
  const values = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    fsync: "off",
    shared_buffers: "64MB",
    max_connections: "200",
    dynamic_shared_memory_type: "mmap",
    timezone: "UTC",
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function killAll(pid: number): void {
  const children = childrenOf(pid);
  for (const one of [pid, ...children]) {
    try {
      process.kill(one, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return list === "" ? [] : list.split(" ").map(Number);
  } catch {
    return [];
  }
}

/**
 * A new, empty database of the server at `url`, which any process may ask for.
 *
 * @returns its URL, of the same user
 */
export async function createDatabase(url: string): Promise<string> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  // The template that nobody connects to: copies of it never wait for one another.
  await run(url, `CREATE DATABASE ${name} TEMPLATE template0`);
  const address = new URL(url);
  address.pathname = name;
  return address.href;
}

async function run(url: string, query: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(query);
  } finally {
    await client.end();
  }
}
