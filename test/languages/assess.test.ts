// Sentences that assessment writes, where a number decides their form.

import { describe, expect, test } from "vitest";
import { GERMAN } from "../../src/languages/de.ts";
import { ENGLISH } from "../../src/languages/en.ts";

const { assess: en } = ENGLISH;
const { assess: de } = GERMAN;

test.each([
  [12, 14, "12 of 14 testable criteria decided", "12 von 14 prüfbaren Kriterien entschieden"],
  [1, 1, "1 of 1 testable criterion decided", "1 von 1 prüfbaren Kriterium entschieden"],
  [0, 0, "0 of 0 testable criteria decided", "0 von 0 prüfbaren Kriterien entschieden"],
  [
    1000,
    1204,
    "1,000 of 1,204 testable criteria decided",
    "1.000 von 1.204 prüfbaren Kriterien entschieden",
  ],
])("%i decided of %i", (decided, possible, english, german) => {
  expect(en.coverage.decided(decided, possible)).toBe(english);
  expect(de.coverage.decided(decided, possible)).toBe(german);
});

test.each([
  [35, 61, "35 of 61 criteria", "35 von 61 Kriterien"],
  [1, 1, "1 of 1 criterion", "1 von 1 Kriterium"],
  [13, undefined, "13 requirements", "13 Anforderungen"],
  [1, undefined, "1 requirement", "1 Anforderung"],
  [0, undefined, "0 requirements", "0 Anforderungen"],
])("%i not assessed, of %s in the edition", (missing, total, english, german) => {
  expect(en.coverage.amount(missing, total)).toBe(english);
  expect(en.coverage.notAssessed(missing, total)).toBe(`${english} not assessed`);
  expect(de.coverage.amount(missing, total)).toBe(german);
  expect(de.coverage.notAssessed(missing, total)).toBe(`${german} nicht beurteilt`);
});

test.each([
  [["risk_level"], "does not record risk_level", "zeichnet risk_level nicht auf"],
  [["id", "agent_id"], "records neither id nor agent_id", "zeichnet weder id noch agent_id auf"],
  [
    ["id", "agent_id", "approval"],
    "records none of id, agent_id and approval",
    "zeichnet keines der Felder id, agent_id und approval auf",
  ],
] as const)("a log without %j", (fields, english, german) => {
  expect(en.fields.lacking(fields)).toBe(
    `The log ${english}, without which this cannot be decided.`,
  );
  expect(de.fields.lacking(fields)).toBe(
    `Das Protokoll ${german}; ohne das lässt sich dies nicht entscheiden.`,
  );
});

describe("German", () => {
  test.each([
    [[], 0, "kein Eintrag"],
    [["3"], 1, "Eintrag 3"],
    [["3", "17"], 2, "Einträge 3 und 17"],
    [["3", "17"], 3, "Einträge 3, 17 und 1 weiterer"],
    [["3", "17"], 1206, "Einträge 3, 17 und 1.204 weitere"],
  ])("the entries %j of %i", (ids, total, expected) => {
    expect(de.filled.entries(ids, total)).toBe(expected);
  });

  test("rules and groups", () => {
    expect(de.filled.rules(["a"], 0)).toBe("Regel a");
    expect(de.filled.rules([undefined, "a"], 1)).toBe(
      "Regeln Standardentscheidung, a und 1 weitere",
    );
    expect(de.filled.rules(["a"], "some")).toBe("Regeln a und weitere");
    expect(de.filled.groups(["auto 7", "block 1"], 0)).toBe("auto 7 und block 1");
  });

  test.each([
    [
      { kind: "passed", found: { exceptions: "none", warnings: 0, errors: 0 } },
      "fanden die Prüfungen zu C1 keine Abweichungen.",
    ],
    [
      { kind: "passed", found: { exceptions: "within limits", warnings: 2, errors: 1 } },
      "fanden die entscheidenden Prüfungen zu C1 nicht mehr Abweichungen, als ihre Grenzwerte zulassen; 2 unterstützende Prüfungen liegen zwischen ihren Grenzwerten; eine unterstützende Prüfung blieb ohne Antwort.",
    ],
    [
      { kind: "failed", tests: 1, of: 1 },
      "fanden die Prüfungen zu C1 Abweichungen: die Prüfung liegt jenseits ihres Grenzwerts.",
    ],
    [
      {
        kind: "warned",
        only: true,
        by: { kind: "supporting", tests: 1, open: { tests: 1, of: 2, because: "too-few" } },
      },
      "geben die Prüfungen zu C1 eine Warnung: eine unterstützende Prüfung liegt jenseits ihres Grenzwerts, und 1 der 2 entscheidenden Prüfungen ließ sich nicht entscheiden: zu wenig ist aufgezeichnet.",
    ],
    [{ kind: "context" }, "sagen diese Zahlen etwas zu C1; ein Urteil wird daraus nicht gezogen."],
  ] as const)("%j", (concluded, expected) => {
    const occasion = {
      criterion: "C1",
      reading: "tests",
      actions: 1204,
      from: "2026-01-01T00:00:00+00:00",
      to: "2026-03-31T23:59:59+00:00",
    } as const;
    expect(de.weighted.conclusion(concluded, occasion)).toBe(
      `In den 1.204 aufgezeichneten Aktionen von Agenten vom 01.01.2026 bis 31.03.2026 ${expected}`,
    );
  });
});

test("lists of fields and single answers are sentences", () => {
  expect(en.fields.pointsLacking(["risk_level", "approval"])).toBe(
    "The log records neither risk_level nor approval, and this cannot be decided without.",
  );
  expect(en.fields.pointsToRecord(["risk_level", "approval"])).toBe(
    "Record risk_level and approval with every action.",
  );
  const decided = (unanswered: number): string =>
    en.summary.decisions({
      blocked: 0,
      auto: 0,
      asked: 3,
      unknown: 0,
      answers: { approved: 1, denied: 1, unanswered },
    });
  expect(decided(1)).toMatch(/; 1 has no recorded answer\.$/);
  expect(decided(2)).toMatch(/; 2 have no recorded answer\.$/);
});

describe.each([ENGLISH, GERMAN])("what must not be claimed: $code", ({ report }) => {
  test("that no exception touches a critical or high criterion: one may warn", () => {
    expect(report.names.bands["minor exceptions"]).not.toMatch(/none of them|keine davon/);
  });

  test("that nobody saw the log before samples were drawn, or that the package lists what is no entry", () => {
    const { samplesHow, where } = report.closing.evidence;
    expect(samplesHow).not.toMatch(/before anybody|bevor jemand/);
    expect(where).toMatch(/all entries that are exceptions|alle Einträge, die Abweichungen sind/);
  });
});
