// A cluster that loses a shard, a limit that cuts a query off, a table that changes: an error,
// never a smaller report. With real daemons of ClickHouse 18.16 that are killed.

import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { clickhouse } from "../../../src/engines/clickhouse.ts";
import type { Engine, Progress } from "../../../src/engines/engine.ts";
import { memory } from "../../../src/engines/memory.ts";
import { selectKeys } from "../../../src/engines/sql/select.ts";
import { clickHouse18 } from "../../servers/available.ts";
import { startClickHouse18 } from "../../servers/clickhouse-18.ts";
import { ask, startCluster } from "../../servers/clickhouse.ts";
import type { ClickHouseNode, Cluster } from "../../servers/clickhouse.ts";
import { describeWith } from "../../servers/needs.ts";
import { openWriter, stored } from "../../clickhouse/written-table.ts";
import type { Writer } from "../../clickhouse/written-table.ts";
import { manyEntries, QUESTION } from "./asked.ts";
import { drained, openLog, readAll } from "./opened-log.ts";

const ENTRIES = manyEntries(240_000);
const environment = {};
const LOST = { code: "unreadable-source" };

describeWith(["clickhouse-18"], "a cluster of ClickHouse 18.16", () => {
  let cluster: Cluster;
  let writer: Writer;
  let url: string;
  beforeAll(async () => {
    cluster = await startClickHouse18();
    writer = await openWriter(cluster, "default");
    url = await writer.spread("log", ENTRIES);
  }, 60_000);
  afterAll(async () => {
    await writer.close();
    await cluster.stop();
  });

  const node = (index: number): ClickHouseNode => {
    const one = cluster.nodes[index];
    if (one === undefined) throw new Error("the cluster has three nodes");
    return one;
  };
  const open = async (): Promise<Engine> => {
    const engine = await clickhouse(url, { environment });
    onTestFinished(() => engine.close());
    return engine;
  };

  test("a shard killed before is an error, and the report is right after its return", async () => {
    const engine = await open();
    node(1).kill();
    await expect(engine.observe(QUESTION)).rejects.toMatchObject({
      ...LOST,
      message: expect.stringContaining("part of the cluster") as string,
    });
    await expect((await open()).observe(QUESTION)).rejects.toMatchObject(LOST);
    await node(1).start();
    const { population, ...found } = await engine.observe(QUESTION);
    const wanted = await memory(ENTRIES.map(stored)).observe(QUESTION);
    expect(found).toEqual({ observations: wanted.observations, activity: wanted.activity });
    expect(population.read).toBe(ENTRIES.length);
  }, 60_000);

  test.each([1, 2, 0])(
    "node %i killed while rows come is an error",
    async (index) => {
      const engine = await open();
      let killed = false;
      const onProgress = ({ done, total }: Progress): void => {
        if (killed || done === 0 || done === total) return;
        killed = true;
        node(index).kill();
      };
      await expect(engine.observe(QUESTION, { onProgress })).rejects.toMatchObject(LOST);
      expect(killed).toBe(true);
      await node(index).start();
      expect((await engine.observe(QUESTION)).population.read).toBe(ENTRIES.length);
    },
    60_000,
  );

  test("a shard killed before evidence is looked up, or before the end, is an error", async () => {
    const { view, table, connection } = await openLog(url);
    onTestFinished(() => connection.close());
    const keys = await view();
    const end = await view();
    for (const one of [keys, end]) await readAll(one, table);
    node(2).kill();
    await expect(drained(keys.read(selectKeys(table, ["id"], [1, 2, 3])))).rejects.toMatchObject(
      LOST,
    );
    await expect(end.close()).rejects.toMatchObject(LOST);
    await node(2).start();
    await (await view()).close();
  }, 60_000);
});

