// A table that is written to while it is read: new rows wait for the next report, every other
// change is an error.

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connectTo, openWriter } from "../../clickhouse/written-table.ts";
import type { Writer } from "../../clickhouse/written-table.ts";
import type { ClickHouseConnection } from "../../../src/clickhouse/connection.ts";
import { clickhouse } from "../../../src/engines/clickhouse.ts";
import { selectKeys } from "../../../src/engines/sql/select.ts";
import { describeWith } from "../../servers/needs.ts";
import { sharedClickHouse18, sharedClickHouse26 } from "../../servers/shared.ts";
import type { SharedCluster } from "../../servers/shared.ts";
import { manyEntries, QUESTION } from "./asked.ts";
import { drained, openLog, readAll } from "./opened-log.ts";

const SERVERS = [
  ["clickhouse-26", sharedClickHouse26],
  ["clickhouse-18", sharedClickHouse18],
] as const;
const CHANGED = { code: "source-changed" };

describe.each(SERVERS)("%s", (name, share) => {
  describeWith([name], "a table that is written to", () => {
    let cluster: SharedCluster;
    let writer: Writer;
    let database: string;
    /** The second node, behind the Distributed table's back. */
    let other: ClickHouseConnection;
    let tables = 0;
    beforeAll(async () => {
      cluster = await share();
      database = await cluster.createDatabase();
      writer = await openWriter(cluster, database);
      other = await connectTo(cluster.nodes[1]?.url ?? "");
    });
    afterAll(async () => {
      await other.close();
      await writer.close();
    });

    /** A log of ten rows and a view that has read them; `insert` adds one row to a shard. */
    const begin = async () => {
      tables += 1;
      const table = `log ${tables}`;
      const url = await writer.spread(table, manyEntries(10));
      const log = await openLog(url);
      onTestFinished(() => log.connection.close());
      const view = await log.view();
      expect(await readAll(view, log.table)).toHaveLength(10);
      const insert = async (ordinal: number) =>
        other.insert(
          { database, table: `${table} shard` },
          ["ordinal", "timestamp"],
          [[ordinal, "2026-01-01T00:00:00Z"]],
        );
      const change = async (text: string): Promise<void> => {
        await other.run(`ALTER TABLE \`${database}\`.\`${table} shard\` ${text}`);
      };
      return { ...log, url, view, insert, change };
    };

    test("is read up to where it ended", async () => {
      const { url, table, view, insert } = await begin();
      await insert(11);
      expect(view).toMatchObject({ rows: 10, range: { first: 1, last: 10 } });
      expect(await readAll(view, table)).toHaveLength(10);
      expect(await drained(view.read(selectKeys(table, ["id"], [2, 5])))).toHaveLength(1);
      await view.close();
      const engine = await clickhouse(url, { environment: {} });
      expect((await engine.observe(QUESTION)).population.read).toBe(11);
      await engine.close();
    });

    test.each([
      ["a row that comes late", 0],
      ["a row that repeats a number", 7],
    ])("%s is an error", async (_, ordinal) => {
      const { view, insert } = await begin();
      await insert(ordinal);
      await expect(view.close()).rejects.toMatchObject({
        ...CHANGED,
        message: expect.stringContaining("10 rows up to number 10") as string,
      });
      await view.close();
    });

    test("a row that vanishes is an error", async () => {
      const { view, change } = await begin();
      await change("DROP PARTITION tuple()");
      await expect(view.close()).rejects.toMatchObject(CHANGED);
    });

    test("nothing is compared when nothing was read to its end", async () => {
      const { insert, url, table, view } = await begin();
      const log = await openLog(url);
      onTestFinished(() => log.connection.close());
      const [unread, cut] = [await log.view(), await log.view()];
      for await (const _ of cut.read(selectKeys(table, ["id"], [1, 2]))) break;
      await insert(0);
      await unread.close();
      await cut.close();
      await expect(view.close()).rejects.toMatchObject(CHANGED);
    });

    test.runIf(name === "clickhouse-26").each(["result_status", "action_desc", "timestamp"])(
      "a changed %s is an error",
      async (column) => {
        const { view, change } = await begin();
        await change(`UPDATE ${column} = 'mended' WHERE ordinal = 2 SETTINGS mutations_sync = 2`);
        await expect(view.close()).rejects.toMatchObject({
          ...CHANGED,
          message: expect.stringContaining("changed while it was read") as string,
        });
      },
    );

    test("order numbers that repeat over the shards are refused", async () => {
      const { url, insert } = await begin();
      await insert(1);
      const engine = await clickhouse(url, { environment: {} });
      await expect(engine.observe(QUESTION)).rejects.toMatchObject({ code: "unsupported-source" });
      await engine.close();
    });
  });
});
