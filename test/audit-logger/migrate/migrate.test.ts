// Rows of every form of the SQLite database, moved to every server.

import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AuditLogger } from "../../../src/audit-logger/audit-logger.ts";
import { migrateAuditDatabase } from "../../../src/audit-logger/migrate.ts";
import { openAuditLogger } from "../../../src/audit-logger/open-audit-logger.ts";
import { clickhouse } from "../../../src/engines/clickhouse.ts";
import { postgresql } from "../../../src/engines/postgresql.ts";
import { sqlite } from "../../../src/engines/sqlite.ts";
import type { Engine } from "../../../src/engines/engine.ts";
import { ReportGenerator } from "../../../src/report-generator.ts";
import { openForWriting } from "../../../src/sqlite/writer.ts";
import type { ServerName } from "../../servers/available.ts";
import { describeWith } from "../../servers/needs.ts";
import { contentsOf, makeFolder } from "../../sqlite/folder.ts";
import { clockFrom, decide, hasShared, hostileStrings, NEW_YEAR, shared } from "../decision.ts";
import { newTable, SERVERS } from "../places.ts";

const FRAMEWORKS = ["soc2", "gdpr", "governance", "agent-governance"];

/** What the reports of a log say, but for where it is kept and what counters stand beside it. */
async function reportsOf(engine: Engine): Promise<unknown> {
  const generator = new ReportGenerator();
  const reports = await generator.generateAll(engine, FRAMEWORKS, {
    now: "2026-12-01T00:00:00Z",
  });
  await engine.close();
  return reports.map((report) => {
    const { population, ...rest } = generator.toDict(report) as unknown as Record<string, unknown>;
    const { inputs: _, tenure: _tenure, ids, ...counts } = population as Record<string, unknown>;
    const { missing_at_end: _end, ...missing } = ids as Record<string, unknown>;
    return { rest, counts, missing };
  });
}

function engineOn(server: ServerName, url: string): Promise<Engine> {
  return server === "postgresql" ? postgresql(url) : clickhouse(url);
}

/** A database that the logger wrote, of so many entries. */
function written(path: string, entries: number): void {
  new AuditLogger({ dbPath: path, clock: clockFrom(NEW_YEAR) }).close();
  const writer = openForWriting(path);
  writer.transaction(() => {
    writer.run("INSERT INTO governance_tenure VALUES ('2026-01-01T00:00:00', ?, 0)", [entries]);
    writer.run(
      "INSERT INTO audit_log (session_id, timestamp, action_type, action_target, risk_level, approval, action_desc) " +
        "WITH RECURSIVE turn (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < ?) " +
        "SELECT 's-' || n % 7, '2026-01-01T00:00:00.' || n, 'read', 'ü', 'LOW', 'auto', '' FROM turn LIMIT ?",
      [entries, entries],
    );
  });
  writer.close();
}

const COLUMNS_14 =
  "session_id, timestamp, action_type, action_target, action_params, action_desc, risk_level, " +
  "approval, matched_rule, human_decision, result_status, result_data, result_error";
const COLUMNS_17 = `${COLUMNS_14}, agent_id, parent_agent_id, chain_id, chain_depth`;

/** A table that takes whatever it is given. */
function lenient(path: string, columns: string, rows: readonly string[]): void {
  const writer = openForWriting(path);
  writer.exec(`CREATE TABLE audit_log (${columns})`);
  for (const row of rows) writer.exec(`INSERT INTO audit_log ${row}`);
  writer.close();
}

/** Changes one row, or doubles it, before it returns. */
function change(server: ServerName, url: string): void {
  const { origin, pathname, searchParams } = new URL(url.replace(/^[a-z]+:/, "http:"));
  const table = searchParams.get("table") ?? "";
  const script =
    server === "postgresql"
      ? `import pg from "pg";
         const client = new pg.Client(${JSON.stringify(url.replace(/\?.*/, ""))});
         await client.connect();
         await client.query("UPDATE ${table} SET action_type = 'other' WHERE id = 5");
         await client.end();`
      : `const of = "${pathname.slice(1)}.${table}";
         const body = "INSERT INTO " + of + " SELECT * FROM " + of + " WHERE id = 5";
         const made = await fetch(${JSON.stringify(origin)}, { method: "POST", body });
         if (!made.ok) throw new Error(await made.text());`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script]);
}

