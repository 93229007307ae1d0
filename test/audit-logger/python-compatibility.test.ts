import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import { makeFolder } from "../sqlite/folder.ts";
import { clockFrom, decide, NEW_YEAR } from "./decision.ts";
import { hasPython, python } from "./python.ts";

const READ = `
import datetime, json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.row_factory = sqlite3.Row
rows = []
for row in db.execute("SELECT * FROM audit_log ORDER BY id"):
    entry = dict(row)
    for column in ("action_params", "result_data"):
        if entry[column] is not None:
            entry[column] = json.loads(entry[column])
    # Fails unless the time is exactly what Python itself writes.
    assert datetime.datetime.fromisoformat(entry["timestamp"]).isoformat() == entry["timestamp"]
    rows.append(entry)
print(json.dumps(rows))`;

const CONTINUE = `
import datetime, json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
with db:
    db.execute(
        "INSERT INTO audit_log (session_id, timestamp, action_type, action_target, action_params,"
        " risk_level, approval, matched_rule, agent_id, chain_depth) VALUES (?,?,?,?,?,?,?,?,?,?)",
        ("py", datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc).isoformat(), "delete",
         "crm", json.dumps({"name": "J\\u00fcrgen", "n": 1.5}), "HIGH", "block", "r", None, 0))
    db.execute("UPDATE governance_tenure SET total_actions = total_actions + 1, threats_blocked = threats_blocked + 1")
print(json.dumps(db.execute("SELECT * FROM governance_tenure").fetchall()))`;

describe.skipIf(!hasPython)("Python's own sqlite3 and json (needs python3)", () => {
  it("read what is written, also while the logger is open", () => {
    const path = join(makeFolder(), "aegis_audit.db");
    const logger = new AuditLogger({ dbPath: path, clock: clockFrom(NEW_YEAR, 351_134) });
    const params = { text: "日本 🔒 \ud800 \0", list: [1, -0.5, null, true, {}], nothing: null };
    logger.log("s\ud800", decide({ params, target: "a\0b" }));
    logger.log("s", decide(), { result: { status: "success", data: 0 } });
    logger.log("s", decide(), {
      result: { status: "success", data: [Number.NaN, 2n ** 70n, new Date(0)] },
    });
    const rows = python(READ, path) as Record<string, unknown>[];
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      session_id: "s\ufffd",
      timestamp: "2026-01-01T00:00:00+00:00",
      action_target: "a\0b",
      action_params: params,
      result_data: null,
      action_desc: null,
      chain_depth: 0,
    });
    expect(rows[1]).toMatchObject({
      timestamp: "2026-01-01T00:00:00.351134+00:00",
      result_data: 0,
    });
    expect(rows[2]?.["result_data"]).toEqual([
      "NaN",
      "1180591620717411303424",
      "1970-01-01T00:00:00.000Z",
    ]);
    logger.close();
  });

  it("write what is read, and both count in one place", () => {
    const path = join(makeFolder(), "aegis_audit.db");
    const logger = new AuditLogger({ dbPath: path, clock: clockFrom(NEW_YEAR) });
    logger.log("s", decide());
    expect(python(CONTINUE, path)).toEqual([["2026-01-01T00:00:00+00:00", 2, 1]]);
    expect(logger.getLog({ sessionId: "py", since: "2026-01-02T00:00:00" })).toMatchObject([
      { id: 2, action_params: String.raw`{"name": "J\u00fcrgen", "n": 1.5}`, agent_id: null },
    ]);
    expect(logger.log("s", decide())).toBe(3);
    logger.close();
  });
});