/** Profiles of a server whose administrator prefers an answer to the right one. */
const USERS = `<yandex>
  <profiles>
    <default></default>
    <skipping><skip_unavailable_shards>1</skip_unavailable_shards></skipping>
    <fixed><skip_unavailable_shards>1</skip_unavailable_shards><readonly>1</readonly></fixed>
    <reader><readonly>1</readonly></reader>
    <breaking><max_rows_to_read>1000</max_rows_to_read><read_overflow_mode>break</read_overflow_mode><max_block_size>500</max_block_size></breaking>
  </profiles>
  <quotas><default></default></quotas>
  <users>${["default", "skipping", "fixed", "reader", "breaking"].map((name) => `<${name}><password>${name === "default" ? "" : "geheim"}</password><networks><ip>127.0.0.1</ip></networks><profile>${name}</profile><quota>default</quota></${name}>`).join("")}</users>
</yandex>`;

async function startWithProfiles(): Promise<Cluster> {
  const place = clickHouse18();
  if ("missing" in place) throw new Error(place.missing);
  return startCluster(
    {
      name: "clickhouse-18",
      configuration: ({ folder, httpPort, tcpPort, interserverPort }, remoteServers) => ({
        "config.xml": `<yandex>
          <logger><level>error</level><console>1</console></logger>
          <http_port>${httpPort}</http_port><tcp_port>${tcpPort}</tcp_port>
          <interserver_http_port>${interserverPort}</interserver_http_port>
          <interserver_http_host>127.0.0.1</interserver_http_host><listen_host>127.0.0.1</listen_host>
          <path>${folder}/data/</path><tmp_path>${folder}/data/tmp/</tmp_path>
          <users_config>users.xml</users_config><default_profile>default</default_profile>
          <default_database>default</default_database><mark_cache_size>67108864</mark_cache_size>
          ${remoteServers}</yandex>`,
        "users.xml": USERS,
      }),
      command: ({ configFile }) => ({
        command: place.program,
        args: [`--config-file=${configFile}`],
      }),
    },
    3,
  );
}

describeWith(["clickhouse-18"], "profiles that make answers smaller", () => {
  let cluster: Cluster;
  let url: string;
  const as = (user: string): string => url.replace("://", `://${user}@`);
  const secret = { environment: { CLICKHOUSE_PASSWORD: "geheim" } };
  const entries = manyEntries(6000);
  beforeAll(async () => {
    cluster = await startWithProfiles();
    const writer = await openWriter(cluster, "default");
    url = await writer.spread("log", entries);
    await writer.close();
  }, 60_000);
  afterAll(() => cluster.stop());

  const rowsFor = async (user: string): Promise<number> =>
    Number(
      await ask(
        `${cluster.nodes[0]?.url}/?user=${user}&password=geheim`,
        "SELECT count() FROM (SELECT id FROM default.log)",
      ),
    );

  test.each(["skipping", "reader"])("the user %s may report while all is well", async (user) => {
    const engine = await clickhouse(as(user), secret);
    expect((await engine.observe(QUESTION)).population.read).toBe(entries.length);
    await engine.close();
  });

  test("a user who must skip shards is refused", async () => {
    await expect(clickhouse(as("fixed"), secret)).rejects.toMatchObject({
      code: "unsupported-source",
      message: expect.stringContaining("skip_unavailable_shards") as string,
    });
  });

  test("a limit that ends queries early is an error", async () => {
    expect(await rowsFor("breaking")).toBeLessThan(entries.length);
    const engine = await clickhouse(as("breaking"), secret);
    await expect(engine.observe(QUESTION)).rejects.toMatchObject({
      ...LOST,
      message: expect.stringContaining("a limit that the server sets") as string,
    });
    await engine.close();
  });

  test("two shards that are down are an error, whatever the profile skips", async () => {
    const engine = await clickhouse(as("skipping"), secret);
    cluster.nodes[1]?.kill();
    cluster.nodes[2]?.kill();
    // What the server answers to a client that does not forbid it.
    expect(await rowsFor("skipping")).toBe(entries.length / 3);
    await expect(engine.observe(QUESTION)).rejects.toMatchObject(LOST);
    await expect(drained(engine.exceptions(QUESTION))).rejects.toMatchObject(LOST);
    await engine.close();
  }, 60_000);
});
