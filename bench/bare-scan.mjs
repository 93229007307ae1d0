// Yardstick: an engine reads the asked columns of every row and does nothing with them. It is the
// least that the engine itself can need, with as many threads as it likes.
// usage: node bench/bare-scan.mjs FORM PLACE COLUMN,COLUMN…
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { askClickHouse } from "./ask-clickhouse.mjs";
import { FORMS_OF_DUCKDB } from "./duckdb-forms.mjs";

const [, , form, place, list] = process.argv;
const columns = list.split(",");

const SCANS = {
  sqlite() {
    const Database = createRequire(import.meta.url)("better-sqlite3");
    const database = new Database(place, { readonly: true });
    let rows = 0;
    const statement = database.prepare(`SELECT ${columns.join(", ")} FROM audit_log`);
    for (const row of statement.raw().iterate()) rows += row.length > 0 ? 1 : 0;
    return rows;
  },

  /** The rows leave the server and are thrown away. PLACE is psql and the URL. */
  postgresql() {
    const [psql, url] = place.split(" ");
    const copy = `COPY (SELECT ${columns.join(", ")} FROM audit_log) TO STDOUT`;
    const { status, stderr } = spawnSync(psql, ["-X", "-q", "-c", copy, url], {
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (status !== 0) throw new Error(stderr);
    return "copied";
  },

  /** The server throws the rows away itself. */
  async clickhouse() {
    await askClickHouse(place, `SELECT ${columns.join(", ")} FROM audit_log FORMAT Null`);
    return "read";
  },
};

/** DuckDB looks at the length of each value, which it must have read for that. */
async function duckdb() {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const looks = columns.map((column) =>
    column === "id" ? "max(id)" : `max(strlen("${column}"::VARCHAR))`,
  );
  const from = FORMS_OF_DUCKDB[form](place, columns);
  const result = await connection.run(`SELECT count(*), ${looks.join(", ")} FROM ${from}`);
  const [row] = await result.getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return row[0];
}

console.log(await (SCANS[form] ?? duckdb)());
