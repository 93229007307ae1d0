import { describe, expect, test } from "vitest";
import { Policy, ReportGenerator } from "../../src/index.ts";

const NOW = "2026-11-01T00:00:00Z";
const MAIL = "jane.doe@example.com";
const KEY = ["AKIA", "IOSFOD", "NN7EXAMPLE"].join("");
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

async function text(reportType: string, unmasked: boolean): Promise<string> {
  const generator = new ReportGenerator(policy);
  const report = await generator.generate(entries, { reportType, now: NOW, unmasked });
  return JSON.stringify(generator.toDict(report));
}

describe.each(["soc2", "gdpr", "governance"])("evidence of %s", (type) => {
  test("shows no secret and no personal data", async () => {
    const masked = await text(type, false);
    expect(masked).not.toContain(MAIL);
    expect(masked).not.toContain(KEY);
    expect(masked).toContain("[REDACTED]");
  });

  test("shows them where it is asked to", async () => {
    expect(await text(type, true)).toContain(MAIL);
  });
});

test("masking changes no figure", async () => {
  const generator = new ReportGenerator(policy);
  const [masked, open] = await Promise.all(
    [false, true].map((unmasked) =>
      generator.generate(entries, { reportType: "soc2", now: NOW, unmasked }),
    ),
  );
  expect(masked?.score).toBe(open?.score);
  expect(masked?.findings.map(({ exceptions }) => exceptions)).toEqual(
    open?.findings.map(({ exceptions }) => exceptions),
  );
});
