// A report of a weighted framework with a finding of every result and a test of every shape,
// by hand.

import type { ComplianceFinding, Test, WeightedFinding } from "../../src/model/finding.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { pair } from "../assess/made-weighted.ts";
import { REPORT, entry } from "./report-fixture.ts";

const DIGEST = REPORT.definitionsDigest;

function finding(
  fields: Partial<Omit<ComplianceFinding, "weighted">> & { criterion: string },
  weighted: Partial<WeightedFinding>,
): ComplianceFinding {
  const { criterion, result = "pass" } = fields;
  return {
    severity: "info",
    category: "access_control",
    title: `${criterion} Something asked: ${result.toUpperCase().replaceAll("_", " ")}`,
    description: `In the 1,200 recorded agent actions, this is what came out on ${criterion}.`,
    recommendation: "",
    result,
    population: 1200,
    exceptions: 0,
    exceptionEntries: [],
    points: 0,
    measures: ["approval-bypass"],
    ...fields,
    weighted: {
      mode: "tested",
      criterionSeverity: "high",
      shows: "That no action got past the gate",
      notShown: "Credentials and human users",
      decisive: [],
      supporting: [],
      ...weighted,
    },
  };
}

function test(fields: Partial<Test> & { key: string }): Test {
  return {
    measure: fields.key,
    code: "ENF-02",
    title: "Executed without the required approval",
    question: "How many actions ran although nobody approved them?",
    result: "pass",
    says: "0 of 412 actions that needed an approval ran without one.",
    remedy: "",
    population: 412,
    exceptions: 0,
    exceptionEntries: [],
    numbers: { population: 412, exceptions: 0, exception_share: 0 },
    limits: [{ result: "fail", when: "exceptions > 0" }, { result: "pass" }],
    basis: "zero-tolerance",
    limitReason: "One bypass shows that the gate can be passed.",
    classes: [],
    criteria: ["MU 1.1"],
    ...fields,
  };
}

const TESTS: readonly Test[] = [
  test({
    key: "approval-bypass",
    result: "fail",
    says: "60 of 412 actions that needed an approval ran without one (14.6 %).",
    remedy: "Enforce the gate outside the agent.",
    exceptions: 60,
    exceptionEntries: [entry(1), entry(2), entry(3)],
    observed: { kind: "share", part: 60, whole: 412 },
    numbers: {
      population: 412,
      exceptions: 60,
      exception_share: 60 / 412,
      high_share: 2 / 3,
      critical_exceptions: 2,
    },
    limits: [
      { result: "fail", when: "critical_exceptions > 0 || high_share < 0.8" },
      { result: "inconclusive", when: "share_low < 0.8" },
      { result: "pass" },
    ],
    criteria: ["MU 1.1", "MU 1.2", "MU 1.5"],
  }),
  test({
    key: "retention-window@MU 1.2",
    measure: "retention-window",
    code: "LOG-06",
    title: "How far back the log goes",
    result: "warn",
    says: "The log goes back 120 days.",
    remedy: "Keep logs longer.",
    exceptions: 2,
    exceptionEntries: [entry(5), entry(6)],
    pairs: [pair(entry(4), entry(5)), pair(entry(4), entry(6))],
    basis: "law",
    criteria: ["MU 1.2"],
  }),
  test({
    key: "silence",
    code: "LOG-05",
    title: "Silence inside sessions",
    result: "warn",
    says: "2 silences.",
    remedy: "Write a heartbeat.",
    exceptions: 2,
    exceptionEntries: [entry(7)],
    gaps: [{ from: entry(6), to: entry(7), length: 3_600_000_001 }],
    groups: [
      { key: "billing-agent", count: 1000 },
      { key: "", count: 50 },
    ],
    criteria: ["MU 1.2"],
  }),
  test({
    key: "default-posture",
    code: "POL-03",
    title: "What applies where no rule does",
    result: "error",
    says: "No limit of this measure covers what was observed.",
    remedy: "Report it.",
    population: 5,
    exceptions: 3,
    rules: [
      { rule: "write-accounts", line: 12, message: "It is on auto." },
      { rule: "write-accounts", line: 12, message: "It never decides." },
      { message: "Open." },
    ],
    classes: ["class_outbound", "class_delete"],
    criteria: ["MU 1.9"],
  }),
  test({
    key: "record-identity",
    code: "LOG-04",
    title: "Unique and unbroken ids",
    result: "fail",
    says: "3 ids stand more than once.",
    remedy: "Give every entry an id of its own.",
    exceptions: 3,
    criteria: [],
  }),
  test({
    key: "delegation-links",
    code: "IDN-03",
    title: "Delegations with a delegator",
    result: "inconclusive",
    reason: "not-recorded",
    says: "The log does not record chain_id, without which this cannot be decided.",
    remedy: "Record chain_id with every action.",
    missingFields: ["chain_id"],
    criteria: ["MU 1.3", "MU 1.1"],
  }),
  test({
    key: "roster-difference",
    code: "IDN-02",
    title: "Agents that nobody knows",
    result: "inconclusive",
    reason: "missing-input",
    says: "It needs the list of agents.",
    remedy: "Give the list.",
    missingInputs: ["roster"],
    criteria: ["MU 1.3"],
  }),
  test({
    key: "attribution",
    code: "IDN-01",
    title: "Actions with an agent",
    exceptions: 3,
    criteria: ["MU 1.4"],
  }),
  test({
    key: "volume",
    code: "LOG-01",
    title: "Evidence volume",
    result: "context",
    limits: [{ result: "context" }],
    criteria: ["MU 1.5"],
  }),
  test({
    key: "change",
    code: "CHG-02",
    title: "Edits of guardrails",
    result: "no_exception",
    limits: [{ result: "fail", when: "exceptions > 0" }, { result: "no_exception" }],
    criteria: ["MU 1.6"],
  }),
  test({
    key: "depth",
    title: "Depth of chains",
    result: "not_applicable",
    says: "Nobody delegates.",
    criteria: ["MU 1.7"],
  }),
];

