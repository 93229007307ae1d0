// Writes an audit database or JSON Lines (by the file's ending) of any length, the same bytes
// for the same length: eight agents around the clock, one action every few seconds, some
// silences, all 18 columns and indexes.
// usage: node bench/make-log.mjs ROWS FILE
import { createRequire } from "node:module";
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const Database = createRequire(import.meta.url)("better-sqlite3");

const FIELDS = [
  "id",
  "session_id",
  "timestamp",
  "action_type",
  "action_target",
  "action_params",
  "action_desc",
  "risk_level",
  "approval",
  "matched_rule",
  "human_decision",
  "result_status",
  "result_data",
  "result_error",
  "agent_id",
  "parent_agent_id",
  "chain_id",
  "chain_depth",
];

const KINDS = [
  ["read_profile", "user_profiles", "LOW", "auto", "read_auto"],
  ["search", "knowledge_base", "LOW", "auto", "search_auto"],
  ["update_record", "customer_db", "MEDIUM", "approve", "update_gate"],
  ["send_message", "support_channel", "MEDIUM", "approve", "message_gate"],
  ["deploy", "staging", "HIGH", "approve", "deploy_gate"],
  ["delete_row", "cache", "HIGH", "approve", "delete_gate"],
  ["drop_table", "prod_db", "CRITICAL", "block", "never_drop"],
  ["update_config", "gateway", "MEDIUM", "approve", "config_gate"],
  ["list_orders", "orders_api", "LOW", "auto", "<default>"],
];

/** A small linear generator: figures must not depend on the machine. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The actions of the log, as the 18 values of the audit database's columns. */
export function* actions(rows) {
  const random = generator(20260101);
  let micros = Date.UTC(2026, 0, 1) * 1000;
  for (let id = 1; id <= rows; id += 1) {
    micros += Math.floor(random() * 8_000_000);
    if (id % 250_000 === 0) micros += 7_200_000_000;
    const [type, target, risk, approval, rule] = KINDS[Math.floor(random() * KINDS.length)];
    const refused = approval === "approve" && random() < 0.1;
    const human = approval === "approve" ? (refused ? "denied" : "approved") : null;
    const status = approval === "block" ? "blocked" : refused ? "denied" : "success";
    const time = `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19)}.${String(micros % 1_000_000).padStart(6, "0")}+00:00`;
    yield [
      id,
      `sess-${String(Math.floor(id / 40)).padStart(6, "0")}`,
      time,
      type,
      target,
      JSON.stringify({
        q: `item ${id}`,
        limit: id % 500,
        filter: "status = open and region = eu",
      }),
      `${type} on ${target} for ticket ${id}`,
      risk,
      approval,
      rule,
      human,
      status,
      status === "success" ? JSON.stringify({ rows: id % 97, note: "x".repeat(id % 160) }) : null,
      null,
      `agent-${id % 8}`,
      null,
      id % 5 === 0 ? `chain-${id % 1000}` : null,
      id % 3,
    ];
  }
}

export function makeLog(rows, file) {
  mkdirSync(dirname(file), { recursive: true });
  for (const ending of ["", "-wal", "-shm"]) rmSync(`${file}${ending}`, { force: true });
  const database = new Database(file);
  database.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE audit_log (
      id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL, timestamp TEXT NOT NULL,
      action_type TEXT NOT NULL, action_target TEXT NOT NULL, action_params TEXT, action_desc TEXT,
      risk_level TEXT NOT NULL, approval TEXT NOT NULL, matched_rule TEXT, human_decision TEXT,
      result_status TEXT, result_data TEXT, result_error TEXT, agent_id TEXT, parent_agent_id TEXT,
      chain_id TEXT, chain_depth INTEGER DEFAULT 0)`);
  const insert = database.prepare(
    `INSERT INTO audit_log VALUES (${Array.from({ length: 18 }, () => "?").join(", ")})`,
  );
  database.transaction(() => {
    for (const values of actions(rows)) insert.run(...values);
  })();
  for (const column of ["session_id", "timestamp", "agent_id", "action_type"]) {
    database.exec(`CREATE INDEX idx_${column} ON audit_log(${column})`);
  }
  database.pragma("journal_mode = WAL");
  database.close();
}

/** The same actions as JSON Lines, the two JSON columns as values. */
export function makeJsonLines(rows, file) {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.unfinished`;
  const descriptor = openSync(unfinished, "w");
  let lines = [];
  const flush = () => {
    writeSync(descriptor, lines.join(""));
    lines = [];
  };
  for (const values of actions(rows)) {
    const entry = Object.fromEntries(FIELDS.map((field, index) => [field, values[index]]));
    entry.action_params = JSON.parse(entry.action_params);
    entry.result_data = JSON.parse(entry.result_data);
    lines.push(`${JSON.stringify(entry)}\n`);
    if (lines.length === 1000) flush();
  }
  flush();
  closeSync(descriptor);
  renameSync(unfinished, file);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [, , rows, file] = process.argv;
  (file.endsWith(".jsonl") ? makeJsonLines : makeLog)(Number(rows), file);
}
