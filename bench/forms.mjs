// The forms that one log is written in: how each is made, opened by a report and scanned bare.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { askClickHouse } from "./ask-clickhouse.mjs";
import { FIELDS, makeCsv, makeJsonLines, makeLog } from "./make-log.mjs";
import { serverStarters } from "./servers.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const FOLDER = path("data/engines");

/** All actions lie in one year, with a day to spare for those that are added. */
const DAYS = 364;

const NUMBERS = { id: "BIGINT", chain_depth: "INTEGER" };

/** Columns with their types, one for texts and `NUMBERS` by the other names that are given. */
const columnsAs = (text, numbers = NUMBERS) =>
  FIELDS.map((field) => `${field} ${numbers[field] ?? text}`).join(", ");

/** Where a form of so many rows lies. */
export function placeOf(form, rows) {
  return join(FOLDER, `${rows}.${form === "sqlite" ? "db" : form}`);
}

/** Runs a program to its end. */
function done(child, name) {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (text) => (said += text));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${name} ended with ${code}: ${said}`)),
    );
  });
}

/** Hands a reader the name of a pipe through which the log comes, so that no disk holds it. */
async function throughPipe(rows, ending, read) {
  mkdirSync(FOLDER, { recursive: true });
  const pipe = join(FOLDER, `${process.pid}-pipe.${ending}`);
  execFileSync("mkfifo", [pipe]);
  const args = [path("make-log.mjs"), String(rows), pipe, String(DAYS)];
  const writer = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  try {
    await Promise.all([done(writer, "make-log"), read(pipe)]);
  } finally {
    writer.kill();
    rmSync(pipe, { force: true });
  }
}

/** Makes a file once; it appears under its name when it is whole. */
async function once(file, make) {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.part`;
  rmSync(unfinished, { force: true });
  await make(unfinished);
  renameSync(unfinished, file);
}

async function writeParquet(rows) {
  const file = placeOf("parquet", rows);
  await once(file, async (unfinished) => {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    const connection = await instance.connect();
    const types = FIELDS.map((field) => `${field}: '${NUMBERS[field] ?? "VARCHAR"}'`).join(", ");
    const csv = (pipe) =>
      `read_csv('${pipe}', auto_detect = false, header = true, delim = ',', quote = '"', ` +
      `escape = '"', nullstr = '', parallel = false, columns = {${types}})`;
    await throughPipe(rows, "csv", (pipe) =>
      connection.run(
        `COPY (SELECT * FROM ${csv(pipe)}) TO '${unfinished}' (FORMAT parquet, COMPRESSION zstd)`,
      ),
    );
    connection.closeSync();
    instance.closeSync();
  });
  return file;
}

async function writeZstandard(rows) {
  const file = placeOf("jsonl.zst", rows);
  await once(file, (unfinished) =>
    throughPipe(rows, "jsonl", (pipe) => {
      const args = ["-q", "-f", "-3", "-o", unfinished, pipe];
      return done(spawn("zstd", args, { stdio: ["ignore", "ignore", "pipe"] }), "zstd");
    }),
  );
  return file;
}

async function writeLedger(rows) {
  const file = placeOf("ledger", rows);
  if (!existsSync(file)) {
    const { importLogs } = await import("../dist/index.js");
    await importLogs(await writeParquet(rows), { as: "aegis-table", to: file });
  }
  return file;
}

async function loadPostgres(rows, { startPostgres, postgresPlace }) {
  const server = await startPostgres();
  const psql = join(postgresPlace().folder, "psql");
  const sql = (text) => done(runPsql(psql, server.url, text), "psql");
  try {
    const columns = columnsAs('TEXT COLLATE "C"', { ...NUMBERS, id: "BIGINT PRIMARY KEY" });
    await sql(`CREATE TABLE audit_log (${columns}) WITH (autovacuum_enabled = off)`);
    await throughPipe(rows, "csv", (pipe) =>
      sql(`\\copy audit_log FROM '${pipe}' (FORMAT csv, HEADER)`),
    );
    await sql("VACUUM (FREEZE, ANALYZE) audit_log");
    await sql("CHECKPOINT");
  } catch (error) {
    await server.stop();
    throw error;
  }
  const log = `${server.url}?table=audit_log`;
  return { log, place: `${psql} ${server.url}`, stop: server.stop };
}

