import { expect, test } from "vitest";
import { policyStatement } from "../../src/assess/policy-statement.ts";
import type { StatedPolicy } from "../../src/assess/policy-statement.ts";
import type { PolicyLintFinding } from "../../src/model/report.ts";

const lint: PolicyLintFinding[] = [
  {
    code: "duplicate-name",
    severity: "warning",
    rule: "a",
    line: 3,
    message: "m",
    suggestion: "s",
  },
];

function policy(...labels: readonly string[]): StatedPolicy {
  return {
    digest: "d1",
    rules: labels.map((label) => ({ label })),
    lint: (language) => (language === "en" ? lint : []),
  };
}

test("states the policy, the rules it lacks and the rules that nothing used", () => {
  const used = new Map([
    ["a", 5],
    ["gone", 2],
    ["older", 7],
    ["delete@crm", 2],
  ]);
  expect(policyStatement(policy("a", "b", "c"), used, "en")).toEqual({
    digest: "d1",
    rules: 3,
    unknownRulesInLog: [
      { rule: "older", count: 7 },
      { rule: "delete@crm", count: 2 },
      { rule: "gone", count: 2 },
    ],
    unusedRules: ["b", "c"],
    lint,
  });
});

test("the labels of no rule are not unknown rules, in any case and with blanks around them", () => {
  const used = new Map(
    ["", " ", "<default>", " <DEFAULT>", "<no-policy>\n", "<No-Policy>"].map((rule) => [rule, 1]),
  );
  expect(policyStatement(policy(), used, "en").unknownRulesInLog).toEqual([]);
});

test("other names are told apart by their exact text", () => {
  const used = new Map([
    ["A", 1],
    ["a ", 1],
    ["🔒", 1],
    ["Ａ", 1],
  ]);
  const statement = policyStatement(policy("a", "a"), used, "en");
  expect(statement.unknownRulesInLog.map(({ rule }) => rule)).toEqual(["A", "a ", "Ａ", "🔒"]);
  expect(statement.unusedRules).toEqual(["a"]);
  expect(statement.rules).toBe(2);
});
