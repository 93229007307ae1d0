// The connection, against real servers, and against servers that are none.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connectClickHouse } from "../../src/clickhouse/connection.ts";
import type { ClickHouseConnection, ClickHouseValue } from "../../src/clickhouse/connection.ts";
import { parseClickHouseUrl } from "../../src/clickhouse/url.ts";
import { ComplianceError } from "../../src/model/error.ts";
import { describeWith } from "../servers/needs.ts";
import { sharedClickHouse18, sharedClickHouse26 } from "../servers/shared.ts";
import type { SharedCluster } from "../servers/shared.ts";
import { connectTo } from "./written-table.ts";

const SECRET = "geheim-4711";
const secret = { environment: { CLICKHOUSE_PASSWORD: SECRET } };

/** What is thrown; in nothing of it, however deep, stands the secret. */
async function failure(promise: Promise<unknown>): Promise<ComplianceError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ComplianceError)) throw error ?? new Error("nothing failed");
  const shown = inspect(error, { depth: 20, showHidden: true });
  expect(shown).not.toContain(SECRET);
  expect(shown).not.toContain(Buffer.from(`:${SECRET}`).toString("base64").slice(4, 12));
  return error;
}

const SERVERS = [
  ["clickhouse-26", sharedClickHouse26],
  ["clickhouse-18", sharedClickHouse18],
] as const;

describe.each(SERVERS)("%s", (name, share) => {
  describeWith([name], "a connection", () => {
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

    const create = async (columns: string): Promise<string> => {
      tables += 1;
      await connection.run(`CREATE TABLE ${database}.t${tables} (${columns}) ENGINE = Memory`);
      return `t${tables}`;
    };
    const rowsIn = async (table: string) =>
      connection.query({ text: `SELECT * FROM ${database}.${table} ORDER BY n`, values: [] });

    test("knows the version of the server", () => {
      expect(connection.version).toBe(cluster.version);
    });

    test("reads what it wrote, exactly", async () => {
      const text = fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(
          "\\N",
          "\0",
          "\t\n\r\b\f\\'\"",
          "\u{feff}",
          "{p1:String}",
          "x'; DROP TABLE t",
        ),
      );
      const row = fc.tuple(fc.option(text), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (values) => {
          const table = await create("n Int32, s Nullable(String), i Int64");
          const rows = values.map(([s, i], n): ClickHouseValue[] => [n, s, i]);
          await connection.insert({ database, table }, ["n", "s", "i"], rows);
          const read = await rowsIn(table);
          expect(read.map(([n, s, i]) => [n, s, BigInt(i as number)])).toEqual(rows);
        }),
        { numRuns: 25 },
      );
    });

    test.runIf(name === "clickhouse-26")("binds values", async () => {
      const values = ["it's", "\\", "\t\n\r", "\0x", "🔒{p2:String}", "", "\\N", "%41+&"];
      const text = `SELECT ${values.map((_, index) => `{p${index + 1}:String}`).join(", ")}`;
      expect(await connection.query({ text, values })).toEqual([values]);
    });

    test("streams a large answer and stops when nobody reads on", async () => {
      const statement = {
        text: "SELECT number, toString(number) FROM numbers(3000000)",
        values: [],
      };
      let rows = 0;
      let sum = 0;
      for await (const batch of connection.read(statement)) {
        rows += batch.length;
        sum += batch[0]?.[0] as number;
        if (rows > 500_000) break;
      }
      expect(rows).toBeLessThan(600_000);
      expect(sum).toBeGreaterThan(0);
    });

    test("a failure behind a million rows is an error", async () => {
      const text = "SELECT number, throwIf(number = 1500000) FROM numbers(2000000)";
      const reading = async (): Promise<void> => {
        for await (const _ of connection.read({ text, values: [] }));
      };
      expect((await failure(reading())).message).toContain("ClickHouse's code 395");
    });

    test("what is asked cannot write", async () => {
      const table = await create("n Int32");
      const drop = { text: `DROP TABLE ${database}.${table}`, values: [] };
      expect((await failure(connection.query(drop))).message).toContain("forbids");
      expect((await failure(connection.read(drop).next())).message).toContain("forbids");
      expect(await rowsIn(table)).toEqual([]);
    });

    test("an INSERT that fails writes nothing", async () => {
      const table = await create("n Int32, i Int32");
      const rows = [
        [1, 1],
        [2, "x"],
      ];
      await failure(connection.insert({ database, table }, ["n", "i"], rows));
      expect(await rowsIn(table)).toEqual([]);
      await connection.insert({ database, table }, ["n", "i"], []);
    });

    test.each([
      [
        "SELECT 1 FROM default.`no such table`",
        "unreadable-source",
        "no such table (ClickHouse's code 60)",
      ],
      [
        "SELECT 1 FROM `no such database`.t",
        "unreadable-source",
        "no such database (ClickHouse's code 81)",
      ],
      [
        "SELECT `no such column` FROM system.one",
        "unsupported-source",
        "does not fit the query (ClickHouse's code 47)",
      ],
      ["SELEKT 'my log text'", "unreadable-source", "gave up the query (ClickHouse's code 62)"],
    ])("says what is wrong with %s", async (text, code, words) => {
      const error = await failure(connection.query({ text, values: [] }));
      expect(error).toMatchObject({ code });
      expect(error.message).toContain(words);
      expect(error.message).not.toContain("my log text");
    });

    test("an unknown user or a wrong password is not accepted", async () => {
      const url = (cluster.nodes[0]?.url ?? "").replace("http://", "clickhouse://nobody@");
      const error = await failure(connectClickHouse(parseClickHouseUrl(`${url}/d`), secret));
      expect(error).toMatchObject({ code: "unreadable-source" });
      expect(error.message).toContain("does not accept this user with this password");
      expect(error.message).not.toContain("nobody");
    });

    test("is of no use after it was closed, and closes twice", async () => {
      const one = await connectTo(cluster.nodes[0]?.url ?? "");
      await one.close();
      await one.close();
      expect((await failure(one.query({ text: "SELECT 1", values: [] }))).code).toBe("closed");
      expect((await failure(one.read({ text: "SELECT 1", values: [] }).next())).code).toBe(
        "closed",
      );
      expect((await failure(one.run("SELECT 1"))).code).toBe("closed");
    });
  });
});

