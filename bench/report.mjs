// SOC 2 from a database of a million rows, whole process, beside two yardsticks in one run:
// (a) a plain fold over `SELECT *` row objects, (b) raw iteration of the asked columns that
// does nothing. Ratios count; seconds depend on the machine.
// usage: node bench/report.mjs [--rows N] [--rounds N]
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
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
const CONTENDERS = {
  "report, 2 workers": [cli, ...report, "--workers", "2"],
  "report, 1 thread": [cli, ...report, "--workers", "1"],
  "(a) plain fold over SELECT *": [path("plain-fold.mjs"), log],
  "(b) raw iteration, nothing done": [path("raw-iteration.mjs"), log],
};

/** One process: seconds from start to exit, and its peak resident memory. */
function run(args) {
  const start = performance.now();
  const child = spawnSync(process.execPath, ["--import", path("peak-memory.mjs"), ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.status !== 0) throw new Error(child.stderr);
  const peak = Number(/peak-memory (\d+)/.exec(child.stderr)?.[1] ?? Number.NaN);
  return { seconds: (performance.now() - start) / 1000, megabytes: peak / 1000 };
}

const results = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, args] of Object.entries(CONTENDERS)) results[name].push(run(args));
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const summary = Object.fromEntries(
  Object.entries(results).map(([name, runs]) => [
    name,
    {
      seconds: median(runs.map(({ seconds }) => seconds)),
      megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
    },
  ]),
);
const base = summary["(b) raw iteration, nothing done"].seconds;
console.log(`${rows} rows, median of ${rounds} rounds, Node ${process.version}\n`);
console.log("| | seconds | rows/s | peak MB | beside (b) |");
console.log("|---|---|---|---|---|");
for (const [name, { seconds, megabytes }] of Object.entries(summary)) {
  const cells = [seconds.toFixed(2), Math.round(rows / seconds), megabytes.toFixed(0)];
  console.log(`| ${name} | ${cells.join(" | ")} | ${(seconds / base).toFixed(2)}x |`);
}
const plain = summary["(a) plain fold over SELECT *"].seconds;
console.log(`\nbeside (a): ${(plain / summary["report, 2 workers"].seconds).toFixed(2)}x faster`);
