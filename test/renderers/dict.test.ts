import { readFileSync } from "node:fs";

import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";

import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { toDict } from "../../src/renderers/dict.ts";
import { HOSTILE, LONG, mapTexts } from "./hostile.ts";
import { FULL_REPORT, FULL_WEIGHTED, mapAllTexts } from "./sheets-fixture.ts";
import { EMPTY_REPORT, FINDINGS, REPORT, entry } from "./report-fixture.ts";
import { QUIET_REPORT, WEIGHTED_REPORT } from "./weighted-fixture.ts";

const SCHEMA = JSON.parse(
  readFileSync(new URL("../../schemas/report.schema.json", import.meta.url), "utf8"),
) as object;
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(SCHEMA);

function problems(data: unknown): unknown {
  validate(data);
  return validate.errors ?? [];
}

function withEvidence(evidence: AuditEntry): ComplianceReport {
  const [, failed] = FINDINGS;
  if (failed === undefined) throw new Error("the fixture has no failed finding");
  return { ...REPORT, findings: [{ ...failed, exceptionEntries: [evidence] }] };
}

describe("toDict", () => {
  it("puts the documented keys first, in the documented order, then ours", () => {
    expect(Object.keys(toDict(REPORT))).toEqual([
      "report_type",
      "generated_at",
      "period_start",
      "period_end",
      "total_actions",
      "blocked_actions",
      "approved_actions",
      "auto_approved",
      "summary",
      "score",
      "grade",
      "findings",
      "schema_version",
      "language",
      "framework",
      "coverage",
      "human_decisions",
      "population",
      "policy",
      "fix_the_log",
      "not_assessed",
      "tool",
      "measure_digests",
      "definitions_digest",
      "untranslated",
      "activity",
      "masking",
    ]);
  });

  it("does the same for each finding", () => {
    const failed = toDict(REPORT).findings[1];
    expect(Object.keys(failed ?? {})).toEqual([
      "severity",
      "category",
      "title",
      "description",
      "recommendation",
      "criterion",
      "result",
      "population",
      "exceptions",
      "exception_entries",
      "observed",
      "observed_kind",
      "observed_part",
      "observed_whole",
      "limit",
      "points",
      "measures",
    ]);
  });

  it("gives an evidence entry nine keys, and null for what was not recorded", () => {
    const dict = toDict(withEvidence({ id: 7, timestamp: "", agent_id: null, chain_id: "c" }));
    expect(dict.findings[0]?.exception_entries).toEqual([
      {
        id: 7,
        timestamp: null,
        agent_id: null,
        action_type: null,
        action_target: null,
        matched_rule: null,
        approval: null,
        human_decision: null,
        result_status: null,
      },
    ]);
  });

  it.each([
    ["a whole number", 7, 7],
    ["text", "a-7", "a-7"],
    ["empty text", "", null],
    ["no finite number", Number.POSITIVE_INFINITY, "Infinity"],
    ["an object", { evil: 1 } as unknown as string, null],
  ])("keeps an id that is %s", (_, id, expected) => {
    const dict = toDict(withEvidence({ ...entry(1), id }));
    expect(dict.findings[0]?.exception_entries[0]?.id).toBe(expected);
  });

  it("leaves out what is absent and keeps the documented keys", () => {
    const dict = toDict(EMPTY_REPORT);
    expect(dict).not.toHaveProperty("policy");
    expect(dict.score).toBeNull();
    expect(dict.grade).toBeNull();
    expect(dict.period_start).toBeNull();
    expect(dict.population).not.toHaveProperty("first");
    expect(dict.population).not.toHaveProperty("tenure");
    expect(dict.population.edge_silence).toEqual({});
    expect(dict.population.ids).toEqual({ repeated: 0 });
  });

  it("gives shares as exact quotients, with both numbers beside them", () => {
    expect(toDict(REPORT).findings[1]).toMatchObject({
      observed: 60 / 412,
      observed_kind: "share",
      observed_part: 60,
      observed_whole: 412,
    });
  });

  it("gives no share of nothing", () => {
    const [first] = FINDINGS;
    if (first === undefined) throw new Error("the fixture has no finding");
    const observed = { kind: "share", part: 0, whole: 0 } as const;
    const dict = toDict({ ...REPORT, findings: [{ ...first, observed }] });
    expect(dict.findings[0]).not.toHaveProperty("observed");
  });

  it("gives times as ISO text in UTC and silences in seconds, to the microsecond", () => {
    const dict = toDict(REPORT);
    expect(dict.population.first).toBe("2026-01-01T00:00:13.351134+00:00");
    expect(dict.population.last).toBe("2026-03-23T22:10:00+00:00");
    expect(dict.findings[2]?.gaps?.[0]?.seconds).toBe(3600.000001);
    expect(dict.findings[2]?.gaps?.[0]?.from.id).toBe(6);
  });

  it("counts every recordable field in the order of the columns", () => {
    const { recorded } = toDict(REPORT).population;
    expect(Object.keys(recorded).slice(0, 3)).toEqual(["id", "session_id", "timestamp"]);
    expect(recorded).not.toHaveProperty("chain_id");
    expect(recorded["result_error"]).toBe(7);
  });

  it("survives JSON unchanged", () => {
    for (const report of [FULL_REPORT, EMPTY_REPORT, WEIGHTED_REPORT, QUIET_REPORT]) {
      const dict = toDict(report);
      expect(JSON.parse(JSON.stringify(dict))).toEqual(dict);
    }
  });

  it("keeps every text whole", () => {
    const [megabyte = ""] = LONG;
    expect(toDict(mapTexts(REPORT, () => megabyte)).findings[1]?.description).toBe(megabyte);
  });
});

