// The whole flow over the packaged frameworks: what holds for every log.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess } from "../../src/assess/assess.ts";
import type { Assessment } from "../../src/assess/assess.ts";
import { gradeOf } from "../../src/assess/grade.ts";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { memory } from "../../src/engines/memory.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import { parseInstant } from "../../src/model/instant.ts";
import { inclusivePeriod } from "../../src/model/period.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { START, strangeLog } from "../engines/logs.ts";
import { agentLog } from "./agent-log.ts";

const TYPES = ["soc2", "gdpr", "governance"] as const;
const assignments = TYPES.map((id) => loadCatalog().framework(id));
const TOOL = { name: "aegis-compliance", version: "0" };

async function reports(
  entries: readonly AuditEntry[],
  more: Partial<Assessment> = {},
): Promise<ComplianceReport[]> {
  const engine = memory(entries);
  return assess({
    engine,
    assignments,
    period: {},
    now: START,
    tool: TOOL,
    language: ENGLISH,
    ...more,
  });
}

/** One report of one type. */
async function reportOf(
  type: (typeof TYPES)[number],
  entries: readonly AuditEntry[],
  more: Partial<Assessment> = {},
): Promise<ComplianceReport> {
  const all = await reports(entries, more);
  const found = all[TYPES.indexOf(type)];
  if (found === undefined) throw new Error(`no report of type ${type}`);
  return found;
}

const seed = fc.nat();
const length = fc.integer({ min: 0, max: 60 });
const log = fc.tuple(seed, length).map(([from, most]) => agentLog(from, most));

