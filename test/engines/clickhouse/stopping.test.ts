// A reading that is interrupted leaves no query behind in any node, within half a second.

import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { clickhouse } from "../../../src/engines/clickhouse.ts";
import type { Engine } from "../../../src/engines/engine.ts";
import { openWriter } from "../../clickhouse/written-table.ts";
import type { Writer } from "../../clickhouse/written-table.ts";
import { startClickHouse18 } from "../../servers/clickhouse-18.ts";
import { startClickHouse26 } from "../../servers/clickhouse-26.ts";
import { ask, askAll } from "../../servers/clickhouse.ts";
import type { Cluster } from "../../servers/clickhouse.ts";
import { describeWith } from "../../servers/needs.ts";
import { manyEntries, QUESTION } from "./asked.ts";

const HALF_A_SECOND = 500;
/** A node that counts with all processors of a busy machine answers late what it still does. */
const MACHINE = 2000;

/** Queries of a log that run now, on all nodes; not the endless one that keeps a server of tests up. */
async function running(cluster: Cluster): Promise<number> {
  const counts = await askAll(
    cluster,
    "SELECT count() FROM system.processes WHERE position(query, 'audited') > 0 AND position(query, 'processes') = 0",
  );
  return counts.reduce((sum, count) => sum + Number(count), 0);
}

/** Waits until the condition holds; answers how long it took. */
async function until(holds: () => Promise<boolean>): Promise<number> {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > 20_000) throw new Error("it never held");
    await delay(10);
  }
  return performance.now() - start;
}

async function open(url: string): Promise<Engine> {
  const engine = await clickhouse(url, { environment: {} });
  onTestFinished(() => engine.close());
  return engine;
}

const SERVERS = [
  ["clickhouse-26", startClickHouse26],
  ["clickhouse-18", startClickHouse18],
] as const;

describe.each(SERVERS)("%s", (name, start) => {
  describeWith([name], "an interrupted reading", () => {
    let cluster: Cluster;
    let writer: Writer;
    let url: string;
    beforeAll(async () => {
      cluster = await start();
      writer = await openWriter(cluster, "default");
      url = await writer.spread("audited", manyEntries(150_000));
    }, 60_000);
    afterAll(async () => {
      await writer.close();
      await cluster.stop();
    });

    /** Interrupts a reading; how long that took, here and in the nodes, in milliseconds. */
    const stop = async (controller: AbortController, reading: Promise<unknown>) => {
      const reason = new Error("enough");
      const asked = performance.now();
      controller.abort(reason);
      await expect(reading).rejects.toBe(reason);
      const here = performance.now() - asked;
      return { here, there: await until(async () => (await running(cluster)) === 0) };
    };

    test("while rows come", async () => {
      const engine = await open(url);
      const controller = new AbortController();
      const { signal } = controller;
      let reading = Promise.resolve<unknown>(undefined);
      await new Promise<void>((resolve) => {
        reading = engine.observe(QUESTION, { signal, onProgress: () => resolve() });
      });
      const { here, there } = await stop(controller, reading);
      expect(here).toBeLessThan(HALF_A_SECOND);
      expect(there).toBeLessThan(MACHINE);
    });

    test("before the first answer, in a query that takes long", async () => {
      // A count of so many numbers takes minutes.
      const numbers =
        "SELECT number AS ordinal, toString(number) AS timestamp FROM numbers(1000000000000)";
      await ask(cluster.nodes[0]?.url ?? "", `CREATE VIEW default.audited_forever AS ${numbers}`);
      const engine = await open(url.replace("table=audited", "table=audited_forever"));
      const controller = new AbortController();
      const reading = engine.observe(QUESTION, { signal: controller.signal });
      reading.catch(() => undefined);
      await until(async () => (await running(cluster)) > 0);
      const { here, there } = await stop(controller, reading);
      expect(here).toBeLessThan(HALF_A_SECOND);
      expect(there).toBeLessThan(MACHINE);
    });

    test("at once", async () => {
      const engine = await open(url);
      const reason = new Error("never mind");
      const reading = engine.observe(QUESTION, { signal: AbortSignal.abort(reason) });
      await expect(reading).rejects.toBe(reason);
    });

    test("by a reader of exceptions who has seen enough", async () => {
      const engine = await open(url);
      for await (const _ of engine.exceptions(QUESTION)) break;
      expect(await until(async () => (await running(cluster)) === 0)).toBeLessThan(HALF_A_SECOND);
      expect((await engine.observe(QUESTION)).population.read).toBe(150_000);
    });
  });
});

describeWith(["clickhouse-18"], "a shard that hangs", () => {
  test("does not keep an interrupted reading", async () => {
    const cluster = await startClickHouse18();
    onTestFinished(cluster.stop);
    const writer = await openWriter(cluster, "default");
    const url = await writer.spread("audited", manyEntries(30));
    await writer.close();
    const engine = await clickhouse(url, { environment: {} });
    onTestFinished(() => engine.close());
    cluster.nodes[1]?.pause();
    const controller = new AbortController();
    const reading = engine.observe(QUESTION, { signal: controller.signal });
    reading.catch(() => undefined);
    await delay(200);
    const reason = new Error("enough");
    const asked = performance.now();
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    expect(performance.now() - asked).toBeLessThan(HALF_A_SECOND);
    cluster.nodes[1]?.resume();
    await until(async () => (await running(cluster)) === 0);
  }, 60_000);
});
