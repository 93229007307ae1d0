import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import { openReader } from "../../src/sqlite/reader.ts";
import { openForWriting } from "../../src/sqlite/writer.ts";
import { contentsOf, makeFolder } from "../sqlite/folder.ts";
import { clockFrom, decide, hasShared, NEW_YEAR, shared } from "./decision.ts";

const FIRST_14 = `
  id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL, timestamp TEXT NOT NULL,
  action_type TEXT NOT NULL, action_target TEXT NOT NULL, action_params TEXT, action_desc TEXT,
  risk_level TEXT NOT NULL, approval TEXT NOT NULL, matched_rule TEXT, human_decision TEXT,
  result_status TEXT, result_data TEXT, result_error TEXT`;
const LAST_4 = "agent_id TEXT, parent_agent_id TEXT, chain_id TEXT, chain_depth INTEGER DEFAULT 0";

/** An older file with three entries, the second and third of them blocked or denied. */
function writeOlder(path: string, columns: string): void {
  const writer = openForWriting(path);
  writer.exec("PRAGMA journal_mode=DELETE");
  writer.exec(`CREATE TABLE audit_log (${columns})`);
  for (const [second, approval, status] of [
    [1, "auto", "success"],
    [2, "block", null],
    [3, "approve", "denied"],
  ] as const) {
    writer.run(
      "INSERT INTO audit_log (session_id, timestamp, action_type, action_target, risk_level, approval, result_status) " +
        "VALUES ('old', ?, 'read', 'crm', 'LOW', ?, ?)",
      [`2025-12-31T00:00:0${second}+00:00`, approval, status],
    );
  }
  writer.close();
}

function schemaOf(path: string): unknown {
  const reader = openReader(path);
  const schema = {
    columns: [...reader.rows("PRAGMA table_xinfo(audit_log)")],
    tenure: [...reader.rows("PRAGMA table_xinfo(governance_tenure)")],
    indexes: [
      ...reader.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'audit_log' ORDER BY name",
      ),
    ],
    autoincrement: [...reader.rows("SELECT name FROM sqlite_sequence")],
    journal: [...reader.rows("PRAGMA journal_mode")],
    encoding: [...reader.rows("PRAGMA encoding")],
    version: [...reader.rows("PRAGMA user_version")],
  };
  reader.close();
  return schema;
}

describe.each([
  ["of 14 columns", FIRST_14],
  ["of 18 columns without indexes", `${FIRST_14}, ${LAST_4}`],
])("a file %s", (_form, columns) => {
  it("is read as it is, unchanged", () => {
    const folder = makeFolder();
    const path = join(folder, "a.db");
    writeOlder(path, columns);
    const before = contentsOf(folder);
    const logger = new AuditLogger({ dbPath: path });
    const entries = logger.getLog();
    expect(entries.map((entry) => entry.id)).toEqual([1, 2, 3]);
    for (const entry of entries) expect(Object.keys(entry)).toEqual(ENTRY_FIELD_NAMES);
    expect(entries[0]).toMatchObject({ session_id: "old", agent_id: null, chain_id: null });
    expect(logger.count({ agentId: "x" })).toBe(0);
    expect(logger.count({ since: "2025-12-31T00:00:02Z" })).toBe(2);
    logger.exportJsonl(join(makeFolder(), "x.jsonl"));
    logger.close();
    expect(contentsOf(folder)).toEqual(before);
  });

  it("gets what it lacks when something is logged", () => {
    const folder = makeFolder();
    const path = join(folder, "a.db");
    writeOlder(path, columns);
    const logger = new AuditLogger({ dbPath: path, clock: clockFrom(NEW_YEAR) });
    expect(logger.log("new", decide({}, { approval: "block" }), { chainDepth: 1 })).toBe(4);
    expect(logger.getLog({ agentId: "agent-1" })).toMatchObject([{ id: 4, chain_depth: 1 }]);
    expect(logger.getLog({ sessionId: "old" })).toMatchObject([
      { agent_id: null, chain_depth: 0 },
      { agent_id: null },
      { agent_id: null },
    ]);
    logger.close();

    const fresh = join(folder, "fresh.db");
    const other = new AuditLogger({ dbPath: fresh });
    other.log("s", decide());
    other.close();
    expect(schemaOf(path)).toEqual(schemaOf(fresh));

    const reader = openReader(path);
    expect([...reader.rows("SELECT * FROM governance_tenure")]).toEqual([
      ["2025-12-31T00:00:01+00:00", 4, 3],
    ]);
    reader.close();
  });

  it("stays as it is when the first entry cannot be logged", () => {
    const path = join(makeFolder(), "a.db");
    writeOlder(path, columns);
    const logger = new AuditLogger({ dbPath: path, clock: () => Number.NaN });
    expect(() => logger.log("s", decide())).toThrow(/clock/);
    logger.close();
    const reader = openReader(path);
    const names = [...reader.rows("SELECT name FROM sqlite_master ORDER BY name")].flat();
    reader.close();
    expect(names).toEqual(["audit_log", "sqlite_sequence"]);
  });
});

describe.skipIf(!hasShared)("a real file (needs the shared data folder)", () => {
  const REAL = shared("logs/aegis_audit_small.db");

  it("is read without a trace", () => {
    const folder = makeFolder();
    const path = join(folder, "aegis_audit.db");
    copyFileSync(REAL, path);
    const before = contentsOf(folder);
    const logger = new AuditLogger({ dbPath: path });
    expect(contentsOf(folder)).toEqual(before);
    const entries = logger.getLog();
    expect(entries).toHaveLength(500);
    expect(entries[1]).toMatchObject({
      id: 2,
      action_params: '{"q": "item 1", "limit": 445}',
      agent_id: "agent-web",
      chain_depth: 0,
    });
    expect(logger.count({ resultStatus: "denied" })).toBe(
      entries.filter((entry) => entry.result_status === "denied").length,
    );
    logger.close();
    expect(contentsOf(folder)).toEqual(before);
  });

  it("is continued", () => {
    const path = join(makeFolder(), "aegis_audit.db");
    copyFileSync(REAL, path);
    const logger = new AuditLogger({ dbPath: path });
    expect(logger.log("s", decide())).toBe(501);
    logger.close();
    const reader = openReader(path);
    expect([...reader.rows("SELECT * FROM governance_tenure")]).toEqual([
      ["2026-01-01T00:00:00+00:00", 501, 82],
    ]);
    reader.close();
  });

  it("has the schema that new files get", () => {
    const folder = makeFolder();
    const [copy, fresh] = [join(folder, "copy.db"), join(folder, "fresh.db")];
    copyFileSync(REAL, copy);
    const logger = new AuditLogger({ dbPath: fresh });
    logger.log("s", decide());
    logger.close();
    expect(schemaOf(fresh)).toEqual(schemaOf(copy));
  });
});
