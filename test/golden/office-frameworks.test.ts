// The synthetic office with everything given, under every framework: which criteria pass, which
// stay open and why; and the arithmetic of the score, worked out again from the findings.

import { beforeAll, describe, expect, test } from "vitest";
import { formatInstant, loadCatalog, ReportGenerator } from "../../src/index.ts";
import type { ComplianceReport } from "../../src/index.ts";
import { Policy } from "../../src/policy/policy.ts";
import { officeLog } from "./injector/office-log.ts";
import type { Draft, OfficeLog } from "./injector/office-log.ts";
import { reckon } from "./weighted-arithmetic.ts";

const SEEDS = [1, 2, 3];
/** Microseconds. */
const DAY = 86_400_000_000;
const TYPES = loadCatalog().frameworkIds;

/** What is expected of a clean office, by criterion. */
interface Verdicts {
  readonly pass: readonly string[];
  /** Held at a warning, because a field that it needs does not exist. */
  readonly held?: readonly string[];
  readonly noException?: readonly string[];
  readonly context?: readonly string[];
  readonly notApplicable?: readonly string[];
  /** With the reason. */
  readonly inconclusive?: Readonly<Record<string, string>>;
  readonly score: number;
}

/** No guardrail is altered, nobody is hired, no card is touched, and the office is a month old. */
const CLEAN: Readonly<Record<string, Verdicts>> = {
  "agent-governance": {
    pass: ["G1", "G2", "G3", "G5", "G6"],
    noException: ["G4"],
    context: ["G8"],
    inconclusive: { G7: "not-exercised" },
    score: 100,
  },
  dora: {
    pass: [
      "Art. 9(4)(c)",
      "Art. 9(4)(e); RTS 17",
      "Art. 11(8)",
      "RTS 12(2)(c)",
      "RTS 12(2)(d)",
      "RTS 20, 21(c)",
      "RTS 21(a)",
    ],
    noException: [
      "Art. 9(2), 9(3)(c)",
      "Art. 10(1)",
      "Art. 11(2)(b)–(c)",
      "RTS 12(2)(e)",
      "RTS 12(2)(f)",
    ],
    context: ["Art. 17(2)", "Art. 17(3)(a)", "RTS 23(4)", "Art. 28"],
    score: 100,
  },
  "eu-ai-act": {
    pass: ["Art. 12(1)", "Art. 12(2)(a)", "Art. 12(2)(c)", "Art. 14(1)–(3)", "Art. 14(4)(d)"],
    noException: ["Art. 14(4)(e)", "Art. 15(4)", "Art. 15(5)", "Art. 26(1)", "Art. 26(2)"],
    context: [
      "Art. 9(2)",
      "Art. 12(2)(b)",
      "Art. 13(3)(f)",
      "Art. 14(4)(b)",
      "Art. 26(5)",
      "Art. 72",
      "Art. 73",
    ],
    // In use for thirty days, and six months are asked.
    inconclusive: { "Art. 19(1)": "too-few", "Art. 26(6)": "too-few" },
    score: 100,
  },
  "gdpr-extended": {
    pass: ["Art. 5(1)(f)", "Art. 5(2)", "Art. 17", "Art. 25", "Art. 32"],
    noException: ["Art. 5(1)(b)", "Art. 5(1)(c)", "Art. 5(1)(e)", "Art. 44–49"],
    context: ["Art. 15", "Art. 24", "Art. 30", "Art. 33–34"],
    inconclusive: { "Art. 22": "not-exercised" },
    score: 100,
  },
  hipaa: {
    pass: ["164.312(a)(1)", "164.312(a)(2)(i)", "164.312(b)"],
    noException: ["164.312(c)(1)", "164.312(e)(1)"],
    context: [
      "164.308(a)(1)(ii)(D)",
      "164.308(a)(6)(ii)",
      "164.308(a)(8)",
      "164.312(a)(2)(ii)",
      "164.316(b)(2)(i)",
    ],
    inconclusive: { "164.308(a)(4)": "not-exercised" },
    score: 100,
  },
  "iso-27001": {
    pass: [
      "5.10",
      "5.14",
      "5.15",
      "5.16",
      "5.28",
      "5.33",
      "5.36",
      "8.2",
      "8.3",
      "8.10",
      "8.15",
      "8.18",
      "8.32",
    ],
    noException: [
      "5.9",
      "5.17",
      "5.26",
      "5.34",
      "8.7",
      "8.11",
      "8.12",
      "8.16",
      "8.17",
      "8.19",
      "8.23",
    ],
    context: ["5.25"],
    inconclusive: { "5.18": "too-few", "8.9": "not-exercised" },
    score: 100,
  },
  "iso-42001": {
    pass: ["Cl. 8.1", "Cl. 8.3", "A.6.2.6", "A.6.2.8", "A.9.2", "A.9.4"],
    noException: ["A.3.2"],
    context: ["Cl. 9.1", "Cl. 10.2", "A.4.4", "A.8.3", "A.8.4", "A.9.3", "A.10.2", "A.10.3"],
    score: 100,
  },
  nis2: {
    pass: ["21(2)(e); IR 6.4", "21(2)(i); IR 11.2", "IR 11.3", "IR 11.5", "IR 3.2.3", "IR 3.2.5"],
    noException: ["IR 3.2.6"],
    context: ["21(2)(a)", "21(2)(b); IR 3.4–3.5", "21(2)(d)", "21(2)(f)", "Art. 23"],
    score: 100,
  },
  "nist-800-53": {
    pass: ["AC-3", "AC-6", "AC-6(9)", "AU-3", "AU-8", "AU-9", "AU-12", "CM-3"],
    noException: [
      "AC-2",
      "AC-4",
      "AC-6(10)",
      "AU-5",
      "AU-10",
      "CM-7, CM-11",
      "IA-4",
      "IR-4",
      "SI-4",
      "SI-11",
    ],
    context: ["AU-2", "AU-6", "AU-7", "CA-7", "IR-5"],
    inconclusive: { "AU-11": "missing-input", "CM-5": "not-exercised", "SI-7": "not-exercised" },
    score: 100,
  },
  "nist-ai-rmf": {
    pass: [
      "GOVERN 1.3",
      "GOVERN 1.4",
      "GOVERN 3.2",
      "MAP 3.5",
      "MP-3.4-005",
      "MEASURE 2.4",
      "MEASURE 2.7 / MS-2.7-004",
      "MS-2.7-009",
      "MEASURE 2.8 / MS-2.8-001",
      "MANAGE 1.3",
      "MANAGE 2.4 / MG-2.4-004",
      "MANAGE 4.1",
    ],
    noException: [
      "GOVERN 1.6 / GV-1.6-001",
      "GOVERN 1.7 / GV-1.7-001",
      "MAP 4.1 / MP-4.1-001, -009",
      "MEASURE 2.6 / MS-2.6-005",
      "MEASURE 2.10",
    ],
    context: [
      "GOVERN 4.3",
      "GOVERN 6.1 / GV-6.1-007",
      "MP-4.1-008",
      "MEASURE 3.1",
      "MS-4.2-004",
      "MANAGE 3.1",
      "MANAGE 4.3 / MG-4.3-002",
    ],
    score: 100,
  },
  "owasp-agentic": {
    pass: ["ASI02", "ASI03"],
    noException: ["ASI01", "ASI04", "ASI05", "ASI07", "ASI08", "ASI10"],
    context: ["ASI09"],
    score: 100,
  },
  "owasp-llm": {
    pass: ["LLM06"],
    noException: ["LLM01", "LLM02", "LLM03", "LLM05", "LLM10"],
    score: 100,
  },
  "pci-dss": {
    pass: [
      "6.5.1",
      "7.2.5",
      "7.3.1–7.3.2",
      "7.3.3",
      "8.2.1",
      "10.2.1",
      "10.2.1.2",
      "10.2.1.4",
      "10.2.1.7",
      "10.3.4",
    ],
    held: ["10.2.2"],
    noException: ["3.5.1", "8.2.2", "8.6.2", "10.2.1.6", "10.3.2", "10.6", "10.7"],
    context: ["10.4.1.1"],
    inconclusive: { "7.2.6": "not-exercised", "8.2.6": "too-few", "10.5.1": "too-few" },
    // 80 of weight decided, of which the one held at a warning lacks half of its 7.5.
    score: 95,
  },
  "soc2-extended": {
    pass: ["CC2.1", "CC5.1", "CC5.2", "CC5.3", "CC6.1", "CC6.3", "CC6.7", "CC7.2", "CC8.1"],
    noException: ["CC6.2", "CC6.6", "CC6.8", "CC7.4"],
    context: ["CC4.1", "CC7.3", "CC7.5"],
    notApplicable: ["A1.1", "C1.1", "C1.2", "PI1.3", "PI1.5", "P4.1", "P4.3", "P6.2", "P6.3"],
    inconclusive: { "CC7.1": "not-exercised" },
    score: 100,
  },
};

