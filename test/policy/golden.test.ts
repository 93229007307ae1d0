// All 150 golden cases of the documented format. Where ours is another answer, the table
// names the case, what we give and why.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ComplianceError } from "../../src/model/error.ts";
import { Policy } from "../../src/policy/policy.ts";

interface GoldenCase {
  readonly id: string;
  readonly policy: unknown;
  readonly action: {
    readonly type: string;
    readonly target: string;
    readonly params: Record<string, unknown>;
    readonly description: string;
    readonly agent_id: string;
  };
  readonly now: string;
  readonly expected:
    | { readonly error: string }
    | { readonly risk_level: string; readonly approval: string; readonly matched_rule: unknown };
  readonly quirks: readonly string[];
}

/** `RISK/approval/rule`, or `refused`: the policy does not load. */
type Answer = string;

const OURS: Readonly<Record<string, { readonly answer: Answer; readonly because: string }>> = {
  "open-035": {
    answer: "LOW/auto/fallback",
    because: "an action without agent has an empty agent, which ? does not match",
  },
  "open-050": { answer: "refused", because: "a name is text" },
  "open-055": { answer: "refused", because: "unknown keys of a rule are mistakes" },
  "open-061": { answer: "HIGH/block/c", because: "approval may have any case, as risk may" },
  "open-070": { answer: "refused", because: "unknown keys of a match are mistakes" },
  "open-085": { answer: "HIGH/block/t", because: "a window may span midnight" },
  "open-096": { answer: "refused", because: "a weekday as text never matches" },
  "open-098": { answer: "refused", because: "true is no weekday" },
  "open-128": { answer: "HIGH/block/p", because: "text beside a number fails closed" },
  "open-144": { answer: "refused", because: "equality with null never holds" },
  "open-145": { answer: "refused", because: "a condition without a parameter always holds" },
  "open-156": { answer: "HIGH/block/p", because: "a number contains nothing, and fails closed" },
  "open-157": { answer: "HIGH/block/p", because: "text contains no number, and fails closed" },
  "open-162": { answer: "refused", because: "an invalid regular expression is dead" },
  "open-173": { answer: "refused", because: "backreferences have no linear-time form" },
  "open-179": { answer: "refused", because: "an unknown condition would disarm the rule" },
  "open-180": { answer: "refused", because: "an unknown condition would disarm the rule" },
  "open-182": { answer: "HIGH/block/s", because: "words of every script are words" },
  "open-184": { answer: "refused", because: "semantic without a word never holds" },
  "open-194": { answer: "refused", because: "semantic without a text would disarm the rule" },
};

const here = new URL("golden-cases.jsonl", import.meta.url);
const cases = readFileSync(here, "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as GoldenCase);

function answerTo(golden: GoldenCase): Answer {
  const { type, target, params, description, agent_id: agentId } = golden.action;
  let policy: Policy;
  try {
    policy = Policy.fromDict(golden.policy);
  } catch (error) {
    if (error instanceof ComplianceError && error.code === "invalid-policy") return "refused";
    throw error;
  }
  const action = { type, target, params, description, agentId };
  const decision = policy.evaluate(action, { now: golden.now });
  expect(decision.action).toBe(action);
  expect(decision.isAllowed).toBe(decision.approval !== "block");
  return `${decision.riskLevel}/${decision.approval}/${decision.matchedRule}`;
}

function expectedOf(golden: GoldenCase): Answer {
  const { expected } = golden;
  if ("error" in expected) return "refused";
  return `${expected.risk_level}/${expected.approval}/${String(expected.matched_rule)}`;
}

describe("the golden policy cases", () => {
  it("are 150, and each of our own answers belongs to one", () => {
    expect(cases).toHaveLength(150);
    const ids = new Set(cases.map((golden) => golden.id));
    expect(Object.keys(OURS).filter((id) => !ids.has(id))).toEqual([]);
  });

  it("differ from the reference wherever the table says so", () => {
    const same = cases
      .filter((golden) => OURS[golden.id]?.answer === expectedOf(golden))
      .map((golden) => golden.id);
    expect(same).toEqual([]);
  });

  it.each(cases.map((golden) => [golden.id, golden] as const))("%s", (id, golden) => {
    expect(answerTo(golden)).toBe(OURS[id]?.answer ?? expectedOf(golden));
  });
});

const shared = new URL("../../../shared/data/golden/policy.json", import.meta.url);
describe.skipIf(!existsSync(shared))("the compact copy (needs the shared data folder)", () => {
  it("equals the original", () => {
    const original = JSON.parse(readFileSync(shared, "utf8")) as readonly (GoldenCase & {
      readonly reference_quirks: readonly string[];
    })[];
    expect(cases).toEqual(
      original.map(({ id, policy, action, now, expected, reference_quirks: quirks }) => ({
        id,
        policy,
        action,
        now,
        expected,
        quirks,
      })),
    );
  });
});
