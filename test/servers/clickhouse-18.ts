// ClickHouse 18.16, as Debian's package clickhouse-server has it: real daemons, for tests of lost
// shards and for the oldest dialect that the engine speaks.

import { clickHouse18 } from "./available.ts";
import { startCluster } from "./clickhouse.ts";
import type { Cluster, NodePlace, Version } from "./clickhouse.ts";

/** A cluster of `nodes` shards, each a daemon of its own. */
export async function startClickHouse18(nodes = 3): Promise<Cluster> {
  const place = clickHouse18();
  if ("missing" in place) throw new Error(place.missing);
  return startCluster(versionOf(place.program), nodes);
}

function versionOf(program: string): Version {
  return {
    name: "clickhouse-18",
    configuration: (place, remoteServers) => ({
      "config.xml": configuration(place, remoteServers),
      "users.xml": USERS,
    }),
    command: ({ configFile }) => ({ command: program, args: [`--config-file=${configFile}`] }),
  };
}

function configuration(place: NodePlace, remoteServers: string): string {
  return `<yandex>
  <logger><level>error</level><console>1</console></logger>
  <http_port>${place.httpPort}</http_port>
  <tcp_port>${place.tcpPort}</tcp_port>
  <interserver_http_port>${place.interserverPort}</interserver_http_port>
  <interserver_http_host>127.0.0.1</interserver_http_host>
  <listen_host>127.0.0.1</listen_host>
  <path>${place.folder}/data/</path>
  <tmp_path>${place.folder}/data/tmp/</tmp_path>
  <user_files_path>${place.folder}/data/user_files/</user_files_path>
  <format_schema_path>${place.folder}/data/format_schemas/</format_schema_path>
  <users_config>users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <timezone>UTC</timezone>
  <mark_cache_size>67108864</mark_cache_size>
  ${remoteServers}
</yandex>
`;
}

// Rows written through a Distributed table are on their shards when the insert has answered.
const USERS = `<yandex>
  <profiles>
    <default>
      <max_memory_usage>4294967296</max_memory_usage>
      <insert_distributed_sync>1</insert_distributed_sync>
    </default>
  </profiles>
  <quotas><default></default></quotas>
  <users>
    <default>
      <password></password>
      <networks><ip>127.0.0.1</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
    </default>
  </users>
</yandex>
`;