describe("what no log may bring about", () => {
  test("a verdict on a criterion whose measures need a field that the log does not have", async () => {
    const removable: readonly EntryField[] = ENTRY_FIELD_NAMES.filter((name) => name !== "id");
    await fc.assert(
      fc.asyncProperty(log, fc.subarray([...removable]), async (entries, removed) => {
        const poorer = entries.map((entry) => without(entry, removed));
        for (const [index, report] of (await reports(poorer)).entries()) {
          const { framework, measures } = assignments[index] ?? { measures: [] };
          const criteria = framework?.scoring === "points" ? framework.criteria : [];
          for (const finding of report.findings) {
            const criterion = criteria.find(({ id }) => id === finding.criterion);
            const asked = [criterion?.measure, criterion?.doubt?.measure];
            const needed = measures
              .filter(({ id }) => asked.includes(id))
              .flatMap(({ fields }) => fields);
            const lacking = needed.some((field) => removed.includes(field));
            const expected =
              poorer.length === 0 || !lacking ? finding.reason : ("not-recorded" as const);
            expect([finding.criterion, finding.reason]).toEqual([finding.criterion, expected]);
            const silent = !lacking || finding.result === "inconclusive";
            expect([finding.criterion, finding.result, silent]).toEqual([
              finding.criterion,
              finding.result,
              true,
            ]);
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  test("a score above what could be decided, or on nothing", async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.subarray([...ENTRY_FIELD_NAMES]), async (entries, removed) => {
        for (const { score, grade, coverage, findings } of await reports(
          entries.map((entry) => without(entry, removed)),
        )) {
          const { weightDecided, weightPossible } = coverage;
          const lost = findings.reduce((sum, { points }) => sum + points, 0);
          const most = Math.floor((100 * weightDecided) / weightPossible);
          const expected = weightDecided === 0 ? null : Math.max(0, Math.min(100 - lost, most));
          expect(score).toBe(expected);
          expect(grade).toBe(expected === null ? null : gradeOf(expected));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a text that promises, or one with a hole in it", async () => {
    await fc.assert(
      fc.asyncProperty(log, async (entries) => {
        const all = await reports(entries);
        const findings = all.flatMap((report) => report.findings);
        const texts = [
          ...all.map(({ summary }) => summary),
          ...findings.map(({ title }) => title),
          ...findings.map(({ description }) => description),
          ...findings.map(({ recommendation }) => recommendation),
        ];
        const promising = /\bcomplian(t|ce)\b|certif|audit-ready|\bmeets?\b/i;
        expect(texts.filter((text) => promising.test(text))).toEqual([]);
        const holed = /[{}–]|no figure|undefined|NaN|null|Infinity| {2}|^\s|\s$/;
        expect(texts.filter((text) => holed.test(text))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("an exception thrown, or sums that do not tie, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(strangeLog, async (entries) => {
        for (const report of await reports(entries as AuditEntry[])) {
          const { population, humanDecisions } = report;
          expect(population.accepted + population.rejected + population.duplicate).toBe(
            population.read,
          );
          expect(population.inScope + population.outOfPeriod).toBe(population.accepted);
          expect(report.totalActions).toBe(population.inScope);
          const { approved, denied, unanswered } = humanDecisions;
          expect(approved + denied + unanswered).toBe(report.approvedActions);
          const counted = report.blockedActions + report.approvedActions + report.autoApproved;
          expect(counted).toBeLessThanOrEqual(report.totalActions);
          expect(Math.min(approved, denied, unanswered)).toBeGreaterThanOrEqual(0);
          for (const finding of report.findings) {
            expect(finding.exceptionEntries.length).toBeLessThanOrEqual(50);
            expect(finding.exceptionEntries.length).toBe(Math.min(50, finding.exceptions));
            expect(finding.title.endsWith(`: ${finding.result.toUpperCase()}`)).toBe(true);
            expect(finding.reason === undefined).toBe(finding.result !== "inconclusive");
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

function without(entry: AuditEntry, removed: readonly EntryField[]): AuditEntry {
  return Object.fromEntries(
    Object.entries(entry).filter(([name]) => !removed.some((field) => field === name)),
  );
}

describe("a report", () => {
  test("of nothing has no score, no grade and no verdict", async () => {
    for (const report of await reports([])) {
      expect(report).toMatchObject({
        score: null,
        grade: null,
        totalActions: 0,
        periodStart: null,
        periodEnd: null,
        edgeSilence: {},
        coverage: { decided: 0, possible: 0, weightDecided: 0, weightPossible: 0 },
      });
      expect(new Set(report.findings.map(({ reason }) => reason))).toEqual(
        new Set(["not-exercised"]),
      );
      expect(report.summary).toBe(
        "No recorded agent action lies in the period under review. Of its tests, " +
          `${report.findings.length} could not be decided. Nothing could be decided, so there ` +
          "is no score and no grade.",
      );
    }
  });

  test("of entries that all lie outside the period is one of nothing", async () => {
    const period = inclusivePeriod("2020-01-01", "2020-12-31");
    const report = await reportOf("soc2", agentLog(1, 30), { period });
    expect(report).toMatchObject({ score: null, grade: null, totalActions: 0 });
    expect(report.periodStart).toBe("2020-01-01T00:00:00+00:00");
    expect(report.periodEnd).toBe("2020-12-31T23:59:59.999999+00:00");
    expect(report.edgeSilence).toEqual({});
  });

  test("counts decisions and answers in any case, and nothing unanswered as approved", async () => {
    const entries = [
      ["auto", null],
      ["AUTO", "approved"],
      ["approve", "approved"],
      ["Approve", "APPROVED"],
      ["approve", "denied"],
      ["approve", null],
      ["approve", ""],
      ["approve", "perhaps"],
      ["block", "approved"],
      ["maybe", null],
      ["", null],
      [" auto", null],
    ].map(([approval, human_decision], id) => ({ id, approval, human_decision }) as AuditEntry);
    const report = await reportOf("governance", entries);
    expect(report).toMatchObject({
      totalActions: 12,
      autoApproved: 2,
      approvedActions: 6,
      blockedActions: 1,
      humanDecisions: { approved: 2, denied: 1, unanswered: 3 },
    });
    expect(report.summary).toContain("sent 6 to a human, who approved 2 and denied 1; 3 have no");
    expect(report.summary).toContain("For 3 no known decision of the policy is recorded.");
  });

  test("takes its period from the entries where none is given", async () => {
    const entries = ["2026-01-02T00:00:00Z", "2026-01-01T00:00:00.000001+01:00", "soon"].map(
      (timestamp, id) => ({ id, timestamp }),
    );
    const report = await reportOf("soc2", entries);
    expect(report.periodStart).toBe("2025-12-31T23:00:00.000001+00:00");
    expect(report.periodEnd).toBe("2026-01-02T00:00:00+00:00");
    expect(report.edgeSilence).toEqual({});
  });

  test("says how long it is silent at the edges of a given period", async () => {
    const entries = [{ id: 1, timestamp: "2026-01-01T01:00:00.5Z" }];
    const period = inclusivePeriod("2026-01-01", "2026-01-01T02:00:00Z");
    expect((await reportOf("soc2", entries, { period })).edgeSilence).toEqual({
      startSeconds: 3600.5,
      endSeconds: 3599.5,
    });
    const open = inclusivePeriod(null, "2026-01-01T02:00:00Z");
    expect((await reportOf("soc2", entries, { period: open })).edgeSilence).toEqual({
      endSeconds: 3599.5,
    });
  });

  test("includes both given bounds", async () => {
    const entries = [
      "00:00:00",
      "00:00:00.000001",
      "00:59:59.999999",
      "01:00:00",
      "01:00:00.000001",
    ].map((time, id) => ({ id, timestamp: `2026-01-01T${time}Z` }));
    const period = inclusivePeriod("2026-01-01T00:00:00.000001Z", "2026-01-01T01:00:00Z");
    const { population } = await reportOf("soc2", entries, { period });
    expect(population).toMatchObject({ read: 5, inScope: 3, outOfPeriod: 2 });
  });

  test("with HIGH actions of unknown approval puts CC6.8 in doubt, not through", async () => {
    const entry = { timestamp: "2026-01-01T00:00:00Z", risk_level: "HIGH", matched_rule: "r" };
    const cc68 = async (approvals: readonly (string | null)[]) => {
      const entries = approvals.map((approval, id) => ({ ...entry, id, approval }));
      const report = await reportOf("soc2", entries);
      return report.findings.find(({ criterion }) => criterion === "CC6.8");
    };
    expect(await cc68(["approve", "block"])).toMatchObject({ result: "pass" });
    expect(await cc68(["approve", null])).toMatchObject({
      result: "inconclusive",
      reason: "record-in-doubt",
      exceptions: 1,
    });
    expect(await cc68(["approve", "perhaps"])).toMatchObject({ reason: "record-in-doubt" });
    expect(await cc68(["auto", "perhaps"])).toMatchObject({
      result: "fail",
      exceptions: 1,
      points: 25,
    });
  });

  test("with a policy names the rules that it lacks and those that nothing used", async () => {
    const policy = {
      digest: "d",
      rules: [{ label: "r1" }, { label: "never" }],
      lint: () => [],
    };
    const entries = ["r1", "r1", "gone", "<default>", "", null].map((matched_rule, id) => ({
      id,
      matched_rule,
    }));
    expect((await reportOf("gdpr", entries, { policy })).policy).toEqual({
      digest: "d",
      rules: 2,
      unknownRulesInLog: [{ rule: "gone", count: 1 }],
      unusedRules: ["never"],
      lint: [],
    });
    expect("policy" in (await reportOf("gdpr", entries))).toBe(false);
  });
});

function figures(all: readonly ComplianceReport[]) {
  return all.map(({ findings, score, grade, summary }) => ({ findings, score, grade, summary }));
}

describe("the same inputs", () => {
  test("give the same reports, and several frameworks the same as each alone", async () => {
    await fc.assert(
      fc.asyncProperty(log, async (entries) => {
        const together = await reports(entries);
        expect(await reports(entries)).toEqual(together);
        for (const [index, assignment] of assignments.entries()) {
          const [alone] = await reports(entries, { assignments: [assignment] });
          expect(alone).toEqual(together[index]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("are read once, however many reports are made", async () => {
    let reads = 0;
    const engine = memory(agentLog(5, 20));
    const counting: Assessment["engine"] = {
      ...engine,
      observe: (question, options) => {
        reads += 1;
        expect(new Set(question.measures.map(({ id }) => id)).size).toBe(question.measures.length);
        return engine.observe(question, options);
      },
    };
    expect(await reports([], { engine: counting })).toHaveLength(3);
    expect(reads).toBe(1);
  });

  test("in another order give the same figures, if every entry has an id and a time of its own", async () => {
    await fc.assert(
      fc.asyncProperty(seed, length, async (from, most) => {
        const entries = agentLog(from, most).filter(
          ({ timestamp }) => !Number.isNaN(parseInstant(timestamp ?? "")),
        );
        const [left, right] = await Promise.all([reports(entries), reports(entries.toReversed())]);
        expect(figures(right)).toEqual(figures(left));
      }),
      { numRuns: 30 },
    );
  });
});
