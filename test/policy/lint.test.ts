import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Policy } from "../../src/policy/policy.ts";

const DEFAULTS = { approval: "block", risk_level: "medium" };

function rule(name: string, approval: string, match: object = {}, conditions: object = {}) {
  return { name, approval, risk_level: "medium", match, conditions };
}

function lint(rules: readonly unknown[], defaults: unknown = DEFAULTS) {
  return Policy.fromDict({ rules, defaults }).lint();
}

/** `code rule severity`, one a finding. */
function told(rules: readonly unknown[], defaults: unknown = DEFAULTS): readonly string[] {
  return lint(rules, defaults).map((finding) =>
    [finding.code, finding.rule, finding.severity].filter((part) => part !== undefined).join(" "),
  );
}

describe("unreachable rules", () => {
  it.each([
    ["the same glob", { type: "x" }, {}, { type: "x" }, {}],
    ["a wider glob", { type: "x*" }, {}, { type: "x_y" }, {}],
    ["a wider glob on all three", { type: "*" }, {}, { type: "a", target: "b", agent: "c" }, {}],
    ["an earlier rule without condition", {}, {}, {}, { time_after: "22:00" }],
    ["a wider number", {}, { param_gt: { n: 50 } }, {}, { param_gt: { n: 100 } }],
    ["the bound itself", {}, { param_gte: { n: 50 } }, {}, { param_gt: { n: 50 } }],
    ["an equal one", {}, { param_lt: { n: 50 } }, {}, { param_eq: { n: 49 } }],
    [
      "a wider window",
      {},
      { time_after: "08:00" },
      {},
      { time_after: "09:00", time_before: "10:00" },
    ],
    [
      "a night in a night",
      {},
      { time_after: "18:00", time_before: "08:00" },
      {},
      { time_after: "22:00", time_before: "06:00" },
    ],
    [
      "an hour of a night",
      {},
      { time_after: "18:00", time_before: "08:00" },
      {},
      { time_after: "01:00", time_before: "02:00" },
    ],
    ["more days", {}, { weekdays: [1, 2] }, {}, { weekdays: [2] }],
    ["the same words", {}, { semantic: "pii" }, {}, { semantic: "pii", param_eq: { a: 1 } }],
  ])("behind %s", (_, earlierMatch, earlierConditions, match, conditions) => {
    const rules = [
      rule("first", "approve", earlierMatch, earlierConditions),
      rule("dead", "approve", match, conditions),
    ];
    expect(told(rules)).toContain("unreachable-rule dead warning");
    expect(told(rules.toReversed())).not.toContain("unreachable-rule dead warning");
    const found = lint(rules).find(({ code }) => code === "unreachable-rule");
    expect(found?.message).toContain('"first" takes all that it matches');
  });

  it.each([
    ["a narrower glob", { type: "x_*" }, {}, { type: "x*" }, {}],
    ["another target", { target: "a*" }, {}, { type: "x" }, {}],
    ["another operator", {}, { param_gt: { n: 50 } }, {}, { param_gte: { n: 50 } }],
    ["another parameter", {}, { param_gt: { n: 50 } }, {}, { param_gt: { m: 100 } }],
    ["another type", {}, { param_gt: { n: 50 } }, {}, { param_gt: { n: "a" } }],
    ["a condition", {}, { time_after: "22:00" }, {}, {}],
    [
      "one half of a night",
      {},
      { time_after: "18:00" },
      {},
      { time_after: "18:00", time_before: "08:00" },
    ],
    ["fewer days", {}, { weekdays: [1] }, {}, { weekdays: [1, 2] }],
  ])("but not behind %s", (_, earlierMatch, earlierConditions, match, conditions) => {
    const rules = [
      rule("first", "approve", earlierMatch, earlierConditions),
      rule("alive", "approve", match, conditions),
    ];
    expect(told(rules).filter((text) => text.startsWith("unreachable-rule"))).toEqual([]);
  });

  it("behind several rules together", () => {
    const rules = [
      rule("low", "approve", { type: "[a-m]*" }),
      rule("high", "approve", { type: "[!a-m]*" }),
      rule("none", "approve", { type: "" }),
      rule("dead", "approve", { target: "t" }),
    ];
    const found = lint(rules).find(({ code }) => code === "unreachable-rule");
    expect(found?.message).toContain('"low", "high" and "none" together take all');
    expect(told(rules.toSpliced(2, 1))).not.toContain("unreachable-rule dead warning");
  });

  it("that match nothing by themselves", () => {
    for (const [match, conditions, why] of [
      [{ type: "[z-a]" }, {}, "no text matches the glob [z-a]"],
      [{}, { time_before: "00:00" }, "no time of day"],
      [{}, { param_gt: { n: 5 }, param_lt: { n: 5 } }, "exclude each other"],
      [{}, { param_eq: { n: 5 }, param_gt: { n: 5 } }, "exclude each other"],
    ] as const) {
      const [found, ...rest] = lint([rule("dead", "block", match, conditions)]);
      expect(found).toMatchObject({ code: "unreachable-rule", rule: "dead" });
      expect(found?.message).toContain(why);
      expect(rest).toEqual([]);
    }
  });

  it("weigh more when a stricter rule is lost", () => {
    const rules = [rule("all", "auto"), rule("ask", "approve", { type: "x" })];
    expect(told(rules)).toEqual(["match-all-auto all warning", "unreachable-rule ask error"]);
  });
});

