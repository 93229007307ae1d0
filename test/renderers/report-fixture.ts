// A report with a finding of every result, by hand, and ways to change what it holds.

import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import type { ComplianceFinding } from "../../src/model/finding.ts";
import type { Activity } from "../../src/model/activity.ts";
import { formatInstant, parseInstant } from "../../src/model/instant.ts";
import type { ComplianceReport } from "../../src/model/report.ts";

const DIGEST = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

/** An entry that records every field that evidence shows. */
export function entry(id: number, fields: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id,
    timestamp: `2026-01-02T0${id % 10}:15:00.250000+00:00`,
    agent_id: "billing-agent",
    action_type: "db_write",
    action_target: "customer_accounts",
    matched_rule: "write-accounts",
    approval: "auto",
    human_decision: null,
    result_status: "success",
    ...fields,
  };
}

function finding(fields: Partial<ComplianceFinding> & { criterion: string }): ComplianceFinding {
  return {
    severity: "info",
    category: "access_control",
    title: `${fields.criterion} Something`,
    description: "The log holds 1,200 actions and names the rule that decided every one.",
    recommendation: "",
    result: "pass",
    population: 1200,
    exceptions: 0,
    exceptionEntries: [],
    points: 0,
    measures: ["policy-evaluated"],
    ...fields,
  };
}

/** One finding of every result. */
export const FINDINGS: readonly ComplianceFinding[] = [
  finding({
    criterion: "CC6.1",
    title: "CC6.1 Logical Access Security: PASS",
    observed: { kind: "count", value: 0 },
    limit: "exceptions == 0",
  }),
  finding({
    criterion: "CC6.8",
    title: "CC6.8 Unauthorized Access: FAIL",
    severity: "critical",
    result: "fail",
    description:
      "Of 412 HIGH or CRITICAL actions, the policy let 60 through without asking a human.",
    recommendation:
      "Change the rules that decided the listed actions from auto to approve or block.",
    population: 412,
    exceptions: 60,
    exceptionEntries: Array.from({ length: 3 }, (_, index) => entry(index + 1)),
    observed: { kind: "share", part: 60, whole: 412 },
    limit: "exceptions == 0",
    points: 25,
    measures: ["elevated-auto-approved"],
  }),
  finding({
    criterion: "CC7.2",
    title: "CC7.2 Monitoring: WARN",
    severity: "warning",
    category: "audit_trail",
    result: "warn",
    description: "The record falls silent for more than one hour 2 times.",
    recommendation: "Have the logger write a heartbeat at least every half hour.",
    exceptions: 2,
    exceptionEntries: [entry(7), entry(9)],
    observed: { kind: "count", value: 2 },
    limit: "exceptions == 0 && population >= 2 || exceptions < 1",
    points: 10,
    measures: ["silence-over-an-hour", "policy-evaluated"],
    gaps: [
      { from: entry(6), to: entry(7), length: 3_600_000_001 },
      { from: entry(8), to: entry(9), length: 97_384_250_000 },
    ],
  }),
  finding({
    criterion: "CC8.1",
    title: "CC8.1 Change Management: INCONCLUSIVE",
    category: "audit_trail",
    result: "inconclusive",
    reason: "not-exercised",
    description: "No action in scope changes policy or configuration.",
    recommendation: "Widen the period.",
    population: 0,
    limit: "exceptions == 0",
  }),
  finding({
    criterion: "agent-behaviour",
    title: "Agent Behaviour: CONTEXT",
    category: "audit_trail",
    result: "context",
    description: "Three agents acted.",
    observed: { kind: "groups", value: 60 },
    groups: [
      { key: "billing-agent", count: 1000 },
      { key: "support-agent", count: 150 },
      { key: "", count: 50 },
    ],
  }),
  finding({
    criterion: "lateral-movement",
    title: "Lateral Movement: NO EXCEPTION",
    result: "no_exception",
    description: "No chain crosses two tenants.",
  }),
  finding({
    criterion: "model-change",
    title: "Model Change: NOT APPLICABLE",
    result: "not_applicable",
    description: "The log has no models.",
  }),
  finding({
    criterion: "roster",
    title: "Roster: NOT ASSESSED",
    result: "not_assessed",
    description: "Outside what an agent log can show.",
    recommendation: "Ask for the roster.",
  }),
  finding({
    criterion: "broken",
    title: "Broken: ERROR",
    severity: "warning",
    result: "error",
    description: "The test itself failed.",
    recommendation: "Report this.",
    measures: [],
  }),
];

