// A ClickHouse cluster of a few nodes on this machine: ports, configuration, start, kill and stop.

import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts } from "./free-port.ts";
import { openHousehold } from "./household.ts";
import type { Household, Running } from "./household.ts";

/** The name of the cluster in every node's configuration, for `Distributed(aegis, …)`. */
export const CLUSTER = "aegis";

export interface ClickHouseNode {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** For `remote('127.0.0.1:PORT', …)`. */
  readonly tcpPort: number;
  /** SIGKILL, as when the power fails. */
  readonly kill: () => void;
  /** SIGSTOP: it holds its connections and answers nothing, until {@link resume}. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Starts it again on the same ports and data, after {@link kill} or an end of its own. */
  readonly start: () => Promise<void>;
}

/** The part of a cluster that any process may use. */
export interface ClusterAddress {
  readonly cluster: typeof CLUSTER;
  /** What `version()` says. */
  readonly version: string;
  readonly nodes: readonly { readonly url: string; readonly tcpPort: number }[];
}

export interface Cluster extends ClusterAddress {
  readonly nodes: readonly ClickHouseNode[];
  /** Everything that the nodes write is in here. */
  readonly folder: string;
  /** Ends every node and removes its data. */
  readonly stop: () => Promise<void>;
}

/** Where one node lives. */
export interface NodePlace {
  readonly folder: string;
  readonly configFile: string;
  readonly httpPort: number;
  readonly tcpPort: number;
  readonly interserverPort: number;
}

/** What differs between versions. */
export interface Version {
  readonly name: string;
  /** The files of the configuration: name to text. `config.xml` is given to the server. */
  configuration(place: NodePlace, remoteServers: string): Readonly<Record<string, string>>;
  command(place: NodePlace): { readonly command: string; readonly args: readonly string[] };
}

/** A cluster of `count` shards of one node each. */
export async function startCluster(version: Version, count: number): Promise<Cluster> {
  for (let turn = 1; ; turn += 1) {
    const household = openHousehold(version.name, "KILL");
    try {
      return await tryCluster(household, version, count);
    } catch (error) {
      await household.stop();
      // A port may have been taken since it was found free.
      if (turn === 3) throw error;
    }
  }
}

async function tryCluster(household: Household, version: Version, count: number): Promise<Cluster> {
  const ports = await freePorts(3 * count);
  const places = Array.from({ length: count }, (_, index): NodePlace => {
    const folder = join(household.folder, `node-${index + 1}`);
    const [httpPort = 0, tcpPort = 0, interserverPort = 0] = ports.slice(3 * index, 3 * index + 3);
    return { folder, configFile: join(folder, "config.xml"), httpPort, tcpPort, interserverPort };
  });
  const shards = remoteServers(places);
  const nodes = await Promise.all(
    places.map((place) => startNode(household, version, place, shards)),
  );
  const first = nodes[0];
  if (first === undefined) throw new Error("a cluster has at least one node");
  return {
    cluster: CLUSTER,
    version: (await ask(first.url, "SELECT version()")).trim(),
    nodes,
    folder: household.folder,
    stop: () => household.stop(),
  };
}

function remoteServers(places: readonly NodePlace[]): string {
  const shards = places.map(
    ({ tcpPort }) =>
      `<shard><replica><host>127.0.0.1</host><port>${tcpPort}</port></replica></shard>`,
  );
  return `<remote_servers><${CLUSTER}>${shards.join("")}</${CLUSTER}></remote_servers>`;
}

async function startNode(
  household: Household,
  version: Version,
  place: NodePlace,
  shards: string,
): Promise<ClickHouseNode> {
  mkdirSync(place.folder);
  for (const [name, text] of Object.entries(version.configuration(place, shards))) {
    writeFileSync(join(place.folder, name), text);
  }
  const url = `http://127.0.0.1:${place.httpPort}`;
  const log = join(place.folder, "output.log").slice(household.folder.length + 1);
  const ready = async () => (await ask(url, "SELECT 1")) === "1\n";
  const start = () => household.start({ ...version.command(place), log, ready });
  let running: Running = await start();
  return {
    url,
    tcpPort: place.tcpPort,
    kill: () => running.signal("SIGKILL"),
    pause: () => running.signal("SIGSTOP"),
    resume: () => running.signal("SIGCONT"),
    async start() {
      await running.exited;
      running = await start();
    },
  };
}

/**
 * The answer of one node to one query, as text (TabSeparated unless the query says otherwise).
 *
 * @throws Error with the server's words when it refuses
 */
export async function ask(url: string, query: string): Promise<string> {
  const response = await fetch(url, { method: "POST", body: query });
  const text = await response.text();
  if (!response.ok) throw new Error(`ClickHouse answers ${response.status}: ${text}`);
  return text;
}

/** Asks every node, since `ON CLUSTER` needs a keeper that a test does not run. */
export async function askAll({ nodes }: ClusterAddress, query: string): Promise<readonly string[]> {
  return Promise.all(nodes.map(({ url }) => ask(url, query)));
}

/** A new database on every node of the cluster. Returns its name, which needs no quotes. */
export async function createDatabase(address: ClusterAddress): Promise<string> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  await askAll(address, `CREATE DATABASE ${name}`);
  return name;
}