describe("shadowed blocks", () => {
  it("wholly, partly across, and by exceptions", () => {
    expect(told([rule("all", "auto"), rule("b", "block", { type: "delete" })])).toEqual([
      "match-all-auto all warning",
      "unreachable-rule b error",
      "shadowed-block b error",
    ]);
    expect(
      told([rule("a", "auto", { target: "staging*" }), rule("b", "block", { type: "drop" })]),
    ).toEqual(["shadowed-block b warning", "partly-shadowed-rule b warning"]);
    expect(
      told([rule("a", "auto", { type: "delete_tmp" }), rule("b", "block", { type: "delete*" })]),
    ).toEqual(["shadowed-block b info"]);
  });

  it("name what passes and how", () => {
    const [found] = lint([
      rule("a", "auto", { type: "read" }, { param_lt: { n: 5 } }),
      rule("b", "block", {}, { time_after: "20:00" }),
    ]);
    expect(found?.message).toBe(
      '"b" blocks less than it says: type "read" where its conditions hold ("a") gets auto/MEDIUM.',
    );
    expect(found?.suggestion).toContain('Move it before "a"');
  });

  it("are not the block on everything behind an allow-list, nor a block behind a block", () => {
    expect(told([rule("a", "auto", { type: "read" }), rule("rest", "block")])).toEqual([]);
    expect(
      told([rule("a", "block", { target: "x*" }), rule("b", "block", { type: "drop" })]),
    ).toEqual([]);
    expect(
      told([
        rule("small", "auto", { type: "pay" }, { param_lte: { n: 25 } }),
        rule("large", "block", { type: "pay" }, { param_gt: { n: 25 } }),
      ]),
    ).toEqual([]);
  });
});

describe("the rest", () => {
  it("rules that match everything and ask nobody", () => {
    expect(told([rule("all", "auto")])).toEqual(["match-all-auto all warning"]);
    expect(told([rule("all", "approve")])).toEqual([]);
    expect(told([rule("night", "auto", {}, { time_after: "20:00" })])).not.toContain(
      "match-all-auto night warning",
    );
    expect(told([rule("one", "auto", { agent: "crm" })])).toEqual([]);
  });

  it("elevated rules on auto, and defaults", () => {
    const critical = { ...rule("c", "auto"), risk_level: "critical" };
    const high = { ...rule("h", "auto", { type: "h" }), risk_level: "high" };
    expect(told([high, critical])).toEqual(["elevated-auto h warning", "elevated-auto c error"]);
    expect(told([], { approval: "auto" })).toEqual(["permissive-default warning"]);
    expect(told([], { approval: "auto", risk_level: "high" })).toEqual([
      "permissive-default error",
    ]);
    expect(told([], {})).toEqual(["default-not-stated warning"]);
    expect(told([], null)).toEqual(["default-not-stated warning"]);
    expect(told([{ name: "r" }])).toEqual(["default-not-stated r info"]);
  });

  it("names used twice, by label", () => {
    const policy = Policy.parse(`defaults: { approval: block }
rules:
  - { name: rule_2, match: { type: a }, approval: block }
  - { name: x, match: { type: b }, approval: block }
  - { match: { type: c }, approval: block }
`);
    expect(policy.lint()).toEqual([
      {
        code: "duplicate-name",
        severity: "warning",
        rule: "rule_2",
        line: 5,
        message: expect.stringContaining("the rule in line 3") as string,
        suggestion: "Give each rule a name of its own.",
      },
    ]);
  });

  it("a window outside which nothing is stricter", () => {
    const hours = { time_after: "09:00", time_before: "17:00", weekdays: [1, 2, 3, 4, 5] };
    const window = rule("window", "approve", { type: "deploy" }, hours);
    const night = rule("night", "block", { type: "deploy" }, { time_after: "17:00" });
    const defaults = { approval: "approve" };
    expect(told([window])).toEqual([]);
    const [found, ...rest] = lint([window, night], defaults);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ code: "window-falls-through", rule: "window" });
    expect(found?.message).toContain(
      "they fall Mon-Fri 00:00-09:00, Sat-Sun 00:00-17:00 to the defaults (approve/MEDIUM).",
    );
    const rest2 = rule("other", "approve", { type: "deploy*" });
    expect(lint([window, rest2]).map(({ message }) => message)[0]).toContain(
      'Mon-Fri 00:00-09:00 and 17:00-24:00, Sat-Sun 00:00-24:00 to "other" (approve/MEDIUM).',
    );
    expect(told([window, rule("other", "block", { type: "deploy*" })], defaults)).toEqual([
      "shadowed-block other info",
    ]);
  });

  it("takes large policies", () => {
    const rules = Array.from({ length: 400 }, (_, index) =>
      rule(`r${index}`, index % 2 === 0 ? "auto" : "block", {
        type: index % 3 === 0 ? "*" : `t${index}_*`,
        target: index % 5 === 0 ? "prod*" : "*",
      }),
    );
    expect(lint(rules).length).toBeGreaterThan(0);
  });
});

