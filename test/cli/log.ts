// A folder with a small audit database and policies in it, written by our own logger.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import { openForWriting } from "../../src/sqlite/writer.ts";

/** Half an hour in microseconds: too short to be a gap. */
const STEP = 1800 * 1_000_000;
const START = Date.UTC(2026, 0, 1) * 1000;

/** An agent's name that tries to forge lines, colours and a build server's commands. */
export const HOSTILE = "eve\u001b[31m\n# Forged\n::error::x ##[error] \u202e\u009b2J";

interface Logged {
  readonly type: string;
  readonly target?: string;
  readonly agent?: string;
  readonly risk?: string;
  readonly approval?: string;
  readonly human?: string;
  readonly rule?: string;
}

const LOGGED: readonly Logged[] = [
  { type: "read", agent: "reader" },
  { type: "read", agent: "reader", target: "倉庫" },
  { type: "delete_record", agent: "cleaner", risk: "HIGH", approval: "approve", human: "approved" },
  { type: "delete_record", agent: "cleaner", risk: "HIGH", approval: "approve", human: "denied" },
  { type: "delete_record", agent: "cleaner", risk: "HIGH", approval: "approve" },
  { type: "drop_table", agent: HOSTILE, risk: "CRITICAL", approval: "block", rule: "no_drop" },
  { type: "drop_table", agent: HOSTILE, risk: "CRITICAL", approval: "auto", rule: "" },
  { type: "update", agent: "writer", risk: "MEDIUM" },
];

/** What a terminal would act on: control characters but the line feed, and text that turns around. */
export const ACTIVE = /(?!\n)\p{Cc}|\u202e/u;

/** How many entries the database has. */
export const ENTRIES = LOGGED.length;

export const POLICY = `version: 1
defaults:
  approval: block
  risk_level: MEDIUM
rules:
  - name: reads
    match: { type: "read*" }
    approval: auto
    risk_level: LOW
`;

/** A policy whose second rule is never reached. */
export const WEAK_POLICY = `${POLICY}  - name: more_reads
    match: { type: "read_all" }
    approval: block
    risk_level: LOW
`;

/** A policy with two mistakes, on lines 2 and 4. */
export const BAD_POLICY = `version: 1
defautls: {}
rules:
  - nam: reads
    match: { type: "read" }
    approval: auto
`;

/** Makes the folder, which is removed after the tests of the calling file. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "aegis-test-cli-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeLog(join(folder, "aegis_audit.db"), LOGGED);
  writeLog(join(folder, "empty.db"), []);
  writeFileSync(join(folder, "policy.yaml"), POLICY);
  writeFileSync(join(folder, "weak.yaml"), WEAK_POLICY);
  writeFileSync(join(folder, "bad.yaml"), BAD_POLICY);
  writeFileSync(
    join(folder, "text.db"),
    "this is no database, but long enough to be one\n".repeat(99),
  );
  return folder;
}

function writeLog(dbPath: string, entries: readonly Logged[]): void {
  let now = START;
  const logger = new AuditLogger({ dbPath, clock: () => (now += STEP) });
  for (const { type, target, agent, risk, approval, human, rule } of entries) {
    logger.log(
      "session-1",
      {
        action: { type, target: target ?? "crm", params: { id: 1 }, agentId: agent },
        riskLevel: risk ?? "LOW",
        approval: approval ?? "auto",
        matchedRule: rule ?? "a_rule",
      },
      {
        result: { status: approval === "block" ? "blocked" : "success" },
        ...(human === undefined ? {} : { humanDecision: human }),
      },
    );
  }
  logger.close();
}

/** Makes a database of so many entries, one a second, faster than by logging. */
export function writeLongLog(dbPath: string, entries: number): void {
  new AuditLogger({ dbPath }).close();
  const writer = openForWriting(dbPath);
  writer.exec(
    `INSERT INTO audit_log
       (session_id, timestamp, action_type, action_target, action_params, risk_level, approval,
        matched_rule, result_status, agent_id)
     WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${entries})
     SELECT 'session-' || (n / 100), strftime('%Y-%m-%dT%H:%M:%S+00:00', 1767225600 + n, 'unixepoch'),
            'read', 'crm', '{}', 'LOW', 'auto', 'a_rule', 'success', 'agent-' || (n % 10)
     FROM counter`,
  );
  writer.close();
}
