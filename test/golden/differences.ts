// The golden cases in which we differ from the reference on purpose, or agree in the result
// and say something else beside it: each with the rule, and what we give instead.

import { expect } from "vitest";
import type { ComplianceReport } from "../../src/model/report.ts";

export interface Difference {
  readonly rule: string;
  /** Parts of what the case states, as we answer it; "invalid-period" where we refuse. */
  readonly ours: "invalid-period" | Readonly<Record<string, unknown>>;
  /** Something of the report that shows the difference, with its value. */
  readonly beside?: (report: ComplianceReport) => unknown;
  readonly gives?: unknown;
  /** Engines that can hold the case's log; by default all. */
  readonly engines?: readonly string[];
}

const EMPTY = "no entries in scope: no score and no grade, and nothing passes";
const notGraded = { total_actions: 0, score: null, grade: null };
const nothing = (criteria: readonly string[]): Record<string, unknown> => ({
  ...notGraded,
  findings: Object.fromEntries(
    criteria.map((criterion) => [
      criterion,
      expect.stringMatching(/^inconclusive not-exercised \/ info/),
    ]),
  ),
});

const SOC2 = ["CC6.1", "CC6.8", "CC7.2", "CC8.1"];
const GDPR = ["data-access-logging", "right-to-erasure", "data-minimization"];
const GOVERNANCE = [
  "policy-coverage",
  "approval-gate-usage",
  "risk-distribution",
  "agent-behavior",
];

const UNKNOWN_APPROVAL =
  "a risky action without a known decision is unknown, not '0 bypasses': CC6.8 is in doubt";
const inDoubt = {
  score: 58,
  grade: "F",
  findings: { "CC6.8": "inconclusive record-in-doubt / warning / access_control" },
};
const exceptionsOf =
  (criterion: string) =>
  (report: ComplianceReport): unknown =>
    report.findings
      .find((finding) => finding.criterion === criterion)
      ?.exceptionEntries.map(({ id }) => id);
const describes =
  (criterion: string, text: string) =>
  (report: ComplianceReport): unknown =>
    report.findings
      .find((finding) => finding.criterion === criterion)
      ?.description.includes(text);

const UNREADABLE_KEPT = "without a period, entries with unreadable times count, and are named";
const UNREADABLE_REJECTED =
  "with a period, an entry without a readable time cannot be placed: rejected, counted and named";
const DIALECT =
  "our timestamp grammar is the one that every engine reads alike: dates alone, basic format, " +
  "week dates, decimal commas and more than nine digits are unreadable, counted and named";
const HUMANS = "how humans answered is counted beside what the policy required";