async function reportsOn(
  log: OfficeLog,
  entries: readonly Draft[] = log.entries,
): Promise<ReadonlyMap<string, ComplianceReport>> {
  const { roster, allowList, deployedSince } = log.inputs;
  const text = JSON.stringify({
    inputs: {
      roster,
      allow_list: allowList,
      deployed_since: formatInstant(deployedSince ?? 0),
      recovery_time: "PT1H",
      incidents: [],
    },
  });
  const reports = await new ReportGenerator(Policy.parse(log.policy)).generateAll(entries, TYPES, {
    now: formatInstant(log.now),
    config: { text },
  });
  return new Map(reports.map((report) => [report.reportType, report]));
}

function byResult(report: ComplianceReport | undefined): unknown {
  const of = (...results: readonly string[]): string[] =>
    (report?.findings ?? [])
      .filter(({ result }) => results.includes(result))
      .map(({ criterion }) => criterion)
      .sort();
  return {
    pass: of("pass"),
    warn: of("warn"),
    noException: of("no_exception"),
    context: of("context"),
    notApplicable: of("not_applicable"),
    inconclusive: Object.fromEntries(
      (report?.findings ?? [])
        .filter(({ result }) => result === "inconclusive")
        .map(({ criterion, reason }) => [criterion, reason]),
    ),
    alarming: of("fail", "error"),
  };
}