const FINDINGS: readonly ComplianceFinding[] = [
  finding(
    {
      criterion: "MU 1.1",
      result: "fail",
      severity: "critical",
      recommendation: "Change the rules that decided the listed actions.",
      exceptions: 60,
      exceptionEntries: [entry(1)],
      observed: { kind: "share", part: 60, whole: 412 },
      limit: "!(critical_exceptions > 0)",
    },
    {
      criterionSeverity: "critical",
      decisive: ["approval-bypass"],
      supporting: ["delegation-links"],
      bindsFrom: "2027-12-02",
    },
  ),
  finding(
    { criterion: "MU 1.2", result: "warn", severity: "warning", recommendation: "Keep logs." },
    { decisive: ["retention-window@MU 1.2", "silence"], supporting: ["approval-bypass"] },
  ),
  finding(
    { criterion: "MU 1.3", result: "inconclusive", reason: "not-recorded" },
    { criterionSeverity: "medium", decisive: ["delegation-links", "roster-difference"] },
  ),
  finding(
    { criterion: "MU 1.4", exceptions: 3 },
    { decisive: ["attribution"], recordInDoubt: true },
  ),
  finding(
    { criterion: "MU 1.5", result: "context" },
    { mode: "figures", criterionSeverity: "low", supporting: ["volume", "approval-bypass"] },
  ),
  finding(
    { criterion: "MU 1.6", result: "no_exception" },
    { mode: "disprove-only", decisive: ["change"], supporting: ["silence", "volume"] },
  ),
  finding(
    {
      criterion: "MU 1.7",
      result: "not_applicable",
      description: "It does not apply, because role is provider.",
    },
    {},
  ),
  finding(
    { criterion: "MU 1.8", result: "warn", recommendation: "Record the origin." },
    { decisive: ["attribution"], heldBecause: "There is no field for the origin" },
  ),
  finding({ criterion: "MU 1.9", result: "error" }, { decisive: ["default-posture"] }),
  finding(
    { criterion: "MU 2.1", result: "inconclusive", reason: "too-few" },
    { criterionSeverity: "low", decisive: ["attribution"] },
  ),
  finding(
    {
      criterion: "MU 2.2",
      result: "warn",
      severity: "warning",
      recommendation: "Register every agent. To decide it: Give the list.",
    },
    {
      criterionSeverity: "low",
      decisive: ["roster-difference"],
      supporting: ["approval-bypass"],
      open: true,
    },
  ),
];

