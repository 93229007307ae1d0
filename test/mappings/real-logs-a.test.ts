// The infrastructure and governance logs of the shared data: what a report must find in each,
// by the figures that were counted from the files themselves.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { runIntake } from "../../src/intake/intake.ts";
import type { IntakeResult } from "../../src/intake/intake.ts";
import { planIntake } from "../../src/intake/plan.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import { isNaive, parseInstant } from "../../src/model/instant.ts";

const DATA = fileURLToPath(new URL("../../../shared/data", import.meta.url));

interface Reading {
  /** Mappings that recognised the inputs. */
  readonly mappings: readonly string[];
  readonly statement: IntakeResult["statement"];
  readonly recordable: readonly EntryField[];
  readonly entries: readonly AuditEntry[];
  /** Records, without action, accepted, rejected, duplicate. */
  readonly counts: readonly number[];
}

/** Reads logs as a report does: by the mapping named, or each by the one that recognises it. */
async function read(paths: readonly string[], named?: string): Promise<Reading> {
  const catalog = loadCatalog();
  const plan = await planIntake(paths, {
    mappings: catalog.mappings(),
    ...(named === undefined ? {} : { mapping: catalog.mapping(named) }),
  });
  const entries: AuditEntry[] = [];
  let duplicates = 0;
  let refused = 0;
  const { statement, recordable } = await runIntake(plan, {
    accept: (values) => {
      entries.push(recordedOf(values));
    },
    duplicate: () => {
      duplicates += 1;
    },
    refuse: () => {
      refused += 1;
    },
  });
  return {
    mappings: [...new Set(plan.inputs.map(({ mapping }) => mapping.id))],
    statement,
    recordable,
    entries,
    counts: [statement.records, statement.withoutAction, entries.length, refused, duplicates],
  };
}