test("every framework that weighs is expected something of", () => {
  const weighing = TYPES.filter(
    (id) => loadCatalog().framework(id).framework.scoring === "weighted",
  );
  expect(Object.keys(CLEAN).sort()).toEqual(weighing);
});

describe.each(SEEDS)("a clean office, seed %i", (seed) => {
  let reports: ReadonlyMap<string, ComplianceReport>;
  beforeAll(async () => {
    reports = await reportsOn(officeLog(seed));
  });

  test.each(Object.keys(CLEAN))("%s", (id) => {
    const { pass, held, noException, context, notApplicable, inconclusive, score } =
      CLEAN[id] ?? ({ pass: [], score: -1 } satisfies Verdicts);
    const report = reports.get(id);
    expect(byResult(report)).toEqual({
      pass: pass.toSorted(),
      warn: held?.toSorted() ?? [],
      noException: noException?.toSorted() ?? [],
      context: context?.toSorted() ?? [],
      notApplicable: notApplicable?.toSorted() ?? [],
      inconclusive: inconclusive ?? {},
      alarming: [],
    });
    expect(report?.score).toBe(score);
    expect(report?.weighted?.band).toBe("no exceptions in the tests run");
    for (const finding of report?.findings ?? []) {
      const isHeld = finding.weighted?.heldBecause !== undefined;
      expect(isHeld).toBe(held?.includes(finding.criterion) ?? false);
    }
  });

  test("what is given is stated as given, and nothing is asked for again", () => {
    for (const report of reports.values()) {
      if (report.weighted === undefined) continue;
      expect(report.inputs.filter(({ given }) => !given)).toEqual([]);
      for (const { missingInputs } of report.weighted.tests) expect(missingInputs).toBeUndefined();
    }
  });
});

