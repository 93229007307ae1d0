// The SOC 2 report over foreign JSON Lines, or over the ledger made of them, as a whole process.
// usage: node bench/log-report.mjs PATH WORKERS
import { ReportGenerator, openLog } from "../dist/index.js";

const [, , path, workers] = process.argv;
const ledger = path.endsWith(".ledger");
const engine = await openLog(path, {
  ...(ledger ? {} : { as: "aegis-jsonl" }),
  workers: Number(workers),
});
const generator = new ReportGenerator();
const report = await generator.generate(engine, {
  reportType: "soc2",
  now: "2026-11-01T00:00:00Z",
});
await engine.close();
console.log(report.population.read, report.grade, report.population.inputs[0].sha256);
