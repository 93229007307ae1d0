// Inputs, classes and the policy: what an answer needs besides the entries.

import { describe, expect, test } from "vitest";
import { inputStatements, neededInputs } from "../../src/assess/asked-inputs.ts";
import { classHits, classesWithoutMatcher } from "../../src/assess/class-hits.ts";
import { lintObservation } from "../../src/assess/lint-observation.ts";
import { maskObservation } from "../../src/assess/mask.ts";
import { CLASS_HITS_PREFIX, classHits as measuresOf } from "../../src/catalog/classes.ts";
import { memory } from "../../src/engines/memory.ts";
import { parsePredicate, parseText } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../src/expression/schema.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import { INPUT_NAMES } from "../../src/model/inputs.ts";
import type { Measure, PolicyLintMeasure } from "../../src/model/measure.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { PolicyLintFinding } from "../../src/model/report.ts";
import { counted } from "./made.ts";
import { counting, pair } from "./made-weighted.ts";

const ofKind = (kind: Measure["kind"], more: object = {}): Measure => {
  const { exception: _, ...base } = counting(kind) as Extract<Measure, { kind: "count" }>;
  return { ...base, kind, ...more } as unknown as Measure;
};

describe("inputs", () => {
  test("every input is called something and can be given somehow", () => {
    expect(Object.keys(ENGLISH.assess.inputs)).toEqual([...INPUT_NAMES]);
  });

  test("which a measure cannot do without", () => {
    expect(neededInputs(counting("a"))).toEqual([]);
    expect(neededInputs(counting("a", { needs: ["incidents", "roster"] }))).toEqual([
      "roster",
      "incidents",
    ]);
    expect(neededInputs(ofKind("policy-lint", { needs: ["policy"] }))).toEqual(["policy"]);
    expect(neededInputs(ofKind("policy-replay"))).toEqual(["policy"]);
  });

  const listed = parsePredicate('!agent_id.listed("roster")', ENTRY_SCHEMA);
  test.each<[string, Measure, string[]]>([
    ["what it needs", counting("a", { needs: ["recovery-time"] }), ["recovery-time"]],
    [
      "the list it compares with",
      ofKind("set-difference", { reference: "allow-list" }),
      ["allow-list"],
    ],
    ["since when agents run", ofKind("reach"), ["deployed-since"]],
    ["how long recovery may take", ofKind("percentile"), ["recovery-time"]],
    ["a list in its population", counting("a", { population: listed }), ["roster"]],
    [
      "a list of hosts in a share",
      counting("a", {
        shares: [
          {
            name: "x_share",
            among: parsePredicate("true", ENTRY_SCHEMA),
            part: parsePredicate('host(action_target).listed("allow-list")', ENTRY_SCHEMA),
          },
        ],
      }),
      ["allow-list"],
    ],
    [
      "incidents in a count",
      counting("a", {
        counts: [
          { name: "x", of: "exceptions", where: parsePredicate("in_incident()", ENTRY_SCHEMA) },
        ],
      }),
      ["incidents"],
    ],
    ["nothing", counting("a", { exception: parsePredicate("present(id)", ENTRY_SCHEMA) }), []],
    // What examples give to a measure is no question of it.
    ["examples", counting("a", { examples: [{ kind: "in-incident" }] as never }), []],
  ])("are stated for measures that use them: %s", (_, measure, expected) => {
    expect(inputStatements([measure], []).map(({ name }) => name)).toEqual(expected);
  });

  test("say where they come from, who uses them, and what is missing", () => {
    const measures = [
      counting("a", { needs: ["incidents"] }),
      counting("b", { needs: ["roster", "incidents"] }),
    ];
    const given = [
      { name: "roster", source: "agents.csv", sha256: "0".repeat(64), holds: "12 agents" },
      { name: "allow-list" },
    ] as const;
    expect(inputStatements(measures, given)).toEqual([
      {
        name: "roster",
        given: true,
        source: "agents.csv",
        sha256: "0".repeat(64),
        holds: "12 agents",
        measures: ["b"],
      },
      { name: "allow-list", given: true, measures: [] },
      { name: "incidents", given: false, measures: ["a", "b"] },
    ]);
  });
});

