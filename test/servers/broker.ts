// The servers that all files of a test run share. It runs beside the tests and starts a server when
// the first file asks for it, so that a run that needs none starts none; at the end it stops them.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import type { ServerName } from "./available.ts";
import { startClickHouse18 } from "./clickhouse-18.ts";
import { startClickHouse26 } from "./clickhouse-26.ts";
import type { Cluster, ClusterAddress } from "./clickhouse.ts";
import { startPostgres } from "./postgresql.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the broker listens: `GET /postgresql` starts that server and says where it is. */
    readonly serverBroker: string;
    /** What it has started, for the line at the end of the run. */
    readonly serversStarted: readonly string[];
  }
}

/** What the broker answers for each server, as JSON. */
export interface SharedAddresses {
  readonly postgresql: { readonly url: string };
  readonly "clickhouse-26": ClusterAddress;
  readonly "clickhouse-18": ClusterAddress;
}

interface Started {
  readonly title: string;
  readonly address: SharedAddresses[ServerName];
  readonly stop: () => Promise<void>;
}

const START: Readonly<Record<ServerName, () => Promise<Started>>> = {
  postgresql: async () => {
    const { url, stop } = await startPostgres();
    return { title: "postgresql", address: { url }, stop };
  },
  "clickhouse-26": async () => shareCluster(await startClickHouse26()),
  "clickhouse-18": async () => shareCluster(await startClickHouse18()),
};

function shareCluster({ cluster, version, nodes, stop }: Cluster): Started {
  const release = version.split(".").slice(0, 2).join(".");
  const places = nodes.map(({ url, tcpPort }) => ({ url, tcpPort }));
  return {
    title: `clickhouse ${release} x${nodes.length}`,
    address: { cluster, version, nodes: places },
    stop,
  };
}

const isServer = (name: string): name is ServerName => Object.hasOwn(START, name);

/** Called by vitest before the first test; what it returns is called after the last. */
export default async function serveServers(project: TestProject): Promise<() => Promise<void>> {
  const asked = new Map<ServerName, Promise<Started>>();
  const titles: string[] = [];
  const start = async (name: ServerName): Promise<Started> => {
    const started = await START[name]();
    titles.push(started.title);
    project.provide("serversStarted", [...titles].sort().reverse());
    return started;
  };
  const broker = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    if (!isServer(name)) {
      response.writeHead(404).end();
      return;
    }
    const server = asked.get(name) ?? start(name);
    asked.set(name, server);
    server.then(
      ({ address }) => response.end(JSON.stringify(address)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => broker.listen(0, "127.0.0.1", resolve));
  project.provide("serverBroker", `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);
  project.provide("serversStarted", []);

  return async () => {
    broker.closeAllConnections();
    broker.close();
    const servers = await Promise.allSettled(asked.values());
    const started = servers.filter((server) => server.status === "fulfilled");
    await Promise.all(started.map(({ value }) => value.stop()));
  };
}
