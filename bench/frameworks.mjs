// The fourteen weighted frameworks in one report run, beside the documented SOC 2 alone, over
// a database of a million rows: whole processes in turns. The aim is at most 4x, better 2.5x.
// usage: node bench/frameworks.mjs [--rows N] [--rounds N]
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contest, table } from "./contest.mjs";
import { makeLog } from "./make-log.mjs";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const log = path(`data/${rows}.db`);
if (!existsSync(log)) makeLog(rows, log);

const FOURTEEN = [
  "soc2-extended",
  "gdpr-extended",
  "eu-ai-act",
  "iso-42001",
  "iso-27001",
  "nist-ai-rmf",
  "nist-800-53",
  "hipaa",
  "pci-dss",
  "dora",
  "nis2",
  "owasp-agentic",
  "owasp-llm",
  "agent-governance",
].join(",");
const policy = path("../examples/policy.yaml");
const report = (types, workers) => [
  path("../dist/cli/main.js"),
  "report",
  log,
  "--type",
  types,
  "--policy",
  policy,
  "--format",
  "json",
  "--workers",
  workers,
  "--now",
  "2026-11-01T00:00:00Z",
  "--quiet",
];
const ALONE = "soc2 alone, 2 workers";
const results = contest(
  {
    [ALONE]: report("soc2", "2"),
    "soc2 alone, 1 thread": report("soc2", "1"),
    "fourteen frameworks, 2 workers": report(FOURTEEN, "2"),
    "fourteen frameworks, 1 thread": report(FOURTEEN, "1"),
    "soc2-extended alone, 2 workers": report("soc2-extended", "2"),
    "every column read, nothing done": [path("raw-iteration.mjs"), log, "all"],
  },
  rounds,
);
console.log(`${rows} rows, median of ${rounds} rounds, Node ${process.version}\n`);
console.log(table(results, rows, ALONE));