const RECORDABLE = ENTRY_FIELD_NAMES.filter((field) => !field.startsWith("chain_"));

/** Eighty-one days with 14 or 15 entries each, busier agents and a quiet stretch. */
export const ACTIVITY: Activity = {
  unit: "day",
  spans: Array.from({ length: 81 }, (_, day) => ({
    start: formatInstant(1_767_225_600_000_000 + day * 86_400_000_000),
    entries: day === 80 ? 0 : 15,
    auto: 8,
    approve: 4,
    block: 2,
    other: 1,
    elevated: 5,
    elevatedApproved: 4,
  })).filter(({ entries }, day) => entries > 0 && (day < 30 || day > 32)),
  untimed: 0,
  agents: [
    {
      agent: "billing-agent",
      entries: 900,
      low: 400,
      medium: 200,
      high: 200,
      critical: 90,
      unrated: 10,
      first: "2026-01-01T00:00:00Z",
      last: "2026-03-21T12:00:00Z",
    },
    { agent: "", entries: 255, low: 0, medium: 0, high: 0, critical: 0, unrated: 255 },
  ],
  others: { agents: 4, entries: 45 },
  actionTypes: [
    { type: "db_write", entries: 800 },
    { type: "http_get", entries: 400 },
  ],
};

/** A complete report: every optional part is there. */
export const REPORT: ComplianceReport = {
  reportType: "soc2",
  generatedAt: "2026-03-24T08:00:00+00:00",
  periodStart: "2026-01-01T00:00:00+00:00",
  periodEnd: "2026-03-23T23:59:59.999999+00:00",
  totalActions: 1200,
  blockedActions: 34,
  approvedActions: 120,
  autoApproved: 1030,
  summary: "1,200 recorded agent actions allowed a verdict on 3 of the 61 criteria of SOC 2.",
  score: 65,
  grade: "D",
  findings: FINDINGS,
  schemaVersion: "1.2",
  language: "en",
  untranslated: 0,
  activity: ACTIVITY,
  masking: { texts: 3 },
  framework: {
    id: "soc2",
    title: "SOC 2",
    edition: "Trust Services Criteria 2017, points of focus revised 2022",
    digest: DIGEST,
    scoring: "points",
  },
  coverage: { decided: 3, possible: 3, total: 61, weightDecided: 60, weightPossible: 60 },
  humanDecisions: { approved: 100, denied: 12, unanswered: 8 },
  population: {
    inputs: [
      {
        name: "aegis_audit.db",
        kind: "sqlite",
        bytes: 1_490_944,
        sha256: DIGEST,
        query: "audit_log, rows 1 to 1201",
      },
      {
        name: "gateway/2026-01.jsonl",
        kind: "jsonl+gzip",
        bytes: 88_120,
        sha256: DIGEST,
        query: "every record",
        mapping: "own-gateway",
        records: 9,
      },
    ],
    read: 1210,
    accepted: 1202,
    rejected: 5,
    rejections: [
      { reason: "not-an-entry", count: 2, first: ["#4", "#9"] },
      { reason: "unreadable-timestamp", count: 3, first: ["17"] },
    ],
    duplicate: 3,
    outOfPeriod: 2,
    inScope: 1200,
    first: parseInstant("2026-01-01T00:00:13.351134+00:00"),
    last: parseInstant("2026-03-23T22:10:00Z"),
    recordable: RECORDABLE,
    recorded: new Map(
      RECORDABLE.map((field): [EntryField, number] => [field, field === "result_error" ? 7 : 1200]),
    ),
    timestamps: {
      unreadable: 4,
      firstUnreadable: ["17", "18", "#30"],
      naive: 12,
      unordered: 1,
      future: 2,
    },
    ids: {
      repeated: 2,
      missing: 5,
      missingRuns: [
        { from: 7, to: 7 },
        { from: 1000, to: 1003 },
      ],
      missingAtEnd: 4,
    },
    tenure: { first_activated: "2025-12-31T23:00:00+00:00", total_actions: 1214, rows: 1210 },
    intake: {
      mappings: [
        {
          id: "own-gateway",
          title: "Own gateway",
          version: 2,
          digest: DIGEST,
          basis: "real-logs",
          inputs: 1,
        },
      ],
      leftOut: {
        count: 1,
        first: [{ file: "gateway/notes.md", reason: "its name is none of a log" }],
      },
      records: 9,
      withoutAction: 2,
      actions: 10,
      answers: { matched: 4, unmatched: 1 },
      duplicatesDiffering: 1,
      duplicateMeanings: ["A request is logged once for each stage."],
      unsafeIntegers: 3,
      mendedTimes: 2,
      never: ["chain_id", "chain_depth"],
      unmapped: [{ path: "record.tls.cipher", records: 7 }],
      unmappedLookedAt: 9,
      unknownWords: [{ table: "decision", word: "CHECKPOINT", count: 2 }],
      cannotAnswer: new Map([
        ["deletion-policy-evaluated", "These deletions remove objects, not a person's data."],
      ]),
      chainCovers: ["id", "timestamp"],
    },
  },
  edgeSilence: { startSeconds: 13.351134, endSeconds: 6599.999999 },
  policy: {
    digest: DIGEST,
    rules: 12,
    unknownRulesInLog: [{ rule: "legacy-rule", count: 31 }],
    unusedRules: ["drop-tables", "night-freeze"],
    lint: [
      {
        code: "shadowed-block",
        severity: "error",
        rule: "drop-tables",
        line: 31,
        message: "The rule is never reached: an earlier rule allows the same actions.",
        suggestion: "Move it before line 12.",
      },
      {
        code: "permissive-default",
        severity: "warning",
        message: "What no rule names is let through.",
        suggestion: "State approve as the default.",
      },
    ],
  },
  fixTheLog: [
    {
      field: "chain_id",
      criteria: [
        { criterion: "CC6.8", weight: 15, alsoNeeds: [] },
        { criterion: "CC7.2", weight: 10, alsoNeeds: ["chain_depth"] },
      ],
      weight: 25,
      weightAlone: 15,
    },
    {
      field: "chain_depth",
      criteria: [{ criterion: "CC7.2", weight: 10, alsoNeeds: ["chain_id"] }],
      weight: 10,
      weightAlone: 0,
    },
  ],
  notAssessed: [
    {
      criterion: "CC1.1 to CC1.5",
      why: "The control environment is made of people and documents.",
      askFor: "The code of conduct and the records that staff have agreed to it.",
    },
    { criterion: "A1.2", why: "Backups leave no trace in it.", askFor: "Restore tests." },
  ],
  tool: { name: "aegis-compliance", version: "0.1.0" },
  definitionsDigest: DIGEST,
  measureDigests: { "silence-over-an-hour": DIGEST, "policy-evaluated": DIGEST },
  classes: [],
  overrides: [],
  inputs: [],
};

