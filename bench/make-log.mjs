// Writes an audit database, JSON Lines or CSV (by the file's ending) of any length, the same bytes
// for the same length: eight agents around the clock, one action every few seconds, some
// silences, all 18 columns and indexes. With DAYS, the actions are spread over so many days.
// usage: node bench/make-log.mjs ROWS FILE [DAYS]
import { createRequire } from "node:module";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, extname } from "node:path";

const Database = createRequire(import.meta.url)("better-sqlite3");

export const FIELDS = [
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

/** Microseconds: the most between two actions, the length of a silence. */
const STEP = 8_000_000;
const SILENCE = 7_200_000_000;
/** A silence comes after so many actions. */
const BETWEEN_SILENCES = 250_000;

/** Microseconds between two actions at most, so that all of them fill so many days. */
function stepFor(rows, days) {
  const silent = Math.floor(rows / BETWEEN_SILENCES) * SILENCE;
  return (2 * (days * 86_400_000_000 - silent)) / rows;
}

/**
 * The actions of a log, as the 18 values of the audit database's columns. `days` spreads them;
 * `first` is the first id and `start` the microseconds since 1970 after which they happen.
 */
export function* actions(rows, { days, first = 1, start = Date.UTC(2026, 0, 1) * 1000 } = {}) {
  const random = generator(20260101);
  const step = days === undefined ? STEP : stepFor(rows, days);
  let micros = start;
  for (let id = first; id < first + rows; id += 1) {
    micros += Math.floor(random() * step);
    if (id % BETWEEN_SILENCES === 0) micros += SILENCE;
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

/** The INSERT of one action. */
const INSERT = `INSERT INTO audit_log VALUES (${FIELDS.map(() => "?").join(", ")})`;

export function makeLog(rows, file, options) {
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
  const insert = database.prepare(INSERT);
  database.transaction(() => {
    for (const values of actions(rows, options)) insert.run(...values);
  })();
  for (const column of ["session_id", "timestamp", "agent_id", "action_type"]) {
    database.exec(`CREATE INDEX idx_${column} ON audit_log(${column})`);
  }
  database.pragma("journal_mode = WAL");
  database.close();
}

/** Adds actions behind the last one of a database, one every half second or so. */
export function appendActions(rows, file) {
  const database = new Database(file);
  const { id, timestamp } = database
    .prepare("SELECT id, timestamp FROM audit_log ORDER BY id DESC LIMIT 1")
    .get();
  const insert = database.prepare(INSERT);
  const start = (Date.parse(timestamp) + 1) * 1000;
  database.transaction(() => {
    for (const values of actions(rows, { days: rows / 172_800, first: id + 1, start })) {
      insert.run(...values);
    }
  })();
  database.close();
}

/** The same actions as JSON Lines, the two JSON columns as values. */
export function makeJsonLines(rows, file, options) {
  writeLines(file, linesOfJson(actions(rows, options)));
}

/** The same actions as CSV; what is not there is empty. */
export function makeCsv(rows, file, options) {
  writeLines(file, linesOfCsv(actions(rows, options)));
}

function* linesOfJson(all) {
  for (const values of all) {
    const entry = Object.fromEntries(FIELDS.map((field, index) => [field, values[index]]));
    entry.action_params = JSON.parse(entry.action_params);
    entry.result_data = JSON.parse(entry.result_data);
    yield `${JSON.stringify(entry)}\n`;
  }
}

function* linesOfCsv(all) {
  yield `${FIELDS.join(",")}\n`;
  for (const values of all) yield `${values.map(cell).join(",")}\n`;
}

function cell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A pipe is written to as it is; a file appears under its name when it is whole. */
function writeLines(file, lines) {
  mkdirSync(dirname(file), { recursive: true });
  const isPipe = existsSync(file) && lstatSync(file).isFIFO();
  const unfinished = isPipe ? file : `${file}.unfinished`;
  const descriptor = openSync(unfinished, "w");
  let held = [];
  const flush = () => {
    writeWhole(descriptor, Buffer.from(held.join("")));
    held = [];
  };
  for (const line of lines) {
    held.push(line);
    if (held.length === 1000) flush();
  }
  flush();
  closeSync(descriptor);
  if (!isPipe) renameSync(unfinished, file);
}

/** A pipe may take less than it is given. */
function writeWhole(descriptor, bytes) {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}

const MAKERS = { ".jsonl": makeJsonLines, ".csv": makeCsv };

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [, , rows, file, days] = process.argv;
  const make = MAKERS[extname(file)] ?? makeLog;
  make(Number(rows), file, days === undefined ? {} : { days: Number(days) });
}
