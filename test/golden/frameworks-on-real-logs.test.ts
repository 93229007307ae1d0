// Real logs of other systems under every framework. Most of them record neither risk nor rules
// nor humans, so most of what is asked must stay open; and what comes out must be so by hand.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { loadCatalog, openLog, ReportGenerator } from "../../src/index.ts";
import type { ComplianceFinding, ComplianceReport } from "../../src/index.ts";
import type { Test } from "../../src/model/finding.ts";
import { reckon } from "./weighted-arithmetic.ts";

const SHARED = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const NOW = "2026-11-23T00:00:00Z";
const catalog = loadCatalog();
const TYPES = catalog.frameworkIds;

/** A criterion's result as `pass`, or `inconclusive not-recorded` with the reason. */
type Verdict = string;

interface RealLog {
  readonly name: string;
  readonly path: string;
  /** By framework and criterion, worked out from the log's own records. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** By measure: numbers counted in the log's own records. */
  readonly numbers: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const REAL_LOGS: readonly RealLog[] = [
  {
    name: "a cluster's audit log, 16,474 requests of four minutes",
    path: "logs/k8s-perfspec/audit-logs.csv",
    verdicts: {
      // 425 deletions are the cluster's own housekeeping, and name no rule and no human.
      "gdpr-extended Art. 17": "inconclusive not-recorded",
      "pci-dss 10.2.1.7": "inconclusive not-recorded",
      "iso-27001 8.10": "inconclusive not-recorded",
      // No approval by a human exists in this format.
      "agent-governance G2": "inconclusive not-recorded",
      "agent-governance G3": "inconclusive not-recorded",
      "nist-800-53 AC-3": "inconclusive not-recorded",
      "hipaa 164.312(a)(1)": "inconclusive not-recorded",
      "soc2-extended CC8.1": "inconclusive not-recorded",
      "owasp-agentic ASI02": "inconclusive not-recorded",
      // No request reaches a record of what was done.
      "pci-dss 10.3.2": "no_exception",
      // Neither a risk nor a session is asked for.
      "nist-800-53 AU-3": "pass",
      "pci-dss 10.2.2": "warn",
      "pci-dss 10.2.1": "inconclusive not-recorded",
    },
    numbers: {
      "sensitive-values": { population: 16_474, exceptions: 0 },
      "record-content": { population: 16_474, exceptions: 0 },
      // 2023-01-27T18:28:08 to the report's own midnight.
      "retention-window": { population: 16_474, reach_days: 1395.230_461_488_1 },
    },
  },
  {
    name: "an API server's audit log of 2017",
    path: "logs/k8s-audit2rbac/demo.log",
    verdicts: {
      "agent-governance G2": "inconclusive not-recorded",
      "pci-dss 10.3.2": "inconclusive not-exercised",
    },
    numbers: { "evidence-volume": { population: 37 } },
  },
  {
    name: "CloudTrail of attacks, 310 events",
    path: "logs/cloudtrail-stratus/docs/detonation-logs",
    verdicts: {
      // DeleteTrail, PutEventSelectors and StopLogging, all of which succeeded.
      "pci-dss 10.3.2": "fail",
      "hipaa 164.312(c)(1)": "fail",
      "owasp-agentic ASI10": "fail",
      // Session tokens stand in nine answers.
      "iso-27001 5.17": "fail",
      "pci-dss 8.6.2": "fail",
      "agent-governance G3": "inconclusive not-recorded",
      "gdpr-extended Art. 17": "inconclusive not-recorded",
      "soc2-extended CC8.1": "inconclusive not-recorded",
      "nist-800-53 AC-3": "inconclusive not-recorded",
    },
    numbers: {
      "trail-tampering": { exceptions: 3, carried_out: 3, attempts: 0 },
      // Nine session tokens and two ids of keys. Twenty names of secrets are none.
      "sensitive-values": { exceptions: 11, secrets: 11, personal: 0, cards: 0 },
      "secrets-in-records": { population: 310, exceptions: 11 },
      "card-numbers": { exceptions: 0 },
      "record-content": { population: 310, exceptions: 0 },
      "failure-ratio": { population: 259, part: 1 },
    },
  },
  {
    name: "CloudTrail as a collector wrote it",
    path: "logs/otrf-cloud/aws/collection/ec2_proxy_s3_exfiltration_2020-09-14011940.json",
    verdicts: {
      // Nothing was refused, so a decision stands nowhere.
      "iso-27001 8.3": "inconclusive not-recorded",
      "pci-dss 10.3.2": "inconclusive not-exercised",
    },
    numbers: { "failure-ratio": { population: 103, part: 0 } },
  },
  {
    name: "a customer-service agent's trajectories, 1,164 calls without a time",
    path: "logs/tau-bench/gpt-4o-airline.json",
    verdicts: {
      // 120 profiles were read, each with an e-mail address.
      "gdpr-extended Art. 5(1)(c)": "fail",
      "iso-27001 5.34": "fail",
      "nist-ai-rmf MEASURE 2.10": "fail",
      "iso-27001 8.17": "inconclusive not-recorded",
      "nist-800-53 AU-8": "inconclusive not-recorded",
      "eu-ai-act Art. 19(1)": "inconclusive not-recorded",
      "pci-dss 10.5.1": "inconclusive not-recorded",
      "hipaa 164.312(a)(2)(i)": "inconclusive not-recorded",
      "gdpr-extended Art. 17": "inconclusive not-recorded",
    },
    numbers: {
      "sensitive-values": { exceptions: 120, personal: 120, secrets: 0, cards: 0 },
      "personal-values": { population: 1164, exceptions: 120, emails: 120, phones: 0 },
      "card-numbers": { population: 1164, exceptions: 0 },
      "sensitive-errors": { population: 73, exceptions: 0 },
      "failure-ratio": { population: 1164, part: 73 },
      "failure-detail": { population: 73, exceptions: 0 },
    },
  },
  {
    name: "an agent's calls of tool servers, 814",
    path: "logs/livemcpbench/output.json",
    verdicts: {
      "nist-800-53 AU-8": "inconclusive not-recorded",
      "pci-dss 8.2.1": "inconclusive not-recorded",
      "agent-governance G5": "inconclusive not-recorded",
    },
    numbers: { "evidence-volume": { population: 814 }, "sensitive-values": { cards: 0 } },
  },
  {
    name: "traces of twenty frameworks, 17 calls of tools",
    path: "logs/langfuse-traces/worker/src/__tests__/chatml/framework-traces/*.trace.json",
    verdicts: {
      // Nine of the calls have no agent above them.
      "pci-dss 8.2.1": "fail",
      "hipaa 164.312(a)(2)(i)": "fail",
      "agent-governance G3": "inconclusive not-recorded",
      "soc2-extended CC8.1": "inconclusive not-recorded",
    },
    numbers: { attribution: { population: 17, exceptions: 9 }, "sensitive-values": { secrets: 0 } },
  },
  {
    name: "an anti-money-laundering demo, 61 actions",
    path: "logs/agt-audit/aml_audit_trail.json",
    verdicts: {
      // No time has an offset.
      "iso-27001 8.17": "fail",
      "agent-governance G2": "inconclusive not-recorded",
      "pci-dss 8.2.1": "inconclusive too-few",
    },
    numbers: { "timestamp-order": { population: 61, naive: 61, unreadable: 0, backwards: 0 } },
  },
  {
    name: "the same as CSV",
    path: "logs/agt-audit/aml_audit_trail.csv",
    verdicts: { "iso-27001 8.17": "fail", "agent-governance G2": "inconclusive not-recorded" },
    numbers: { "timestamp-order": { population: 61, naive: 61 } },
  },
  {
    name: "a trading demo, 32 actions",
    path: "logs/agt-audit/trading_audit_trail.json",
    verdicts: { "agent-governance G2": "inconclusive not-recorded" },
    numbers: { "timestamp-order": { population: 32, naive: 32 } },
  },
  {
    name: "an accounts-payable demo, 9 actions",
    path: "logs/agt-audit/soc2_audit_trail.json",
    verdicts: {
      "agent-governance G2": "inconclusive not-recorded",
      // An outcome where something was stopped, and a target where money went.
      "nist-800-53 AU-3": "inconclusive not-recorded",
    },
    numbers: { "timestamp-order": { population: 9, naive: 9 } },
  },
  {
    name: "an audit database of an hour, 500 actions",
    path: "logs/aegis_audit_small.db",
    verdicts: {
      // Eighty rows name no agent, and 121 stand one step down a chain without a parent.
      "pci-dss 8.2.1": "fail",
      "agent-governance G5": "fail",
      "owasp-agentic ASI07": "fail",
      "pci-dss 10.2.2": "fail",
      // No action is said in words.
      "pci-dss 10.2.1.2": "fail",
      "agent-governance G2": "inconclusive missing-input",
      "nist-800-53 AC-3": "pass",
      "nist-800-53 AU-8": "pass",
      "soc2-extended CC8.1": "inconclusive too-few",
      "eu-ai-act Art. 14(4)(d)": "pass",
    },
    numbers: {
      attribution: { population: 500, exceptions: 80 },
      "field-completeness": { population: 500, exceptions: 80 },
      "record-content": { population: 500, exceptions: 80, without_agent: 80, without_time: 0 },
      "delegation-links": { population: 121, exceptions: 121, orphans: 0 },
      "denial-bypass": { population: 18, exceptions: 0 },
      "block-bypass": { population: 64, exceptions: 0 },
      "record-identity": { duplicates: 0, missing: 0 },
    },
  },
  {
    name: "a log in five fields, 15 actions",
    path: "policies/fixtures/audit-sample.jsonl",
    verdicts: {
      "agent-governance G2": "inconclusive not-recorded",
      "eu-ai-act Art. 14(4)(d)": "inconclusive not-recorded",
      "nist-800-53 AU-8": "pass",
    },
    numbers: { "evidence-volume": { population: 15 }, "timestamp-order": { exceptions: 0 } },
  },
];

const reportsOf = new Map<string, readonly ComplianceReport[]>();

/** All types from one reading. */
async function read(path: string): Promise<readonly ComplianceReport[]> {
  const known = reportsOf.get(path);
  if (known !== undefined) return known;
  const engine = await openLog([join(SHARED, path)]);
  try {
    const reports = await new ReportGenerator().generateAll(engine, TYPES, { now: NOW });
    reportsOf.set(path, reports);
    return reports;
  } finally {
    await engine.close();
  }
}

/** Everything that was tested, over all reports. */
function testsIn(reports: readonly ComplianceReport[]): readonly Test[] {
  return reports.flatMap(({ weighted }) => weighted?.tests ?? []);
}

function testOf(reports: readonly ComplianceReport[], key: string): Test | undefined {
  return testsIn(reports).find((one) => one.key === key);
}

function decisiveOf(report: ComplianceReport, finding: ComplianceFinding): readonly Test[] {
  return (report.weighted?.tests ?? []).filter(({ key }) =>
    finding.weighted?.decisive.includes(key),
  );
}

function verdictOf(reports: readonly ComplianceReport[], name: string): Verdict | undefined {
  const [type = "", ...rest] = name.split(" ");
  const finding = reports
    .find(({ reportType }) => reportType === type)
    ?.findings.find(({ criterion }) => criterion === rest.join(" "));
  return finding && [finding.result, finding.reason].filter(Boolean).join(" ");
}

/** Whether a log that records these fields can answer the measure at all. */
function canAnswer(measure: string, { population }: ComplianceReport): boolean {
  const { fields, anyFields = [] } = catalog.askedMeasure(measure);
  const { recordable, intake } = population;
  return (
    fields.every((field) => recordable.includes(field)) &&
    anyFields.every((alike) => alike.some((field) => recordable.includes(field))) &&
    intake?.cannotAnswer.get(measure) === undefined
  );
}

describe.skipIf(!existsSync(SHARED))("every framework (needs the shared data folder)", () => {
  describe.each(REAL_LOGS)("on $name", ({ path, verdicts, numbers }) => {
    let reports: readonly ComplianceReport[];
    beforeAll(async () => {
      reports = await read(path);
    }, 120_000);

    test("nothing passes on fields that the log cannot record, or on nobody", () => {
      expect(reports.map(({ reportType }) => reportType)).toEqual(TYPES);
      const passed = reports.flatMap((report) =>
        report.findings
          .filter(({ result, weighted }) => result === "pass" && weighted !== undefined)
          .flatMap((finding) =>
            decisiveOf(report, finding).map((one) => ({
              what: `${report.reportType} ${finding.criterion}: ${one.key} ${one.result}`,
              founded: one.population > 0 && canAnswer(one.measure, report),
            })),
          ),
      );
      expect(passed.filter(({ founded }) => !founded)).toEqual([]);
    });

    test("no test says anything of what the log cannot record", () => {
      const told = reports.flatMap((report) =>
        (report.weighted?.tests ?? [])
          .filter(({ measure }) => !canAnswer(measure, report))
          .filter(({ result }) => result !== "inconclusive"),
      );
      expect(told).toEqual([]);
    });

    test("numbers tie", () => {
      for (const { reportType, findings, weighted, coverage, score, ...report } of reports) {
        if (weighted === undefined) continue;
        const { score: expected, ...reckoned } = reckon({ findings, weighted, ...report });
        expect({ reportType, coverage }).toMatchObject({ reportType, coverage: reckoned });
        expect({ reportType, score }).toEqual({ reportType, score: expected });
        const { tested, disproveOnly, figures, notAssessed } = weighted.criteria;
        expect(tested + disproveOnly + figures).toBe(findings.length);
        const rows = report.notAssessed.reduce((sum, { count = 1 }) => sum + count, 0);
        expect(notAssessed).toBe(rows);
        // What an edition has is here, or stands among what is not assessed.
        expect(coverage.total ?? rows + findings.length).toBe(rows + findings.length);
      }
    });

    test("lists are as long as their numbers say", () => {
      for (const { key, population, exceptions, exceptionEntries } of testsIn(reports)) {
        expect({ key, within: exceptions <= population }).toEqual({ key, within: true });
        expect({ key, listed: exceptionEntries.length }).toEqual({
          key,
          listed: Math.min(exceptions, 50),
        });
      }
    });

    test("where there is no exception, none is listed", () => {
      const listed = reports.flatMap((report) =>
        report.findings
          .filter(({ result }) => result === "no_exception")
          .flatMap((finding) =>
            decisiveOf(report, finding)
              .filter(({ result, exceptions }) => result === "no_exception" && exceptions > 0)
              // Who asks for shared names is shown entries without any name, too.
              .filter(({ measure }) => measure !== "attribution")
              .map(({ key }) => `${report.reportType} ${finding.criterion}: ${key}`),
          ),
      );
      expect(listed).toEqual([]);
    });

    test("nothing stays open without a word of what would close it", () => {
      const mute = reports.flatMap(({ reportType, findings }) =>
        findings
          .filter(
            ({ result, recommendation }) => result === "inconclusive" && recommendation === "",
          )
          .map(({ criterion }) => `${reportType} ${criterion}`),
      );
      expect(mute).toEqual([]);
    });

    test("no text claims what software cannot", () => {
      const texts = reports.flatMap(({ summary, findings, weighted }) => [
        summary,
        weighted?.introduction ?? "",
        ...findings.flatMap(({ title, description, recommendation }) => [
          title,
          description,
          recommendation,
        ]),
        ...(weighted?.tests ?? []).flatMap(({ says, remedy }) => [says, remedy]),
      ]);
      // Names from the log and of our file have these words in them.
      const claims = ["compliant", "compliance", "certified", "certification", "audit-ready"];
      const claimed = new RegExp(
        `(?<![-\\w])(?:${[...claims, "meets", "satisfy", "satisfies", "satisfied"].join("|")})(?![-.\\w])`,
        "i",
      );
      expect(texts.filter((text) => claimed.test(text))).toEqual([]);
    });

    test("verdicts are as worked out by hand", () => {
      const found = Object.keys(verdicts).map((name) => [name, verdictOf(reports, name)]);
      expect(Object.fromEntries(found)).toEqual(verdicts);
    });

    test("so are the numbers", () => {
      for (const [key, expected] of Object.entries(numbers)) {
        const asked = testOf(reports, key);
        const { population = -1, exceptions = -1 } = asked ?? {};
        const seen: Record<string, number> = { ...asked?.numbers, population, exceptions };
        for (const [name, value] of Object.entries(expected)) {
          expect({ key, name, value: seen[name]?.toFixed(6) }).toEqual({
            key,
            name,
            value: value.toFixed(6),
          });
        }
      }
    });
  });

  test.each(REAL_LOGS.filter(({ path }) => !path.includes("k8s-perfspec")))(
    "no score on $name: too little of it could be decided",
    async ({ path }) => {
      const weighed = (await read(path)).filter(({ weighted }) => weighted !== undefined);
      expect(weighed).toHaveLength(14);
      for (const { score, grade, weighted } of weighed) {
        expect({ score, grade }).toEqual({ score: null, grade: null });
        expect(weighted?.withheld).toMatch(/\w/);
      }
    },
  );

  test("a database whose rows lack their agent puts the record in doubt", async () => {
    for (const { weighted } of await read("logs/aegis_audit_small.db")) {
      if (weighted === undefined) continue;
      expect(weighted.recordInDoubt).toHaveLength(1);
      expect(weighted.recordInDoubt[0]).toContain("80 of 500 entries (16 %)");
    }
  });

  test("the three attacks on a trail are listed by name", async () => {
    const tampering = testOf(
      await read("logs/cloudtrail-stratus/docs/detonation-logs"),
      "trail-tampering",
    );
    expect(tampering?.exceptionEntries.map(({ action_type: type }) => type)).toEqual([
      "DeleteTrail",
      "PutEventSelectors",
      "StopLogging",
    ]);
  });

  // Each of these could be otherwise in its log; all else that passed did so by construction.
  test("little passes on logs of other systems", async () => {
    const passed: Record<string, readonly string[]> = {};
    for (const { path } of REAL_LOGS.filter(({ path: one }) => one.startsWith("logs/"))) {
      if (path.endsWith(".db")) continue;
      const measures = testsIn(await read(path))
        .filter(({ result }) => result === "pass")
        .map(({ measure }) => measure);
      passed[path] = [...new Set(measures)].toSorted();
    }
    const found = Object.fromEntries(Object.entries(passed).filter(([, some]) => some.length > 0));
    expect(found).toEqual({
      // Answers below 400 and above, calls with and without an error; and 16,474 requests of
      // which each says when who did what to what, and how it was answered.
      "logs/k8s-perfspec/audit-logs.csv": ["failure-ratio", "record-content"],
      "logs/k8s-audit2rbac/demo.log": ["failure-ratio"],
      "logs/cloudtrail-stratus/docs/detonation-logs": ["failure-ratio"],
      "logs/otrf-cloud/aws/collection/ec2_proxy_s3_exfiltration_2020-09-14011940.json": [
        "failure-ratio",
      ],
      "logs/livemcpbench/output.json": ["failure-ratio"],
      // Agents inside agents, as the traces nest them.
      "logs/langfuse-traces/worker/src/__tests__/chatml/framework-traces/*.trace.json": [
        "chain-depth",
      ],
    });
  });

  // What is said today and must not be. Each of these turns red when it is mended: then drop
  // the `.fails`, and the fact stands guard.
  describe("known to be wrong", () => {
    const TAU = "logs/tau-bench/gpt-4o-airline.json";
    const TRAIL = "logs/cloudtrail-stratus/docs/detonation-logs";
    const CLUSTER = "logs/k8s-perfspec/audit-logs.csv";
    const LAUNDERING = "logs/agt-audit/aml_audit_trail.json";
    const TRACES = "logs/langfuse-traces/worker/src/__tests__/chatml/framework-traces/*.trace.json";

    test("no card number was found, so none was stored in the clear", async () => {
      const found = [];
      for (const path of [TAU, TRAIL, "logs/livemcpbench/output.json"]) {
        found.push(verdictOf(await read(path), "pci-dss 3.5.1"));
      }
      expect(found).toEqual(["no_exception", "no_exception", "no_exception"]);
    });

    test("no secret was found in the trajectories", async () => {
      const reports = await read(TAU);
      const found = ["iso-27001 5.17", "pci-dss 8.6.2"].map((name) => verdictOf(reports, name));
      expect(found).toEqual(["no_exception", "no_exception"]);
    });

    test("no personal data was found in the trail", async () => {
      const names = [
        "iso-27001 5.34",
        "gdpr-extended Art. 5(1)(c)",
        "nist-ai-rmf MEASURE 2.10",
        "nist-ai-rmf MAP 4.1 / MP-4.1-001, -009",
      ];
      const reports = await read(TRAIL);
      expect(names.map((name) => verdictOf(reports, name))).toEqual(
        names.map(() => "no_exception"),
      );
    });

    test.each([CLUSTER, TRAIL, TRACES])(
      "%s is kept in another order than it was stamped in, which is no fault",
      async (path) => {
        expect(testOf(await read(path), "timestamp-order")?.result).not.toBe("fail");
      },
    );

    test("four minutes of 2023 and 37 requests of 2017 are no year of history", async () => {
      const found = [];
      for (const path of [CLUSTER, "logs/k8s-audit2rbac/demo.log"]) {
        const reports = await read(path);
        found.push(
          ...["pci-dss 10.5.1", "eu-ai-act Art. 19(1)", "eu-ai-act Art. 26(6)"].map((name) =>
            verdictOf(reports, name),
          ),
        );
      }
      expect(found).not.toContain("pass");
    });

    test.each([CLUSTER, TRAIL, LAUNDERING])(
      "in %s the block is read from the outcome, so it cannot be held against it",
      async (path) => {
        const reports = await read(path);
        expect(testOf(reports, "block-bypass")?.result).toBe("inconclusive");
        expect(testOf(reports, "refusal-effectiveness")?.reason).toBe("not-recorded");
      },
    );

    test("55 allowed actions without an outcome are not said to have never run", async () => {
      const reports = await read(LAUNDERING);
      const keys = ["executed-under-named-rule", "failure-ratio", "capability-breadth"];
      expect(keys.map((key) => testOf(reports, key)?.reason)).toEqual(
        keys.map(() => "not-recorded"),
      );
    });

    test("262 anonymous requests are not each by an identity of its own", async () => {
      expect(verdictOf(await read(CLUSTER), "hipaa 164.312(a)(2)(i)")).not.toBe("pass");
    });

    test("without a time, silence is not recorded, and not absent", async () => {
      expect(testOf(await read(TAU), "session-silence")?.reason).toBe("not-recorded");
    });

    test("a parent that only thinks is set aside, and not missing", async () => {
      expect(testOf(await read(TRACES), "delegation-links")?.result).not.toBe("fail");
    });

    test("a failure beside a test that stays open earns no half credit", async () => {
      // AU-9 asks for the ids alone, which cannot tell; that the trail was deleted supports it.
      const nist = (await read(TRAIL)).find(({ reportType }) => reportType === "nist-800-53");
      const warned = (nist?.findings ?? []).filter(
        (finding) =>
          finding.result === "warn" &&
          nist !== undefined &&
          decisiveOf(nist, finding).every((one) => one.result === "inconclusive"),
      );
      expect(warned.map(({ criterion }) => criterion)).toContain("AU-9");
      expect(warned.filter(({ weighted }) => weighted?.open !== true)).toEqual([]);
      const closed = (nist?.findings ?? []).filter(
        ({ result, weighted }) =>
          ["pass", "warn", "fail"].includes(result) && weighted?.open !== true,
      );
      expect(nist?.coverage.decided).toBe(closed.length);
    });
  });
});