/** The smallest report: an empty log without a period, a policy, or anything optional. */
export const EMPTY_REPORT: ComplianceReport = {
  ...REPORT,
  reportType: "gdpr",
  periodStart: null,
  periodEnd: null,
  totalActions: 0,
  blockedActions: 0,
  approvedActions: 0,
  autoApproved: 0,
  summary: "",
  score: null,
  grade: null,
  findings: [],
  framework: { ...REPORT.framework, id: "gdpr", title: "GDPR" },
  coverage: { decided: 0, possible: 0, total: 3, weightDecided: 0, weightPossible: 0 },
  humanDecisions: { approved: 0, denied: 0, unanswered: 0 },
  population: {
    inputs: [{ name: "entries", kind: "memory" }],
    read: 0,
    accepted: 0,
    rejected: 0,
    rejections: [],
    duplicate: 0,
    outOfPeriod: 0,
    inScope: 0,
    recordable: [],
    recorded: new Map(),
    timestamps: { unreadable: 0, firstUnreadable: [], naive: 0, unordered: 0, future: 0 },
    ids: { repeated: 0 },
  },
  edgeSilence: {},
  fixTheLog: [],
  notAssessed: [],
  measureDigests: {},
  definitionsDigest: DIGEST,
};
Reflect.deleteProperty(EMPTY_REPORT, "policy");