function without(entry: Draft, fields: readonly string[]): Draft {
  return Object.fromEntries(
    Object.entries(entry).filter(([field]) => !fields.includes(field)),
  );
}

/** The office with something done to it, so that scores are neither full nor all withheld. */
const TAMPERED: readonly { readonly what: string; readonly to: (entries: Draft[]) => Draft[] }[] = [
  { what: "as it is", to: (entries) => entries },
  {
    what: "one blocked action ran",
    to: (entries) => {
      const blocked = entries.find(({ approval }) => approval === "block");
      if (blocked !== undefined) blocked.result_status = "success";
      return entries;
    },
  },
  {
    what: "a tenth of what ran failed",
    to: (entries) => {
      const ran = entries.filter(({ result_status: status }) => status === "success");
      for (const [index, entry] of ran.entries()) {
        if (index % 10 !== 0) continue;
        Object.assign(entry, { result_status: "failed", result_error: "no answer in 30 s" });
      }
      return entries;
    },
  },
  {
    what: "one in fifty names no agent",
    to: (entries) => {
      for (const [index, entry] of entries.entries()) if (index % 50 === 0) entry.agent_id = null;
      return entries;
    },
  },
  {
    what: "one in fifty names an agent that could be anyone",
    to: (entries) => {
      for (const [index, entry] of entries.entries()) if (index % 50 === 0) entry.agent_id = "bot";
      return entries;
    },
  },
  {
    what: "an entry is missing",
    to: (entries) => entries.toSpliced(1000, 1),
  },
  {
    what: "no risk is recorded",
    to: (entries) => entries.map((entry) => without(entry, ["risk_level"])),
  },
  {
    what: "neither risk nor humans nor rules are recorded",
    to: (entries) =>
      entries.map((entry) => without(entry, ["risk_level", "human_decision", "matched_rule"])),
  },
  {
    what: "an agent that nobody knows wrote to a host that nobody listed",
    to: (entries) => {
      const sent = entries.find(({ action_type: type }) => type === "http_post");
      if (sent !== undefined) {
        Object.assign(sent, { agent_id: "stranger", action_target: "https://elsewhere.example/" });
      }
      return entries;
    },
  },
  { what: "nineteen entries", to: (entries) => entries.slice(0, 19) },
  { what: "twenty entries", to: (entries) => entries.slice(0, 20) },
  { what: "no entry", to: () => [] },
];

/** A criterion's result, with the reason where there is one. */
function resultOf(reports: ReadonlyMap<string, ComplianceReport>, name: string): string {
  const [type = "", ...rest] = name.split(" ");
  const finding = reports
    .get(type)
    ?.findings.find(({ criterion }) => criterion === rest.join(" "));
  return [finding?.result, finding?.reason].filter((part) => part !== undefined).join(" ");
}

/** Every so many-th entry of a kind is changed. */
function changed(
  every: number,
  of: (entry: Draft) => boolean,
  values: Draft,
): (log: OfficeLog) => void {
  return ({ entries }) => {
    for (const [index, entry] of entries.filter(of).entries()) {
      if (index % every === 0) Object.assign(entry, values);
    }
  };
}

const ALL = (): boolean => true;
const FAILED = ({ result_status: status }: Draft): boolean => status === "failed";
const ONE = 1_000_000;

interface Planted {
  readonly what: string;
  readonly plant: (log: OfficeLog) => OfficeLog | void;
  readonly results: Readonly<Record<string, string>>;
}

