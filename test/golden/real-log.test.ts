// A real audit database: both engines give the same reports, and reading leaves no trace.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { AuditLogger, ReportGenerator, sqlite } from "../../src/index.ts";
import type { ComplianceReport } from "../../src/index.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/aegis_audit.db", import.meta.url));
const SHARED = fileURLToPath(
  new URL("../../../shared/data/logs/aegis_audit_small.db", import.meta.url),
);
const NOW = "2026-11-01T00:00:00Z";
const TYPES = ["soc2", "gdpr", "governance"];

function trace(path: string): unknown {
  return {
    sha256: createHash("sha256").update(readFileSync(path)).digest("hex"),
    folder: readdirSync(dirname(path)).sort(),
  };
}

/** A report without what only a database can tell of itself. */
function withoutSource({ population, ...report }: ComplianceReport): unknown {
  const { inputs: _inputs, tenure: _tenure, ids, ...counted } = population;
  const { missingAtEnd: _missingAtEnd, ...countedIds } = ids;
  return { ...report, population: { ...counted, ids: countedIds } };
}

const logs = [
  { name: "the example", path: EXAMPLE, entries: 488 },
  { name: "a real log (needs the shared data folder)", path: SHARED, entries: 500 },
];

describe.each(logs)("$name", ({ path, entries }) => {
  test.skipIf(!existsSync(path))("both engines agree, and nothing is changed", async () => {
    const before = trace(path);
    const logger = new AuditLogger({ dbPath: path });
    const listed = logger.getLog();
    logger.close();
    const engine = await sqlite(path);
    const threads = await sqlite(path, { workers: 2 });
    const generator = new ReportGenerator();
    for (const type of TYPES) {
      const options = { reportType: type, now: NOW };
      const fromMemory = await generator.generate(listed, options);
      const fromDatabase = await generator.generate(engine, options);
      const fromThreads = await generator.generate(threads, options);
      expect(fromDatabase.totalActions).toBe(entries);
      expect(withoutSource(fromDatabase)).toEqual(withoutSource(fromMemory));
      expect(fromThreads).toEqual(fromDatabase);
    }
    await engine.close();
    await threads.close();
    expect(trace(path)).toEqual(before);
  });
});
