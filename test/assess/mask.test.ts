import { describe, expect, test } from "vitest";
import { countMasked, maskActivity, maskEntry, maskObservation } from "../../src/assess/mask.ts";
import type { MaskedTexts } from "../../src/assess/mask.ts";
import { Policy, ReportGenerator } from "../../src/index.ts";
import type { ComplianceReport } from "../../src/index.ts";

const NOW = "2026-11-01T00:00:00Z";
const MAIL = "jane.doe@example.com";
const KEY = ["AKIA", "IOSFOD", "NN7EXAMPLE"].join("");
const REASON = "asked for by the auditor, case 4711";
const entries = [1, 2, 3].map((id) => ({
  id,
  timestamp: `2026-01-01T0${id}:00:00Z`,
  action_type: "read_mail",
  action_target: `user ${MAIL}, key ${KEY}`,
  risk_level: "HIGH",
  approval: "auto",
  matched_rule: `for ${MAIL}`,
  agent_id: MAIL,
}));
const policy = Policy.fromDict({
  version: 1,
  defaults: { approval: "block", risk_level: "low" },
  rules: [],
});

function reportOf(reportType: string, reveal?: string): Promise<ComplianceReport> {
  return new ReportGenerator(policy).generate(entries, {
    reportType,
    now: NOW,
    ...(reveal === undefined ? {} : { reveal }),
  });
}

const TYPES = ["soc2", "gdpr", "governance", "hipaa"];

describe.each(TYPES)("evidence of %s", (type) => {
  test("shows no secret and no personal data", async () => {
    const text = JSON.stringify(new ReportGenerator().toDict(await reportOf(type)));
    expect(text).not.toContain(MAIL);
    expect(text).not.toContain(KEY);
    expect(text).toContain("[REDACTED]");
  });

  test("shows them for a reason, which the report states", async () => {
    const report = await reportOf(type, REASON);
    expect(JSON.stringify(new ReportGenerator().toDict(report))).toContain(MAIL);
    expect(report.masking).toEqual({ revealed: REASON, texts: 0 });
  });

  test("is counted by different texts of the log", async () => {
    const { masking } = await reportOf(type);
    expect(masking.revealed).toBeUndefined();
    // The agent, who is always shown, the target and the rule.
    expect(masking.texts).toBeGreaterThanOrEqual(1);
    expect(masking.texts).toBeLessThanOrEqual(3);
  });
});

test("masking changes no figure", async () => {
  const [masked, open] = await Promise.all([reportOf("soc2"), reportOf("soc2", REASON)]);
  expect(masked.score).toBe(open.score);
  expect(masked.findings.map(({ exceptions }) => exceptions)).toEqual(
    open.findings.map(({ exceptions }) => exceptions),
  );
});

describe("the count", () => {
  const [first = {}] = entries;
  const ENTRY = JSON.stringify(entries[1]);

  test("is of different texts: one that stands twice counts once, two that look alike twice", () => {
    const memory: MaskedTexts = new WeakMap();
    const one = maskEntry({ id: 1, agent_id: MAIL, action_target: MAIL }, memory);
    const two = maskEntry({ id: 2, agent_id: "john@example.com" }, memory);
    expect(two.agent_id).toBe(one.agent_id);
    expect(countMasked([{ deep: [one, one] }, two], memory)).toBe(2);
  });

  test("is of what is shown and not of what was masked besides", () => {
    const memory: MaskedTexts = new WeakMap();
    const shown = maskEntry(first, memory);
    maskEntry({ id: 9, agent_id: "john@example.com" }, memory);
    expect(countMasked([shown], memory)).toBe(3);
    expect(countMasked([], memory)).toBe(0);
    expect(countMasked(undefined, memory)).toBe(0);
  });

  test("reaches groups, silences, pairs and activity", () => {
    const memory: MaskedTexts = new WeakMap();
    const base = { measure: "m", population: 2, exceptions: 1, exceptionEntries: [] };
    const parts = [
      maskObservation(
        {
          ...base,
          kind: "groups",
          distinct: 1,
          groups: [{ key: "a@example.com", count: 1 }],
          all: new Map(),
        },
        memory,
      ),
      maskObservation(
        { ...base, kind: "share-of-top", distinct: 1, top: { key: "b@example.com", count: 1 } },
        memory,
      ),
      maskObservation(
        {
          ...base,
          kind: "gap",
          gaps: [{ from: { agent_id: "c@example.com" }, to: { id: 4 }, length: 1 }],
        },
        memory,
      ),
      maskObservation(
        {
          ...base,
          kind: "sequence",
          // Written as JSON: a literal that names `then` is taken for something to await.
          pairs: [JSON.parse(`{"first":{"agent_id":"d@example.com"},"then":${ENTRY}}`)],
        } as unknown as Parameters<typeof maskObservation>[0],
        memory,
      ),
      maskActivity(
        {
          unit: "day",
          spans: [],
          untimed: 0,
          agents: [
            {
              agent: "e@example.com",
              entries: 1,
              low: 1,
              medium: 0,
              high: 0,
              critical: 0,
              unrated: 0,
            },
          ],
          actionTypes: [{ type: "read", entries: 1 }],
        },
        memory,
      ),
    ];
    expect(JSON.stringify(parts)).not.toContain("@example.com");
    // Five here, and three texts of the second entry.
    expect(countMasked(parts, memory)).toBe(8);
  });
});