/** A complete report of a weighted framework: every optional part is there. */
export const WEIGHTED_REPORT: ComplianceReport = {
  ...REPORT,
  reportType: "made-up",
  summary: "1,200 recorded agent actions allowed a verdict on 4 of the 40 criteria.",
  score: 49,
  grade: "F",
  findings: FINDINGS,
  schemaVersion: "1.2",
  framework: {
    ...REPORT.framework,
    id: "made-up",
    title: "Made-up framework",
    scoring: "weighted",
  },
  coverage: { decided: 4, possible: 7, total: 40, weightDecided: 30, weightPossible: 45 },
  notAssessed: [
    { criterion: "MU 4", why: "People and documents.", askFor: "The minutes.", count: 12 },
    { criterion: "MU 5", why: "Backups leave no trace.", askFor: "Restore tests." },
  ],
  classes: [
    {
      name: "class_outbound",
      meaning: "The action sends something.",
      cel: 'action_type.hasWord(["send"]) ||\n  action_target.contains("://")\n',
      entries: 12,
      overridden: true,
    },
    {
      name: "class_delete",
      meaning: "The action deletes.",
      cel: "false",
      entries: 0,
      overridden: false,
    },
  ],
  overrides: [
    {
      kind: "definition",
      name: "class_outbound",
      from: "false",
      to: 'action_type.hasWord(["send"])',
      reason: "Our own words",
    },
    { kind: "limits", name: "attribution", from: "fail when share < 0.9; pass", to: "pass" },
  ],
  configuration: { name: "aegis-compliance.yaml", sha256: DIGEST },
  inputs: [
    {
      name: "policy",
      given: true,
      sha256: DIGEST,
      holds: "12 rules",
      measures: ["default-posture"],
    },
    { name: "roster", given: false, measures: ["roster-difference"] },
    { name: "allow-list", given: true, source: "hosts.csv", measures: [] },
  ],
  weighted: {
    introduction: "This is a framework for tests, and nothing else.",
    publisher: "Nobody",
    source: "the publisher's page",
    licence: "CC0-1.0",
    textUse: "own-words",
    reading: "tests",
    band: "critical exceptions",
    capped: { at: 49, uncapped: 83, by: ["MU 1.1"] },
    recordInDoubt: ["Unique and unbroken ids: 3 ids stand more than once."],
    criteria: { tested: 7, disproveOnly: 1, figures: 1, notAssessed: 13 },
    tests: TESTS,
    readiness: "1 of the 10 criteria does not bind yet (1 from 2027-12-02).",
    applications: [
      { what: "High-risk duties", from: "2027-12-02", binding: false },
      { what: "General duties", from: "2025-02-02", binding: true },
    ],
    questions: [
      {
        id: "role",
        asks: "Which role does the organisation have?",
        answer: ["provider", "deployer"],
      },
      { id: "size", asks: "How large is it?", answer: "unknown" },
    ],
    reviewed: "2026-01-01",
    stale: "This framework was last compared with its source on 2026-01-01.",
  },
};

/** The same where everything passes and nothing optional is there. */
export const QUIET_REPORT: ComplianceReport = {
  ...WEIGHTED_REPORT,
  score: null,
  grade: null,
  findings: FINDINGS.filter(({ criterion }) => criterion === "MU 1.6"),
  coverage: { decided: 0, possible: 1, weightDecided: 0, weightPossible: 7.5 },
  notAssessed: [],
  fixTheLog: [],
  classes: [],
  overrides: [],
  inputs: [],
  weighted: {
    introduction: "This is a framework for tests.",
    publisher: "Nobody",
    source: "the publisher's page",
    licence: "CC0-1.0",
    textUse: "official",
    reading: "outcomes",
    band: "not enough evidence",
    withheld: "none of the tests could be decided",
    recordInDoubt: [],
    criteria: { tested: 0, disproveOnly: 1, figures: 0, notAssessed: 0 },
    tests: TESTS.filter(({ key }) => key === "change"),
    applications: [],
    questions: [],
    reviewed: "2026-01-01",
  },
};
Reflect.deleteProperty(QUIET_REPORT, "configuration");
