import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Policy } from "../../src/policy/policy.ts";
import { refusalOf } from "./refusals.ts";

const RULE = `rules:
  - name: r
    match: { type: "x" }
    approval: block
`;

function refusedText(text: string) {
  const error = refusalOf(() => Policy.parse(text, { file: "p.yaml" }));
  expect(error.code).toBe("invalid-policy");
  return error;
}

function conditionsText(conditions: string): string {
  return `${RULE}    conditions:\n      ${conditions}\n`;
}

describe("mistakes in a policy file", () => {
  it.each([
    [
      "aproval: block",
      'rules[0].aproval: "aproval" is no key of a rule',
      'Did you mean "approval"?',
    ],
    ["risk: high", 'rules[0].risk: "risk" is no key of a rule', 'Did you mean "risk_level"?'],
    ["foo: 1", 'rules[0].foo: "foo" is no key of a rule', "Remove it."],
    ["risk_level: hgih", "rules[0].risk_level: expected one of", 'Did you mean "high"?'],
    ["risk_level: 3", "came the number 3", undefined],
    [
      "conditions: [x]",
      "rules[0].conditions: expected a mapping of conditions, came a list",
      undefined,
    ],
  ])("%s", (line, message, hint) => {
    const error = refusedText(`${RULE}    ${line}\n`);
    expect(error.message).toContain(`p.yaml:5:`);
    expect(error.message).toContain(message);
    expect(error.hint).toBe(hint);
    expect(error.location).toMatchObject({ file: "p.yaml", line: 5 });
  });

  it.each([
    [
      "time_after: 1080",
      "time of day",
      'Did you mean "18:00"? In quotes every YAML reader takes it for a time.',
    ],
    ["time_after: 18", "time of day", 'Did you mean "18:00"?'],
    ['time_after: "25:00"', "time of day", undefined],
    ['time_after: "18:60"', "time of day", undefined],
    ['time_after: "18"', "time of day", undefined],
    [
      'time_before: "24:00"',
      "time of day",
      "Write 00:00, or leave out time_before for a window to midnight.",
    ],
    ['time_befor: "08:00"', '"time_befor" is no condition', 'Did you mean "time_before"?'],
    ["paramgt: { a: 1 }", '"paramgt" is no condition', 'Did you mean "param_gt"?'],
    ["nope: 1", '"nope" is no condition', expect.stringContaining("Conditions are time_after")],
    ["weekdays: 5", "a list of weekdays", undefined],
    ["weekdays: []", "at least one weekday", "With none the rule never matches."],
    ["weekdays: [0]", "a weekday from 1", "Sunday is 7."],
    ["weekdays: [8]", "a weekday from 1", undefined],
    ["weekdays: [1.5]", "a weekday from 1", undefined],
    ["weekdays: [mon]", "a weekday from 1", "Did you mean 1?"],
    ["param_gt: { amount: true }", "a number, a text or a list", expect.anything()],
    ["param_gt: { amount: { a: 1 } }", "a number, a text or a list", expect.anything()],
    ["param_lt: { amount: }", "came nothing (null)", expect.anything()],
    ["param_gt: 5", "at least one parameter name", expect.anything()],
    ["param_gt: {}", "came an empty mapping", expect.anything()],
    ["param_gt: { a: .nan }", "a finite number", undefined],
    ["param_contains: { a: null }", "a value to look for", undefined],
    ["param_matches: { a: 5 }", "a regular expression as text", undefined],
    ["param_matches: { a: '(?=x)' }", "a look-ahead", expect.stringContaining("linear")],
    ["param_matches: { a: '[' }", "missing closing ]", undefined],
    ["semantic: ' or the '", "at least one word", expect.stringContaining("destructive")],
    ["semantic: [a]", "a category or words", undefined],
    ["param_eq: { 1: x }", "keys that are text", "Put the key in quotes."],
    ["param_eq: { ok: yes }", "YAML 1.2 reads as text and YAML 1.1 as true", expect.anything()],
    ["param_gt: { n: 1_000 }", "YAML 1.1 as a number without its underscores", expect.anything()],
    [
      "param_gt: { n: 010 }",
      "reads as the number 10 and YAML 1.1 as an octal number",
      expect.anything(),
    ],
    ["param_gt: { n: 1e3 }", "reads as the number 1000 and YAML 1.1 as text", expect.anything()],
    ["param_eq: { d: 2026-01-01 }", "YAML 1.1 as a date", expect.anything()],
    ["param_eq: { t: 18:00 }", "YAML 1.1 as a number in base 60", expect.anything()],
  ])("condition %s", (line, message, hint) => {
    const error = refusedText(conditionsText(line));
    expect(error.message).toContain("p.yaml:6:");
    expect(error.message).toContain(message);
    expect(error.hint).toEqual(hint);
  });

  it.each([
    ["- 1", "the policy: expected a mapping"],
    ["x", "the policy: expected a mapping"],
    ["versoin: 1", 'Did you mean "version"'],
    ['version: "1.0"', 'the version "1" or "2"'],
    ["version: 3", 'the version "1" or "2"'],
    ["version:", 'the version "1" or "2"'],
    ["rules: x", "a list of rules"],
    ["rules: [1]", "rules[0]: expected a mapping"],
    ["rules: [{match: }]", "rules[0].match: expected a mapping with type, target or agent"],
    ["rules: [{match: {type: 1}}]", "rules[0].match.type: expected a glob as text"],
    ["rules: [{match: {typ: x}}]", '"typ" is no key of a match'],
    ["rules: [{name: <Default>}]", "expected another name"],
    ["rules: [{name: '  '}]", "a name that is more than blanks"],
    ["rules: [{name: 7}]", "a name as text, came the number 7"],
    ["defaults: {aproval: auto}", '"aproval" is no key of the defaults'],
    ["defaults: {approval: allow}", "defaults.approval: expected one of auto, approve or block"],
    ["defaults: {approval: }", "came nothing (null)"],
    ["scope: 3", "scope: expected text, came the number 3"],
    ["defaults: *none", 'but "*none" has none'],
    ["<<: 5", 'the policy: expected a mapping after "<<"'],
    ["? [a]\n: 1", "the policy: expected keys that are text"],
    ["%YAML 1.1\n---\nrules: []", "expected YAML 1.2"],
    ["a: [1", "expected YAML"],
    ["scope: !foo x", "Unresolved tag"],
    ["scope: a\n---\nscope: b", "one YAML document, came several"],
    ["scope: a\nscope: b", 'scope: expected each key once, but "scope" stands twice'],
    ["plan_rules: {sequence: []}", '"sequence" is no key of plan_rules'],
    ["plan_rules: {sequence_patterns: [{steps: [a]}]}", "a list of two or more globs"],
    ["plan_rules: {sequence_patterns: [{name: a}]}", "steps, a list of two or more globs"],
    ["plan_rules: {sequence_patterns: [{steps: [a, b], window: -1}]}", "a whole number, 0 or more"],
    ["plan_rules: {cumulative_risk: {on_exceed: block}}", "max_total_risk, a number"],
  ])("%s", (text, message) => {
    const error = refusedText(text);
    expect(`${error.message} ${error.hint}`).toContain(message);
  });

  it("are all named at once, first in the file first", () => {
    const error = refusedText(`defaults:
  approval: allow
rules:
  - naem: x
  - conditions: { time_after: "99" }
`);
    expect(error.location).toEqual({ file: "p.yaml", line: 2, column: 13 });
    expect(error.message.split("\n")).toEqual([
      'p.yaml:2:13: defaults.approval: expected one of auto, approve or block, came the text "allow"',
      "2 more mistakes:",
      '  p.yaml:4:5: rules[0].naem: "naem" is no key of a rule, which has name, match, risk_level, approval and conditions (Did you mean "name"?)',
      '  p.yaml:5:31: rules[1].conditions.time_after: expected a time of day as HH:MM, 00:00 to 23:59, came the text "99"',
    ]);
    expect(error.cause).toBeInstanceOf(AggregateError);
    expect((error.cause as AggregateError).errors).toHaveLength(3);
  });

  it("escape and shorten what they quote", () => {
    const long = "\\u001b[2J".repeat(30);
    const error = refusedText(`defaults: { approval: "${long}" }`);
    expect(error.message).not.toContain("\u001b");
    expect(error.message.length).toBeLessThan(500);
  });
});

