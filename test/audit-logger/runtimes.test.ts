// The same results on every runtime. `OTHER_NODES` names further Node binaries, with the
// separator of PATH between them; this one is always tried. The children use the built package.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import { contentsOf, makeFolder } from "../sqlite/folder.ts";
import { hasShared, shared } from "./decision.ts";

const BUILT = existsSync(new URL("../../dist/audit-logger/audit-logger.js", import.meta.url));
const SCRIPT = fileURLToPath(new URL("read-and-log.mjs", import.meta.url));
const NODES = [
  process.execPath,
  ...(process.env["OTHER_NODES"] ?? "").split(delimiter).filter((path) => existsSync(path)),
];

describe.skipIf(!BUILT || !hasShared)(
  "a real file on another runtime (needs the built package and the shared data folder)",
  () => {
    it.each(NODES)("is read without a trace, and logged to, by %s", (node) => {
      const folder = makeFolder();
      mkdirSync(join(folder, "old"));
      const [old, fresh] = [join(folder, "old", "a?b#%41 ü.db"), join(folder, "fresh.db")];
      copyFileSync(shared("logs/aegis_audit_small.db"), old);
      const before = contentsOf(join(folder, "old"));
      const { status, stdout, stderr } = spawnSync(node, [SCRIPT, old, fresh], {
        encoding: "utf8",
      });
      expect(stderr).toBe("");
      expect(status).toBe(0);
      expect(contentsOf(join(folder, "old"))).toEqual(before);
      const found = JSON.parse(stdout) as Record<string, unknown>;
      expect(found).toMatchObject({
        driver: expect.stringMatching(/^(node:sqlite|better-sqlite3)$/) as unknown,
        rows: 500,
        last: 500,
        during: ["a?b#%41 ü.db"],
        read: 500,
        ids: [1, 2],
      });
      const logger = new AuditLogger({ dbPath: fresh });
      expect(found["entries"]).toEqual(logger.getLog());
      expect(logger.getLog()).toMatchObject([
        { session_id: "s", action_target: "t\0", timestamp: "2026-01-01T00:00:00.000001+00:00" },
        { session_id: "s\ufffd" },
      ]);
      logger.close();
    });
  },
);