function recordedOf(values: readonly unknown[]): AuditEntry {
  return Object.fromEntries(
    ENTRY_FIELD_NAMES.flatMap((field, index) => {
      const value = values[index];
      return value === undefined || value === null || value === "" ? [] : [[field, value]];
    }),
  );
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** How often each value of a field stands in the entries; `none` for where it is unrecorded. */
function tally(entries: readonly AuditEntry[], field: EntryField): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of entries) {
    const key = text(entry[field]) || "none";
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function count(entries: readonly AuditEntry[], holds: (entry: AuditEntry) => boolean): number {
  return entries.filter(holds).length;
}

const refusedBy = ({ approval }: AuditEntry): boolean => approval === "block";

/** First and last time of the entries, as they are written. */
function span(entries: readonly AuditEntry[]): [string | undefined, string | undefined] {
  const times = entries
    .map(({ timestamp }) => text(timestamp))
    .filter((time) => !Number.isNaN(parseInstant(time)))
    .toSorted((left, right) => parseInstant(left) - parseInstant(right));
  return [times[0], times.at(-1)];
}

const logs = (...names: readonly string[]): string[] =>
  names.map((name) => join(DATA, "logs", name));

/** What the events of a list do not repeat. */
const KIND = '"kind":"Event","apiVersion":"audit.k8s.io/v1",';

describe.skipIf(!existsSync(DATA))("real logs (needs the shared data folder)", () => {
  describe("Kubernetes audit log of a three-node cluster, as CSV", () => {
    let k8s: Reading;
    beforeAll(async () => {
      k8s = await read(logs("k8s-perfspec/audit-logs.csv"));
    });

    it("accounts for every row: 89 second stages and one cut-off row", () => {
      expect(k8s.mappings).toEqual(["kubernetes-audit-csv"]);
      expect(k8s.counts).toEqual([16_564, 0, 16_474, 1, 89]);
      expect(k8s.statement.duplicatesDiffering).toBe(89);
      expect(k8s.statement.unmapped).toEqual([]);
      expect(k8s.statement.unknownWords).toEqual([]);
      expect(new Set(k8s.entries.map(({ id }) => id)).size).toBe(16_474);
    });

    it("spans four minutes, out of order", () => {
      expect(span(k8s.entries)).toEqual([
        "2023-01-27T18:28:08.127428Z",
        "2023-01-27T18:32:12.473826Z",
      ]);
      const times = k8s.entries.map(({ timestamp }) => parseInstant(text(timestamp)));
      const late = times.filter((time, index) => time < (times[index - 1] ?? 0));
      expect(late).toHaveLength(3422);
    });

    it("finds each verb as often as it was used, watches once for both stages", () => {
      const verbs: Record<string, number> = {};
      for (const { action_type } of k8s.entries) {
        const verb = text(action_type).split(" ")[0] ?? "";
        verbs[verb] = (verbs[verb] ?? 0) + 1;
      }
      expect(verbs).toEqual({
        get: 12_331,
        update: 1257,
        list: 867,
        create: 849,
        watch: 563 - 89,
        delete: 335,
        patch: 271,
        deletecollection: 90,
      });
      const secrets = count(k8s.entries, (entry) => text(entry.action_type).endsWith(" secrets"));
      // Ten of 1,266 are the second stage of a watch.
      expect(secrets).toBe(1256);
    });

    it("finds 46 actors, one of them human", () => {
      const actors = tally(k8s.entries, "agent_id");
      expect(Object.keys(actors)).toHaveLength(46);
      expect(actors["kubernetes-admin"]).toBe(6956 - 5);
      expect(Object.keys(actors).filter((name) => !name.startsWith("system:"))).toEqual([
        "kubernetes-admin",
      ]);
    });

    it("reads the refused requests as refused, and no probe as a breach", () => {
      // Codes 403 71, of which 15 are second stages; 404 747, 409 66, 503 1.
      expect(tally(k8s.entries, "result_status")).toEqual({
        success: 14_800 + 804,
        failed: 747 + 66 + 1,
        blocked: 71 - 15,
      });
      expect(tally(k8s.entries, "approval")).toEqual({ none: 16_474 - 56, block: 56 });
      expect(tally(k8s.entries.filter(refusedBy), "agent_id")).toEqual({
        "system:serviceaccount:kube-system:replicaset-controller": 16,
        "system:kube-scheduler": 14,
        "system:node:k8s-node-1-perfspec": 12,
        "system:node:k8s-node-2-perfspec": 8,
        "system:node:k8s-master-perfspec": 4,
        "system:kube-controller-manager": 1,
        "system:serviceaccount:kube-system:root-ca-cert-publisher": 1,
      });
      const probes = k8s.entries.filter(({ agent_id }) => agent_id === "system:anonymous");
      expect(tally(probes, "action_target")).toEqual({ "/readyz": 238, "/livez": 24 });
      expect(tally(probes, "result_status")).toEqual({ success: 262 });
    });

    it("answers nothing about erasure from 425 deletions of cluster objects", () => {
      const deletions = count(k8s.entries, (entry) => text(entry.action_type).startsWith("delete"));
      expect(deletions).toBe(425);
      const barred = ["deletion-policy-evaluated", "deletion-traceability"];
      expect([...k8s.statement.cannotAnswer.keys()]).toEqual(expect.arrayContaining(barred));
      for (const field of ["risk_level", "matched_rule", "human_decision", "session_id"] as const) {
        expect(k8s.recordable).not.toContain(field);
      }
    });
  });

  describe("Kubernetes audit log of an older cluster", () => {
    it("names who acted, and on whose behalf", async () => {
      const { mappings, counts, statement, recordable, entries } = await read(
        logs("k8s-audit2rbac/demo.log"),
      );
      expect(mappings).toEqual(["kubernetes-audit"]);
      expect(counts).toEqual([37, 0, 37, 0, 0]);
      expect(statement.unmapped).toEqual([]);
      expect(tally(entries, "agent_id")).toEqual({
        bob: 29,
        "system:serviceaccount:ns1:sa1": 5,
        alice: 3,
      });
      expect(tally(entries, "parent_agent_id")).toEqual({ "system:admin": 37 });
      expect(count(entries, (entry) => text(entry.action_type).startsWith("get"))).toBe(23);
      expect(count(entries, (entry) => text(entry.action_type).startsWith("list "))).toBe(14);
      expect(tally(entries, "approval")).toEqual({ none: 26, block: 11 });
      expect(tally(entries, "result_status")).toEqual({ success: 26, blocked: 11 });
      expect(count(entries, (entry) => text(entry.result_error).includes("is forbidden"))).toBe(11);
      expect(span(entries)).toEqual(["2017-09-11T19:55:05Z", "2017-09-11T20:29:04Z"]);
      expect(recordable).not.toContain("matched_rule");
    });
  });

  it("reads the same events from a list that a webhook was sent", async () => {
    const [path = ""] = logs("k8s-audit2rbac/demo.log");
    const events = readFileSync(path, "utf8").trimEnd().split("\n");
    const items = events.map((event) => event.replace(KIND, ""));
    expect(items[0]?.length).toBe((events[0]?.length ?? 0) - KIND.length);
    const folder = mkdtempSync(join(tmpdir(), "event-list-"));
    const list = join(folder, "events.json");
    writeFileSync(
      list,
      `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[${items.join()}]}`,
    );
    const reading = await read([list]);
    rmSync(folder, { recursive: true });
    expect(reading.mappings).toEqual(["kubernetes-audit"]);
    expect(reading.entries).toEqual((await read([path])).entries);
  });

  it.each([
    "otrf-cloud/aws/discovery/AWS_S3_HoneyBucketLogs.csv",
    "otrf-cloud/GoldenSAMLADFSMailAccess/AADAuditEvents.json",
    "otrf-cloud/GoldenSAMLADFSMailAccess/Microsoft365DefenderEvents.json",
    "otrf-cloud/GoldenSAMLADFSMailAccess/OfficeActivityEvents.json",
    "otrf-cloud/GoldenSAMLADFSMailAccess/WindowsEvents.json",
  ])("does not know the format of %s", async (name) => {
    await expect(read(logs(name))).rejects.toMatchObject({ code: "unsupported-source" });
  });

  describe("CloudTrail of attack techniques, 35 files", () => {
    let trail: Reading;
    beforeAll(async () => {
      trail = await read(logs("cloudtrail-stratus/docs/detonation-logs"));
    });

    it("accounts for every event", () => {
      expect(trail.mappings).toEqual(["cloudtrail"]);
      expect(trail.counts).toEqual([310, 0, 310, 0, 0]);
      expect(trail.statement.mappings[0]?.inputs).toBe(35);
      expect(trail.statement.unmapped).toEqual([]);
      expect(new Set(trail.entries.map(({ id }) => id)).size).toBe(310);
      expect(span(trail.entries)).toEqual(["2024-07-30T21:31:10Z", "2024-11-30T08:43:18Z"]);
    });

    it("reads 51 refused calls as refused, by whom and what", () => {
      const denied = trail.entries.filter(refusedBy);
      expect(denied).toHaveLength(51);
      expect(tally(denied, "result_status")).toEqual({ blocked: 51 });
      expect(tally(denied, "action_type")).toEqual({
        GetPasswordData: 30,
        DescribeInstanceAttribute: 15,
        AssumeRole: 4,
        LeaveOrganization: 1,
        RunInstances: 1,
      });
      expect(Object.values(tally(denied, "agent_id")).toSorted((a, b) => b - a)).toEqual([
        30, 15, 2, 2, 1, 1,
      ]);
      expect(tally(trail.entries, "result_status")).toEqual({
        success: 258,
        blocked: 51,
        failed: 1,
      });
    });

    it("calls nothing allowed because it ran", () => {
      expect(tally(trail.entries, "approval")).toEqual({ none: 259, block: 51 });
      for (const field of ["risk_level", "matched_rule", "human_decision"] as const) {
        expect(trail.statement.never).toContain(field);
        expect(trail.recordable).not.toContain(field);
      }
    });

    it("names 41 actors, and the roles they acted in", () => {
      const actors = tally(trail.entries, "agent_id");
      expect(Object.keys(actors)).toHaveLength(41);
      expect(actors["arn:aws:iam::056392974792:user/christophe"]).toBe(56);
      expect(count(trail.entries, ({ parent_agent_id }) => parent_agent_id !== undefined)).toBe(69);
      expect(count(trail.entries, ({ session_id }) => session_id !== undefined)).toBe(309);
      const types = tally(trail.entries, "action_type");
      expect(Object.keys(types)).toHaveLength(54);
      expect([types["DescribeInstanceInformation"], types["InvokeModel"]]).toEqual([112, 1]);
    });

    it("answers nothing about erasure from four deletions of resources", () => {
      const deletions = count(trail.entries, (entry) =>
        text(entry.action_type).startsWith("Delete"),
      );
      expect(deletions).toBe(4);
      expect(trail.statement.cannotAnswer.has("deletion-policy-evaluated")).toBe(true);
    });
  });

  describe("CloudTrail that went through a collector", () => {
    it("takes the time from where the collector put it", async () => {
      const { mappings, counts, statement, recordable, entries } = await read(
        logs("otrf-cloud/aws/collection/ec2_proxy_s3_exfiltration_2020-09-14011940.json"),
      );
      expect(mappings).toEqual(["cloudtrail"]);
      expect(counts).toEqual([103, 0, 103, 0, 0]);
      expect(statement.unmapped).toEqual([]);
      expect(span(entries)).toEqual(["2020-09-14T00:44:20.000Z", "2020-09-14T01:13:20.000Z"]);
      expect(tally(entries, "result_status")).toEqual({ success: 103 });
      expect(tally(entries, "agent_id")["ec2.amazonaws.com"]).toBe(5);
      // Nothing was refused, so the log holds no decision at all.
      expect(recordable).not.toContain("approval");
    });
  });

  describe("Agent Governance Toolkit", () => {
    const TRAILS = [
      ["aml_audit_trail.json", [87, 26, 61, 0, 0], { auto: 55, block: 6 }],
      ["trading_audit_trail.json", [41, 9, 32, 0, 0], { auto: 31, block: 1 }],
      ["soc2_audit_trail.json", [9, 0, 9, 0, 0], { auto: 4, block: 3, approve: 1, none: 1 }],
      ["aml_audit_trail.csv", [87, 26, 61, 0, 0], { auto: 55, block: 6 }],
      ["soc2_audit_trail.csv", [9, 0, 9, 0, 0], { auto: 4, block: 3, approve: 1, none: 1 }],
    ] as const;

    it.each(TRAILS)("accounts for %s", async (file, counts, approvals) => {
      const reading = await read(logs(`agt-audit/${file}`));
      expect(reading.mappings).toEqual([file.endsWith(".csv") ? "agt-audit-csv" : "agt-audit"]);
      expect(reading.counts).toEqual(counts);
      expect(tally(reading.entries, "approval")).toEqual(approvals);
      expect(reading.statement.unmapped).toEqual([]);
      expect(reading.statement.unknownWords).toEqual([]);
    });

    it("reads the same entries from table and JSON", async () => {
      const json = await read(logs("agt-audit/aml_audit_trail.json"));
      const csv = await read(logs("agt-audit/aml_audit_trail.csv"));
      expect(csv.entries).toEqual(json.entries);
      const other = await read(logs("agt-audit/soc2_audit_trail.json"));
      expect((await read(logs("agt-audit/soc2_audit_trail.csv"))).entries).toEqual(other.entries);
    });

    it("finds ten blocked calls with their reasons, and one approval that nobody closed", async () => {
      const { entries, statement, recordable } = await read(
        logs(
          "agt-audit/aml_audit_trail.json",
          "agt-audit/trading_audit_trail.json",
          "agt-audit/soc2_audit_trail.json",
        ),
      );
      const blocked = entries.filter(refusedBy);
      expect(blocked).toHaveLength(10);
      expect(tally(blocked, "result_status")).toEqual({ blocked: 10 });
      const reasons = tally(blocked, "matched_rule");
      expect(reasons["SAR submission requires human approval (BSA/AML §5318(g))"]).toBe(6);
      expect(Object.keys(reasons)).toHaveLength(5);
      expect(entries.filter(({ approval }) => approval === "approve")).toEqual([
        {
          timestamp: "2026-03-01T10:59:34.902040",
          action_type: "transfer",
          action_target: "Vendor XYZ",
          action_params: { amount: 25_000, recipient: "Vendor XYZ" },
          action_desc: "TRANSACTION",
          approval: "approve",
          agent_id: "soc2-fm-agent",
        },
      ]);
      expect(recordable).not.toContain("human_decision");
      expect(count(entries, ({ timestamp }) => isNaive(text(timestamp)))).toBe(102);
      expect(Object.keys(tally(entries, "agent_id"))).toHaveLength(11);
      expect(statement.cannotAnswer.has("policy-evaluated")).toBe(true);
    });
  });

  describe("Aegis JSON Lines of five fields", () => {
    it("records no session, risk, result or human decision", async () => {
      const { mappings, counts, statement, recordable, entries } = await read([
        join(DATA, "policies/fixtures/audit-sample.jsonl"),
      ]);
      expect(mappings).toEqual(["aegis-jsonl"]);
      expect(counts).toEqual([15, 0, 15, 0, 0]);
      expect(statement.unmapped).toEqual([]);
      expect(recordable).toEqual([
        "timestamp",
        "action_type",
        "action_target",
        "approval",
        "agent_id",
      ]);
      expect(tally(entries, "approval")).toEqual({ auto: 5, approve: 8, block: 2 });
      expect(Object.keys(tally(entries, "agent_id"))).toHaveLength(10);
      expect(span(entries)).toEqual(["2026-03-28T10:15:00+00:00", "2026-03-29T10:00:00+00:00"]);
    });
  });

  // Samples of vendors' events, made to try detection rules on: shortened, and with ids and
  // times filled in by hand, so that many lack one, and some repeat one.
  describe("labelled events of 97 log types", () => {
    const SAMPLES = join(DATA, "logs/panther-samples/labelled_audit_events.jsonl");
    const byType = new Map<string, unknown[]>();
    let folder: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "labelled-"));
      for (const line of readFileSync(SAMPLES, "utf8").trimEnd().split("\n")) {
        const { log_types, log } = JSON.parse(line) as { log_types?: string[]; log: unknown };
        const [type, ...others] = log_types ?? [];
        if (type === undefined || others.length > 0) continue;
        byType.set(type, [...(byType.get(type) ?? []), log]);
      }
      for (const [type, events] of byType) {
        const lines = events.map((event) => `${JSON.stringify(event)}\n`);
        writeFileSync(join(folder, `${type}.jsonl`), lines.join(""));
      }
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    const KNOWN = [
      {
        type: "AWS.CloudTrail",
        mapping: "cloudtrail",
        counts: [463, 0, 443, 0, 20],
        approvals: { none: 404, block: 39 },
        results: { success: 372, blocked: 39, failed: 30, skipped: 2 },
      },
      {
        type: "Amazon.EKS.Audit",
        mapping: "kubernetes-audit",
        counts: [20, 0, 14, 0, 6],
        // Some requests were copied with another answer.
        differing: 5,
        approvals: { auto: 12, block: 2 },
        results: { success: 12, blocked: 2 },
      },
      {
        type: "GCP.AuditLog",
        mapping: "google-cloud-audit",
        counts: [168, 0, 166, 0, 2],
        approvals: { none: 56, auto: 94, block: 16 },
        results: { none: 85, success: 59, blocked: 16, failed: 6 },
        // These stand one level too high in some samples.
        unmapped: ["record.authorizationInfo", "record.methodName", "record.serviceName"],
      },
      {
        type: "Okta.SystemLog",
        mapping: "okta-system-log",
        counts: [66, 0, 57, 0, 9],
        approvals: { none: 53, block: 4 },
        results: { none: 11, success: 29, failed: 13, blocked: 4 },
      },
      {
        type: "GitHub.Audit",
        mapping: "github-audit",
        counts: [101, 0, 99, 0, 2],
        approvals: { none: 99 },
        results: { none: 98, failed: 1 },
      },
    ];

    it.each(KNOWN)(
      "accounts for $type",
      async ({ type, mapping, counts, differing = 0, approvals, results, unmapped = [] }) => {
        const reading = await read([join(folder, `${type}.jsonl`)]);
        expect(reading.mappings).toEqual([mapping]);
        expect(reading.counts).toEqual(counts);
        expect(reading.statement.duplicatesDiffering).toBe(differing);
        expect(tally(reading.entries, "approval")).toEqual(approvals);
        expect(tally(reading.entries, "result_status")).toEqual(results);
        expect(reading.statement.unknownWords).toEqual([]);
        // The others were added by the collector, or are in its own lower-case spelling.
        const camelCase = reading.statement.unmapped
          .map(({ path }) => path)
          .filter((path) => /^record\.(?!p_)\w*[A-Z]/u.test(path));
        expect(camelCase.toSorted()).toEqual(unmapped);
      },
    );

    it("knows none of the types that no mapping is for", async () => {
      const known = new Set(KNOWN.map(({ type }) => type));
      const others = [...byType.keys()].filter((type) => !known.has(type));
      expect(others.length).toBeGreaterThan(70);
      const readings = others.map(async (type) => read([join(folder, `${type}.jsonl`)]));
      const outcomes = await Promise.allSettled(readings);
      const taken = others.filter((_, index) => outcomes[index]?.status === "fulfilled");
      expect(taken).toEqual([]);
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ reason: { code: "unsupported-source" } });
      }
    });

    it("does not take the labelled file itself for a log", async () => {
      await expect(read([SAMPLES])).rejects.toMatchObject({ code: "unsupported-source" });
    });
  });
});