describe("in German", () => {
  const rules = [
    rule("all", "auto", { type: "transfer*" }, { param_gt: { n: 1 } }),
    rule("all", "approve", { target: "x*" }),
    rule("office", "approve", { type: "d" }, { time_after: "09:00", weekdays: [1, 2, 3, 4, 5] }),
    { ...rule("risky", "auto", { type: "e" }), risk_level: "critical" },
    rule("dead", "block", { type: "e" }),
    rule("never", "approve", { type: "f" }, { time_before: "00:00" }),
    rule("both", "approve", { type: "g" }, { param_eq: { n: 1 }, param_gt: { n: 2 } }),
    { name: "silent", match: { type: "h" } },
    rule("stop", "block", { type: "transfer_*", target: "x*" }),
    rule("stop crossing", "block", { type: "*", target: "x_y", agent: "a*" }),
    rule("rest", "auto"),
  ];
  const inGerman = Policy.fromDict({
    rules,
    defaults: { approval: "auto", risk_level: "high" },
  });
  const english = inGerman.lint();
  const german = inGerman.lint("de");

  it("finds the same", () => {
    const facts = (findings: typeof english) =>
      findings.map(({ message: _message, suggestion: _suggestion, ...fact }) => fact);
    expect(facts(german)).toEqual(facts(english));
    expect(new Set(german.map(({ code }) => code)).size).toBeGreaterThanOrEqual(7);
  });

  it("says it in German, with the policy's own words as they are", () => {
    expect([...new Set(german.map(({ message }) => message))]).toEqual(
      expect.arrayContaining([
        "Aktionen, auf die keine Regel passt, laufen ohne Rückfrage (auto/HIGH).",
        '"all" heißt auch eine frühere Regel, sodass ein Protokoll die beiden nicht unterscheiden kann.',
        'Zu "all" gelangt nie, worüber frühere Regeln entscheiden: type "transfer*", wo ihre Bedingungen gelten ("all").',
        'Außerhalb des Zeitfensters von "office" (approve/MEDIUM) werden dieselben Aktionen nicht strenger behandelt: Sie fallen Mo–Fr 00:00-09:00, Sa–So 00:00-24:00 an "rest" (auto/MEDIUM).',
        'Zu "risky" gelangt nie, worüber frühere Regeln entscheiden: target "x*" ("all").',
        '"risky" lässt Aktionen der Stufe CRITICAL laufen, ohne einen Menschen zu fragen.',
        '"stop crossing" entscheidet nie etwas: "all" nimmt ihr alles, worauf sie passt.',
        '"dead" blockiert nichts: für type "e" ("risky") gilt auto/CRITICAL.',
        '"never" entscheidet nie etwas: vor 00:00 liegt keine Tageszeit.',
        '"both" entscheidet nie etwas: ihre Bedingungen schließen einander aus.',
        '"silent" sagt nicht, was zu tun ist; es gilt approve.',
        '"stop crossing" blockiert nichts: für target "x*" ("all") gilt approve/MEDIUM.',
        '"rest" passt auf jede Aktion und lässt sie laufen, ohne einen Menschen zu fragen.',
      ]),
    );
    const suggestions = german.map(({ suggestion }) => suggestion);
    expect(suggestions.filter((text) => /\b(?:the|it|before)\b/.test(text))).toEqual([]);
  });

  it("of a policy whose defaults say nothing", () => {
    expect(Policy.fromDict({ rules: [] }).lint("de")[0]?.message).toMatch(/^Die Vorgaben/);
  });

  it("in no language that there is not", () => {
    expect(() => inGerman.lint("fr")).toThrow(
      expect.objectContaining({ code: "invalid-option" }) as Error,
    );
  });
});

const folder = new URL("../../../shared/data/policies/", import.meta.url);

