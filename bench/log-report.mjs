// The SOC 2 report over foreign JSON Lines, as a whole process.
// usage: node bench/log-report.mjs FILE WORKERS
import { loadCatalog } from "../dist/catalog/catalog.js";
import { log } from "../dist/engines/log.js";
import { ReportGenerator } from "../dist/report-generator.js";

const [, , file, workers] = process.argv;
const mapping = loadCatalog().mapping("aegis-jsonl");
const engine = await log([file], { mapping, mappings: [], workers: Number(workers) });
const generator = new ReportGenerator();
const report = await generator.generate(engine, {
  reportType: "soc2",
  now: "2026-11-01T00:00:00Z",
});
await engine.close();
console.log(report.population.read, report.grade, report.population.inputs[0].sha256);
