// Verdicts and figures of 120 logs, computed for this project from the documented behaviour
// of the report types. Where we differ, the rule is named here.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlite } from "../../src/engines/sqlite.ts";
import { ReportGenerator } from "../../src/report-generator.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { parseInstant } from "../../src/model/instant.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { writeAuditDatabase } from "../conformance/audit-database.ts";
import { DIFFERENCES } from "./differences.ts";

interface GoldenCase {
  readonly name: string;
  readonly log: string;
  readonly report_type: string;
  readonly period_start: string | null;
  readonly period_end: string | null;
  readonly reference_quirks: readonly string[];
  readonly reference_notes: readonly string[];
  readonly nondeterministic: readonly string[];
  readonly expected: {
    readonly period_start?: string;
    readonly period_end?: string;
    readonly total_actions: number;
    readonly blocked_actions: number;
    readonly approved_actions: number;
    readonly auto_approved: number;
    readonly score: number;
    readonly grade: string;
    readonly findings: readonly {
      readonly criterion: string;
      readonly status: string;
      readonly severity: string;
      readonly category: string;
    }[];
  };
}

const { cases, logs } = JSON.parse(
  gunzipSync(readFileSync(new URL("reports.json.gz", import.meta.url))).toString("utf8"),
) as {
  readonly cases: readonly GoldenCase[];
  readonly logs: Readonly<Record<string, readonly AuditEntry[]>>;
};

const NOW = "2026-11-01T00:00:00Z";
const folder = mkdtempSync(join(tmpdir(), "aegis-golden-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  for (const [name, entries] of Object.entries(logs)) {
    // One log holds values that no database column can: it is read from memory only.
    writeAuditDatabase(join(folder, `${name}.db`), entries);
  }
});

/** The parts of a report that a case states, in the case's words. */
function stated(report: ComplianceReport): unknown {
  return {
    total_actions: report.totalActions,
    blocked_actions: report.blockedActions,
    approved_actions: report.approvedActions,
    auto_approved: report.autoApproved,
    score: report.score,
    grade: report.grade,
    findings: Object.fromEntries(
      report.findings.map((finding) => [
        finding.criterion,
        `${finding.result}${finding.reason === undefined ? "" : ` ${finding.reason}`} / ${finding.severity} / ${finding.category}`,
      ]),
    ),
  };
}

/**
 * The case's findings in our words. Three translations hold throughout: a reference `pass`
 * with nothing of the kind in the log is our `inconclusive not-exercised`; its `info` is a
 * pass where the criterion has a limit and a figure without verdict where it has none; and
 * where no entry names an agent it leaves out the finding that we make to say so.
 */
function translated({ expected }: GoldenCase, report: ComplianceReport): unknown {
  const { findings, period_start: _start, period_end: _end, ...rest } = expected;
  const unnamed = report.findings.some(
    ({ criterion, population }) => criterion === "agent-behavior" && population === 0,
  );
  return {
    ...rest,
    findings: Object.fromEntries([
      ...findings.map(({ criterion, status, severity, category }) => {
        const ours = report.findings.find((finding) => finding.criterion === criterion);
        let result = status;
        if (status === "info") result = ours?.limit === undefined ? "context" : "pass";
        if (status === "pass" && ours?.population === 0) result = "inconclusive not-exercised";
        return [criterion, `${result} / ${severity} / ${category}`];
      }),
      ...(unnamed ? [["agent-behavior", "inconclusive not-recorded / info / audit_trail"]] : []),
    ]),
  };
}

function caseNamed(name: string): GoldenCase {
  const golden = cases.find((one) => one.name === name);
  if (golden === undefined) throw new Error(`no case ${name}`);
  return golden;
}

async function reportsOf(golden: GoldenCase): Promise<Record<string, ComplianceReport>> {
  const options = {
    reportType: golden.report_type,
    periodStart: golden.period_start,
    periodEnd: golden.period_end,
    now: NOW,
  };
  const generator = new ReportGenerator();
  const engine = await sqlite(join(folder, `${golden.log}.db`));
  const reports = {
    memory: await generator.generate(logs[golden.log] ?? [], options),
    sqlite: await generator.generate(engine, options),
  };
  await engine.close();
  return reports;
}