describe("toDict of a weighted framework", () => {
  const dict = toDict(WEIGHTED_REPORT);

  it("adds its keys after the others, and leaves out what is empty", () => {
    expect(Object.keys(dict).slice(-9)).toEqual([
      "definitions_digest",
      "classes",
      "overrides",
      "configuration",
      "inputs",
      "weighted",
      "untranslated",
      "activity",
      "masking",
    ]);
    expect(Object.keys(toDict(QUIET_REPORT)).slice(-5, -3)).toEqual([
      "definitions_digest",
      "weighted",
    ]);
    expect(toDict(REPORT)).not.toHaveProperty("weighted");
    expect(dict.framework.scoring).toBe("weighted");
    expect(toDict(REPORT).framework).not.toHaveProperty("scoring");
    expect(toDict(QUIET_REPORT).coverage).not.toHaveProperty("total");
    expect(dict.not_assessed.map(({ count }) => count)).toEqual([12, undefined]);
  });

  it("adds to findings what a criterion is worth and which tests it asks", () => {
    expect(Object.entries(dict.findings[0] ?? {}).slice(-7)).toEqual([
      ["criterion_severity", "critical"],
      ["mode", "tested"],
      ["shows", "That no action got past the gate"],
      ["not_shown", "Credentials and human users"],
      ["decisive", ["approval-bypass"]],
      ["supporting", ["delegation-links"]],
      ["binds_from", "2027-12-02"],
    ]);
    expect(dict.findings[3]).toMatchObject({ record_in_doubt: true });
    expect(dict.findings[7]).toMatchObject({ held_because: "There is no field for the origin" });
    expect(dict.findings[2]).not.toHaveProperty("binds_from");
    expect(dict.findings[10]).toMatchObject({ result: "warn", open: true });
    expect(dict.findings[7]).not.toHaveProperty("open");
  });

  it("lists every test once, with its evidence", () => {
    const tests = dict.weighted?.tests ?? [];
    expect(tests).toHaveLength(11);
    expect(Object.keys(tests[0] ?? {})).toEqual([
      "key",
      "measure",
      "code",
      "title",
      "question",
      "result",
      "says",
      "remedy",
      "population",
      "exceptions",
      "exception_entries",
      "observed",
      "observed_kind",
      "observed_part",
      "observed_whole",
      "numbers",
      "limits",
      "basis",
      "limit_reason",
      "classes",
      "criteria",
    ]);
    expect(Object.keys(tests[0]?.numbers ?? {})).toEqual([
      "critical_exceptions",
      "exception_share",
      "exceptions",
      "high_share",
      "population",
    ]);
    expect(tests[1]?.pairs?.map(({ before, exception }) => [before.id, exception.id])).toEqual([
      [4, 5],
      [4, 6],
    ]);
    expect(tests[3]?.rules).toEqual([
      { rule: "write-accounts", line: 12, message: "It is on auto." },
      { rule: "write-accounts", line: 12, message: "It never decides." },
      { message: "Open." },
    ]);
    expect(tests[5]).toMatchObject({ reason: "not-recorded", missing_fields: ["chain_id"] });
    expect(tests[6]).toMatchObject({ missing_inputs: ["roster"] });
    expect(tests[2]?.gaps?.[0]?.seconds).toBe(3600.000001);
  });

  it("says null where nobody answered", () => {
    expect(dict.weighted?.questions.map(({ answer }) => answer)).toEqual([
      ["provider", "deployer"],
      null,
    ]);
  });
});

