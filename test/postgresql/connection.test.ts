// A connection to a real server: values as they are, transactions, results in pieces, TLS.

import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectPostgres } from "../../src/postgresql/connection.ts";
import type { PostgresConnection } from "../../src/postgresql/connection.ts";
import { sqlStateOf } from "../../src/postgresql/failure.ts";
import { parsePostgresUrl } from "../../src/postgresql/url.ts";
import { collected } from "../engines/every-engine.ts";
import { withClient } from "../engines/postgresql/written-table.ts";
import { describeWith } from "../servers/needs.ts";
import { startPostgres } from "../servers/postgresql.ts";
import { sharedPostgres } from "../servers/shared.ts";

async function connected(parameters = ""): Promise<PostgresConnection> {
  const url = await (await sharedPostgres()).createDatabase();
  const connection = await connectPostgres(parsePostgresUrl(`${url}${parameters}`).target);
  onTestFinished(() => connection.close());
  return connection;
}

const notInstalled = (): Promise<never> => Promise.reject(new Error("Cannot find package 'pg'"));

const said = (text: string) => ({ text, values: [] });

test("a driver that is not installed is named with how to install it", async () => {
  await expect(connectPostgres({}, { load: notInstalled })).rejects.toMatchObject({
    code: "missing-package",
    hint: expect.stringContaining("npm install pg") as string,
  });
});