export const DIFFERENCES: Readonly<Record<string, Difference>> = {
  "000_empty_no_period_soc2": {
    rule: EMPTY,
    ours: nothing(SOC2),
    beside: ({ periodStart, periodEnd }) => [periodStart, periodEnd],
    gives: [null, null],
  },
  "001_empty_no_period_gdpr": { rule: EMPTY, ours: nothing(GDPR) },
  "002_empty_no_period_governance": { rule: EMPTY, ours: nothing(GOVERNANCE) },
  "003_empty_with_period_gdpr": {
    rule: EMPTY,
    ours: nothing(GDPR),
    beside: ({ periodStart }) => periodStart,
    gives: "2026-03-29T08:00:00+00:00",
  },
  "004_period_excludes_all_governance": {
    rule: EMPTY,
    ours: nothing(GOVERNANCE),
    beside: ({ population }) => [population.read, population.outOfPeriod, population.inScope],
    gives: [6, 6, 0],
  },
  "005_reversed_period_soc2": {
    rule: "a reversed period is an error",
    ours: "invalid-period",
  },
  "035_coverage_just_below_70_governance": {
    rule: "the words say what was found, not 'most actions'",
    ours: { score: 65, grade: "D" },
    beside: describes("policy-coverage", "28 of 41 actions (68.3 %)"),
    gives: true,
  },
  "037_coverage_rounding_edge_governance": {
    rule: "a share below a limit is never rounded up to it",
    ours: { score: 80, grade: "B-" },
    beside: describes("policy-coverage", "1,349 of 1,500 actions (89.9 %)"),
    gives: true,
  },
  "039_missing_rule_one_of_2000_soc2": {
    rule: "a share below a limit is never rounded up to it, and the entry is named",
    ours: { score: 80, grade: "B-" },
    beside: exceptionsOf("CC6.1"),
    gives: [869],
  },
  "050_unknown_values_soc2": {
    rule: UNKNOWN_APPROVAL,
    ours: inDoubt,
    beside: exceptionsOf("CC6.8"),
    gives: [5, 6],
  },
  "052_missing_fields_soc2": {
    rule: UNKNOWN_APPROVAL,
    ours: {
      ...inDoubt,
      findings: { ...inDoubt.findings, "CC6.1": "fail / critical / access_control" },
    },
    beside: exceptionsOf("CC6.8"),
    gives: [16],
  },
  "055_null_fields_soc2": {
    rule: UNKNOWN_APPROVAL,
    ours: inDoubt,
    beside: exceptionsOf("CC6.8"),
    gives: [13],
  },
  "053_missing_fields_governance": {
    rule: "missing rules are not called defaults",
    ours: { score: 90, grade: "A-" },
    beside: describes("policy-coverage", "the default or no rule at all"),
    gives: true,
  },
  "054_null_fields_governance": {
    rule: "null is unrecorded, not a level or an agent called NONE",
    ours: { score: 100, grade: "A+" },
    beside: ({ findings }) =>
      findings.flatMap(({ groups = [] }) => groups.filter(({ key }) => /^none$/i.test(key))),
    gives: [],
  },
  "071_approvals_denied_governance": {
    rule: HUMANS,
    ours: { score: 90, grade: "A-", approved_actions: 18 },
    beside: ({ humanDecisions }) => humanDecisions,
    gives: { approved: 8, denied: 3, unanswered: 7 },
  },
  "072_approvals_denied_soc2": {
    rule: HUMANS,
    ours: { score: 100, grade: "A+", approved_actions: 18 },
    beside: ({ humanDecisions }) => humanDecisions,
    gives: { approved: 8, denied: 3, unanswered: 7 },
  },
  "073_bad_timestamps_gdpr": {
    rule: UNREADABLE_KEPT,
    ours: { score: 100, grade: "A+", total_actions: 29 },
    beside: ({ population }) => population.timestamps.unreadable,
    gives: 5,
  },
  "074_bad_timestamps_governance": {
    rule: UNREADABLE_KEPT,
    ours: { score: 90, grade: "A-", total_actions: 29 },
    beside: ({ population }) => population.timestamps.unreadable,
    gives: 5,
  },
  "075_bad_timestamps_period_governance": {
    rule: UNREADABLE_REJECTED,
    ours: { score: 90, grade: "A-", total_actions: 25 },
    beside: ({ population }) => population.rejections.map(({ reason, count }) => [reason, count]),
    gives: [["unreadable-timestamp", 5]],
  },
  "076_bad_timestamps_period_soc2": {
    rule: UNREADABLE_REJECTED,
    ours: { score: 100, grade: "A+", total_actions: 25 },
    beside: (report) => [
      report.population.read,
      report.population.accepted,
      report.population.rejected,
      describes("CC7.2", "Not placed, because their time cannot be read: 5.")(report),
    ],
    gives: [30, 25, 5, true],
  },
  "077_all_timestamps_bad_soc2": {
    rule: "without one readable time there is no period, and silence cannot be measured",
    ours: {
      total_actions: 10,
      score: 75,
      grade: "C",
      findings: { "CC7.2": "inconclusive not-recorded / info / audit_trail" },
    },
    beside: ({ periodStart, periodEnd }) => [periodStart, periodEnd],
    gives: [null, null],
  },
  "078_python_iso_dialect_gdpr": {
    rule: DIALECT,
    ours: { score: 100, grade: "A+", total_actions: 18 },
    beside: ({ population }) => population.timestamps.unreadable,
    gives: 9,
  },
  "079_python_iso_dialect_governance": {
    rule: DIALECT,
    ours: { score: 90, grade: "A-", total_actions: 18 },
    beside: ({ population }) => population.timestamps.unreadable,
    gives: 9,
  },
  "084_non_string_fields_governance": {
    rule: "a value of the wrong type is unrecorded; a number is its digits",
    ours: { score: 80, grade: "B-", total_actions: 14 },
    beside: exceptionsOf("policy-coverage"),
    gives: [6, 8],
    engines: ["memory"],
  },
  "085_odd_matched_rules_governance": {
    rule: "blanks, <no-policy> and any spelling of <default> are no named rule",
    ours: {
      score: 80,
      grade: "B-",
      findings: { "policy-coverage": "warn / warning / access_control" },
    },
    beside: exceptionsOf("policy-coverage"),
    gives: [4, 7, 10, 11, 25],
  },
  "086_odd_matched_rules_soc2": {
    rule: "blanks and <no-policy> are no policy decision",
    ours: { score: 80, grade: "B-", findings: { "CC6.1": "fail / critical / access_control" } },
    beside: exceptionsOf("CC6.1"),
    gives: [7, 10, 11, 25],
  },
};