describe("toDict of what surrounds the figures", () => {
  const dict = toDict(FULL_REPORT);

  it("says in which language its sentences are", () => {
    expect(dict.language).toBe("en");
    expect(toDict({ ...REPORT, language: "de", untranslated: 4 })).toMatchObject({
      language: "de",
      untranslated: 4,
    });
  });

  it("counts the activity", () => {
    expect(Object.keys(dict.activity)).toEqual([
      "unit",
      "spans",
      "untimed",
      "agents",
      "others",
      "action_types",
      "other_types",
    ]);
    expect(dict.activity.spans).toHaveLength(77);
    expect(Object.entries(dict.activity.spans[0] ?? {})).toEqual([
      ["start", "2026-01-01T00:00:00+00:00"],
      ["entries", 15],
      ["auto", 8],
      ["approve", 4],
      ["block", 2],
      ["other", 1],
      ["elevated", 5],
      ["elevated_approved", 4],
    ]);
    expect(Object.keys(dict.activity.agents[0] ?? {})).toEqual([
      "agent",
      "entries",
      "low",
      "medium",
      "high",
      "critical",
      "unrated",
      "first",
      "last",
    ]);
    expect(dict.activity.agents[1]).not.toHaveProperty("first");
    expect(dict.activity.others).toEqual({ agents: 4, entries: 45 });
    expect(dict.activity.other_types).toEqual({ types: 2, entries: 5 });
    expect(toDict(REPORT).activity).not.toHaveProperty("other_types");
  });

  it("says what is masked, or why nothing is", () => {
    expect(toDict(REPORT).masking).toEqual({ texts: 3 });
    expect(dict.masking).toEqual({
      revealed: "The auditor compares it with the ticket.",
      texts: 3,
    });
  });

  it("holds the organisation's own words and the samples, after everything else", () => {
    expect(Object.keys(dict).slice(-3)).toEqual(["masking", "presentation", "sampling"]);
    expect(dict.presentation?.logo).toEqual({
      media_type: "image/png",
      data: "iVBORw0KGgo=",
      alt: "Example Ltd",
    });
    expect(dict.presentation?.sections).toEqual([
      { title: "What the agents do", paragraphs: ["They bill.", "They do not pay."] },
    ]);
    expect(toDict({ ...REPORT, presentation: { sections: [] } }).presentation).toEqual({
      sections: [],
    });
    expect(dict.sampling).toMatchObject({ size: 2, seed: "2026-Q1" });
    expect(
      dict.sampling?.samples.map(({ measure, population, entries }) => [
        measure,
        population,
        entries.map(({ id }) => id),
      ]),
    ).toEqual([
      ["approval-bypass", 412, [9, 2]],
      ["silence-over-an-hour", 0, []],
    ]);
    expect(Object.keys(dict.sampling?.samples[0]?.entries[0] ?? {})).toHaveLength(9);
  });
});

