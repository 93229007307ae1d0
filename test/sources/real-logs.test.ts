// What the sources read of the real logs.

import { describe, expect, test } from "vitest";
import { findLogs } from "../../src/sources/input/find-logs.ts";
import { HAS_REAL_LOGS, REAL_LOGS } from "./mutations.ts";
import { readAll } from "./reading.ts";

const KUBERNETES = Array.from({ length: 15 }, (_, index) => `column ${index + 1}`);

describe.skipIf(!HAS_REAL_LOGS)("real logs (need the shared data folder)", () => {
  test.each([
    ["panther-samples/labelled_audit_events.jsonl", "jsonl", 3053],
    ["cloudtrail-stratus/docs/detonation-logs", "json", 310],
    ["tau-bench/gpt-4o-airline.json", "json", 200],
    ["tau-bench/*.jsonl", "jsonl", 88],
    ["livemcpbench/output.json", "json", 95],
    ["langfuse-traces/**/*.trace.json", "json", 20],
    ["agt-audit/aml_audit_trail.json", "json", 87],
    ["agt-audit/aml_audit_trail.csv", "csv", 87],
    ["agt-audit/trading_audit_trail.json", "json", 41],
    ["agt-audit/soc2_audit_trail.csv", "csv", 9],
    ["k8s-audit2rbac/demo.log", "jsonl", 37],
    ["otrf-cloud/aws/collection", "jsonl", 103],
    ["otrf-cloud/aws/discovery", "csv", 301],
  ])("%s: all %s, %i records, none refused", async (path, format, records) => {
    const files = await findLogs([`${REAL_LOGS}${path}`]);
    expect(new Set(files.map((file) => file.format))).toEqual(new Set([format]));
    const items = (await Promise.all(files.map((file) => readAll(file)))).flat();
    expect(items.filter(({ reason }) => reason !== undefined)).toEqual([]);
    expect(items).toHaveLength(records);
  });

  test("the Kubernetes table has no header and a cut-off last row", async () => {
    const [file] = await findLogs([`${REAL_LOGS}k8s-perfspec/audit-logs.csv`]);
    const items = file === undefined ? [] : await readAll(file, { columns: KUBERNETES });
    expect(items).toHaveLength(16_564);
    expect(items.filter(({ reason }) => reason !== undefined)).toMatchObject([
      {
        line: 16_564,
        reason: "malformed",
        message:
          "The last row has 10 cells where the table has 15 columns and no line end: it was cut off.",
      },
    ]);
  });
});
