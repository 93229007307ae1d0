// The whole flow over made-up weighted frameworks: what holds for every log.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess } from "../../src/assess/assess.ts";
import type { Assessment, Assignment } from "../../src/assess/assess.ts";
import type { Engine, Question } from "../../src/engines/engine.ts";
import { memory } from "../../src/engines/memory.ts";
import { parsePredicate } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../src/expression/schema.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import type {
  CriterionMode,
  CriterionSeverity,
  WeightedCriterion,
} from "../../src/model/framework.ts";
import type { Measure } from "../../src/model/measure.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { Policy } from "../../src/policy/policy.ts";
import { START } from "../engines/logs.ts";
import { agentLog } from "./agent-log.ts";
import {
  RECORD,
  asked,
  assignment,
  counting,
  grouping,
  limits,
  rating,
  weightedCriterion,
  weightedFramework,
} from "./made-weighted.ts";

async function reportOf(
  given: Assignment,
  entries: readonly AuditEntry[],
  more: Partial<Assessment> = {},
): Promise<ComplianceReport> {
  const [report] = await assess({
    engine: memory(entries),
    assignments: [given],
    period: {},
    now: START,
    language: ENGLISH,
    tool: { name: "aegis-compliance", version: "0" },
    ...more,
  });
  if (report === undefined) throw new Error("no report came out");
  return report;
}

/** Expressions whose fields a measure needs, as the catalog would state them. */
const QUESTIONS = [
  'approval == "auto"',
  'risk_level == "HIGH" && approval == "auto"',
  "!present(agent_id)",
  'human_decision != "approved" && result_status == "success"',
  'action_type == "delete"',
].map((source) => parsePredicate(source, ENTRY_SCHEMA));

const LIMITS = [
  limits("fail: exceptions > 0", "pass"),
  limits("fail: exceptions > 20", "warn: exceptions > 3", "pass"),
  limits("fail: exceptions > 0", "no_exception"),
  limits("inconclusive too-few: population < 10", "pass"),
  limits("context"),
  limits("pass"),
];

const measure = fc
  .record({
    exception: fc.constantFrom(...QUESTIONS),
    population: fc.constantFrom(parsePredicate("true", ENTRY_SCHEMA), ...QUESTIONS),
    limits: fc.constantFrom(...LIMITS),
    anyFields: fc.subarray<EntryField>(["chain_id", "session_id", "agent_id"]),
    needs: fc.constantFrom([], [], ["roster" as const]),
  })
  .map(({ anyFields, ...more }): Omit<Extract<Measure, { kind: "count" }>, "id"> => {
    const fields = [...more.exception.fields, ...more.population.fields] as EntryField[];
    const { id: _, ...made } = counting("", {
      ...more,
      fields: [...new Set(fields)],
      ...(anyFields.length === 0 ? {} : { anyFields: [anyFields] }),
    }) as Extract<Measure, { kind: "count" }>;
    return made;
  });
const measures = fc
  .array(measure, { minLength: 1, maxLength: 5 })
  .map((made) => made.map((one, index): Measure => ({ ...one, id: `m${index}` })));

const framework = measures.chain((all) => {
  const some = fc.subarray(all.map(({ id }) => id)).map((ids) => asked(...ids));
  const criterion = fc.record({
    mode: fc.constantFrom<CriterionMode>("tested", "tested", "disprove-only", "figures"),
    severity: fc.constantFrom<CriterionSeverity>("critical", "high", "medium", "low"),
    decisive: some,
    supporting: some,
  });
  return fc
    .array(criterion, { minLength: 1, maxLength: 5 })
    .map((criteria) =>
      assignment(
        weightedFramework(
          criteria.map((more, index): WeightedCriterion =>
            weightedCriterion({ id: `C${index}`, ...more }),
          ),
        ),
        all,
      ),
    );
});

const removable: readonly EntryField[] = ENTRY_FIELD_NAMES.filter((name) => name !== "id");
const log = fc
  .tuple(fc.nat(), fc.integer({ min: 0, max: 60 }), fc.subarray([...removable]))
  .map(([seed, length, removed]) => ({
    removed,
    entries: agentLog(seed, length).map((entry): AuditEntry =>
      Object.fromEntries(
        Object.entries(entry).filter(([name]) => !removed.includes(name as EntryField)),
      ),
    ),
  }));