describe("report.schema.json", () => {
  it.each([
    ["a full report", REPORT],
    ["an empty report", EMPTY_REPORT],
    ["a report without a policy", { ...EMPTY_REPORT, findings: FINDINGS }],
    ["a report that is not graded", { ...REPORT, score: null, grade: null }],
    ["evidence that records nothing", withEvidence({})],
    ["a report of a weighted framework", WEIGHTED_REPORT],
    ["one with nothing optional", QUIET_REPORT],
    ["everything that an organisation can add", FULL_REPORT],
    ["the same of a weighted framework", FULL_WEIGHTED],
    ["a report in German", { ...REPORT, language: "de", untranslated: 12 }],
    [
      "a report with a configuration",
      {
        ...REPORT,
        configuration: { sha256: REPORT.definitionsDigest },
        overrides: WEIGHTED_REPORT.overrides,
      },
    ],
  ])("accepts %s", (_, report) => {
    expect(problems(toDict(report))).toEqual([]);
  });

  it("accepts whatever texts a log holds", () => {
    for (const text of HOSTILE) {
      const report = mapAllTexts(FULL_REPORT, () => text);
      const { reportType, generatedAt, periodStart, periodEnd, schemaVersion } = REPORT;
      const ours = { reportType, generatedAt, periodStart, periodEnd, schemaVersion };
      const { framework, tool, measureDigests, definitionsDigest, policy } = REPORT;
      const { inputs, tenure, intake } = REPORT.population;
      expect(
        problems(
          toDict({
            ...report,
            ...ours,
            framework,
            tool,
            measureDigests,
            definitionsDigest,
            findings: report.findings.map((finding, index) => {
              const { category, measures, criterion } = FINDINGS[index] ?? finding;
              return { ...finding, category, measures, criterion };
            }),
            population: {
              ...report.population,
              inputs,
              ...(tenure && { tenure }),
              ...(report.population.intake &&
                intake && {
                  intake: { ...report.population.intake, mappings: intake.mappings },
                }),
            },
            ...(policy && { policy }),
          }),
        ),
      ).toEqual([]);
    }
  });

  const weighted = toDict(WEIGHTED_REPORT);
  const [test] = weighted.weighted?.tests ?? [];
  const withTest = (more: object) => ({
    ...weighted,
    weighted: { ...weighted.weighted, tests: [{ ...test, ...more }] },
  });
  it.each([
    ["an unknown key", { ...weighted, weighted: { ...weighted.weighted, extra: 1 } }],
    ["an unknown key of a test", withTest({ extra: 1 })],
    ["a reason on a failure", withTest({ reason: "too-few" })],
    [
      "a band that does not exist",
      { ...weighted, weighted: { ...weighted.weighted, band: "compliant" } },
    ],
    ["findings of another kind", { ...weighted, findings: toDict(REPORT).findings }],
    [
      "findings of a weighted framework without one",
      { ...toDict(REPORT), findings: weighted.findings },
    ],
    [
      "a statement without a weighted framework",
      { ...toDict(REPORT), weighted: weighted.weighted },
    ],
    [
      "a points framework without its number of criteria",
      { ...toDict(REPORT), coverage: { ...toDict(REPORT).coverage, total: undefined } },
    ],
    [
      "half of what a weighted finding has",
      { ...weighted, findings: [{ ...weighted.findings[0], shows: undefined }] },
    ],
    ["an empty list of classes", { ...weighted, classes: [] }],
    ["a date that is none", { ...weighted, weighted: { ...weighted.weighted, reviewed: "soon" } }],
  ])("refuses, of a weighted framework, %s", (_, data) => {
    expect(problems(JSON.parse(JSON.stringify(data)))).not.toEqual([]);
  });

  it("knows every result, reason, basis and input of a test", () => {
    for (const one of weighted.weighted?.tests ?? []) expect(problems(withTest(one))).toEqual([]);
  });

  const full = toDict(REPORT);
  it.each([
    ["an unknown key", { ...full, extra: 1 }],
    ["a missing documented key", { ...full, grade: undefined }],
    ["a score above 100", { ...full, score: 101 }],
    ["a grade that does not exist", { ...full, grade: "A++" }],
    ["a score without a grade", { ...full, grade: null }],
    ["a time without an offset", { ...full, generated_at: "2026-01-01T00:00:00" }],
    ["a result in capitals", { ...full, findings: [{ ...full.findings[0], result: "PASS" }] }],
    ["a reason on a pass", { ...full, findings: [{ ...full.findings[0], reason: "too-few" }] }],
    [
      "an inconclusive finding without a reason",
      { ...full, findings: [{ ...full.findings[0], result: "inconclusive" }] },
    ],
    ["a share above one", { ...full, findings: [{ ...full.findings[1], observed: 1.5 }] }],
    [
      "an evidence entry with a tenth key",
      {
        ...full,
        findings: [
          {
            ...full.findings[1],
            exception_entries: [{ ...full.findings[1]?.exception_entries[0], extra: 1 }],
          },
        ],
      },
    ],
    ["another version of the form", { ...full, schema_version: "1.1" }],
    ["a language that is none", { ...full, language: "English" }],
    ["no word on masking", { ...full, masking: undefined }],
    ["an unknown key of masking", { ...full, masking: { texts: 0, hidden: 1 } }],
    ["no activity", { ...full, activity: undefined }],
    ["an unknown key of the activity", { ...full, activity: { ...full.activity, weeks: [] } }],
    ["an unknown unit", { ...full, activity: { ...full.activity, unit: "week" } }],
    [
      "a span in local time",
      {
        ...full,
        activity: {
          ...full.activity,
          spans: [{ ...full.activity.spans[0], start: "2026-03-02T13:00:00+01:00" }],
        },
      },
    ],
    [
      "an agent without a count",
      { ...full, activity: { ...full.activity, agents: [{ agent: "a", entries: 1 }] } },
    ],
    ["an unknown key of the presentation", { ...full, presentation: { sections: [], logos: [] } }],
    ["a colour by its name", { ...full, presentation: { sections: [], accent: "red" } }],
    [
      "a logo from an address",
      {
        ...full,
        presentation: {
          sections: [],
          logo: { media_type: "image/png", data: "https://example.invalid/x.png", alt: "" },
        },
      },
    ],
    ["a sampling without a seed", { ...full, sampling: { size: 1, samples: [] } }],
    ["a sample of nothing", { ...full, sampling: { size: 0, seed: "x", samples: [] } }],
    ["a negative count", { ...full, population: { ...full.population, read: -1 } }],
  ])("refuses %s", (_, data) => {
    expect(problems(JSON.parse(JSON.stringify(data)))).not.toEqual([]);
  });

  it("has a word on every key", () => {
    const silent: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === "allOf") continue;
        if (key === "properties") {
          for (const [name, property] of Object.entries(value as Record<string, object>)) {
            if (!("description" in property) && !("$ref" in property)) {
              silent.push(`${path}/${name}`);
            }
          }
        }
        visit(value, `${path}/${key}`);
      }
    };
    visit(SCHEMA, "");
    expect(silent).toEqual([]);
  });
});
