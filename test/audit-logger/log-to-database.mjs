// Logs to a database without end, eight calls at a time, and prints turn and id of each that is
// stored; on SIGTERM it stops, closes the logger and prints `closed` and how many calls there were.
// Run with a URL, a session id and a writer number; needs the built package.

import { writeSync } from "node:fs";
import { openAuditLogger } from "../../dist/audit-logger/open-audit-logger.js";

const [url, session, writer] = process.argv.slice(2);
const logger = await openAuditLogger(url, { writer: Number(writer), batchDelayMs: 5 });
let turn = 0;
const stopping = new AbortController();
process.once("SIGTERM", () => {
  stopping.abort();
});

async function logOn() {
  while (!stopping.signal.aborted) {
    const mine = turn;
    turn += 1;
    const id = await logger.log(session, {
      action: { type: "write", target: "crm", params: { turn: mine, text: "ü".repeat(100) } },
      riskLevel: "MEDIUM",
      approval: mine % 5 === 0 ? "block" : "auto",
      matchedRule: String(mine),
    });
    writeSync(1, `${mine} ${id}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, logOn));
await logger.close();
writeSync(1, `closed ${turn}\n`);
