// Yardstick (b): the least that reading the asked columns can cost.
// usage: node bench/raw-iteration.mjs DATABASE [all]
import { createRequire } from "node:module";

const Database = createRequire(import.meta.url)("better-sqlite3");
const database = new Database(process.argv[2], { readonly: true });
const columns =
  process.argv[3] === "all"
    ? "*"
    : "id, timestamp, action_type, risk_level, approval, matched_rule, human_decision";
let rows = 0;
for (const row of database.prepare(`SELECT ${columns} FROM audit_log`).raw().iterate()) {
  rows += row.length > 0 ? 1 : 0;
}
console.log(rows);