/** One finding of a measure that several criteria share, and who has to answer for it. */
const PLANTED: readonly Planted[] = [
  {
    what: "one card number",
    plant: changed(ONE, ALL, { action_desc: "Refund to 4111 1111 1111 1111." }),
    results: {
      "pci-dss 3.5.1": "fail",
      "gdpr-extended Art. 5(1)(c)": "fail",
      "iso-27001 8.11": "fail",
      "pci-dss 8.6.2": "no_exception",
      "iso-27001 5.17": "no_exception",
      "iso-27001 5.34": "no_exception",
      "nist-ai-rmf MEASURE 2.10": "no_exception",
      "nist-800-53 SI-11": "no_exception",
    },
  },
  {
    what: "one secret",
    plant: changed(ONE, ALL, { action_desc: "Log in with password=Tr0ub4dor." }),
    results: {
      "pci-dss 8.6.2": "fail",
      "iso-27001 5.17": "fail",
      "owasp-llm LLM02": "fail",
      "pci-dss 3.5.1": "no_exception",
      "iso-27001 5.34": "no_exception",
      "gdpr-extended Art. 5(1)(c)": "no_exception",
      "gdpr-extended Art. 25": "pass",
      "nist-ai-rmf MAP 4.1 / MP-4.1-001, -009": "no_exception",
      "nist-800-53 SI-11": "no_exception",
    },
  },
  {
    what: "an address in one entry",
    plant: changed(ONE, ALL, { action_desc: "Write to ada@example.org." }),
    results: {
      "iso-27001 5.34": "warn",
      "gdpr-extended Art. 5(1)(c)": "warn",
      "nist-ai-rmf MEASURE 2.10": "warn",
      "pci-dss 3.5.1": "no_exception",
      "pci-dss 8.6.2": "no_exception",
    },
  },
  {
    what: "an address in one of fifty",
    plant: changed(50, ALL, { action_desc: "Write to ada@example.org." }),
    results: {
      "iso-27001 5.34": "fail",
      "gdpr-extended Art. 5(1)(c)": "fail",
      "nist-ai-rmf MAP 4.1 / MP-4.1-001, -009": "fail",
      "nist-ai-rmf MEASURE 2.10": "fail",
      "iso-27001 5.17": "no_exception",
      "pci-dss 3.5.1": "no_exception",
      "pci-dss 8.6.2": "no_exception",
      "nist-800-53 SI-11": "no_exception",
    },
  },
  {
    what: "an address in one error",
    plant: changed(ONE, FAILED, { result_error: "mailbox ada@example.org is full" }),
    results: { "nist-800-53 SI-11": "fail", "pci-dss 3.5.1": "no_exception" },
  },
  {
    what: "no error at all",
    plant: changed(1, FAILED, { result_status: "success", result_error: null }),
    results: { "nist-800-53 SI-11": "inconclusive not-exercised" },
  },
  {
    what: "one in fifty without an agent",
    plant: changed(50, ALL, { agent_id: "" }),
    results: {
      "pci-dss 8.2.1": "fail",
      "pci-dss 10.2.2": "fail",
      "nist-800-53 AU-3": "fail",
      "pci-dss 8.2.2": "no_exception",
    },
  },
  {
    what: "one in fifty by a name that anyone could have",
    plant: changed(50, ALL, { agent_id: "bot" }),
    results: {
      "pci-dss 8.2.1": "fail",
      "pci-dss 8.2.2": "fail",
      "nist-800-53 IA-4": "fail",
      "nist-800-53 AU-3": "warn",
    },
  },
  {
    what: "one in fifty without a session or a risk level",
    plant: changed(50, ALL, { session_id: "", risk_level: "" }),
    results: { "pci-dss 10.2.1": "fail", "pci-dss 10.2.2": "warn", "nist-800-53 AU-3": "pass" },
  },
  {
    what: "one in twenty approved without being asked",
    plant: changed(20, ({ approval }) => approval === "auto", { human_decision: "approved" }),
    results: { "nist-800-53 AU-12": "warn", "pci-dss 10.2.1.4": "pass" },
  },
  {
    what: "blocked actions without an outcome",
    plant: changed(1, ({ approval }) => approval === "block", { result_status: "" }),
    results: { "pci-dss 10.2.1.4": "fail" },
  },
  {
    what: "scripts that no rule covers",
    plant: changed(1, ({ action_type: type }) => type === "run_script", {
      matched_rule: "<default>",
    }),
    results: { "iso-27001 8.7": "fail", "iso-27001 8.19": "no_exception" },
  },
  {
    what: "nothing installed",
    plant: changed(1, ({ action_type: type }) => type === "install_package", {
      action_type: "update_ticket",
    }),
    results: { "iso-27001 8.7": "no_exception", "iso-27001 8.19": "inconclusive not-exercised" },
  },
  {
    what: "two rules of one name",
    plant: (log) => ({ ...log, policy: log.policy.replace("name: searching", "name: reading") }),
    results: { "pci-dss 7.2.5": "pass", "dora RTS 21(a)": "pass", "soc2-extended CC5.2": "pass" },
  },
  {
    what: "a log that ended a year ago",
    plant: (log) => ({ ...log, now: log.now + 366 * DAY }),
    results: {
      "pci-dss 10.5.1": "inconclusive too-few",
      "eu-ai-act Art. 19(1)": "inconclusive too-few",
      "eu-ai-act Art. 26(6)": "inconclusive too-few",
    },
  },
  {
    what: "a log that goes back a year",
    plant: (log) => {
      const [first] = log.entries;
      if (first !== undefined) first.timestamp = formatInstant(log.now - 366 * DAY);
    },
    results: {
      "pci-dss 10.5.1": "pass",
      "eu-ai-act Art. 19(1)": "pass",
      "eu-ai-act Art. 26(6)": "pass",
    },
  },
];

