import { describe, expect, test } from "vitest";
import { summarise as summariseIn } from "../../src/assess/summary.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { ComplianceFinding } from "../../src/model/finding.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { finding, logPopulation } from "./made.ts";

type Summarised = Omit<ComplianceReport, "summary">;

const summarise = (given: Summarised): string => summariseIn(given, ENGLISH);

function report(more: Partial<Summarised> = {}): Summarised {
  return {
    reportType: "own",
    generatedAt: "2026-04-01T00:00:00+00:00",
    periodStart: "2026-01-01T00:00:00+00:00",
    periodEnd: "2026-03-31T23:59:59.999999+00:00",
    totalActions: 1204,
    blockedActions: 4,
    approvedActions: 100,
    autoApproved: 1100,
    score: 75,
    grade: "C",
    findings: [finding("pass"), finding("fail", { points: 25 })],
    schemaVersion: "1.2",
    language: "en",
    untranslated: 0,
    activity: { unit: "day", spans: [], untimed: 0, agents: [], actionTypes: [] },
    masking: { texts: 0 },
    framework: { id: "own", title: "Own framework", edition: "1", digest: "00", scoring: "points" },
    coverage: { decided: 2, possible: 2, total: 61, weightDecided: 40, weightPossible: 40 },
    humanDecisions: { approved: 60, denied: 30, unanswered: 10 },
    population: logPopulation({ inScope: 1204 }),
    edgeSilence: {},
    fixTheLog: [],
    notAssessed: [],
    tool: { name: "t", version: "0" },
    measureDigests: {},
    definitionsDigest: "00",
    classes: [],
    overrides: [],
    inputs: [],
    ...more,
  };
}

test("says what was tested, on how many entries, between which dates, and what came out", () => {
  expect(summarise(report())).toBe(
    "1,204 recorded agent actions from 2026-01-01 to 2026-03-31 allowed a verdict on 2 of the " +
      "61 criteria of Own framework. The policy blocked 4, let 1,100 through and sent 100 to a " +
      "human, who approved 60 and denied 30; 10 have no recorded answer. Of its tests, 1 failed, " +
      "1 passed. Score 75 of 100, grade C.",
  );
});

test("one action, one criterion", () => {
  const coverage = { decided: 1, possible: 1, total: 1, weightDecided: 1, weightPossible: 1 };
  expect(summarise(report({ totalActions: 1, coverage }))).toContain(
    "1 recorded agent action from 2026-01-01 to 2026-03-31 allowed a verdict on 1 of the 1 criterion of",
  );
});

test("entries without a readable time have no dates", () => {
  expect(summarise(report({ periodStart: null, periodEnd: null }))).toContain(
    "1,204 recorded agent actions without a readable time allowed",
  );
});

test("an unknown decision is not counted among the known ones", () => {
  expect(summarise(report({ totalActions: 1210 }))).toContain(
    "For 6 no known decision of the policy is recorded.",
  );
  expect(summarise(report())).not.toContain("no known decision");
});

test("every result is named in words, figures are not", () => {
  const findings = [
    finding("inconclusive", { reason: "too-few" }),
    finding("error"),
    finding("warn"),
    finding("context"),
    finding("warn"),
  ];
  expect(summarise(report({ findings }))).toContain(
    "Of its tests, 2 gave a warning, 1 could not be decided, 1 could not be run.",
  );
  expect(summarise(report({ findings: [] }))).not.toContain("Of its tests");
});

test("says what is undecided, and that it holds the score down only where it does", () => {
  const coverage = { decided: 2, possible: 3, total: 61, weightDecided: 80, weightPossible: 100 };
  const undecided = (score: number, points: number): string =>
    summarise(report({ coverage, score, findings: [finding("fail", { points })] }));
  expect(undecided(80, 5)).toContain("Score 80 of 100, grade C, held down by 1 undecided test.");
  expect(undecided(60, 40)).toContain("Score 60 of 100, grade C, with 1 undecided test.");
  expect(undecided(80, 20)).toContain("grade C, with 1 undecided test.");
  const more = { ...coverage, possible: 5 };
  expect(summarise(report({ coverage: more, score: 0, findings: [] }))).toContain(
    "held down by 3 undecided tests.",
  );
});

