import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareStrictness } from "../../src/policy/decision.ts";
import type { Action } from "../../src/policy/decision.ts";
import { Policy } from "../../src/policy/policy.ts";
import { refusalOf } from "./refusals.ts";

const NOW = "2026-03-20T14:30:00Z";

function decide(rules: readonly unknown[], action: Partial<Action> = {}, now: Date | string = NOW) {
  const policy = Policy.fromDict({ rules, defaults: { approval: "approve" } });
  const { approval, matchedRule } = policy.evaluate({ type: "t", target: "x", ...action }, { now });
  return `${approval} ${matchedRule}`;
}

describe("a parameter that cannot be compared fails closed", () => {
  const block = { name: "b", approval: "block", conditions: { param_gt: { n: 100 } } };
  const auto = { name: "a", approval: "auto" };

  it("does not slip past a block, whatever its type", () => {
    for (const n of ["50", "101", [200], { n: 200 }, Number.NaN, new Date(), () => 1]) {
      expect(decide([block, auto], { params: { n } })).toBe("block b");
    }
    for (const n of [50, null, undefined])
      expect(decide([block, auto], { params: { n } })).toBe("auto a");
    expect(decide([block, auto])).toBe("auto a");
  });

  it("does not let a permissive rule hold either", () => {
    const small = { name: "s", approval: "auto", conditions: { param_lte: { n: 100 } } };
    expect(decide([small], { params: { n: 5 } })).toBe("auto s");
    expect(decide([small], { params: { n: "5" } })).toBe("approve <default>");
  });

  it("takes the stricter of an approve in doubt and the block behind it", () => {
    const small = { name: "s", approval: "approve", conditions: { param_lte: { n: 100 } } };
    const rest = { name: "r", approval: "block" };
    expect(decide([small, rest], { params: { n: 5 } })).toBe("approve s");
    expect(decide([small, rest], { params: { n: "5" } })).toBe("block r");
    expect(decide([small, auto], { params: { n: "5" } })).toBe("approve s");
  });

  it("is no doubt when another condition does not hold", () => {
    const both = { ...block, conditions: { param_gt: { n: 100 }, param_eq: { env: "prod" } } };
    expect(decide([both, auto], { params: { n: "x", env: "test" } })).toBe("auto a");
    expect(decide([both, auto], { params: { n: "x", env: "prod" } })).toBe("block b");
  });

  it("names the rule that matches without doubt where verdicts are equal", () => {
    const sure = { name: "sure", approval: "block" };
    expect(decide([block, sure], { params: { n: "x" } })).toBe("block sure");
  });

  it("never throws, whatever a parameter is", () => {
    const operators = ["param_eq", "param_gt", "param_lt", "param_contains", "param_matches"];
    const limits = fc.constantFrom<unknown>(7, "7", [7], [[7], "7"], { a: 7 });
    fc.assert(
      fc.property(fc.constantFrom(...operators), limits, fc.anything(), (operator, limit, n) => {
        const hasOrder = typeof limit === "number" || typeof limit === "string";
        const isText = typeof limit === "string";
        fc.pre(operator === "param_matches" ? isText : hasOrder || !/[gl]t$/u.test(operator));
        const policy = Policy.fromDict({
          defaults: { approval: "auto" },
          rules: [{ approval: "approve", conditions: { [operator]: { n: limit } } }],
        });
        const { approval } = policy.evaluate(
          { type: "t", target: "x", params: { n } },
          { now: NOW },
        );
        expect(["auto", "approve"]).toContain(approval);
      }),
      { numRuns: 1000 },
    );
  });

  it("changing a number to text never makes a decision more permissive", () => {
    const operators = ["param_gt", "param_lt", "param_gte", "param_lte"] as const;
    const rule = fc.record({
      approval: fc.constantFrom("auto", "approve", "block"),
      risk_level: fc.constantFrom("low", "high"),
      operator: fc.constantFrom(...operators),
      limit: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 5 }),
        (rules, n) => {
          const policy = Policy.fromDict({
            defaults: { approval: "auto", risk_level: "low" },
            rules: rules.map(({ operator, limit, ...verdict }) => ({
              ...verdict,
              conditions: { [operator]: { n: limit } },
            })),
          });
          const ask = (value: unknown) =>
            policy.evaluate({ type: "t", target: "x", params: { n: value } }, { now: NOW });
          expect(compareStrictness(ask(String(n)), ask(n))).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("agents", () => {
  it.each([
    ["*", true],
    ["**", true],
    ["", true],
    ["?", false],
    ["[*]", false],
    ["ops", false],
  ])("an action without agent and the glob %j", (agent, matches) => {
    for (const agentId of [undefined, null, ""]) {
      const got = decide([{ name: "r", match: { agent }, approval: "block" }], { agentId });
      expect(got).toBe(matches ? "block r" : "approve <default>");
    }
  });
});

describe("parameters", () => {
  it("are the action's own, never inherited ones", () => {
    const rules = [
      { name: "r", approval: "block", conditions: { param_matches: { toString: "" } } },
    ];
    expect(decide(rules, { params: {} })).toBe("approve <default>");
    const own = JSON.parse('{"__proto__": "x"}') as Record<string, unknown>;
    const proto = [{ name: "r", approval: "block", conditions: { param_eq: own } }];
    expect(Policy.fromDict({ rules: proto }).rules[0]?.conditions[0]).toMatchObject({
      param: "__proto__",
    });
    expect(decide(proto, { params: own })).toBe("block r");
    expect(decide(proto, { params: {} })).toBe("approve <default>");
  });

  it.each([
    ["param_eq", { a: 1, b: [true] }, { b: [1], a: 1n }, true],
    ["param_eq", { a: 1 }, { a: 1, b: 2 }, false],
    ["param_eq", [1], [1, 2], false],
    ["param_eq", "1", 1, false],
    ["param_gt", [1, 2], [1], false],
    ["param_gt", [1], [1, 2], true],
    ["param_gt", "\uFFEE", "\u{1F600}", true],
    ["param_gte", 2, 2n, true],
    ["param_contains", [1], [[1], 2], true],
    ["param_contains", 5, { 5: 1 }, false],
    ["param_contains", "k", { k: null }, true],
  ])("%s %j with %s", (key, limit, value, holds) => {
    const rules = [{ name: "r", approval: "auto", conditions: { [key]: { v: limit } } }];
    expect(decide(rules, { params: { v: value } })).toBe(holds ? "auto r" : "approve <default>");
  });
});

function finds(text: string, action: Partial<Action>): boolean {
  const rule = { name: "r", approval: "block", conditions: { semantic: text } };
  return decide([rule], action) === "block r";
}

describe("semantic", () => {
  it("finds words of every script, whole and split at _", () => {
    expect(finds("удалить", { type: "Удалить_файл" })).toBe(true);
    expect(finds("credit_card or x", { params: { credit_card: 1 } })).toBe(true);
    expect(finds("pii", { params: { user_email: 1 } })).toBe(true);
    expect(finds("destructive", { type: "deleteUser" })).toBe(false);
    expect(finds("drop", { params: { nested: { drop: "drop" } } })).toBe(false);
  });
});

describe("what cannot be decided at all", () => {
  const policy = Policy.fromDict({});
  const evaluate = policy.evaluate.bind(policy) as (action: unknown, options?: unknown) => unknown;

  it.each([
    [null],
    [{}],
    [{ type: "a" }],
    [{ type: 1, target: "x" }],
    [{ type: "a", target: "x", params: [] }],
    [{ type: "a", target: "x", params: "x" }],
    [{ type: "a", target: "x", agentId: 5 }],
    [{ type: "a", target: "x", description: {} }],
  ])("action %j", (action) => {
    expect(refusalOf(() => evaluate(action, { now: NOW })).code).toBe("invalid-action");
  });

  it.each([[{}], [{ now: "yesterday" }], [{ now: new Date("x") }], [{ now: 5 }], [undefined]])(
    "options %j",
    (options) => {
      const error = refusalOf(() => evaluate({ type: "a", target: "x" }, options));
      expect(error.code).toBe("invalid-option");
    },
  );
});

function at(conditions: unknown, now: Date | string): boolean {
  return decide([{ name: "r", approval: "block", conditions }], {}, now) === "block r";
}

describe("time", () => {
  it.each([
    ["2026-03-20T17:59:59.999999Z", false],
    ["2026-03-20T18:00:00Z", true],
    ["2026-03-20T23:59:59.999999Z", true],
    ["2026-03-20T00:00:00Z", true],
    ["2026-03-20T07:59:59.999999+00:00", true],
    ["2026-03-20T08:00:00", false],
    ["2026-03-20T20:30:00+05:00", false],
    ["2026-03-20T01:30:00+05:00", true],
    ["1969-12-31T18:00:00.000001Z", true],
  ])("an overnight window at %s", (now, holds) => {
    expect(at({ time_after: "18:00", time_before: "08:00" }, now)).toBe(holds);
  });

  it("ends at midnight when it says so, and takes Dates", () => {
    const evening = { time_after: "18:00", time_before: "00:00" };
    expect(at(evening, new Date(Date.UTC(2026, 2, 20, 19)))).toBe(true);
    expect(at(evening, new Date(Date.UTC(2026, 2, 20, 0)))).toBe(false);
  });

  it("cannot be a window from a time to the same time", () => {
    const conditions = { time_after: "09:00", time_before: "9:0" };
    const dict = { rules: [{ conditions }] };
    expect(refusalOf(() => Policy.fromDict(dict)).message).toContain("another time");
  });

  it("knows the weekdays, before 1970 too", () => {
    for (const [date, day] of [
      ["1970-01-01", 4],
      ["1969-12-31", 3],
      ["2026-03-16", 1],
      ["2026-03-22", 7],
    ] as const) {
      for (let other = 1; other <= 7; other += 1) {
        expect(at({ weekdays: [other] }, `${date}T23:59:59.999999Z`)).toBe(other === day);
      }
    }
  });
});
