// Logs without end, and prints each id when `log` has returned it. Run with the path of a
// database and a session id; needs the built package.

import { writeSync } from "node:fs";
import { AuditLogger } from "../../dist/audit-logger/audit-logger.js";

const [dbPath, session] = process.argv.slice(2);
const logger = new AuditLogger({ dbPath });
for (let turn = 0; ; turn += 1) {
  const id = logger.log(
    session,
    {
      action: { type: "write", target: "crm", params: { turn, text: "ü".repeat(200) } },
      riskLevel: "MEDIUM",
      approval: turn % 5 === 0 ? "block" : "auto",
      matchedRule: "rule",
    },
    { result: { status: "success", data: turn } },
  );
  writeSync(1, `${id}\n`);
}
