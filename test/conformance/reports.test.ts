// The golden logs as JSON Lines: the report of a file is the report of its entries.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { log } from "../../src/engines/log.ts";
import { ENTRY_FIELDS } from "../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import type { ComplianceError } from "../../src/model/error.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { ReportGenerator } from "../../src/report-generator.ts";

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly log: string;
    readonly report_type: string;
    readonly period_start: string | null;
    readonly period_end: string | null;
  }[];
  readonly logs: Readonly<Record<string, readonly AuditEntry[]>>;
}

const { cases, logs } = JSON.parse(
  gunzipSync(readFileSync(new URL("../golden/reports.json.gz", import.meta.url))).toString("utf8"),
) as Golden;

const folder = mkdtempSync(join(tmpdir(), "aegis-reports-"));
afterAll(() => rmSync(folder, { recursive: true }));
const mapping = loadCatalog().mapping("aegis-jsonl");

/** What a report says but for where its entries stood. */
function placeless({ population, findings, ...report }: ComplianceReport): unknown {
  const { inputs: _, intake: _intake, rejections, timestamps, ...counts } = population;
  const rejected = rejections.map(({ reason, count }) => ({ reason, count }));
  const { firstUnreadable: _first, ...times } = timestamps;
  const told = { ...report, population: { ...counts, rejected, times }, findings };
  return JSON.parse(
    JSON.stringify(told, (key, value: unknown) => {
      if (key === "source") return undefined;
      return value instanceof Map ? Object.fromEntries(value) : value;
    }),
  );
}

/** The entry as JSON Lines are read: what stands in a field of text is text. */
function asRead(entry: AuditEntry): AuditEntry {
  return Object.fromEntries(
    Object.entries(entry).map(([field, value]) => {
      const type = ENTRY_FIELDS[field as EntryField];
      if ((type !== "text" && type !== "instant") || value === null) return [field, value];
      if (typeof value === "boolean") return [field, null];
      return [field, typeof value === "object" ? JSON.stringify(value) : String(value)];
    }),
  );
}

describe.each(cases)("$name", (golden) => {
  const entries = logs[golden.log] ?? [];
  const options = {
    reportType: golden.report_type,
    periodStart: golden.period_start,
    periodEnd: golden.period_end,
    now: "2026-11-01T00:00:00Z",
  };
  test("log", async () => {
    const generator = new ReportGenerator();
    const path = join(folder, `${golden.log}.jsonl`);
    writeFileSync(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    const engine = await log([path], { mapping, mappings: [] });
    const answer = (from: Parameters<ReportGenerator["generate"]>[0]) =>
      generator.generate(from, options).then(placeless, ({ code }: ComplianceError) => ({ code }));
    expect(await answer(engine)).toEqual(await answer(entries.map(asRead)));
  });
});