describe.each(SERVERS)("migration to %s", (server) => {
  describeWith([server], "of an SQLite database", () => {
    it.skipIf(!hasShared)(
      "gives the same reports from both (needs the shared data folder)",
      { timeout: 60_000 },
      async () => {
        const folder = makeFolder();
        const path = join(folder, "aegis_audit.db");
        copyFileSync(shared("logs/aegis_audit_small.db"), path);
        const before = contentsOf(folder);
        const url = await newTable(server);
        const statement = await migrateAuditDatabase(path, url);
        expect(contentsOf(folder)).toEqual(before);
        expect(statement).toMatchObject({
          alreadyThere: 0,
          refused: 0,
          others: 0,
          written: statement.read,
          verified: statement.read,
          absentFields: [],
        });
        expect(statement.target).not.toContain("postgres@");
        expect(await reportsOf(await engineOn(server, url))).toEqual(
          await reportsOf(await sqlite(path)),
        );
        expect(await migrateAuditDatabase(path, url)).toEqual({
          ...statement,
          written: 0,
          alreadyThere: statement.read,
        });
      },
    );

    it("keeps the first form's columns, and the logger goes on with it", async () => {
      const path = join(makeFolder(), "aegis_audit.db");
      lenient(path, `id INTEGER PRIMARY KEY AUTOINCREMENT, ${COLUMNS_14}`, [
        "(session_id, timestamp, action_type, risk_level, approval) VALUES ('s', '2026-01-01T00:00:00', 'read', 'LOW', 'auto')",
        "(session_id, timestamp, action_type, risk_level, approval) VALUES ('s', 'soon', '', 'HIGH', 'block')",
        "(id, session_id, timestamp) VALUES (-5, NULL, '2026-01-01T00:00:01Z')",
      ]);
      const url = await newTable(server);
      const statement = await migrateAuditDatabase(path, url);
      expect(statement).toMatchObject({
        written: 3,
        ids: { first: -5, last: 2 },
        absentFields: ["agent_id", "parent_agent_id", "chain_id", "chain_depth"],
      });
      expect(await reportsOf(await engineOn(server, url))).toEqual(
        await reportsOf(await sqlite(path)),
      );
      const logger = await openAuditLogger(url);
      const id = await logger.log("s", decide());
      expect(server === "postgresql" ? id : 3).toBe(3);
      const entries = await logger.getLog();
      await logger.close();
      expect(entries.map((entry) => entry.id)).toEqual([-5, 1, 2, id]);
      expect(entries[2]).toMatchObject({ action_type: "", agent_id: null, timestamp: "soon" });
      expect(await migrateAuditDatabase(path, url)).toMatchObject({ alreadyThere: 3, others: 1 });
    });

    it.skipIf(!hasShared)("keeps hostile texts (needs the shared data folder)", async () => {
      const path = join(makeFolder(), "aegis_audit.db");
      const logger = new AuditLogger({ dbPath: path, clock: clockFrom(NEW_YEAR) });
      const texts = hostileStrings();
      for (const text of texts) logger.log(text, decide({ target: text, description: text }));
      const expected = logger.getLog();
      logger.close();
      const url = await newTable(server);
      const nul = server === "postgresql" ? texts.filter((text) => text.includes("\0")).length : 0;
      expect(await migrateAuditDatabase(path, url)).toMatchObject({
        read: texts.length,
        written: texts.length - nul,
        refused: nul,
        refusals: nul === 0 ? [] : [{ reason: "text with a NUL character", count: nul }],
      });
      const moved = await openAuditLogger(url);
      expect(await moved.getLog()).toEqual(
        expected.filter(({ session_id }) => nul === 0 || !session_id?.includes("\0")),
      );
      await moved.close();
    });

    it("says which rows stay behind, and why", async () => {
      const path = join(makeFolder(), "aegis_audit.db");
      lenient(path, `id, ${COLUMNS_17}, extra`, [
        "(id, timestamp) VALUES (10, 'x')",
        "(id, timestamp) VALUES (10, 'y')",
        "(id, timestamp) VALUES ('11', 'x')",
        "(id, timestamp) VALUES (NULL, 'x')",
        "(id, timestamp) VALUES (9007199254740992, 'x')",
        "(id, timestamp) VALUES (12, 5)",
        "(id, timestamp) VALUES (13, x'00')",
        "(id, timestamp, chain_depth) VALUES (14, 'x', 1.5)",
        "(id, timestamp, chain_depth) VALUES (15, 'x', 'deep')",
        "(id, timestamp, chain_depth) VALUES (16, 'x', 2147483648)",
        "(id, timestamp, session_id) VALUES (17, 'x', CAST(x'61ff' AS TEXT))",
        "(id, timestamp, session_id) VALUES (18, 'x', '\uFFFD')",
        "(id, timestamp, session_id) VALUES (3, 'x', '')",
      ]);
      const url = await newTable(server);
      const statement = await migrateAuditDatabase(path, url);
      expect(statement).toMatchObject({
        read: 13,
        written: 3,
        refused: 10,
        verified: 3,
        columnsLeftBehind: ["extra"],
      });
      const reasons = new Map(statement.refusals.map(({ reason, first }) => [reason, first]));
      expect(reasons).toEqual(
        new Map([
          ["id stands in an earlier row", ["2"]],
          ["id is no whole number", ["3", "4", "5"]],
          ["value of another type", ["6", "7", "8", "9"]],
          ["text that is not UTF-8", ["11"]],
          ["chain_depth beyond 32 bits", ["10"]],
        ]),
      );
      const logger = await openAuditLogger(url);
      const entries = await logger.getLog();
      await logger.close();
      expect(entries.map(({ id, session_id }) => [id, session_id])).toEqual([
        [3, ""],
        [10, null],
        [18, "\uFFFD"],
      ]);
    });

    it("goes on where it was stopped", { timeout: 60_000 }, async () => {
      const path = join(makeFolder(), "aegis_audit.db");
      written(path, 12_000);
      const url = await newTable(server);
      const stopping = new AbortController();
      const seen: number[] = [];
      const stopped = migrateAuditDatabase(path, url, {
        signal: stopping.signal,
        onProgress({ phase, done, total }) {
          expect([phase, total]).toEqual(["copying", 12_000]);
          seen.push(done);
          stopping.abort(new Error("enough"));
        },
      });
      await expect(stopped).rejects.toThrow("enough");
      expect(seen).toHaveLength(1);
      const statement = await migrateAuditDatabase(path, url);
      expect(statement).toMatchObject({
        read: 12_000,
        written: 12_000 - (seen[0] ?? 0),
        alreadyThere: seen[0],
        verified: 12_000,
        others: 0,
        missingAtEnd: 0,
        tenure: { total_actions: 12_000, threats_blocked: 0 },
      });
      const logger = await openAuditLogger(url);
      expect(await logger.count()).toBe(12_000);
      await logger.close();
    });

    it("stops at a row that is there with other content", async () => {
      const path = join(makeFolder(), "aegis_audit.db");
      written(path, 20);
      const url = await newTable(server);
      await migrateAuditDatabase(path, url);
      const writer = openForWriting(path);
      writer.exec("UPDATE audit_log SET human_decision = 'approved' WHERE id = 7");
      writer.close();
      await expect(migrateAuditDatabase(path, url)).rejects.toMatchObject({
        code: "unsupported-source",
        message: expect.stringContaining("id 7"),
      });
    });

    it("notices when what it wrote is changed before it is proved", async () => {
      const path = join(makeFolder(), "aegis_audit.db");
      written(path, 20);
      const url = await newTable(server);
      const migrated = migrateAuditDatabase(path, url, {
        onProgress({ phase, done, total }) {
          if (phase === "copying" && done === total) change(server, url);
        },
      });
      await expect(migrated).rejects.toMatchObject({ code: "source-changed" });
    });

    it("moves an empty log", async () => {
      const path = join(makeFolder(), "aegis_audit.db");
      written(path, 0);
      const statement = await migrateAuditDatabase(path, await newTable(server));
      expect(statement).toMatchObject({ read: 0, written: 0, verified: 0, others: 0 });
      expect(statement.ids).toBeUndefined();
    });

    it("refuses what is no source or no place", async () => {
      const folder = makeFolder();
      const path = join(folder, "aegis_audit.db");
      const url = await newTable(server);
      await expect(migrateAuditDatabase(path, url)).rejects.toMatchObject({
        code: "unreadable-source",
      });
      lenient(path, "id, other", []);
      await expect(migrateAuditDatabase(path, url)).rejects.toMatchObject({
        code: "unsupported-source",
      });
      const sound = join(folder, "sound.db");
      written(sound, 1);
      const withPassword = url.replace("://", "://me:hunter2@").replace("postgres@", "");
      const refused = migrateAuditDatabase(sound, withPassword);
      await expect(refused).rejects.toMatchObject({
        code: "invalid-option",
        message: expect.not.stringContaining("hunter2"),
      });
    });
  });
});