describe("a finding counts where the criterion speaks of it, and nowhere else", () => {
  test.each(PLANTED)("$what", async ({ plant, results }) => {
    const log = officeLog(1);
    const reports = await reportsOn(plant(log) ?? log);
    const found = Object.keys(results).map((name) => [name, resultOf(reports, name)]);
    expect(Object.fromEntries(found)).toEqual(results);
  });
});

describe("the score follows from the findings", () => {
  const seen = new Set<number | null>();

  test.each(TAMPERED)("$what", async ({ to }) => {
    const log = officeLog(1);
    for (const [id, report] of await reportsOn(log, to([...log.entries]))) {
      if (report.weighted === undefined) continue;
      const { score, ...coverage } = reckon(report);
      expect({ id, score: report.score }).toEqual({ id, score });
      expect({ id, coverage: report.coverage }).toMatchObject({ id, coverage });
      expect(report.grade === null).toBe(score === null);
      expect(report.weighted.withheld === undefined).toBe(score !== null);
      const capped = report.weighted.capped ?? { at: score, uncapped: Infinity, by: [] };
      expect(capped.at).toBe(score);
      expect(capped.uncapped).toBeGreaterThan(capped.at ?? 0);
      const failed = report.findings.filter(({ result }) => result === "fail");
      expect(failed.map(({ criterion }) => criterion)).toEqual(
        expect.arrayContaining([...capped.by]),
      );
      seen.add(report.score);
    }
  });

  test("and the logs above are of every kind: full, capped, withheld", () => {
    expect(seen).toContain(null);
    expect(seen).toContain(100);
    expect(seen).toContain(49);
    expect(seen).toContain(79);
  });

  test("an entry missing from the sequence puts the record in doubt everywhere", async () => {
    const log = officeLog(1);
    for (const report of (await reportsOn(log, log.entries.toSpliced(1000, 1))).values()) {
      if (report.weighted === undefined) continue;
      expect(report.score).toBeNull();
      expect(report.weighted.recordInDoubt).toHaveLength(1);
      const passed = report.findings.filter(({ result }) => result === "pass");
      expect(passed.filter(({ weighted }) => weighted?.recordInDoubt !== true)).toEqual([]);
    }
  });
});