describe("what loads", () => {
  it("an empty file blocks everything", () => {
    for (const text of ["", "# nothing\n", "{}", "rules:\ndefaults:\n"]) {
      const policy = Policy.parse(text);
      expect(policy.defaults).toMatchObject({ approval: "block", riskLevel: "MEDIUM" });
      expect(policy.rules).toEqual([]);
      expect(policy.version).toBe(1);
    }
  });

  it("quoted and unquoted times are the same", () => {
    for (const time of ["18:00", '"18:00"', "'18:00:59'", '" 18:00 "', "18:0"]) {
      const policy = Policy.parse(conditionsText(`time_after: ${time}`));
      expect(policy.rules[0]?.conditions).toEqual([{ kind: "time-window", after: 1080 }]);
    }
  });

  it("anchors, aliases and merge keys", () => {
    const policy = Policy.parse(`
rules:
  - &base { name: a, match: &m { type: x }, approval: block }
  - { <<: *base, name: b }
  - name: c
    match: *m
  - <<: [{ name: d }, *base]
`);
    expect(policy.rules.map(({ label, match, approval }) => [label, match.type, approval])).toEqual(
      [
        ["a", "x", "block"],
        ["b", "x", "block"],
        ["c", "x", "approve"],
        ["d", "x", "block"],
      ],
    );
  });

  it("names, lines and labels of rules", () => {
    const policy = Policy.parse(`rules:
  - name: one
  - name: ""
    match: { type: "upd*", target: db }
  - name:
  - match: { type: z }
`);
    expect(policy.rules.map(({ name, line, label }) => [name, line, label])).toEqual([
      ["one", 2, "one"],
      ["", 3, "upd*@db"],
      [null, 5, "*@*"],
      [undefined, 6, "rule_3"],
    ]);
  });

  it("scope and plan rules are kept", () => {
    const policy = Policy.parse(`version: 2
scope: team
scope_id: t1
plan_rules:
  sequence_patterns:
    - { name: exfiltrate, steps: ["read*", "send*"], window: 5 }
  cumulative_risk: { max_total_risk: 10, on_exceed: approve }
`);
    expect([policy.version, policy.scope, policy.scopeId]).toEqual([2, "team", "t1"]);
    expect(policy.planRules).toEqual({
      sequencePatterns: [
        {
          name: "exfiltrate",
          description: "",
          steps: ["read*", "send*"],
          window: 5,
          approval: "block",
          riskLevel: "CRITICAL",
        },
      ],
      cumulativeRisk: { maxTotalRisk: 10, onExceed: "approve" },
    });
    const decision = policy.evaluate(
      { type: "read", target: "x" },
      { now: "2026-01-01T00:00:00Z" },
    );
    expect(decision.matchedRule).toBe("<default>");
  });
});

