// Tables as they are found: columns of other types and names, names that try to be SQL, and tables
// that cannot be read as a log.

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connectTo, logUrl } from "../../clickhouse/written-table.ts";
import type { ClickHouseConnection } from "../../../src/clickhouse/connection.ts";
import { quoteName, quoteTable } from "../../../src/clickhouse/identifier.ts";
import { clickhouse } from "../../../src/engines/clickhouse.ts";
import { columnKind } from "../../../src/engines/clickhouse/column-kind.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import { describeWith } from "../../servers/needs.ts";
import { sharedClickHouse18, sharedClickHouse26 } from "../../servers/shared.ts";
import type { SharedCluster } from "../../servers/shared.ts";
import { startClickHouse26 } from "../../servers/clickhouse-26.ts";
import { QUESTION } from "./asked.ts";
import { drained } from "./opened-log.ts";

test.each([
  ["String", "text"],
  ["LowCardinality(Nullable(String))", "text"],
  ["Nullable(Int64)", "integer"],
  ["UInt8", "integer"],
  ["Int128", "other"],
  ["DateTime", "timestamp"],
  ["Nullable(DateTime('Europe/Berlin'))", "timestamp"],
  ["DateTime64(6, 'UTC')", "timestamp"],
  ["Date", "other"],
  ["JSON", "json"],
  ["JSON(max_dynamic_paths=2)", "json"],
  ["Enum8('String' = 1, 'Int64' = 2)", "other"],
  ["Array(Int64)", "other"],
  ["UUID", "other"],
  ["FixedString(3)", "other"],
])("%s is %s", (type, kind) => {
  expect(columnKind(type)).toBe(kind);
});

const SERVERS = [
  ["clickhouse-26", sharedClickHouse26],
  ["clickhouse-18", sharedClickHouse18],
] as const;

async function entriesOf(url: string): Promise<readonly AuditEntry[]> {
  const engine = await clickhouse(url, { environment: {} });
  onTestFinished(() => engine.close());
  return drained(engine.entries({ period: {} }));
}

const HOSTILE = [
  "it's",
  'say "x"',
  "back`tick",
  "back\\slash",
  "a b",
  "x; DROP TABLE victim --",
  "`) UNION ALL SELECT 1 --",
  "{p1:String}",
  "%s /* ? */ $1",
  "new\nline\ttab",
  "é🔒\u202e",
  "SELECT",
];

