import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Engine, ObserveOptions } from "../src/engines/engine.ts";
import { memory } from "../src/engines/memory.ts";
import type { AuditEntry } from "../src/model/audit-entry.ts";
import { packageReports } from "../src/package-reports.ts";
import { ReportGenerator } from "../src/report-generator.ts";

const root = mkdtempSync(join(tmpdir(), "report-generator-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ENTRIES: readonly AuditEntry[] = Array.from({ length: 50 }, (_, index) => ({
  id: index + 1,
  timestamp: `2026-01-01T00:00:${String(index).padStart(2, "0")}Z`,
  action_type: "delete_record",
  risk_level: "HIGH",
  approval: "auto",
  agent_id: "a",
  matched_rule: "r",
  result_status: "success",
}));
const REASON = new Error("enough");
const now = "2026-02-01";
const generator = new ReportGenerator();

/** An engine that hands on what it is told, and may be made to forget the signal. */
function watched(told: ObserveOptions[], forgets = false): Engine {
  const inner = memory(ENTRIES);
  return {
    ...inner,
    observe: async (question, options = {}) => {
      told.push(options);
      return inner.observe(question, forgets ? {} : options);
    },
    exceptions: (question, options = {}) => {
      told.push(options);
      return inner.exceptions(question, options);
    },
  };
}

describe("a signal", () => {
  test("reaches the engine", async () => {
    const told: ObserveOptions[] = [];
    const { signal } = new AbortController();
    await generator.generate(watched(told), { now, signal });
    expect(told).toHaveLength(1);
    expect(told[0]?.signal).toBe(signal);
  });

  test("that was aborted keeps the log from being read", async () => {
    const told: ObserveOptions[] = [];
    const signal = AbortSignal.abort(REASON);
    await expect(generator.generate(watched(told), { now, signal })).rejects.toBe(REASON);
    expect(told).toEqual([]);
  });

  test("that is aborted meanwhile ends with its reason, even where the engine goes on", async () => {
    for (const forgets of [false, true]) {
      const stop = new AbortController();
      const onProgress = (): void => stop.abort(REASON);
      const engine = watched([], forgets);
      const reading: Engine = {
        ...engine,
        observe: async (question, options) => {
          onProgress();
          return engine.observe(question, options);
        },
      };
      await expect(generator.generate(reading, { now, signal: stop.signal })).rejects.toBe(REASON);
    }
  });

  test("stops a stream that gives nothing", async () => {
    const stop = new AbortController();
    async function* nothing(): AsyncGenerator<AuditEntry> {
      stop.abort(REASON);
      await new Promise(() => {});
      yield {};
    }
    await expect(generator.generate(nothing(), { now, signal: stop.signal })).rejects.toBe(REASON);
  });

  test("reaches the second reading of an evidence package, which leaves nothing", async () => {
    const told: ObserveOptions[] = [];
    const engine = watched(told);
    const reports = await generator.generateAll(engine, ["soc2"], { now });
    const out = join(root, "a.zip");
    const { signal } = new AbortController();
    await packageReports(engine, reports, { out, signal });
    expect(told.at(-1)?.signal).toBe(signal);
    rmSync(out);
    const stopped = packageReports(engine, reports, { out, signal: AbortSignal.abort(REASON) });
    await expect(stopped).rejects.toBe(REASON);
    expect(readdirSync(root)).toEqual([]);
  });
});