/** A server that answers each request as it is told. */
async function serve(answer: (query: string) => string | number | undefined): Promise<string> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const said = answer(Buffer.concat(pieces).toString("utf8"));
      if (typeof said === "number") response.writeHead(said).end("<html>not here</html>");
      else if (said !== undefined) response.end(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `clickhouse://127.0.0.1:${(server.address() as AddressInfo).port}/d?table=t`;
}

const HELLO = "name\tvalue\tv\nString\tString\tString\nlimit\t0\t26.1.1\n";

describe("servers that are none", () => {
  test("nobody answers", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const target = parseClickHouseUrl(`clickhouse://ann@127.0.0.1:${port}/d?table=t`);
    const error = await failure(connectClickHouse(target, secret));
    expect(error.message).toBe(
      `clickhouse://127.0.0.1:${port}/d/t: No ClickHouse server answers there`,
    );
  });

  test.each([
    ["a page", "<html></html>", "breaks off or is none"],
    ["nothing", "", "breaks off or is none"],
    ["an error of a proxy", 502, "a proxy that refuses"],
  ])("it answers %s", async (_, said, words) => {
    const target = parseClickHouseUrl(await serve(() => said));
    const error = await failure(connectClickHouse(target, secret));
    expect(error.message).toContain(words);
  });

  test("a query that another node may run is looked for on the cluster", async () => {
    const queries: string[] = [];
    const url = await serve((query) => {
      queries.push(query);
      if (query.includes("system.settings")) return HELLO;
      return query.startsWith("KILL") ? "" : undefined;
    });
    const connection = await connectClickHouse(parseClickHouseUrl(url), { environment: {} });
    onTestFinished(() => connection.close());
    const controller = new AbortController();
    const asked = connection.query(
      { text: "SELECT 1", values: [] },
      { signal: controller.signal, cluster: "my`cluster" },
    );
    asked.catch(() => undefined);
    await expect.poll(() => queries.length).toBe(2);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    expect(queries[2]).toMatch(/^KILL QUERY WHERE query_id = '[-\da-f]{36}' ASYNC$/);
    expect(queries.at(-1)).toMatch(
      /^KILL QUERY ON CLUSTER `my\\`cluster` WHERE initial_query_id = '[-\da-f]{36}' ASYNC$/,
    );
  });
});
