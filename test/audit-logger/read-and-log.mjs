// Reads a database without a trace, copies nothing, then logs to a second one; prints what
// was found as JSON. Run with both paths; needs the built package.

import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { AuditLogger } from "../../dist/audit-logger/audit-logger.js";
import { chooseDriver } from "../../dist/sqlite/choose-driver.js";
import { openForReading } from "../../dist/sqlite/reader.js";

const [existing, fresh] = process.argv.slice(2);
const reader = await openForReading(existing);
const [[rows, last]] = [...reader.rows("SELECT count(*), max(id) FROM audit_log")];
const during = readdirSync(dirname(existing));
reader.close();
const old = new AuditLogger({ dbPath: existing });
const read = old.getLog().length;
old.close();

const logger = new AuditLogger({ dbPath: fresh, clock: () => 1_767_225_600_000_001 });
const decision = { action: { type: "a", target: "t\0" }, riskLevel: "LOW", approval: "auto" };
const ids = [logger.log("s", decision), logger.log("s\ud800", decision)];
const entries = logger.getLog({ until: "2026-01-01T00:00:00.000001Z" });
logger.close();
console.log(
  JSON.stringify({ driver: chooseDriver().name, rows, last, during, read, ids, entries }),
);