describeWith(["postgresql"], "a connection to PostgreSQL", () => {
  test("whole numbers are numbers, everything else is text", async () => {
    const connection = await connected();
    const [row] = await connection.query(
      said(`SELECT 1::smallint, -2::int, 9007199254740991, 9007199254740992, 1.50, true, NULL,
        '{"b":1, "a":[2]}'::jsonb, timestamptz '2026-01-01 12:00+02', date '2026-01-01',
        interval '1 day', '\\xff'::bytea, E'\\uFEFFa', 1.1::float8`),
    );
    expect(row).toEqual([
      1,
      -2,
      9007199254740991,
      9007199254740992n,
      "1.50",
      "t",
      null,
      '{"a": [2], "b": 1}',
      "2026-01-01 10:00:00+00",
      "2026-01-01",
      "P1D",
      "\\xff",
      "\uFEFFa",
      "1.1",
    ]);
  });

  test("values are bound and never become part of the text", async () => {
    const connection = await connected();
    const hostile = "'; DROP TABLE x; -- $1 \\ \" \u0001";
    expect(
      await connection.query({
        text: "SELECT $1::text, $2::bigint, $3::bool, $4::text, $5::float8",
        values: [hostile, 2n ** 62n, true, null, 1.5],
      }),
    ).toEqual([[hostile, 2n ** 62n, "t", null, "1.5"]]);
  });

  test("several statements without values: the rows of the last", async () => {
    const connection = await connected();
    expect(await connection.query(said("SELECT 1; CREATE TABLE t (a int); SELECT 2, 3"))).toEqual([
      [2, 3],
    ]);
    expect(await connection.query(said("INSERT INTO t VALUES (1)"))).toEqual([]);
  });

  test("a transaction is kept as a whole or not at all", async () => {
    const connection = await connected();
    await connection.query(said("CREATE TABLE t (a int PRIMARY KEY)"));
    await connection.transaction(() => connection.query(said("INSERT INTO t VALUES (1)")));
    const failing = connection.transaction(async () => {
      await connection.query(said("INSERT INTO t VALUES (2)"));
      await connection.query(said("INSERT INTO t VALUES (1)"));
    });
    const error: unknown = await failing.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "unreadable-source" });
    expect(sqlStateOf(error)).toBe("23505");
    expect(await connection.query(said("SELECT a FROM t"))).toEqual([[1]]);
  });

  test.each([0, 1, 1999, 2000, 2001, 10_000])("a result of %d rows, in pieces", async (length) => {
    const connection = await connected();
    const text = "SELECT n FROM generate_series(1, $1::int) AS n";
    const batches = await collected(connection.read({ text, values: [length] }));
    expect(batches.flat().map(([n]) => n)).toEqual(Array.from({ length }, (_, index) => index + 1));
    expect(batches.every((batch) => batch.length <= 2000)).toBe(true);
  });

  test("a result that fails in its middle fails as a whole", async () => {
    const connection = await connected();
    const reading = collected(
      connection.read(said("SELECT 1 / (5000 - n) FROM generate_series(1, 100000) AS n")),
    );
    await expect(reading).rejects.toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining("division by zero") as string,
    });
    expect(await connection.query(said("SELECT 1"))).toEqual([[1]]);
  });

  test("a reader that stops early leaves the connection usable", async () => {
    const connection = await connected();
    for await (const batch of connection.read(said("SELECT generate_series(1, 1000000)"))) {
      expect(batch).toHaveLength(2000);
      break;
    }
    expect(await connection.query(said("SELECT 1"))).toEqual([[1]]);
  });

  test("what the session's defaults are does not matter", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const name = new URL(url).pathname.slice(1);
    await withClient(url, (client) =>
      client.query(
        `ALTER DATABASE ${name} SET client_encoding = 'LATIN1';
         ALTER DATABASE ${name} SET datestyle = 'German';
         ALTER DATABASE ${name} SET timezone = 'Asia/Tokyo';
         ALTER DATABASE ${name} SET bytea_output = 'escape';
         ALTER DATABASE ${name} SET statement_timeout = '1ms'`,
      ),
    );
    const connection = await connectPostgres(parsePostgresUrl(url).target);
    const [row] = await connection.query(
      said("SELECT 'é🔒', timestamptz '2026-01-01 00:00Z', '\\xff'::bytea, pg_sleep(0.01)::text"),
    );
    await connection.close();
    expect(row).toEqual(["é🔒", "2026-01-01 00:00:00+00", "\\xff", ""]);
  });

  test("after it was closed, and after a signal", { retry: 2 }, async () => {
    const closed = await connected();
    await closed.close();
    await closed.close();
    await expect(closed.query(said("SELECT 1"))).rejects.toMatchObject({ code: "closed" });
    await expect(collected(closed.read(said("SELECT 1")))).rejects.toMatchObject({
      code: "closed",
    });
    const stopped = await connected();
    const reason = new Error("stop");
    const begun = performance.now();
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 50);
    const { signal } = stop;
    await expect(stopped.query(said("SELECT pg_sleep(60)"), { signal })).rejects.toBe(reason);
    expect(performance.now() - begun).toBeLessThan(550);
    await expect(stopped.query(said("SELECT 1"))).rejects.toMatchObject({ code: "closed" });
    await expect(connectPostgres({}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test("TLS: what sslmode checks", async ({ skip }) => {
    const server = await startPostgres();
    const folder = mkdtempSync(join(tmpdir(), "aegis-tls-"));
    onTestFinished(async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    });
    const key = join(server.folder, "server.key");
    const certificate = join(server.folder, "server.crt");
    const made = spawnSync("openssl", [
      ..."req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=db.example.org -addext".split(" "),
      "subjectAltName=DNS:db.example.org",
      "-keyout",
      key,
      "-out",
      certificate,
    ]);
    if (made.status !== 0) skip("openssl is not installed");
    const { uid, gid } = statSync(join(server.folder, "data"));
    for (const file of [key, certificate]) chownSync(file, uid, gid);
    chmodSync(key, 0o600);
    await withClient(server.url, async (client) => {
      await client.query(`ALTER SYSTEM SET ssl_cert_file = '${certificate}'`);
      await client.query(`ALTER SYSTEM SET ssl_key_file = '${key}'`);
      await client.query("ALTER SYSTEM SET ssl = on");
    });
    await server.restart();

    const encrypted = async (parameters: string): Promise<unknown> => {
      const connection = await connectPostgres(
        parsePostgresUrl(`${server.url}?${parameters}`).target,
      );
      const [[ssl] = []] = await connection.query(
        said("SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()"),
      );
      await connection.close();
      return ssl;
    };
    const trusting = `sslrootcert=${encodeURIComponent(certificate)}`;
    expect(await encrypted("sslmode=disable")).toBe("false");
    expect(await encrypted("sslmode=require")).toBe("true");
    expect(await encrypted(`sslmode=verify-ca&${trusting}`)).toBe("true");
    // It is made out to another name.
    for (const parameters of [`sslmode=verify-full&${trusting}`, trusting, "sslmode=verify-ca"]) {
      await expect(encrypted(parameters)).rejects.toMatchObject({
        code: "unreadable-source",
        message: expect.stringContaining("no encrypted connection") as string,
      });
    }
    await expect(encrypted(`sslmode=require&sslrootcert=${folder}/none`)).rejects.toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining("a certificate or key cannot be read") as string,
    });
  });
});
