// The agents' logs of the shared data: what a report must find in each, by the figures that
// were counted from the files themselves.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { runIntake } from "../../src/intake/intake.ts";
import type { IntakeResult } from "../../src/intake/intake.ts";
import { planIntake } from "../../src/intake/plan.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";

const LOGS = fileURLToPath(new URL("../../../shared/data/logs", import.meta.url));

interface Reading {
  readonly mappings: readonly string[];
  readonly result: IntakeResult;
  readonly entries: readonly AuditEntry[];
  readonly duplicates: number;
  readonly refused: number;
}

/** Reads logs as a report does: each by the preset that recognises it. */
async function read(...paths: readonly string[]): Promise<Reading> {
  const plan = await planIntake(
    paths.map((path) => join(LOGS, path)),
    { mappings: loadCatalog().mappings() },
  );
  const entries: AuditEntry[] = [];
  let duplicates = 0;
  let refused = 0;
  const result = await runIntake(plan, {
    accept: (values) => {
      entries.push(
        Object.fromEntries(
          ENTRY_FIELD_NAMES.flatMap((field, index) =>
            values[index] === undefined || values[index] === null ? [] : [[field, values[index]]],
          ),
        ),
      );
    },
    duplicate: () => {
      duplicates += 1;
    },
    refuse: () => {
      refused += 1;
    },
  });
  const mappings = [...new Set(plan.inputs.map(({ mapping }) => mapping.id))];
  return { mappings, result, entries, duplicates, refused };
}

/** How often each value stands in a field, the most frequent first. */
function tally(
  entries: readonly AuditEntry[],
  field: keyof AuditEntry,
): [value: string, count: number][] {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const value = text(entry[field]);
    if (value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left);
}

