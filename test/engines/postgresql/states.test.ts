// What an engine reads is one state of the table, from opening to closing, and all of it.

import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import type { Question } from "../../../src/engines/engine.ts";
import { postgresql } from "../../../src/engines/postgresql.ts";
import { describeWith } from "../../servers/needs.ts";
import { sharedPostgres } from "../../servers/shared.ts";
import { collected } from "../every-engine.ts";
import { START } from "../logs.ts";
import { addRows, writeManyRows } from "./many-rows.ts";

const { measure } = loadCatalog().measure("actions-by-approval");
const question: Question = { measures: [measure], period: {}, now: START };
const ROWS = 20_000;

describeWith(["postgresql"], "one state of a PostgreSQL table", () => {
  let url = "";
  let client: Client;
  beforeAll(async () => {
    url = await (await sharedPostgres()).createDatabase();
    client = new Client({ connectionString: url });
    await client.connect();
  });
  beforeEach(async () => {
    await client.query("DROP TABLE IF EXISTS audit_log CASCADE");
    await writeManyRows(client, ROWS);
  });
  afterAll(() => client.end());

  async function read(): Promise<number> {
    const engine = await postgresql(url);
    const { population } = await engine.observe(question);
    await engine.close();
    return population.read;
  }

  test("rows that are written, changed and deleted while it is read belong to the next report", async () => {
    const engine = await postgresql(url);
    let writes: Promise<unknown> | undefined;
    const before = await engine.observe(question, {
      onProgress: () => {
        writes ??= (async () => {
          await addRows(client, ROWS + 1, ROWS + 500);
          await client.query("UPDATE audit_log SET approval = 'block' WHERE id > 10");
          await client.query("DELETE FROM audit_log WHERE id <= 10");
        })();
      },
    });
    await writes;
    expect(before.population.read).toBe(ROWS);
    // Another reading of the same engine is of the same state.
    expect(await engine.observe(question)).toEqual(before);
    expect(await collected(engine.entries({ period: {} }))).toHaveLength(ROWS);
    await engine.close();
    expect(await read()).toBe(ROWS + 490);
  });

  test("a folded part is asked again in the state that was folded, by base", async () => {
    const engine = await postgresql(url);
    const base = 3 * 2 ** 40;
    const part = await engine.foldPart(question, base);
    await addRows(client, ROWS + 1, ROWS + 5);
    const resolve = await part.resolve(new Set([base + 1, base + ROWS]));
    expect(resolve(base + 1)).toMatchObject({ id: 1, agent_id: "agent 1" });
    expect(resolve(base + ROWS)).toMatchObject({ id: ROWS, action_type: "read" });
    await expect(part.resolve(new Set([base + ROWS + 1]))).rejects.toMatchObject({
      code: "unreadable-source",
    });
    await part.close?.();
    await expect(part.resolve(new Set())).rejects.toMatchObject({ code: "closed" });
    await engine.close();
  });

  test("the table can be written but neither emptied nor rebuilt until it is closed", async () => {
    const engine = await postgresql(url);
    await client.query("SET lock_timeout = '100ms'");
    await expect(client.query("TRUNCATE audit_log")).rejects.toThrow("lock timeout");
    await expect(client.query("ALTER TABLE audit_log ALTER id TYPE numeric")).rejects.toThrow(
      "lock timeout",
    );
    await addRows(client, ROWS + 1, ROWS + 1);
    expect((await engine.observe(question)).population.read).toBe(ROWS);
    await engine.close();
    await client.query("TRUNCATE audit_log");
    expect(await read()).toBe(0);
  });

  test("an empty table", async () => {
    await client.query("TRUNCATE audit_log");
    const engine = await postgresql(url);
    const { population } = await engine.observe(question);
    expect(population).toMatchObject({ read: 0, inScope: 0 });
    expect(population.inputs).toMatchObject([{ kind: "postgresql", part: { kind: "no-rows" } }]);
    expect(await collected(engine.exceptions(question))).toEqual([]);
    expect(await collected(engine.entries({ period: {} }))).toEqual([]);
    await engine.close();
  });

  test("the input is named without user and parameters", async () => {
    const engine = await postgresql(url);
    const { population } = await engine.observe(question);
    await engine.close();
    const { port, pathname } = new URL(url);
    expect(population.inputs).toEqual([
      {
        name: `postgres://127.0.0.1:${port}${pathname}/public.audit_log`,
        kind: "postgresql",
        part: { kind: "rows", first: 1, last: ROWS },
      },
    ]);
    expect(population.recordable).not.toContain("session_id");
  });

  test("a view, a partitioned and a materialized table", async () => {
    await client.query("CREATE VIEW half AS SELECT * FROM audit_log WHERE id % 2 = 0");
    await client.query("CREATE MATERIALIZED VIEW kept AS SELECT * FROM audit_log");
    await client.query(
      "CREATE TABLE parted (LIKE audit_log) PARTITION BY RANGE (id); " +
        "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (5000); " +
        "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (5000) TO (100000); " +
        "INSERT INTO parted SELECT * FROM audit_log ORDER BY id DESC",
    );
    const seen: number[] = [];
    for (const table of ["half", "kept", "parted"]) {
      const engine = await postgresql(`${url}?table=${table}`);
      const { population } = await engine.observe(question);
      seen.push(population.read);
      expect(population.timestamps.unordered).toBe(0);
      await engine.close();
    }
    await client.query("DROP TABLE parted; DROP VIEW half; DROP MATERIALIZED VIEW kept");
    expect(seen).toEqual([ROWS / 2, ROWS, ROWS]);
  });

  test("order numbers with holes, negative ones and a gap of 2^50", async () => {
    await client.query(
      "UPDATE audit_log SET id = CASE WHEN id < 5000 THEN id * -7 ELSE id * 2 + 100000 END",
    );
    await client.query(`UPDATE audit_log SET id = ${2 ** 50} WHERE id = ${2 * ROWS + 100_000}`);
    const engine = await postgresql(url);
    const { population } = await engine.observe(question);
    expect(population.read).toBe(ROWS);
    await expect(engine.foldPart(question, 0)).rejects.toMatchObject({
      code: "unsupported-source",
    });
    await engine.close();
  });

  test.each([
    [
      "stands twice",
      "ALTER TABLE audit_log DROP CONSTRAINT audit_log_pkey; UPDATE audit_log SET id = 7 WHERE id = 8",
      "unsupported-source",
      "unique",
    ],
    [
      "is NULL",
      "ALTER TABLE audit_log DROP CONSTRAINT audit_log_pkey; ALTER TABLE audit_log ALTER id DROP NOT NULL; UPDATE audit_log SET id = NULL WHERE id = 8",
      "unreadable-source",
      `${ROWS} rows`,
    ],
    [
      "is NULL everywhere",
      "ALTER TABLE audit_log DROP CONSTRAINT audit_log_pkey; ALTER TABLE audit_log ALTER id DROP NOT NULL; UPDATE audit_log SET id = NULL",
      "unsupported-source",
      "NULL",
    ],
    [
      "is beyond 2^53",
      `UPDATE audit_log SET id = ${2 ** 53} + 2 WHERE id = 8`,
      "unsupported-source",
      "9007199254740994",
    ],
  ])("an order number %s", async (_, change, code, said) => {
    await client.query(change);
    const engine = await postgresql(url);
    await expect(engine.observe(question)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(said) as string,
    });
    await engine.close();
  });

  test("row-level security that hides rows is an error and no smaller report", async () => {
    await client.query(
      "CREATE POLICY own ON audit_log USING (agent_id = 'agent 1'); " +
        "ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY; " +
        "DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; GRANT SELECT ON audit_log TO reader",
    );
    const asReader = new URL(url);
    asReader.username = "reader";
    const engine = await postgresql(asReader.href);
    await expect(engine.observe(question)).rejects.toMatchObject({
      code: "unreadable-source",
      message: expect.stringContaining("row-level security hides rows") as string,
    });
    await engine.close();
    await client.query("REVOKE SELECT ON audit_log FROM reader; DROP ROLE reader");
  });

  test("nothing is left open", async () => {
    const engine = await postgresql(url);
    for await (const entry of engine.entries({ period: {} })) {
      expect(entry.id).toBe(1);
      break;
    }
    await engine.observe(question);
    await engine.close();
    await engine.close();
    await expect(engine.observe(question)).rejects.toMatchObject({ code: "closed" });
    const open =
      "SELECT count(*)::int AS open FROM pg_stat_activity WHERE application_name = 'aegis-compliance' AND datname = current_database()";
    await expect
      .poll(async () => (await client.query<{ open: number }>(open)).rows[0]?.open)
      .toBe(0);
  });
});
