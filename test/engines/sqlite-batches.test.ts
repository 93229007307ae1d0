// Rows are read in batches and by threads: neither the holes between row numbers nor the
// edges of a batch may show in the answer.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sqlite } from "../../src/engines/sqlite.ts";
import { ReportGenerator } from "../../src/report-generator.ts";
import { writeAuditDatabase } from "../conformance/audit-database.ts";

const folder = mkdtempSync(join(tmpdir(), "aegis-batches-"));
afterAll(() => rmSync(folder, { recursive: true }));

const numbered = (ids: readonly number[]) =>
  ids.map((id, index) => ({
    id,
    timestamp: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    action_type: "read",
    risk_level: index % 7 === 0 ? "HIGH" : "LOW",
    approval: "auto",
    matched_rule: index % 11 === 0 ? "" : "rule",
  }));

test.each([
  ["exactly one batch", Array.from({ length: 250 }, (_, index) => index + 1)],
  ["one more than a batch", Array.from({ length: 251 }, (_, index) => index + 1)],
  ["several batches", Array.from({ length: 1003 }, (_, index) => index + 1)],
  ["huge holes", Array.from({ length: 600 }, (_, index) => index ** 5 + 1)],
  ["the largest safe number", [1, 2, Number.MAX_SAFE_INTEGER]],
])("%s", async (name, ids) => {
  const entries = numbered(ids);
  const path = join(folder, `${name}.db`);
  writeAuditDatabase(path, entries);
  const generator = new ReportGenerator();
  const options = { reportType: "soc2", now: "2026-11-01T00:00:00Z" };
  const expected = await generator.generate(entries, options);
  for (const workers of [1, 3]) {
    const engine = await sqlite(path, { workers });
    const report = await generator.generate(engine, options);
    await engine.close();
    expect(report.totalActions).toBe(ids.length);
    expect(report.findings).toEqual(expected.findings);
    expect(report.population.timestamps).toEqual(expected.population.timestamps);
    expect(report.population.ids).toMatchObject(expected.population.ids);
  }
});