/** Rules that cross earlier ones in type and target, which the facts, made from types alone, leave out. */
const MORE_SHADOWED: Readonly<Record<string, readonly string[]>> = {
  "policies/data-pipeline.yaml": [
    "bulk_large",
    "schema_critical",
    "drop_block",
    "delete_block",
    "truncate_block",
  ],
};

interface Facts {
  readonly rules: number;
  readonly defaults: { readonly risk_level: string; readonly approval: string };
  readonly approval_counts: Readonly<Record<string, number>>;
  readonly unreachable_rules: readonly (readonly [string, string, string])[];
  readonly partly_shadowed: readonly (readonly [string, string, string])[];
}

describe.skipIf(!existsSync(folder))("real policies (needs the shared data folder)", () => {
  const facts: [string, Facts][] = existsSync(folder)
    ? Object.entries(
        JSON.parse(readFileSync(new URL("FACTS.json", folder), "utf8")) as Record<string, Facts>,
      )
    : [];
  const load = (name: string) => Policy.fromYaml(fileURLToPath(new URL(name, folder)));

  it("are fourteen", () => {
    expect(facts).toHaveLength(14);
  });

  it.each(facts)("%s", (name, fact) => {
    const policy = load(name);
    const findings = policy.lint();
    expect(policy.rules).toHaveLength(fact.rules);
    expect(policy.defaults.approval).toBe(fact.defaults.approval);
    expect(policy.defaults.riskLevel.toLowerCase()).toBe(fact.defaults.risk_level);
    for (const [approval, count] of Object.entries(fact.approval_counts)) {
      expect(policy.rules.filter((one) => one.approval === approval)).toHaveLength(count);
    }
    const unreachable = findings.filter(({ code }) => code === "unreachable-rule");
    expect(unreachable.map((finding) => finding.rule)).toEqual(
      fact.unreachable_rules.map(([dead]) => dead),
    );
    for (const [dead, , by] of fact.unreachable_rules) {
      expect(unreachable.find((finding) => finding.rule === dead)?.message).toContain(`"${by}"`);
    }
    const partly = findings.filter(({ code }) => code === "partly-shadowed-rule");
    const named = new Set(fact.partly_shadowed.map(([shadowed]) => shadowed));
    const others = partly.filter((finding) => !named.has(finding.rule ?? ""));
    expect(others.map((finding) => finding.rule)).toEqual(MORE_SHADOWED[name] ?? []);
    for (const [shadowed, , type] of fact.partly_shadowed) {
      const finding = partly.find((one) => one.rule === shadowed);
      expect(finding?.message).toContain(`type "${type}"`);
      expect(finding?.line).toBeGreaterThan(0);
    }
  });

  it("a block at night that a transfer never meets", () => {
    const policy = load("policies/financial-agent.yaml");
    const action = { type: "transfer", target: "account" };
    const decision = policy.evaluate(action, { now: "2026-03-20T21:00:00Z" });
    expect(decision).toMatchObject({ approval: "approve", matchedRule: "transfer_critical" });
    const finding = policy.lint().find(({ code }) => code === "shadowed-block");
    expect(finding?.rule).toBe("after_hours_block");
    for (const type of ["view", "create_invoice", "refund", "transfer"]) {
      expect(finding?.message).toContain(`type "${type}"`);
    }
    expect(finding?.message).not.toContain('type "delete"');
  });

  it("a production deployment before nine that falls to the defaults", () => {
    const policy = load("policies/devops-agent.yaml");
    const action = { type: "deploy", target: "api", params: { env: "production" } };
    expect(policy.evaluate(action, { now: "2026-03-20T08:00:00Z" }).matchedRule).toBe("<default>");
    expect(policy.lint().map(({ code, rule: name }) => [code, name])).toEqual([
      ["window-falls-through", "prod_deploy_approve"],
    ]);
  });

  it("decide a real log as it was decided, and as a newer policy would", () => {
    const lines = readFileSync(new URL("fixtures/audit-sample.jsonl", folder), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, string>);
    const replay = (name: string) => {
      const policy = load(name);
      return lines.map((entry) => {
        const { action_type: type = "", action_target: target = "", timestamp: now = "" } = entry;
        const { approval } = policy.evaluate({ type, target }, { now });
        return { target, was: entry["approval"], approval };
      });
    };
    expect(replay("examples/policy-v1.yaml").filter((one) => one.approval !== one.was)).toEqual([]);
    const blocked = replay("examples/policy-v2.yaml").filter(
      (one) => one.approval === "block" && one.was !== "block",
    );
    expect(blocked.map((one) => one.target)).toEqual([
      "production-db",
      "staging-db",
      "production-api",
      "production-cache",
    ]);
  });
});
