// SOC 2 from a database of a million rows, whole process, beside two yardsticks in one run:
// (a) a plain fold over `SELECT *` row objects, (b) raw iteration of the asked columns that
// does nothing. Ratios count; seconds depend on the machine.
// usage: node bench/report.mjs [--rows N] [--rounds N]
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contest, table } from "./contest.mjs";
import { makeLog } from "./make-log.mjs";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const log = path(`data/${rows}.db`);
if (!existsSync(log)) makeLog(rows, log);

const cli = path("../dist/cli/main.js");
const report = [
  "report",
  log,
  "--type",
  "soc2",
  "--format",
  "json",
  "--now",
  "2026-11-01T00:00:00Z",
];
const results = contest(
  {
    "report, 2 workers": [cli, ...report, "--workers", "2"],
    "report, 1 thread": [cli, ...report, "--workers", "1"],
    "(a) plain fold over SELECT *": [path("plain-fold.mjs"), log],
    "(b) raw iteration, nothing done": [path("raw-iteration.mjs"), log],
  },
  rounds,
);
console.log(`${rows} rows, median of ${rounds} rounds, Node ${process.version}\n`);
console.log(table(results, rows, "(b) raw iteration, nothing done"));
const plain = results["(a) plain fold over SELECT *"].seconds;
console.log(`\nbeside (a): ${(plain / results["report, 2 workers"].seconds).toFixed(2)}x faster`);