describe.each(SERVERS)("%s", (name, share) => {
  describeWith([name], "tables as they are found", () => {
    let cluster: SharedCluster;
    let database: string;
    let connection: ClickHouseConnection;
    let tables = 0;
    beforeAll(async () => {
      cluster = await share();
      database = await cluster.createDatabase();
      connection = await connectTo(cluster.nodes[0]?.url ?? "");
    });
    afterAll(() => connection.close());

    /** Creates a table; answers its URL without parameters but the table's name. */
    const create = async (columns: string, values: string): Promise<string> => {
      tables += 1;
      const table = `t${tables}`;
      await connection.run(
        `CREATE TABLE ${database}.${table} (${columns}) ENGINE = MergeTree ORDER BY tuple()`,
      );
      if (values !== "") await connection.run(`INSERT INTO ${database}.${table} VALUES ${values}`);
      return logUrl(cluster.nodes[0]?.url ?? "", database, table).replace("&order=ordinal", "");
    };
    test("other types and names", async () => {
      const url = await create(
        "n UInt64, at DateTime('Asia/Tokyo'), who UUID, verdict Enum8('auto' = 1, 'block' = 2), chain_depth Nullable(UInt8), risk_level FixedString(3), result_data Array(Int64), session_id UInt32",
        "(2, toDateTime('2026-01-02 03:04:05', 'UTC'), '61f0c404-5cb3-11e7-907b-a6006ad3dba0', 'block', 3, 'LOW', [1, 2], 7), " +
          "(1, toDateTime('2026-01-01 00:00:00', 'UTC'), '00000000-0000-0000-0000-000000000000', 'auto', NULL, 'LOW', [], 8)",
      );
      const columns =
        "&order=n&column.id=n&column.timestamp=at&column.agent_id=who&column.approval=verdict";
      const [first, second] = await entriesOf(url + columns);
      expect(first).toMatchObject({
        id: 1,
        timestamp: "2026-01-01T00:00:00.000000Z",
        approval: "auto",
        chain_depth: null,
        result_data: "[]",
        session_id: "8",
      });
      expect(second).toMatchObject({
        id: 2,
        timestamp: "2026-01-02T03:04:05.000000Z",
        agent_id: "61f0c404-5cb3-11e7-907b-a6006ad3dba0",
        approval: "block",
        chain_depth: 3,
        risk_level: "LOW",
        result_data: "[1,2]",
        matched_rule: null,
      });
    });

    test.runIf(name === "clickhouse-26")("types of newer servers", async () => {
      const url = await create(
        "id Int64, timestamp DateTime64(6), agent_id LowCardinality(Nullable(String)), action_params JSON, result_data Map(String, Int64), approval Bool",
        `(1, '2026-01-01 00:00:00.123456', NULL, '{"a": 1}', map('k', 2), true)`,
      );
      expect(await entriesOf(url)).toMatchObject([
        {
          timestamp: "2026-01-01T00:00:00.123456Z",
          agent_id: null,
          action_params: '{"a":1}',
          result_data: "{'k':2}",
          approval: "true",
        },
      ]);
    });

    test.each(HOSTILE)("the name %j is a name", async (hostile) => {
      tables += 1;
      const strange = `${hostile}${tables}`;
      // Of columns some names are refused: ClickHouse could take them for an expression.
      const columns = /['(),[\]]/.test(hostile) ? "c" : hostile;
      const [agent, order] = [`${columns}a`, `${columns}o`];
      onTestFinished(() => connection.run(`DROP DATABASE ${quoteName(strange)}`));
      await connection.run(`CREATE DATABASE ${quoteName(strange)}`);
      await connection.run(
        `CREATE TABLE ${quoteTable(strange, hostile)} (${quoteName(order)} Int64, timestamp String, ${quoteName(agent)} Nullable(String)) ENGINE = MergeTree ORDER BY ${quoteName(order)}`,
      );
      const values = [
        "o'brien\\",
        "\t\n\r\b\f\0",
        "\\N",
        "{p1:String}",
        "'; DROP TABLE x; --",
        null,
      ];
      await connection.insert(
        { database: strange, table: hostile },
        [order, "timestamp", agent],
        values.map((value, index) => [index + 1, "2026-01-01T00:00:00Z", value]),
      );
      const url = logUrl(cluster.nodes[0]?.url ?? "", strange, hostile)
        .replace("order=ordinal", `order=${encodeURIComponent(order)}`)
        .concat(`&column.agent_id=${encodeURIComponent(agent)}`);
      const engine = await clickhouse(url, { environment: {} });
      onTestFinished(() => engine.close());
      const entries = await drained(engine.entries({ period: {} }));
      expect(entries.map(({ agent_id }) => agent_id)).toEqual(values);
      const { population } = await engine.observe(QUESTION);
      expect(population.read).toBe(values.length);
      expect(population.inputs[0]?.name).toMatch(/^clickhouse:\/\/[\x21-\x7e]+$/);
    });

    test.each([
      ["id Int64", "", "", "expected a column timestamp"],
      ["timestamp String", "", "", 'expected a column "id" of whole numbers'],
      ["id String, timestamp String", "", "", "its type is String"],
      ["id Int64, timestamp String", "", "&column.agent_id=who", '"who" for agent_id'],
    ])("(%s) is refused", async (columns, values, parameters, words) => {
      const url = (await create(columns, values)) + parameters;
      await expect(clickhouse(url, { environment: {} })).rejects.toMatchObject({
        code: "unsupported-source",
        message: expect.stringContaining(words) as string,
      });
    });

    test.each([
      [
        "beyond 2^53",
        "id UInt64, timestamp String",
        "(1, ''), (9007199254740992, '')",
        "below 2^53",
      ],
      [
        "beyond -2^53",
        "id Int64, timestamp String",
        "(1, ''), (-9007199254740992, '')",
        "below 2^53",
      ],
      [
        "absent",
        "id Nullable(Int64), timestamp String",
        "(1, ''), (NULL, '')",
        "1 rows have no number",
      ],
      ["all absent", "id Nullable(Int64), timestamp String", "(NULL, '')", "whole numbers"],
      ["repeated", "id Int64, timestamp String", "(1, ''), (1, '')", "unique"],
    ])("order numbers that are %s are refused", async (_, columns, values, words) => {
      const engine = await clickhouse(await create(columns, values), { environment: {} });
      onTestFinished(() => engine.close());
      await expect(engine.observe(QUESTION)).rejects.toMatchObject({
        code: "unsupported-source",
        message: expect.stringContaining(words) as string,
      });
    });
  });
});

describeWith(["clickhouse-26"], "a table that is defined to skip shards", () => {
  test("is refused, and so is what reads it", async () => {
    // Such a definition would spoil the views of other tests on a shared server.
    const cluster = await startClickHouse26(1);
    onTestFinished(cluster.stop);
    const node = cluster.nodes[0]?.url ?? "";
    const connection = await connectTo(node);
    onTestFinished(() => connection.close());
    const columns = "(ordinal Int64, timestamp String)";
    const whole = `ENGINE = Distributed(${cluster.cluster}, default, rows)`;
    const url = (table: string): string => logUrl(node, "default", table);
    await connection.run(
      `CREATE TABLE default.rows ${columns} ENGINE = MergeTree ORDER BY ordinal`,
    );
    await connection.run(`CREATE TABLE default.whole ${columns} ${whole}`);
    await connection.run("CREATE VIEW default.seen AS SELECT * FROM default.whole");
    for (const table of ["rows", "whole", "seen"]) {
      await (await clickhouse(url(table), { environment: {} })).close();
    }
    await connection.run(
      `CREATE TABLE default.skipping ${columns} ${whole} SETTINGS skip_unavailable_shards = 1`,
    );
    await connection.run("CREATE VIEW default.through AS SELECT * FROM default.skipping");
    for (const table of ["skipping", "through", "seen"]) {
      await expect(clickhouse(url(table), { environment: {} })).rejects.toMatchObject({
        code: "unsupported-source",
        message: expect.stringContaining("skip_unavailable_shards") as string,
      });
    }
    for (const table of ["rows", "whole"]) {
      await (await clickhouse(url(table), { environment: {} })).close();
    }
  });
});
