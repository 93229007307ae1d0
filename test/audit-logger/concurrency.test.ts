// What `log` returned for is in the file, whatever happens to the process. The children use
// the built package: `npm test` builds it first.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import { makeFolder } from "../sqlite/folder.ts";
import { decide } from "./decision.ts";
import { hasPython, python } from "./python.ts";

const BUILT = existsSync(new URL("../../dist/audit-logger/audit-logger.js", import.meta.url));
const SCRIPT = fileURLToPath(new URL("log-until-killed.mjs", import.meta.url));

const ROUNDS = 20;
const PROCESSES = 3;
/** Each process is killed in the middle of its work, once it has logged so many. */
const LOGGED_AT_LEAST = 8;

/** Starts a process, kills it after some entries, and gives the ids that it had from `log`. */
async function logAndDie(path: string, session: string): Promise<number[]> {
  const child = spawn(process.execPath, [SCRIPT, path, session], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => {
    printed += text;
    if (printed.split("\n").length > LOGGED_AT_LEAST) child.kill("SIGKILL");
  });
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
  // The last line may have been cut; what comes before it was returned for certain.
  return printed.split("\n").slice(0, -1).map(Number);
}

describe.skipIf(!BUILT)(
  "processes that are killed while they log (needs the built package)",
  () => {
    it("lose no entry that log returned for", { timeout: 120_000 }, async () => {
      const path = join(makeFolder(), "aegis_audit.db");
      const returned = new Map<number, string>();
      for (let round = 0; round < ROUNDS; round += 1) {
        const sessions = Array.from({ length: PROCESSES }, (_, child) => `s-${round}-${child}`);
        const ids = await Promise.all(sessions.map((session) => logAndDie(path, session)));
        for (const [child, session] of sessions.entries()) {
          expect(ids[child]?.length).toBeGreaterThanOrEqual(LOGGED_AT_LEAST);
          for (const id of ids[child] ?? []) {
            expect(returned.has(id)).toBe(false);
            returned.set(id, session);
          }
        }
        const logger = new AuditLogger({ dbPath: path });
        const stored = new Map(logger.getLog().map((entry) => [entry.id, entry.session_id]));
        logger.close();
        const lost = [...returned].filter(([id, session]) => stored.get(id) !== session);
        expect(lost).toEqual([]);
      }
      expect(returned.size).toBeGreaterThanOrEqual(ROUNDS * PROCESSES * LOGGED_AT_LEAST);

      const last = new AuditLogger({ dbPath: path });
      last.log("end", decide());
      const entries = last.getLog();
      last.close();
      const times = entries.map((entry) => Date.parse(entry.timestamp ?? ""));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(secondOpinion(path)).toEqual(
        hasPython ? { integrity: "ok", rows: entries.length, counted: entries.length } : {},
      );
    });
  },
);

/** What the Python standard library finds in the file; nothing without python3. */
function secondOpinion(path: string): unknown {
  if (!hasPython) return {};
  return python(
    `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
one = lambda sql: db.execute(sql).fetchone()[0]
for (params,) in db.execute("SELECT action_params FROM audit_log"):
    json.loads(params)
print(json.dumps({
    "integrity": one("PRAGMA integrity_check"),
    "rows": one("SELECT count(*) FROM audit_log"),
    "counted": one("SELECT total_actions FROM governance_tenure"),
}))`,
    path,
  );
}