describe.each(cases.filter(({ name }) => !Object.hasOwn(DIFFERENCES, name)))("$name", (golden) => {
  test.each(["memory", "sqlite"])("%s", async (engine) => {
    const report = (await reportsOf(golden))[engine] as ComplianceReport;
    expect(stated(report)).toEqual(translated(golden, report));
    for (const bound of ["period_start", "period_end"] as const) {
      const ours = bound === "period_start" ? report.periodStart : report.periodEnd;
      expect(parseInstant(ours ?? "")).toBe(parseInstant(golden.expected[bound] ?? ""));
    }
  });
});

describe("where we differ on purpose", () => {
  const answered = Object.entries(DIFFERENCES).filter(([, { ours }]) => ours !== "invalid-period");
  const refused = Object.entries(DIFFERENCES).filter(([, { ours }]) => ours === "invalid-period");

  test.each(answered)("%s", async (name, { rule, ours, beside, gives, engines }) => {
    const reports = await reportsOf(caseNamed(name));
    for (const engine of engines ?? ["memory", "sqlite"]) {
      const report = reports[engine] as ComplianceReport;
      expect(stated(report), `${rule} (${engine})`).toMatchObject(ours as object);
      expect(beside?.(report), `${rule} (${engine})`).toEqual(gives);
    }
  });

  test.each(refused)("%s", async (name, { ours }) => {
    await expect(reportsOf(caseNamed(name))).rejects.toMatchObject({ code: ours });
  });

  test("each case that the reference gets wrong is named, and no other without a reason", () => {
    const quirks = new Set(
      cases
        .filter(({ reference_quirks }) => reference_quirks.some((quirk) => AFFECTS_RESULT.has(quirk)))
        .map(({ name }) => name),
    );
    expect(quirks.size).toBe(24);
    expect(cases.length - quirks.size).toBe(96);
    const unnamed = [...quirks].filter((name) => !Object.hasOwn(DIFFERENCES, name));
    expect(unnamed).toEqual([]);
    const noted = cases.filter(({ reference_notes }) => reference_notes.length > 0);
    const others = Object.keys(DIFFERENCES).filter((name) => !quirks.has(name));
    expect(others.filter((name) => !noted.some((golden) => golden.name === name))).toEqual([]);
  });
});

/** Faults of the reference that reach the result, not only its Markdown. */
const AFFECTS_RESULT = new Set([
  "empty_log_scores_100",
  "reversed_period_scores_100",
  "period_from_wall_clock",
  "rounding_hides_failure",
  "unparseable_dropped_when_period_given",
  "unparseable_counted_but_not_gap_checked",
  "human_approved_ignores_human_decision",
  "unknown_approval_not_a_bypass",
  "null_field_stringified",
  "whitespace_matched_rule_counts",
  "default_variant_counts_as_explicit",
  "most_actions_text_wrong",
  "fell_through_text_wrong",
  "all_nonblocked_text_wrong",
  "non_string_fields",
]);

const SHARED = new URL("../../../shared/data/golden/reports/", import.meta.url);

describe.skipIf(!existsSync(SHARED))("the compact cases (needs the shared data folder)", () => {
  test("equal the full ones", () => {
    const full = readdirSync(SHARED).sort();
    expect(full.length).toBe(cases.length);
    for (const [index, file] of full.entries()) {
      const { entries, scenario: _scenario, ...golden } = JSON.parse(
        readFileSync(new URL(file, SHARED), "utf8"),
      ) as { entries: unknown; scenario: string };
      const { scenario: _ours, ...compact } = cases[index] as GoldenCase & { scenario: string };
      expect({ ...golden, log: compact.log }).toEqual(compact);
      expect(logs[compact.log]).toEqual(entries);
    }
  });
});