function count(entries: readonly AuditEntry[], holds: (entry: AuditEntry) => boolean): number {
  return entries.filter(holds).length;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The traces of a folder; beside them lie other files, which are no export. */
function traces(folder: string, end: string): string[] {
  return readdirSync(join(LOGS, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(end) && !name.endsWith(".chatml.json"))
    .sort()
    .map((name) => join(folder, name));
}

describe.skipIf(!existsSync(LOGS))("agents' logs (needs the shared data folder)", () => {
  describe("τ-bench", () => {
    let tau: Reading;
    beforeAll(async () => {
      tau = await read("tau-bench/gpt-4o-airline.json");
    });

    it("accounts for every message", () => {
      const { statement } = tau.result;
      expect(tau.mappings).toEqual(["tau-bench"]);
      expect(statement.records).toBe(5308);
      expect(statement.actions).toBe(1164);
      expect(statement.withoutAction).toBe(5308 - 1164);
      expect(tau.entries).toHaveLength(1164);
      expect([tau.refused, tau.duplicates]).toEqual([0, 0]);
      expect(statement.answers).toEqual({ matched: 1164, unmatched: 0 });
      expect(statement.unmapped).toEqual([]);
      expect(statement.unknownWords).toEqual([]);
    });

    it("finds each tool as often as it was called", () => {
      expect(tally(tau.entries, "action_type")).toEqual([
        ["get_reservation_details", 377],
        ["search_direct_flight", 141],
        ["get_user_details", 120],
        ["update_reservation_flights", 104],
        ["calculate", 96],
        ["think", 92],
        ["cancel_reservation", 69],
        ["book_reservation", 53],
        ["transfer_to_human_agents", 48],
        ["search_onestop_flight", 38],
        ["update_reservation_baggages", 14],
        ["send_certificate", 8],
        expect.anything(),
        expect.anything(),
      ]);
    });

    it("finds the 73 errors where they happened", () => {
      const failed = tau.entries.filter(({ result_status }) => result_status === "failed");
      expect(tally(failed, "action_type")).toEqual([
        ["update_reservation_flights", 42],
        ["book_reservation", 30],
        ["update_reservation_baggages", 1],
      ]);
      expect(count(failed, ({ result_error }) => text(result_error).startsWith("Error"))).toBe(73);
      expect(count(tau.entries, ({ result_status }) => result_status === "success")).toBe(1091);
    });

    it("names every action apart although nine in ten ids repeat", () => {
      expect(new Set(tau.entries.map(({ id }) => id)).size).toBe(1164);
      // Of 200 trajectories 18 call no tool.
      expect(tally(tau.entries, "session_id")).toHaveLength(182);
    });

    it("finds what touches people, and no erasure", () => {
      const profiles = tau.entries.filter(({ action_type }) => action_type === "get_user_details");
      expect(count(profiles, (entry) => text(entry.action_target).startsWith("user/"))).toBe(120);
      expect(count(tau.entries, (entry) => text(entry.result_data).includes('"dob"'))).toBe(666);
      expect(count(tau.entries, (entry) => text(entry.action_params).includes('"dob"'))).toBe(55);
      expect(count(tau.entries, (entry) => text(entry.action_type).includes("delete"))).toBe(0);
    });

    it("records no time, no decision and no answer of a human", () => {
      expect(tau.result.recordable).toEqual([
        "id",
        "session_id",
        "action_type",
        "action_target",
        "action_params",
        "result_status",
        "result_data",
        "result_error",
      ]);
      expect([...tau.result.statement.cannotAnswer.keys()]).toEqual([
        "largest-read-share",
        "failure-detail",
        "record-identity",
        "trail-tampering",
      ]);
    });

    it("does not take the dialogues without calls for a log", async () => {
      await expect(read("tau-bench/MockAirlineDomainEnv-few_shot.jsonl")).rejects.toMatchObject({
        code: "unsupported-source",
      });
      await expect(read("tau-bench/MockRetailDomainEnv-few_shot.jsonl")).rejects.toMatchObject({
        code: "unsupported-source",
      });
    });
  });

  describe("LiveMCPBench", () => {
    it.each(["output.json", "annotation.json"])("finds every call in %s", async (file) => {
      const { mappings, result, entries, duplicates, refused } = await read(`livemcpbench/${file}`);
      const { statement } = result;
      expect(mappings).toEqual(["livemcpbench"]);
      expect(statement.records).toBe(1909);
      // Two of 810 messages make three calls each.
      expect(statement.withoutAction).toBe(1909 - 810);
      expect(statement.actions).toBe(814);
      expect(entries).toHaveLength(814);
      expect([refused, duplicates]).toEqual([0, 0]);
      expect(statement.answers).toEqual({ matched: 814, unmatched: 0 });
      expect(statement.unmapped).toEqual([]);

      const routes = entries.filter(({ action_type }) => action_type === "route");
      expect(routes).toHaveLength(283);
      expect(count(routes, ({ action_target }) => action_target !== undefined)).toBe(0);
      const calls = entries.filter((entry) => !routes.includes(entry));
      const servers = tally(calls, "action_target");
      expect(servers).toHaveLength(51);
      expect(servers.slice(0, 5)).toEqual([
        ["desktop-commander", 91],
        ["fetch", 50],
        ["text-editor", 46],
        ["ppt", 37],
        ["wikipedia", 33],
      ]);
      const tools = tally(calls, "action_type");
      expect(tools).toHaveLength(119);
      expect(tools.slice(0, 5)).toEqual([
        ["write_file", 68],
        ["fetch", 50],
        ["get_text_file_contents", 24],
        ["edit_text_file_contents", 22],
        ["start_process", 20],
      ]);
      expect(new Set(entries.map(({ id }) => id)).size).toBe(814);
      expect(tally(entries, "session_id")).toHaveLength(95);
      expect(result.recordable).not.toContain("timestamp");
      expect(result.recordable).not.toContain("approval");
    });

    it("knows success only where the result's end was kept", async () => {
      const { entries } = await read("livemcpbench/output.json");
      const failed = entries.filter(({ result_status }) => result_status === "failed");
      expect(count(failed, (entry) => text(entry.result_error).endsWith(" isError=True"))).toBe(14);
      expect(count(failed, (entry) => entry.result_error === "Tool call timed out.")).toBe(14);
      expect(failed).toHaveLength(28);
      expect(count(entries, ({ result_status }) => result_status === "success")).toBe(726);
      const unknown = entries.filter(({ result_status }) => result_status === undefined);
      expect(unknown).toHaveLength(60);
      expect(count(unknown, ({ result_data }) => text(result_data).length === 10_000)).toBe(60);
    });

    it("counts a run once although the judgements hold it again", async () => {
      const { result, entries, duplicates } = await read(
        "livemcpbench/annotation.json",
        "livemcpbench/output.json",
      );
      expect(result.statement.actions).toBe(1628);
      expect(entries).toHaveLength(814);
      expect(duplicates).toBe(814);
      expect(result.statement.duplicatesDiffering).toBe(0);
    });
  });

  describe("Langfuse", () => {
    const WORKER = "langfuse-traces/worker";
    const SEEDER = "langfuse-traces/packages";

    it("finds every tool's work in the traces of 20 frameworks", async () => {
      const files = traces(WORKER, ".trace.json");
      expect(files).toHaveLength(20);
      const { mappings, result, entries, duplicates, refused } = await read(...files);
      const { statement } = result;
      expect(mappings).toEqual(["langfuse"]);
      expect(statement.records).toBe(138);
      // 11 of type TOOL, 6 that were logged as SPAN.
      expect(statement.actions).toBe(17);
      expect(statement.withoutAction).toBe(138 - 17);
      expect(entries).toHaveLength(17);
      expect([refused, duplicates]).toEqual([0, 0]);
      expect(statement.unmapped).toEqual([]);
      expect(Object.fromEntries(tally(entries, "action_type"))).toEqual({
        ByeTool: 1,
        HelloTool: 1,
        "Web-Search": 1,
        duckduckgo_search: 1,
        final_result: 1,
        getWeather: 1,
        get_custom_report: 1,
        get_dad_joke_suggestion: 1,
        get_one_liner_suggestion: 1,
        get_pun_suggestion: 1,
        get_weather: 3,
        mcp__weather__get_weather: 2,
        say_hello: 1,
        "tool.search.wikipedia": 1,
      });
      const times = entries.map(({ timestamp }) => text(timestamp)).toSorted();
      expect(times[0]?.slice(0, 10)).toBe("2025-06-11");
      expect(times.at(-1)?.slice(0, 10)).toBe("2026-03-09");
    });

    it("finds no approval, no denial and no failure, for none is recorded", async () => {
      const { result, entries } = await read(...traces(WORKER, ".trace.json"));
      for (const field of ["approval", "matched_rule", "human_decision", "risk_level"] as const) {
        expect(result.statement.never).toContain(field);
      }
      expect(count(entries, ({ result_status }) => result_status === "failed")).toBe(0);
      // A tool that ended the run, and one whose result was logged as another span.
      expect(count(entries, ({ result_status }) => result_status === undefined)).toBe(2);
    });

    it("names the agents that the frameworks name", async () => {
      const { entries } = await read(...traces(WORKER, ".trace.json"));
      const agentOf = (tool: string) =>
        entries.find(({ action_type }) => action_type === tool)?.agent_id;
      expect(agentOf("get_pun_suggestion")).toBe("joke_agent");
      expect(agentOf("say_hello")).toBe("agent_run [hello_agent]");
      const nested = entries.find(({ agent_id }) => agent_id === "Hello world");
      expect(nested).toMatchObject({ parent_agent_id: "Agent workflow", chain_depth: 1 });
    });

    it("counts a trace once that was exported twice", async () => {
      const worker = traces(WORKER, ".trace.json");
      const seeder = traces(SEEDER, ".json");
      expect(seeder).toHaveLength(13);
      const alone = await read(...seeder);
      expect(alone.result.statement.records).toBe(91);
      expect(alone.entries).toHaveLength(11);

      const both = await read(...worker, ...seeder);
      expect(both.result.statement.records).toBe(138 + 91);
      expect(both.result.statement.actions).toBe(17 + 11);
      expect(both.entries).toHaveLength(18);
      expect(both.duplicates).toBe(10);
      // One export has objects where the other has texts of them.
      expect(both.result.statement.duplicatesDiffering).toBe(7);
    });

    it("does not take the chats beside the traces for an export", async () => {
      const [chat] = readdirSync(join(LOGS, WORKER), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".chatml.json"))
        .sort();
      await expect(read(join(WORKER, chat ?? ""))).rejects.toMatchObject({
        code: "unsupported-source",
      });
    });
  });
});
