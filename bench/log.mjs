// SOC 2 from foreign JSON Lines, whole process, beside reading and `JSON.parse` alone in one
// thread, in one run. Ratios count; seconds depend on the machine.
// usage: node bench/log.mjs [--rows N] [--rounds N]
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contest, table } from "./contest.mjs";
import { importLogs } from "../dist/index.js";
import { makeJsonLines } from "./make-log.mjs";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const log = path(`data/${rows}.jsonl`);
if (!existsSync(log)) makeJsonLines(rows, log);

const ledger = path(`data/${rows}.ledger`);
const started = performance.now();
const { outcome } = await importLogs(log, { as: "aegis-jsonl", to: ledger });
const imported = Math.round((performance.now() - started) / 100) / 10;

const results = contest(
  {
    "report of a ledger, 2 workers": [path("log-report.mjs"), ledger, "2"],
    "report of a ledger, 1 thread": [path("log-report.mjs"), ledger, "1"],
    "report, 2 workers": [path("log-report.mjs"), log, "2"],
    "report, 1 thread": [path("log-report.mjs"), log, "1"],
    "(a) read and JSON.parse, nothing done": [path("parse-lines.mjs"), log],
  },
  rounds,
);
console.log(`${rows} records, median of ${rounds} rounds, Node ${process.version}\n`);
if (outcome === "written") console.log(`import into the ledger, once: ${imported} s\n`);
console.log(table(results, rows, "(a) read and JSON.parse, nothing done"));
