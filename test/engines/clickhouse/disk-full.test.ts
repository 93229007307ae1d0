// A server without room for the temporary files of sorting: an error that says so and never a
// shorter log, and with room the whole of it.

import { mkdirSync } from "node:fs";
import { createServer, request } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { clickhouse } from "../../../src/engines/clickhouse.ts";
import { memory } from "../../../src/engines/memory.ts";
import { ComplianceError } from "../../../src/model/error.ts";
import { openWriter } from "../../clickhouse/written-table.ts";
import { chdbModules, clickHouse18 } from "../../servers/available.ts";
import { ask, startCluster } from "../../servers/clickhouse.ts";
import type { Cluster, ClusterAddress, NodePlace } from "../../servers/clickhouse.ts";
import { describeWith } from "../../servers/needs.ts";
import { noSmallDisk, withSmallDisk } from "../../small-disk.ts";
import { manyEntries, QUESTION } from "./asked.ts";

const ENTRIES = manyEntries(60_000);
const environment = {};
/** Temporary files are written from a megabyte on. */
const SORTS_ON_DISK = {
  max_bytes_before_external_sort: "1000000",
  max_bytes_ratio_before_external_sort: "0",
  min_external_sort_block_bytes: "0",
  max_block_size: "1000",
};

describe.skipIf(noSmallDisk !== undefined)(
  `a small disk${noSmallDisk === undefined ? "" : ` (${noSmallDisk})`}`,
  () => {
    describeWith(["clickhouse-18"], "for temporary files of ClickHouse 18.16", () => {
      // It does not notice that it could not write, and then misses what it wants to read again.
      test.each(["8k", "100k", "600k", "16m"])(
        "of %s",
        async (size) => {
          const cluster = await startSmall18(size);
          try {
            const url = (await writeUnsorted(cluster, "default")).replace("://", "://small@");
            const expected = failure(/temporary file.*ended too early/, /disks have room/);
            expect(await outcomeOf(url)).toEqual(size === "16m" ? await whole() : expected);
          } finally {
            await cluster.stop();
          }
        },
        60_000,
      );
    });

    describeWith(["clickhouse-26"], "for temporary files of ClickHouse 26", () => {
      test.each(["200k", "64m"])(
        "of %s",
        async (size) => {
          const cluster = await startSmall26(size);
          const proxy = await addSettings(cluster, SORTS_ON_DISK);
          try {
            const url = through(proxy, await writeUnsorted(cluster, "default"));
            const expected = failure(/disk is full/, /Free some space on the server/);
            expect(await outcomeOf(url)).toEqual(size === "64m" ? await whole() : expected);
          } finally {
            proxy.close();
            await cluster.stop();
          }
        },
        60_000,
      );
    });
  },
);

/** A table that lies in another order than its entries. */
async function writeUnsorted(cluster: ClusterAddress, database: string): Promise<string> {
  const writer = await openWriter(cluster, database);
  const url = await writer.write("log", ENTRIES);
  await writer.close();
  await ask(
    cluster.nodes[0]?.url ?? "",
    `CREATE TABLE ${database}.unsorted ENGINE = MergeTree ORDER BY cityHash64(ordinal) AS SELECT * FROM ${database}.log`,
  );
  return url.replace("table=log", "table=unsorted");
}

/** What reading a log comes to: its answers, or what is said of the failure. */
async function outcomeOf(url: string): Promise<unknown> {
  const engine = await clickhouse(url, { environment });
  try {
    const { population, observations } = await engine.observe(QUESTION);
    return { read: population.read, observations };
  } catch (error) {
    if (!(error instanceof ComplianceError)) throw error;
    const { code, message, hint } = error;
    return { code, message, hint };
  } finally {
    await engine.close();
  }
}

async function whole(): Promise<unknown> {
  const { observations } = await memory(ENTRIES).observe(QUESTION);
  return { read: ENTRIES.length, observations };
}

function failure(message: RegExp, hint: RegExp): unknown {
  return {
    code: "unreadable-source",
    message: expect.stringMatching(message) as string,
    hint: expect.stringMatching(hint) as string,
  };
}

/** Stands before the first node and changes the settings of every query, as a profile would. */
async function addSettings(
  { nodes: [node] }: ClusterAddress,
  settings: Readonly<Record<string, string>>,
): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? "/", node?.url);
    for (const [name, value] of Object.entries(settings)) target.searchParams.set(name, value);
    const { method, headers } = incoming;
    const onward = request(target, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function through(proxy: Server, url: string): string {
  const { port } = proxy.address() as AddressInfo;
  return url.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`);
}

/** The command of a node that sees a small disk in one of its folders. */
function onSmallDisk(line: string, folder: string, size: string) {
  mkdirSync(folder, { recursive: true });
  return withSmallDisk(`exec ${line}`, folder, size);
}

async function startSmall18(size: string): Promise<Cluster> {
  const found = clickHouse18();
  if ("missing" in found) throw new Error(found.missing);
  return startCluster(
    {
      name: "clickhouse-18",
      configuration: (place, remoteServers) => ({
        "config.xml": configuration18(place, remoteServers),
        "users.xml": USERS_18,
      }),
      command: ({ folder, configFile }) =>
        onSmallDisk(`${found.program} --config-file=${configFile}`, join(folder, "small"), size),
    },
    1,
  );
}

function configuration18(
  { folder, httpPort, tcpPort, interserverPort }: NodePlace,
  remoteServers: string,
): string {
  return `<yandex>
    <logger><level>error</level><console>1</console></logger>
    <http_port>${httpPort}</http_port><tcp_port>${tcpPort}</tcp_port>
    <interserver_http_port>${interserverPort}</interserver_http_port>
    <interserver_http_host>127.0.0.1</interserver_http_host><listen_host>127.0.0.1</listen_host>
    <path>${folder}/data/</path><tmp_path>${folder}/small/</tmp_path>
    <users_config>users.xml</users_config><default_profile>default</default_profile>
    <default_database>default</default_database><mark_cache_size>67108864</mark_cache_size>
    ${remoteServers}</yandex>`;
}

/** What the user `small` sends cannot change what its profile says. */
const USERS_18 = `<yandex>
  <profiles>
    <default></default>
    <small><readonly>1</readonly><max_bytes_before_external_sort>1000000</max_bytes_before_external_sort></small>
  </profiles>
  <quotas><default></default></quotas>
  <users>${["default", "small"].map((name) => `<${name}><password></password><networks><ip>127.0.0.1</ip></networks><profile>${name}</profile><quota>default</quota></${name}>`).join("")}</users>
</yandex>`;

const SERVE = fileURLToPath(new URL("../../servers/clickhouse-26/serve.cjs", import.meta.url));

async function startSmall26(size: string): Promise<Cluster> {
  return startCluster(
    {
      name: "clickhouse-26",
      configuration: (_, remoteServers) => ({
        "config.xml": `<clickhouse><timezone>UTC</timezone><background_pool_size>2</background_pool_size>
          <background_schedule_pool_size>16</background_schedule_pool_size>
          <max_server_memory_usage>4294967296</max_server_memory_usage>${remoteServers}</clickhouse>`,
      }),
      command: ({ folder, configFile, httpPort, tcpPort }) =>
        onSmallDisk(
          `${process.execPath} ${SERVE} ${chdbModules() ?? ""} --path=${folder}/data --http_port=${httpPort} ` +
            `--tcp_port=${tcpPort} --listen_host=127.0.0.1 --config-file=${configFile}`,
          join(folder, "data", "tmp"),
          size,
        ),
    },
    1,
  );
}
