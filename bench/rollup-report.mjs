// Reports from a rollup in one process: the first brings it up to date (or makes it), the others
// find it so. Prints the seconds of each, after opening, and what was read.
// usage: node bench/rollup-report.mjs DATABASE ROLLUP REPORTS
import { ReportGenerator, openLog } from "../dist/index.js";
import { NOW } from "./report-arguments.mjs";

const [, , database, path, reports] = process.argv;
const uses = [];
const engine = await openLog(database, { rollup: { path, onUse: (use) => uses.push(use) } });
const generator = new ReportGenerator();
const seconds = [];
let read;
for (let turn = 0; turn < Number(reports); turn += 1) {
  const start = performance.now();
  const report = await generator.generate(engine, {
    reportType: "soc2",
    periodStart: "2026-01-01",
    periodEnd: "2026-12-31",
    now: NOW,
  });
  seconds.push((performance.now() - start) / 1000);
  read = report.population.read;
}
await engine.close();
const readAnew = uses.map((use) => {
  if (use.kind !== "used") throw new Error(`the rollup was not used: ${use.why}`);
  return use.update.read;
});
console.log(JSON.stringify({ seconds, read, readAnew }));