test("without a score there is no grade and no number", () => {
  expect(summarise(report({ score: null, grade: null, totalActions: 0, findings: [] }))).toBe(
    "No recorded agent action lies in the period under review. " +
      "Nothing could be decided, so there is no score and no grade.",
  );
});

/** A log that cannot record some fields. */
const without = (...fields: readonly string[]) =>
  logPopulation({ recordable: ENTRY_FIELD_NAMES.filter((name) => !fields.includes(name)) });

describe("of a weighted framework", () => {
  const weighted = {
    band: "significant exceptions",
    recordInDoubt: [],
  } as unknown as NonNullable<Summarised["weighted"]>;
  const findings = [
    finding("fail"),
    finding("no_exception"),
    finding("no_exception"),
    finding("context"),
    finding("not_applicable"),
  ];
  const coverage = { decided: 12, possible: 14, total: 61, weightDecided: 9, weightPossible: 10 };
  const notAssessed = [
    { criterion: "X", why: "", askFor: "", count: 34 },
    { criterion: "Y", why: "", askFor: "" },
  ];
  const of = (more: Partial<Summarised> = {}): string =>
    summarise(
      report({ weighted, findings, coverage, notAssessed, score: 79, grade: "C+", ...more }),
    );

  test("the three figures stand together, and the band beside them", () => {
    expect(of()).toContain("allowed a verdict on 12 of the 61 criteria of Own framework.");
    expect(of()).toContain(
      "Of the criteria that a log can speak to, 1 failed, 2 could only have been disproved and " +
        "were not, 1 gave figures only, 1 did not apply. Evidence score 79 of 100, grade C+. " +
        "Significant exceptions; 12 of 14 testable criteria decided; 35 of 61 criteria not assessed.",
    );
  });

  test("one is one", () => {
    expect(of({ findings: [finding("no_exception")] })).toContain(
      "Of the criteria that a log can speak to, 1 could only have been disproved and was not.",
    );
    expect(of({ findings: [] })).not.toContain("speak to");
  });

  test("warnings whose deciding tests are open are told apart", () => {
    const open = { open: true } as NonNullable<ComplianceFinding["weighted"]>;
    const warnings = [finding("warn"), finding("warn", { weighted: open })];
    expect(of({ findings: warnings })).toContain(
      "speak to, 1 gave a warning, 1 gave a warning by supporting tests alone and was not decided.",
    );
    expect(of({ findings: [...warnings, finding("warn", { weighted: open })] })).toContain(
      "2 gave a warning by supporting tests alone and were not decided.",
    );
  });

  test("what the log does not record is not counted as none", () => {
    expect(of({ population: without("approval") })).toContain(
      "of Own framework. The log does not record what the policy decided. Of the criteria",
    );
    expect(of({ population: without("approval", "human_decision") })).not.toContain("blocked");
    expect(of({ population: without("human_decision"), totalActions: 1210 })).toContain(
      "The policy blocked 4, let 1,100 through and sent 100 to a human; the log does not record " +
        "what humans answered. For 6 no known decision of the policy is recorded. Of the",
    );
    expect(of({ population: without() })).toContain("who approved 60 and denied 30; 10 have");
    const documented = summarise(report({ population: without("approval", "human_decision") }));
    expect(documented).toContain("The log does not record what the policy decided.");
    expect(documented).not.toContain("blocked");
  });

  test("a law has no number of criteria", () => {
    const { total: _, ...open } = coverage;
    const text = of({
      coverage: { ...open, decided: 1, possible: 1 },
      notAssessed: notAssessed.slice(1),
    });
    expect(text).toContain("allowed a verdict on 1 criterion of Own framework.");
    expect(text).toContain("1 of 1 testable criterion decided; 1 requirement not assessed.");
  });

  test("what holds the score down, or why there is none", () => {
    const capped = { at: 79, uncapped: 92, by: ["CC6.1", "CC7.2"] };
    expect(of({ weighted: { ...weighted, capped } })).toContain(
      "Evidence score 79 of 100, grade C+, held at 79 by CC6.1, CC7.2.",
    );
    const withheld = "the record itself is in doubt";
    expect(of({ score: null, grade: null, weighted: { ...weighted, withheld } })).toContain(
      "There is no score, because the record itself is in doubt. Significant exceptions; 12 of",
    );
  });
});
