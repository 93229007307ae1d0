// The servers themselves: they start, answer, lose a node, come back, and leave nothing behind.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { startClickHouse18 } from "./clickhouse-18.ts";
import { startClickHouse26 } from "./clickhouse-26.ts";
import { ask, askAll, createDatabase } from "./clickhouse.ts";
import type { Cluster, ClusterAddress } from "./clickhouse.ts";
import { describeWith } from "./needs.ts";
import { startPostgres } from "./postgresql.ts";
import { sharedClickHouse18, sharedClickHouse26, sharedPostgres } from "./shared.ts";

/** The processes that work in a folder, by their number; Linux only, as these servers are here. */
function processesIn(folder: string): string[] {
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readlinkSync(`/proc/${name}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

/** The addresses, as the kernel writes them, at which somebody listens on one of the ports. */
function addressesOf(ports: readonly number[]): string[] {
  return ["/proc/net/tcp", "/proc/net/tcp6"]
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, "utf8").trim().split("\n").slice(1))
    .flatMap((line) => {
      const [, local = "", , state] = line.trim().split(/\s+/);
      const [address = "", port = ""] = local.split(":");
      return state === "0A" && ports.includes(Number.parseInt(port, 16)) ? [address] : [];
    });
}

const LOOPBACK = "0100007F";

async function rows(url: string, query: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(query)).rows;
  } finally {
    await client.end();
  }
}

const SEGMENTS = "/proc/sysvipc/shm";

describeWith(["postgresql"], "postgresql", () => {
  test("files share one server and have databases of their own", async () => {
    const server = await sharedPostgres();
    const [one, other] = await Promise.all([server.createDatabase(), server.createDatabase()]);
    expect(one).not.toBe(other);
    await rows(one, "CREATE TABLE audit_log AS SELECT 7 AS id");
    expect(await rows(one, "SELECT id FROM audit_log")).toEqual([{ id: 7 }]);
    await expect(rows(other, "SELECT id FROM audit_log")).rejects.toThrow("does not exist");
  });

  test("text is UTF-8 in byte order, and the time zone is UTC", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const query = "SELECT 'Ａ' < '🔒' AS bytes, current_setting('timezone') AS zone";
    expect(await rows(url, query)).toEqual([{ bytes: true, zone: "UTC" }]);
  });

  test("is killed, restarted and stopped", async () => {
    const server = await startPostgres();
    onTestFinished(server.stop);
    const url = await server.createDatabase();
    await rows(url, "CREATE TABLE kept AS SELECT 1 AS id");
    expect(addressesOf([Number(new URL(url).port)])).toEqual([LOOPBACK]);

    server.kill();
    await expect.poll(() => processesIn(server.folder)).toEqual([]);
    await expect(rows(url, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
    await server.restart();
    expect(await rows(url, "SELECT id FROM kept")).toEqual([{ id: 1 }]);

    const sleep = rows(url, "SELECT pg_sleep(60)");
    const [outcome] = await Promise.allSettled([sleep, delay(100).then(server.restart)]);
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "57P01" } });
    expect(await rows(url, "SELECT id FROM kept")).toEqual([{ id: 1 }]);

    await server.stop();
    expect(processesIn(server.folder)).toEqual([]);
    expect(existsSync(server.folder)).toBe(false);
    await server.stop();
  });

  test("leaves no shared memory when it is stopped after a kill", async () => {
    const server = await startPostgres();
    const line = readFileSync(join(server.folder, "data/postmaster.pid"), "utf8").split("\n")[6];
    const segment = line?.trim().split(/\s+/)[1] ?? "";
    const held = new RegExp(`^ *-?\\d+ +${segment} `, "m");
    expect(readFileSync(SEGMENTS, "utf8")).toMatch(held);
    server.kill();
    await server.stop();
    expect(readFileSync(SEGMENTS, "utf8")).not.toMatch(held);
  });
});

/** A table of 300 rows over all shards; returns its name. */
async function distributedTable(address: ClusterAddress): Promise<string> {
  const database = await createDatabase(address);
  const columns = "(id Int64, agent Nullable(String))";
  await askAll(address, `CREATE TABLE ${database}.shard ${columns} ENGINE = MergeTree ORDER BY id`);
  await askAll(
    address,
    `CREATE TABLE ${database}.whole ${columns} ` +
      `ENGINE = Distributed(${address.cluster}, ${database}, shard, id)`,
  );
  const first = address.nodes[0]?.url ?? "";
  await ask(first, `INSERT INTO ${database}.whole SELECT number, 'ada' FROM numbers(300)`);
  return `${database}.whole`;
}

const SHARED = [
  ["clickhouse-26", sharedClickHouse26, /^26\.7\./],
  ["clickhouse-18", sharedClickHouse18, /^18\.16\./],
] as const;

describe.each(SHARED)("%s", (name, share, version) => {
  describeWith([name], "shared", () => {
    test("has the version that it is named for, and three nodes", async () => {
      const address = await share();
      expect(address.version).toMatch(version);
      expect(address.nodes).toHaveLength(3);
      const ports = address.nodes.flatMap(({ url, tcpPort }) => [
        Number(new URL(url).port),
        tcpPort,
      ]);
      expect(addressesOf(ports)).toEqual(ports.map(() => LOOPBACK));
    });

    test("counts all rows of three shards from every node", async () => {
      const address = await share();
      const table = await distributedTable(address);
      expect(await askAll(address, `SELECT count(), sum(id) FROM ${table}`)).toEqual(
        address.nodes.map(() => "300\t44850\n"),
      );
      const shard = table.replace("whole", "shard");
      expect(await askAll(address, `SELECT count() FROM ${shard}`)).toEqual(
        address.nodes.map(() => "100\n"),
      );
    });

    test("files have databases of their own", async () => {
      const address = await share();
      const [one, other] = await Promise.all([address.createDatabase(), address.createDatabase()]);
      const first = address.nodes[0]?.url ?? "";
      await ask(first, `CREATE TABLE ${one}.t (id Int64) ENGINE = Memory`);
      await expect(ask(first, `SELECT id FROM ${other}.t`)).rejects.toThrow(other);
    });
  });
});

async function leavesNothing(cluster: Cluster): Promise<void> {
  expect(processesIn(cluster.folder)).toHaveLength(cluster.nodes.length);
  await cluster.stop();
  expect(processesIn(cluster.folder)).toEqual([]);
  expect(existsSync(cluster.folder)).toBe(false);
  await cluster.stop();
}

describeWith(["clickhouse-18"], "clickhouse-18, private", () => {
  test("loses a shard, gets it back, and leaves nothing", async () => {
    const cluster = await startClickHouse18();
    onTestFinished(cluster.stop);
    const table = await distributedTable(cluster);
    const [first, second, third] = cluster.nodes;
    const count = () => ask(first?.url ?? "", `SELECT count() FROM ${table}`);

    second?.kill();
    await expect(count()).rejects.toThrow("Code: 279");
    expect(await ask(third?.url ?? "", "SELECT 1")).toBe("1\n");
    await second?.start();
    expect(await count()).toBe("300\n");

    second?.pause();
    const counted = count();
    await expect(Promise.race([counted, delay(200, "waits")])).resolves.toBe("waits");
    second?.resume();
    expect(await counted).toBe("300\n");
    await leavesNothing(cluster);
  });
});

describeWith(["clickhouse-26"], "clickhouse-26, private", () => {
  test("of one node: is killed, started again, and leaves nothing", async () => {
    const cluster = await startClickHouse26(1);
    onTestFinished(cluster.stop);
    const table = await distributedTable(cluster);
    const [node] = cluster.nodes;
    node?.kill();
    await expect(ask(node?.url ?? "", "SELECT 1")).rejects.toThrow("fetch failed");
    await node?.start();
    expect(await ask(node?.url ?? "", `SELECT count() FROM ${table}`)).toBe("300\n");
    await leavesNothing(cluster);
  });
});

describe.skipIf(process.platform === "win32")("the keeper", () => {
  test("outlives an interrupt, and cleans up when whoever started it is gone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aegis-keeper-"));
    const sleeper = spawn("sleep", ["60"], { cwd: folder, stdio: "ignore" });
    onTestFinished(() => void sleeper.kill("SIGKILL"));
    const script = fileURLToPath(new URL("keeper.sh", import.meta.url));
    const keeper = spawn("/bin/sh", [script, folder, "KILL"], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    keeper.stdin.write(`${sleeper.pid}\n`);
    await delay(100);
    keeper.kill("SIGINT");
    keeper.kill("SIGTERM");
    await delay(100);
    expect([keeper.exitCode, keeper.signalCode]).toEqual([null, null]);
    expect(existsSync(folder)).toBe(true);

    const ended = once(sleeper, "exit");
    const gone = once(keeper, "exit");
    keeper.stdin.end();
    expect(await ended).toEqual([null, "SIGKILL"]);
    await gone;
    expect(existsSync(folder)).toBe(false);
  });
});