function withFile<T>(content: string | Buffer, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    const path = join(folder, "policy.yaml");
    writeFileSync(path, content);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("files", () => {
  it("are read with their digest, byte order mark or not", () => {
    const content = Buffer.from(`\uFEFF${RULE}`);
    const policy = withFile(content, (path) => Policy.fromYaml(path));
    expect(policy.rules[0]?.line).toBe(2);
    expect(policy.digest).toBe(createHash("sha256").update(content).digest("hex"));
    expect(Policy.parse(RULE).digest).toBe(createHash("sha256").update(RULE).digest("hex"));
  });

  it("that are missing or no text are named", () => {
    const missing = refusalOf(() => Policy.fromYaml("no/such/policy.yaml"));
    expect(missing.code).toBe("unreadable-source");
    expect(missing.message).toContain("no/such/policy.yaml");
    const bytes = withFile(Buffer.from([0x61, 0xff]), (path) =>
      refusalOf(() => Policy.fromYaml(path)),
    );
    expect(bytes.code).toBe("invalid-policy");
    expect(bytes.message).toContain("UTF-8");
  });

  it("cannot grow by their aliases", () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const items =
        level === 0
          ? "x"
          : Array(9)
              .fill(`*a${level - 1}`)
              .join(", ");
      return `k${level}: &a${level} [${items}]`;
    });
    const error = refusedText(levels.join("\n"));
    expect(error.message).toContain("200000 values");
    expect(refusedText("a: &a [*a]").message).toContain("64 levels");
  });
});

describe("plain objects", () => {
  it("give the same rules as the file, with paths for lines", () => {
    const dict = { rules: [{ name: "r", match: { type: "x" }, approval: "block" }] };
    const policy = Policy.fromDict(dict);
    const { line, ...rule } = Policy.parse(RULE).rules[0] ?? { line: undefined };
    expect(line).toBe(2);
    expect(policy.rules).toEqual([rule]);
    const error = refusalOf(() => Policy.fromDict({ rules: [{ aproval: "x" }] }));
    expect(error.message).toMatch(/^rules\[0\]\.aproval: /u);
    expect(error.location).toBeUndefined();
  });

  it("have a digest that does not depend on the order of keys", () => {
    const one = Policy.fromDict({ version: 1, defaults: { approval: "auto", risk_level: "low" } });
    const other = Policy.fromDict({
      defaults: { risk_level: "low", approval: "auto" },
      version: 1,
    });
    const canonical = '{"defaults":{"approval":"auto","risk_level":"low"},"version":1}';
    expect(one.digest).toBe(createHash("sha256").update(canonical).digest("hex"));
    expect(other.digest).toBe(one.digest);
  });

  it("are copied", () => {
    const limit = [1, 2];
    const dict = { rules: [{ conditions: { param_eq: { x: limit } }, approval: "auto" }] };
    const policy = Policy.fromDict(dict);
    limit.push(3);
    const action = { type: "a", target: "b", params: { x: [1, 2] } };
    expect(policy.evaluate(action, { now: new Date(0) }).approval).toBe("auto");
    expect(Object.isFrozen(policy.rules)).toBe(true);
  });

  it("must be what JSON can say", () => {
    const loop: Record<string, unknown> = {};
    loop["rules"] = [loop];
    for (const value of [null, undefined, 5, [], new Date(), { rules: [() => 1] }, loop]) {
      expect(refusalOf(() => Policy.fromDict(value)).code).toBe("invalid-policy");
    }
    expect(refusalOf(() => Policy.fromDict({ scope: Number.NaN })).message).toContain("NaN");
  });
});