describe("classes of actions", () => {
  const classes = ["class_b", "class_a", "class_c"].map((name) => ({
    name,
    meaning: `${name} it is`,
    cel: "false",
    overridden: name === "class_a",
  }));
  const definitions = new Map([
    ["class_a", parsePredicate("false", ENTRY_SCHEMA)],
    ["class_b", parsePredicate('action_type == "b"', ENTRY_SCHEMA)],
  ]);

  test("those without a definition that finds anything", () => {
    const measures = measuresOf(classes, definitions);
    expect(measures.map(({ id }) => id)).toEqual(["class-hits:class_b", "class-hits:class_a"]);
    expect([...classesWithoutMatcher(measures)]).toEqual(["class_a"]);
    const never = parsePredicate("false", ENTRY_SCHEMA);
    expect([...classesWithoutMatcher([counting("other", { population: never })])]).toEqual([]);
    const alike = counting("class-hits:class_d", { exception: never });
    expect([...classesWithoutMatcher([alike])]).toEqual(["class_d"]);
    const always = counting("class-hits:class_e", {
      population: parsePredicate("true", ENTRY_SCHEMA),
    });
    expect([...classesWithoutMatcher([always])]).toEqual([]);
    const grouped = { ...counting("class-hits:class_f", { population: never }), kind: "groups" };
    expect([...classesWithoutMatcher([grouped as unknown as Measure])]).toEqual([]);
  });

  test("hits are counted also where no other measure reads what a class looks at", async () => {
    const entries = [
      { id: 1, action_type: "b", action_target: "x" },
      { id: 2, action_type: "a", action_target: "y" },
      { id: 3, action_type: "b", action_target: "z" },
    ];
    const measures = measuresOf(
      classes,
      new Map([
        ["class_a", parsePredicate('action_target == "y"', ENTRY_SCHEMA)],
        ["class_b", parsePredicate('action_type == "b"', ENTRY_SCHEMA)],
      ]),
    );
    expect(measures.map(({ fields }) => fields)).toEqual([["action_type"], ["action_target"]]);
    const { observations } = await memory(entries).observe({ measures, period: {}, now: 0 });
    const users = [counting("x", { classes: ["class_a", "class_b"] })];
    expect(
      classHits(classes, users, observations).map(({ name, entries: hits }) => [name, hits]),
    ).toEqual([
      ["class_a", 1],
      ["class_b", 2],
    ]);
  });

  test("hits of those that are used, sorted by name", () => {
    const observations = new Map<string, Observation>([
      [`${CLASS_HITS_PREFIX}class_b`, counted(7, 7)],
      [`${CLASS_HITS_PREFIX}class_c`, counted(9, 9)],
    ]);
    const measures = [
      counting("x", { classes: ["class_b"] }),
      counting("y", { classes: ["class_a", "class_b"] }),
    ];
    expect(classHits(classes, measures, observations)).toEqual([
      { name: "class_a", meaning: "class_a it is", cel: "false", entries: 0, overridden: true },
      { name: "class_b", meaning: "class_b it is", cel: "false", entries: 7, overridden: false },
    ]);
  });
});

const policy = (lint: readonly PolicyLintFinding[]) => ({
  digest: "",
  rules: [{ label: "r1" }, { label: "r2" }],
  lint: (language: string) => (language === "de" ? lint : []),
});

describe("the policy itself", () => {
  const findings: PolicyLintFinding[] = [
    { code: "permissive-default", severity: "error", message: "lets all through", suggestion: "" },
    {
      code: "elevated-auto",
      severity: "warning",
      rule: "r1",
      line: 3,
      message: "auto",
      suggestion: "",
    },
    { code: "elevated-auto", severity: "error", rule: "r2", message: "auto too", suggestion: "" },
    {
      code: "duplicate-name",
      severity: "info",
      rule: "r2",
      line: 9,
      message: "twice",
      suggestion: "",
    },
  ];
  const measure = ofKind("policy-lint", {
    codes: ["permissive-default", "elevated-auto"],
    lintCounts: [
      { name: "elevated", codes: ["elevated-auto"] },
      { name: "elevated_errors", codes: ["elevated-auto"], severity: "error" },
      { name: "twice", codes: ["duplicate-name", "unreachable-rule"] },
    ],
  }) as PolicyLintMeasure;

  test("its population is its rules and its defaults, its exceptions the findings that count", () => {
    expect(lintObservation(measure, policy(findings), "de")).toEqual({
      kind: "policy-lint",
      measure: "policy-lint",
      population: 3,
      exceptions: 3,
      exceptionEntries: [],
      numbers: { elevated: 2, elevated_errors: 1, twice: 1 },
      rules: [
        { message: "lets all through" },
        { rule: "r1", line: 3, message: "auto" },
        { rule: "r2", message: "auto too" },
      ],
    });
  });

  test("the first fifty are listed, all are counted", () => {
    const many = Array.from({ length: 60 }, () => findings[0] as PolicyLintFinding);
    const { exceptions, rules } = lintObservation(measure, policy(many), "de");
    expect([exceptions, rules.length]).toEqual([60, 50]);
  });

  test("without a policy there is nothing", () => {
    expect(lintObservation(measure, undefined, "de")).toMatchObject({
      population: 0,
      exceptions: 0,
      rules: [],
      numbers: { elevated: 0, elevated_errors: 0, twice: 0 },
    });
  });
});

describe("masking", () => {
  const MAIL = "jane.doe@example.com";
  const entry = { id: MAIL, timestamp: "2026", agent_id: MAIL, action_target: `for ${MAIL}` };
  const base = { ...counted(1, 1), exceptionEntries: [entry] };
  const by = parseText("agent_id", ENTRY_SCHEMA);

  test.each<[string, Observation]>([
    ["sequence", { ...base, kind: "sequence", pairs: [pair(entry, entry)] }],
    ["distinct", { ...base, kind: "distinct", groups: [{ key: MAIL, count: 3 }] }],
    ["set-difference", { ...base, kind: "set-difference", groups: [{ key: MAIL, count: 3 }] }],
    ["run", { ...base, kind: "run" }],
  ])("reaches everything that %s lists, but not the ids", (_, observation) => {
    const text = JSON.stringify(maskObservation(observation));
    expect(text.replaceAll(`"id":"${MAIL}"`, "")).not.toContain(MAIL);
    expect(text).toContain(`"id":"${MAIL}"`);
    expect(text).toContain("[REDACTED]");
    expect(by.source).toBe("agent_id");
  });
});
