// ClickHouse 26: the library of the npm package chdb, run as servers that listen and form a cluster.

import { fileURLToPath } from "node:url";
import { chdbModules } from "./available.ts";
import { startCluster } from "./clickhouse.ts";
import type { Cluster, NodePlace, Version } from "./clickhouse.ts";

/**
 * A cluster of `nodes` shards. When one of them is killed, another may end by itself: tests of lost
 * shards belong to `startClickHouse18`.
 */
export async function startClickHouse26(nodes = 3): Promise<Cluster> {
  const modules = chdbModules();
  if (modules === undefined) throw new Error("chdb is not installed");
  return startCluster(versionIn(modules), nodes);
}

const SERVE = fileURLToPath(new URL("clickhouse-26/serve.cjs", import.meta.url));

function versionIn(modules: string): Version {
  return {
    name: "clickhouse-26",
    configuration: (_, remoteServers) => ({ "config.xml": configuration(remoteServers) }),
    command: (place) => ({
      command: process.execPath,
      args: [SERVE, modules, ...serverArguments(place)],
    }),
  };
}

function serverArguments({ folder, configFile, httpPort, tcpPort }: NodePlace): string[] {
  return [
    `--path=${folder}/data`,
    `--http_port=${httpPort}`,
    `--tcp_port=${tcpPort}`,
    "--listen_host=127.0.0.1",
    `--config-file=${configFile}`,
    // Rows written through a Distributed table are on their shards when the insert has answered.
    "--distributed_foreground_insert=1",
  ];
}

function configuration(remoteServers: string): string {
  return `<clickhouse>
  <timezone>UTC</timezone>
  <background_schedule_pool_size>16</background_schedule_pool_size>
  <background_pool_size>2</background_pool_size>
  <background_fetches_pool_size>1</background_fetches_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <mark_cache_size>67108864</mark_cache_size>
  <max_server_memory_usage>4294967296</max_server_memory_usage>
  ${remoteServers}
</clickhouse>
`;
}
