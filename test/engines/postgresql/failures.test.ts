// Whatever happens to the server or the connection: an error that says what, and never a smaller
// report or a credential in a message.

import { readFileSync, writeFileSync, mkdtempSync, rmSync, chmodSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import type { Question } from "../../../src/engines/engine.ts";
import { postgresql } from "../../../src/engines/postgresql.ts";
import { ComplianceError } from "../../../src/model/error.ts";
import { describeWith } from "../../servers/needs.ts";
import { startPostgres } from "../../servers/postgresql.ts";
import type { PostgresServer } from "../../servers/postgresql.ts";
import { collected } from "../every-engine.ts";
import { START } from "../logs.ts";
import { writeManyRows } from "./many-rows.ts";
import { withClient } from "./written-table.ts";

const { measure } = loadCatalog().measure("actions-by-approval");
const question: Question = { measures: [measure], period: {}, now: START };
const PASSWORD = "s3cret:pass@word/#1";
const ROWS = 200_000;

describeWith(["postgresql"], "failures of PostgreSQL", () => {
  let server: PostgresServer;
  let url = "";
  const folder = mkdtempSync(join(tmpdir(), "aegis-postgresql-"));

  beforeAll(async () => {
    server = await startPostgres();
    url = await server.createDatabase();
    await withClient(url, async (client) => {
      await writeManyRows(client, ROWS);
      await client.query(
        "CREATE SCHEMA closed; CREATE TABLE closed.audit_log AS TABLE audit_log LIMIT 1",
      );
      await client.query(
        "CREATE SEQUENCE numbers; CREATE TABLE untimed (id int); CREATE TABLE texts (id text, timestamp text)",
      );
      await client.query(
        `CREATE ROLE guarded LOGIN PASSWORD '${PASSWORD}'; CREATE ROLE narrow LOGIN; ` +
          "GRANT SELECT ON audit_log TO guarded; GRANT SELECT (id, timestamp) ON audit_log TO narrow",
      );
      const hba = join(server.folder, "data", "pg_hba.conf");
      writeFileSync(
        hba,
        `host all guarded 127.0.0.1/32 scram-sha-256\n${readFileSync(hba, "utf8")}`,
      );
      await client.query("SELECT pg_reload_conf()");
    });
  }, 60_000);
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const as = (user: string, parameters = ""): string => {
    const address = new URL(url);
    address.username = user;
    return `${address.href}${parameters}`;
  };

  test("a password from the environment, a file, and PostgreSQL's own file", async () => {
    vi.stubEnv("PGPASSWORD", PASSWORD);
    expect(await rowsAs(as("guarded"))).toBe(ROWS);
    vi.stubEnv("PGPASSWORD", "");
    const alone = join(folder, "password");
    writeFileSync(alone, `${PASSWORD}\n`);
    expect(await rowsAs(as("guarded", `?password-file=${encodeURIComponent(alone)}`))).toBe(ROWS);
    const passwords = join(folder, "pgpass");
    writeFileSync(
      passwords,
      `# ours\n*:*:*:other:x\n127.0.0.1:*:*:guarded:${PASSWORD.replace(":", "\\:")}\n`,
    );
    vi.stubEnv("PGPASSFILE", passwords);
    chmodSync(passwords, 0o644);
    expect(await failure(postgresql(as("guarded")))).toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining("asks for a password") as string,
    });
    chmodSync(passwords, 0o600);
    expect(await rowsAs(as("guarded"))).toBe(ROWS);
  });

  test("a wrong password", async () => {
    vi.stubEnv("PGPASSWORD", `${PASSWORD}?`);
    expect(await failure(postgresql(as("guarded")))).toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining("refused the role or its password") as string,
      hint: expect.stringContaining("PGPASSWORD") as string,
    });
  });

  test("a password file that is not there", async () => {
    expect(await failure(postgresql(as("guarded", `?password-file=${folder}/none`)))).toMatchObject(
      {
        code: "unreadable-source",
        location: { file: join(folder, "none") },
      },
    );
  });

  test.each([
    ["no such database", "/none", "unreadable-source", "no such database"],
    ["no such table", "?table=nothing", "unsupported-source", "the database has none"],
    ["a table in capitals", "?table=Audit_Log", "unsupported-source", "the database has none"],
    ["no such schema", "?table=nowhere.audit_log", "unsupported-source", "the database has none"],
    ["something else", "?table=numbers", "unsupported-source", "something else"],
    ["no column for the time", "?table=untimed", "unsupported-source", 'a column "timestamp"'],
    ["no column of the map", "?column.agent_id=actor", "unsupported-source", 'a column "actor"'],
    ["no order column", "?order=place", "unsupported-source", 'a column "place"'],
    ["text for the order", "?table=texts", "unsupported-source", "but it is text"],
    ["a name that is cut", `?table=${"a".repeat(64)}`, "invalid-option", "63 bytes"],
  ])("%s", async (_, change, code, said) => {
    const address = change.startsWith("/") ? url.replace(/\/[^/]*$/, change) : `${url}${change}`;
    const error = await failure(postgresql(address));
    expect(error).toMatchObject({ code, message: expect.stringContaining(said) as string });
    expect(error.hint).toBeTruthy();
    if (code === "invalid-option") return;
    expect(error.message).toMatch(/^postgres:\/\/127\.0\.0\.1:\d+\/\w+/);
  });

  test("no permission: for the schema, the table, some columns", async () => {
    expect(await failure(postgresql(as("narrow", "?table=closed.audit_log")))).toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining("no permission") as string,
    });
    expect(await failure(postgresql(as("narrow")))).toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining('the columns "action_type"') as string,
    });
    await withClient(url, (client) =>
      client.query(
        "CREATE TABLE ours AS SELECT 1 AS id, '' AS timestamp; CREATE TABLE few AS SELECT 1 AS id, ''::text AS timestamp; GRANT SELECT (id, timestamp) ON few TO narrow",
      ),
    );
    expect(await failure(postgresql(as("narrow", "?table=ours")))).toMatchObject({
      code: "unreadable-source",
    });
    expect(await rowsAs(as("narrow", "?table=few"))).toBe(1);
  });

  test("no server, and one that does not speak", async () => {
    const { port } = await new Promise<AddressInfo>((resolve) => {
      const free = createServer();
      free.listen(0, "127.0.0.1", () => {
        const address = free.address() as AddressInfo;
        free.close(() => resolve(address));
      });
    });
    expect(await failure(postgresql(`postgres://u@127.0.0.1:${port}/d`))).toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining(
        `postgres://127.0.0.1:${port}/d: no PostgreSQL server answers there`,
      ) as string,
    });
    const dumb = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => dumb.listen(0, "127.0.0.1", resolve));
    const { port: other } = dumb.address() as AddressInfo;
    expect(await failure(postgresql(`postgres://u@127.0.0.1:${other}/d`))).toMatchObject({
      code: "unreadable-source",
    });
    dumb.close();
  });

  test("a connection that is asked to encrypt, and cannot", async () => {
    expect(await failure(postgresql(`${url}?sslmode=require`))).toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining("does not encrypt") as string,
    });
  });

  /** Fails an observation by what is done to the server when the first rows are there. */
  async function interrupted(break_: () => unknown): Promise<ComplianceError> {
    const engine = await postgresql(url);
    let broken = false;
    const observing = engine.observe(question, {
      onProgress: () => {
        if (broken) return;
        broken = true;
        void break_();
      },
    });
    const error = await failure(observing);
    expect(broken).toBe(true);
    await engine.close();
    return error;
  }

  const backends =
    "FROM pg_stat_activity WHERE application_name = 'aegis-compliance' AND backend_type = 'client backend'";

  test("a connection that an administrator ends", async () => {
    expect(
      await interrupted(() =>
        withClient(url, (client) => client.query(`SELECT pg_terminate_backend(pid) ${backends}`)),
      ),
    ).toMatchObject({ code: "unreadable-source" });
  });

  test("the server is restarted while it is read: an error, and the next engine reads everything", async () => {
    let restarted: Promise<void> | undefined;
    const error = await interrupted(() => {
      restarted = server.restart();
    });
    expect(error).toMatchObject({ code: "unreadable-source" });
    expect(error.message).toMatch(/public\.audit_log: (the server ended|the connection was lost)/);
    await restarted;
    expect(await rowsAs(url)).toBe(ROWS);
  });

  test("the server is restarted between two readings of one engine", async () => {
    const engine = await postgresql(url);
    const { population } = await engine.observe(question);
    expect(population.read).toBe(ROWS);
    await server.restart();
    expect(await failure(engine.observe(question))).toMatchObject({ code: "unreadable-source" });
    // With a fresh connection the state is still gone.
    expect(await failure(engine.observe(question))).toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining("no longer has the state") as string,
    });
    await engine.close();
  });

  test("no room to sort in: an error, and with room the whole log", async () => {
    const unsorted = `${url}?table=unsorted&order=seq`;
    const limit = async (setting: string): Promise<void> =>
      withClient(url, async (client) => {
        const { rows } = await client.query("SELECT current_database() AS name");
        await client.query(`ALTER DATABASE "${rows[0].name}" ${setting}`);
      });
    await withClient(url, (client) =>
      client.query(
        "CREATE TABLE unsorted AS SELECT *, id AS seq FROM audit_log ORDER BY id % 1000",
      ),
    );
    await limit("SET work_mem = '64kB'");
    await limit("SET temp_file_limit = '1MB'");
    const engine = await postgresql(unsorted);
    const error = await failure(engine.observe(question));
    await engine.close();
    expect(error).toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining("temporary files") as string,
      hint: expect.stringContaining("index on the order column") as string,
    });
    await limit("RESET temp_file_limit");
    expect(await rowsAs(unsorted)).toBe(ROWS);
    await limit("RESET work_mem");
  });

  test("the server is killed while it is read", async () => {
    expect(await interrupted(() => server.kill())).toMatchObject({ code: "unreadable-source" });
    expect(await failure(postgresql(url))).toMatchObject({ code: "unreadable-source" });
    await server.restart();
    expect(await rowsAs(url)).toBe(ROWS);
  });

  test("a signal stops within half a second, in the server too", { retry: 2 }, async () => {
    const reason = new Error("stopped by hand");
    await withClient(url, async (client) => {
      // Counting these takes minutes.
      await client.query(
        "CREATE OR REPLACE VIEW slow AS SELECT a.* FROM audit_log a, generate_series(1, 100000) s",
      );
      const running = async (): Promise<number> => {
        const { rows } = await client.query<{ n: number }>(
          `SELECT count(*)::int AS n ${backends} AND state = 'active'`,
        );
        return rows[0]?.n ?? 0;
      };
      const engine = await postgresql(`${url}?table=slow`);
      for (const listing of [false, true]) {
        const stop = new AbortController();
        const options = { signal: stop.signal };
        const reading = listing
          ? collected(engine.exceptions(question, options))
          : engine.observe(question, options);
        await expect.poll(running).toBe(1);
        const begun = performance.now();
        stop.abort(reason);
        await expect(reading).rejects.toBe(reason);
        expect(performance.now() - begun).toBeLessThan(500);
        await expect.poll(running, { timeout: 500, interval: 20 }).toBe(0);
      }
      const cancelled = failure(engine.observe(question));
      await expect.poll(running).toBe(1);
      await client.query(`SELECT pg_cancel_backend(pid) ${backends} AND state = 'active'`);
      expect(await cancelled).toMatchObject({
        code: "unreadable-source",
        message: expect.stringContaining("somebody cancelled the query") as string,
      });
      await engine.close();
      const late = new AbortController();
      late.abort(reason);
      await expect(postgresql(url, { signal: late.signal })).rejects.toBe(reason);
    });
  });

  test("a signal stops in the middle of the rows", async () => {
    const engine = await postgresql(url);
    const stop = new AbortController();
    const reading = engine.observe(question, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("enough")),
    });
    await expect(reading).rejects.toThrow("enough");
    // The engine itself is sound.
    expect((await engine.observe(question)).population.read).toBe(ROWS);
    await engine.close();
  });
});

async function failure(work: Promise<unknown>): Promise<ComplianceError> {
  const error: unknown = await work.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ComplianceError);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(PASSWORD);
  expect(inspect(error, { depth: 10 })).not.toContain(encodeURIComponent(PASSWORD));
  return error as ComplianceError;
}

async function rowsAs(address: string): Promise<number> {
  const engine = await postgresql(address);
  const { population } = await engine.observe(question);
  await engine.close();
  expect(JSON.stringify(population)).not.toContain("guarded");
  return population.read;
}