describe("what no log may bring about", () => {
  test("a pass on a criterion of which a decisive measure's field is not recorded", async () => {
    let lacking = 0;
    await fc.assert(
      fc.asyncProperty(framework, log, async (given, { entries }) => {
        const recorded = new Set(entries.flatMap((entry) => Object.keys(entry)));
        const { findings } = await reportOf(given, entries);
        for (const [index, finding] of findings.entries()) {
          const criterion = (given.framework.criteria as WeightedCriterion[])[index];
          const missing = given.measures.some(
            ({ id, fields, anyFields = [] }) =>
              criterion?.decisive.some((one) => one.measure === id) === true &&
              (fields.some((field) => !recorded.has(field)) ||
                anyFields.some((group) => !group.some((field) => recorded.has(field)))),
          );
          if (!missing) continue;
          lacking += 1;
          expect([finding.criterion, finding.result]).not.toEqual([finding.criterion, "pass"]);
          const open = ["inconclusive", "fail", "warn"].includes(finding.result);
          expect(open || criterion?.mode !== "tested").toBe(true);
        }
      }),
      { numRuns: 300 },
    );
    expect(lacking).toBeGreaterThan(100);
  });

  test("a report that does not hang together", async () => {
    await fc.assert(
      fc.asyncProperty(framework, log, async (given, { entries }) => {
        const report = await reportOf(given, entries);
        const { weighted, findings, score, grade, coverage } = report;
        if (weighted === undefined) throw new Error("the statement is missing");
        const keys = weighted.tests.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys).toEqual(expect.arrayContaining(RECORD.map(({ id }) => id)));
        for (const finding of findings) {
          expect(finding.reason === undefined).toBe(finding.result !== "inconclusive");
          expect(
            finding.title.endsWith(`: ${finding.result.toUpperCase().replaceAll("_", " ")}`),
          ).toBe(true);
          expect(finding.points).toBe(0);
          const { decisive = [], supporting = [] } = finding.weighted ?? {};
          for (const key of [...decisive, ...supporting]) {
            expect(weighted.tests.find((one) => one.key === key)?.criteria).toContain(
              finding.criterion,
            );
          }
        }
        for (const one of weighted.tests) {
          expect(one.reason === undefined).toBe(one.result !== "inconclusive");
          expect(one.exceptionEntries.length).toBeLessThanOrEqual(50);
        }
        expect((score === null) === (grade === null)).toBe(true);
        expect((score === null) === (weighted.withheld !== undefined)).toBe(true);
        expect(score === null || entries.length >= 20).toBe(true);
        expect(coverage.decided).toBeLessThanOrEqual(coverage.possible);
        const critical = findings.some(
          (one) => one.result === "fail" && one.weighted?.criterionSeverity === "critical",
        );
        expect(score === null || !critical || score <= 49).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test("a text that promises, or one with a hole in it", async () => {
    await fc.assert(
      fc.asyncProperty(framework, log, async (given, { entries }) => {
        const { summary, findings, weighted } = await reportOf(given, entries);
        const texts = [
          summary,
          ...findings.flatMap(({ title, description, recommendation }) => [
            title,
            description,
            recommendation,
          ]),
          ...(weighted?.tests ?? []).flatMap(({ says, remedy }) => [says, remedy]),
          weighted?.withheld ?? "",
        ];
        const promising = /\bcomplian(t|ce)\b|certif|audit-ready|\bmeets?\b|\bsatisf/i;
        expect(texts.filter((text) => promising.test(text))).toEqual([]);
        const holed = /[{}–]|undefined|NaN|null|Infinity| {2}|^\s|\s$/;
        expect(texts.filter((text) => holed.test(text))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

const about = (name: string) => ({ name, meaning: "m", cel: "c", overridden: false });

describe("a report", () => {
  const given = assignment(
    weightedFramework(
      [weightedCriterion({ decisive: asked("main"), supporting: asked("agents") })],
      {
        introduction: "What it is.",
        notAssessed: [
          { criterion: "X", why: "w", askFor: "a", count: 7 },
          { criterion: "Y", why: "w", askFor: "a" },
        ],
        appliesFrom: [{ from: "2030-01-01", what: "All of it" }],
        questions: [{ id: "role", asks: "Which?", answers: { a: "A" }, several: false }],
      },
    ),
    [counting("main", { fields: ["approval"] }), grouping("agents", { fields: ["agent_id"] })],
    {
      overrides: [{ kind: "limits", name: "main", from: "pass", to: "fail", reason: "ours" }],
      measureDigests: { main: "00" },
    },
  );
  const entries = agentLog(3, 40);

  test("states its framework, its tests, and what it was held against", async () => {
    const report = await reportOf(given, entries);
    expect(report).toMatchObject({
      reportType: "made-up",
      schemaVersion: "1.2",
      framework: { id: "made-up", scoring: "weighted" },
      overrides: [{ kind: "limits", name: "main", from: "pass", to: "fail", reason: "ours" }],
      inputs: [],
      classes: [],
      weighted: {
        introduction: "What it is.",
        publisher: "Nobody",
        source: "https://example.invalid/made-up",
        licence: "CC0-1.0",
        textUse: "own-words",
        reading: "tests",
        reviewed: "2026-01-01",
        criteria: { tested: 1, disproveOnly: 0, figures: 0, notAssessed: 8 },
        questions: [{ id: "role", asks: "Which?", answer: "unknown" }],
        applications: [{ what: "All of it", from: "2030-01-01", binding: false }],
        readiness: expect.stringContaining("None of the 1 criteria") as string,
      },
    });
    expect(report.weighted).not.toHaveProperty("stale");
    expect(report).not.toHaveProperty("configuration");
    expect(report.weighted?.tests.map(({ key }) => key)).toEqual([
      "main",
      "agents",
      "field-completeness",
      "record-identity",
    ]);
  });

  test("answers, exclusions, the configuration and the age of the review", async () => {
    const report = await reportOf(
      { ...given, answers: { role: ["a"] }, notApplicable: { C1: "Not ours." } },
      entries,
      {
        now: START + 400 * 86_400e6,
        configuration: { name: "aegis-compliance.yaml", sha256: "00" },
      },
    );
    expect(report.weighted?.questions[0]?.answer).toEqual(["a"]);
    expect(report.findings[0]?.description).toContain("Not ours.");
    expect(report.configuration).toEqual({ name: "aegis-compliance.yaml", sha256: "00" });
    expect(report.weighted?.stale).toContain("2026-01-01");
  });

  test("inputs: those given, and those that would be used", async () => {
    const asking = assignment(weightedFramework([weightedCriterion()]), [
      counting("main", { needs: ["policy", "roster", "incidents"] }),
    ]);
    const policy = Policy.fromDict({ version: 1, defaults: { approval: "block" }, rules: [] });
    const none = await reportOf(asking, entries);
    expect(none.inputs.map(({ name, given: is }) => [name, is])).toEqual([
      ["policy", false],
      ["roster", false],
      ["incidents", false],
    ]);
    expect(none.findings[0]).toMatchObject({ result: "inconclusive", reason: "missing-input" });
    const all = await reportOf(asking, entries, {
      policy,
      inputs: { roster: ["a1"], incidents: [], recoveryTime: 1 },
      inputStatements: [{ name: "roster", source: "agents.csv", holds: "1 agent" }],
    });
    expect(all.inputs).toEqual([
      { name: "policy", given: true, sha256: policy.digest, holds: "0 rules", measures: ["main"] },
      { name: "roster", given: true, source: "agents.csv", holds: "1 agent", measures: ["main"] },
      { name: "recovery-time", given: true, measures: [] },
      { name: "incidents", given: true, measures: ["main"] },
    ]);
    expect(all.findings[0]?.reason).not.toBe("missing-input");
  });

  test("each input is looked for by itself", async () => {
    const asking = assignment(weightedFramework([weightedCriterion()]), [counting("main")]);
    const report = await reportOf(asking, entries, {
      inputs: { allowList: ["a.example"], deployedSince: 1 },
    });
    expect(report.inputs.map(({ name }) => name)).toEqual(["allow-list", "deployed-since"]);
  });

  test("classes with their hits, and none known for a class without a definition", async () => {
    const never = counting("class-hits:class_a", {
      population: parsePredicate("false", ENTRY_SCHEMA),
    });
    const hits = counting("class-hits:class_b", {
      population: parsePredicate('action_type == "read"', ENTRY_SCHEMA),
      exception: parsePredicate("true", ENTRY_SCHEMA),
      fields: ["action_type"],
    });
    const asking = assignment(
      weightedFramework([
        weightedCriterion({ decisive: asked("a") }),
        weightedCriterion({ id: "C2", decisive: asked("b") }),
      ]),
      [
        counting("a", { classes: ["class_a"] }),
        counting("b", { classes: ["class_b"] }),
        never,
        hits,
      ],
      { classes: [about("class_a"), about("class_b")] },
    );
    const { classes, findings } = await reportOf(asking, entries);
    const read = entries.filter((entry) => entry.action_type === "read").length;
    expect(classes.map(({ name, entries: found }) => [name, found])).toEqual([
      ["class_a", 0],
      ["class_b", read],
    ]);
    expect(findings.map(({ reason }) => reason)).toEqual(["missing-input", undefined]);
  });

  test("evidence is masked unless it is not to be", async () => {
    const mail = "jane.doe@example.com";
    const named = agentLog(3, 40).map((entry) =>
      Object.assign(entry, { agent_id: mail, approval: "auto" }),
    );
    const text = async (more: Partial<Assessment>) =>
      JSON.stringify((await reportOf(given, named, more)).weighted);
    expect(await text({})).not.toContain(mail);
    expect(await text({})).toContain("[REDACTED]");
    expect(await text({ revealed: "an inquiry" })).toContain(mail);
  });
});

const recorder = () => {
  const questions: Question[] = [];
  const inner = memory(agentLog(5, 30));
  const engine: Engine = {
    ...inner,
    observe: async (question, options) => {
      questions.push(question);
      return inner.observe(question, options);
    },
  };
  return { engine, questions };
};

const lint = (id: string) =>
  ({
    ...counting(id),
    kind: "policy-lint",
    codes: ["permissive-default"],
    lintCounts: [],
  }) as unknown as Measure;

const replay = (id: string) => {
  const { exception: _, ...base } = counting(id) as Extract<Measure, { kind: "count" }>;
  return { ...base, kind: "policy-replay" } as Measure;
};

describe("one reading", () => {
  const policy = Policy.fromDict({ version: 1, defaults: { approval: "auto" }, rules: [] });
  const asking = assignment(
    weightedFramework([
      weightedCriterion({ decisive: asked("lint") }),
      weightedCriterion({ id: "C2", decisive: asked("replay") }),
    ]),
    [lint("lint"), replay("replay")],
  );
  const { version, scope, scopeId, defaults, rules, planRules } = policy;
  const policyDocument = { version, scope, scopeId, defaults, rules, planRules };

  test("the policy is read by itself, and asked again only where it is there", async () => {
    const { engine, questions } = recorder();
    const { findings } = await reportOf(asking, [], { engine });
    expect(questions[0]?.measures.map(({ id }) => id)).toEqual([
      "field-completeness",
      "record-identity",
    ]);
    expect(questions[0]).not.toHaveProperty("policy");
    expect(questions[0]).not.toHaveProperty("inputs");
    expect(findings.map(({ reason }) => reason)).toEqual(["missing-input", "missing-input"]);
  });

  test("with the policy its weaknesses are the exceptions, and the log is replayed", async () => {
    const { engine, questions } = recorder();
    const { findings, weighted } = await reportOf(asking, [], {
      engine,
      policy,
      policyDocument,
      inputs: {},
    });
    expect(questions[0]?.measures.map(({ id }) => id)).toContain("replay");
    expect(questions[0]?.policy).toEqual(policyDocument);
    expect(questions[0]?.inputs).toEqual({});
    expect(findings[0]).toMatchObject({ result: "fail", population: 1, exceptions: 1 });
    expect(weighted?.tests[0]?.rules).toHaveLength(1);
  });

  test("the policy does not go along where nothing asks for it again", async () => {
    const { engine, questions } = recorder();
    const plain = assignment(weightedFramework([weightedCriterion()]), [counting("main")]);
    await reportOf(plain, [], { engine, policy, policyDocument });
    expect(questions[0]).not.toHaveProperty("policy");
  });

  test("several frameworks ask a measure once; different measures of one name are refused", async () => {
    const { engine, questions } = recorder();
    const one = assignment(weightedFramework([weightedCriterion()]), [counting("main")], {
      measureDigests: { main: "00" },
    });
    const options = {
      engine,
      period: {},
      now: START,
      language: ENGLISH,
      tool: { name: "", version: "" },
    };
    const reports = await assess({ ...options, assignments: [one, one] });
    expect(reports).toHaveLength(2);
    expect(questions).toHaveLength(1);
    expect(questions[0]?.measures.map(({ id }) => id)).toEqual([
      "main",
      "field-completeness",
      "record-identity",
    ]);
    const other = { ...one, measures: [rating("main")], measureDigests: { main: "01" } };
    await expect(assess({ ...options, assignments: [one, other] })).rejects.toMatchObject({
      code: "invalid-catalog",
      message: expect.stringContaining("main") as string,
    });
  });
});
