// Yardstick (a): the four SOC 2 tests over `SELECT *` row objects, the way one would write
// them down at first.
import { createRequire } from "node:module";

const Database = createRequire(import.meta.url)("better-sqlite3");
const database = new Database(process.argv[2], { readonly: true });
const counts = { total: 0, blocked: 0, approved: 0, auto: 0, unruled: 0, bypassed: 0, gaps: 0 };
let changes = 0;
let before;
for (const row of database.prepare("SELECT * FROM audit_log").iterate()) {
  counts.total += 1;
  const approval = row.approval.toLowerCase();
  if (approval === "block") counts.blocked += 1;
  if (approval === "approve") counts.approved += 1;
  if (approval === "auto") counts.auto += 1;
  if (!row.matched_rule) counts.unruled += 1;
  const risk = row.risk_level.toUpperCase();
  if ((risk === "HIGH" || risk === "CRITICAL") && approval === "auto") counts.bypassed += 1;
  const type = row.action_type.toLowerCase();
  if (type.includes("policy") || type.includes("config")) changes += row.matched_rule ? 0 : 1;
  const time = Date.parse(row.timestamp);
  if (before !== undefined && time - before > 3_600_000) counts.gaps += 1;
  before = time;
}
console.log(JSON.stringify({ ...counts, changes }));