function runPsql(psql, url, text) {
  const args = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", text, url];
  return spawn(psql, args, { stdio: ["ignore", "ignore", "pipe"] });
}

async function loadClickHouse(rows, { startClickHouse26 }) {
  const parquet = await writeParquet(rows);
  const cluster = await startClickHouse26(1);
  const { url } = cluster.nodes[0];
  const ask = (body) => askClickHouse(url, body);
  try {
    await ask("CREATE DATABASE bench");
    const columns = columnsAs("Nullable(String)", { id: "Int64", chain_depth: "Nullable(Int32)" });
    await ask(`CREATE TABLE bench.audit_log (${columns}) ENGINE = MergeTree ORDER BY id`);
    await ask(`INSERT INTO bench.audit_log SELECT * FROM file('${parquet}', 'Parquet')`);
    await untilIdle(ask);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  const address = new URL(url);
  return {
    log: `clickhouse://${address.host}/bench?table=audit_log`,
    place: `${url}/?database=bench`,
    stop: cluster.stop,
  };
}

/** Merges would take their time from whoever is measured. */
async function untilIdle(ask) {
  while ((await ask("SELECT count() FROM system.merges")).trim() !== "0") {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await ask("SYSTEM STOP MERGES bench.audit_log");
}

const bytes = (file) => ({ bytes: [path("read-bytes.mjs"), file] });

/** A form that is a file or a folder. */
const filed = (title, write, more = {}) => ({
  title,
  open: async (rows) => {
    const file = await write(rows);
    const limits = { ...bytes(file), ...more.limits?.(file) };
    return { log: file, place: file, limits, flags: more.flags ?? [], stop: async () => {} };
  },
  missing: more.missing ?? (() => undefined),
});

/** A form that a server holds. */
const served = (title, server, load) => ({
  title,
  open: async (rows) => ({
    ...(await load(rows, await serverStarters())),
    limits: {},
    flags: [],
  }),
  missing: async () => (await serverStarters()).missing(server),
});

const written = (form, make) => async (rows) => {
  const file = placeOf(form, rows);
  await once(file, (unfinished) => make(rows, unfinished, { days: DAYS }));
  return file;
};

/** The SQLite form, which rollups are kept of. */
export const writeSqlite = written("sqlite", makeLog);

/**
 * Form -> its title; `missing()`, why it cannot be made here; and `open(rows)`, which makes it and
 * tells what a report reads (`log`, `flags`), what a bare scan does (`place`), and the `limits`.
 */
export const FORMS = {
  sqlite: filed("SQLite", writeSqlite),
  parquet: filed("Parquet", writeParquet, { flags: ["--as", "aegis-table"] }),
  jsonl: filed("JSON Lines", written("jsonl", makeJsonLines), {
    flags: ["--as", "aegis-jsonl"],
    limits: (file) => ({ "JSON.parse": [path("parse-lines.mjs"), file] }),
  }),
  csv: filed("CSV", written("csv", makeCsv), { flags: ["--as", "aegis-table"] }),
  "jsonl.zst": filed("JSON Lines, zstd", writeZstandard, {
    flags: ["--as", "aegis-jsonl"],
    missing: () =>
      spawnSync("zstd", ["--version"]).status === 0 ? undefined : "zstd is not installed",
  }),
  ledger: filed("ledger", writeLedger),
  postgresql: served("PostgreSQL", "postgresql", loadPostgres),
  clickhouse: served("ClickHouse", "clickhouse-26", loadClickHouse),
};
