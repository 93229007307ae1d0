// Reports of golden logs that lie in ClickHouse, on three nodes: the same bytes as from memory.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clickhouse } from "../../../src/engines/clickhouse.ts";
import type { Engine } from "../../../src/engines/engine.ts";
import { memory } from "../../../src/engines/memory.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import { toJson } from "../../../src/renderers/json.ts";
import { ReportGenerator } from "../../../src/report-generator.ts";
import { openWriter, stored } from "../../clickhouse/written-table.ts";
import type { Writer } from "../../clickhouse/written-table.ts";
import { describeWith } from "../../servers/needs.ts";
import { sharedClickHouse18, sharedClickHouse26 } from "../../servers/shared.ts";

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
  gunzipSync(readFileSync(new URL("../../golden/reports.json.gz", import.meta.url))).toString(
    "utf8",
  ),
) as Golden;

/** Logs with something that a database could spoil. */
const LOGS = [
  "everything_wrong",
  "unicode",
  "bad_timestamps_period",
  "mixed_time_styles_period",
  "null_fields",
  "non_string_fields",
  "markdown_injection",
  "unsorted_duplicates",
  "single_entry",
  "big_messy_1000",
];

const generator = new ReportGenerator();

/** The report as its file holds it, but for where the log stood. */
async function reportOf(engine: Engine, golden: Golden["cases"][number]): Promise<string> {
  const options = {
    reportType: golden.report_type,
    periodStart: golden.period_start,
    periodEnd: golden.period_end,
    now: "2026-11-01T00:00:00Z",
  };
  try {
    const { population, ...report } = await generator.generate(engine, options);
    return toJson({ ...report, population: { ...population, inputs: [] } });
  } finally {
    await engine.close();
  }
}

const SERVERS = [
  ["clickhouse-26", sharedClickHouse26],
  ["clickhouse-18", sharedClickHouse18],
] as const;

describe.each(SERVERS)("%s", (name, share) => {
  describeWith([name], "reports of a Distributed table", () => {
    let writer: Writer;
    beforeAll(async () => {
      const cluster = await share();
      writer = await openWriter(cluster, await cluster.createDatabase());
    });
    afterAll(() => writer.close());

    test.each(LOGS)("%s", async (log) => {
      const entries = logs[log] ?? [];
      const url = await writer.spread(log, entries);
      const asked = cases.filter((golden) => golden.log === log);
      expect(asked).not.toEqual([]);
      for (const golden of asked) {
        const here = await reportOf(await clickhouse(url, { environment: {} }), golden);
        expect(here).toBe(await reportOf(memory(entries.map(stored)), golden));
      }
    });

    test("says where the log stood, and nothing secret", async () => {
      const url = await writer.write("small log", [{ id: 7, timestamp: "2026-01-01T00:00:00Z" }]);
      const engine = await clickhouse(url.replace("://", "://default@"), { environment: {} });
      const { population } = await generator.generate(engine, { reportType: "soc2" });
      await engine.close();
      const { host, pathname } = new URL(url.replace("clickhouse:", "http:"));
      expect(population.inputs).toEqual([
        {
          name: `clickhouse://${host}${pathname}/small%20log`,
          kind: "clickhouse",
          part: { kind: "rows", first: 1, last: 1 },
          query: "rows 1 to 1",
        },
      ]);
    });

    test("an empty table is an empty log", async () => {
      const engine = await clickhouse(await writer.spread("empty", []), { environment: {} });
      const { population } = await generator.generate(engine, { reportType: "soc2" });
      await engine.close();
      expect(population).toMatchObject({ read: 0, inputs: [{ part: { kind: "no-rows" } }] });
    });
  });
});
