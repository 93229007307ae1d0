import { describe, expect, test } from "vitest";
import {
  answerTo,
  applicationsAt,
  bindsFrom,
  datesThatHold,
  hasCome,
  ruledOutBy,
} from "../../src/assess/applicability.ts";
import { staleReview } from "../../src/assess/review.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { Application, FrameworkQuestion } from "../../src/model/framework.ts";
import { parseInstant } from "../../src/model/instant.ts";
import { weightedCriterion, weightedFramework } from "./made-weighted.ts";

const role: FrameworkQuestion = {
  id: "role",
  asks: "Which?",
  answers: { provider: "makes it", deployer: "uses it" },
  several: true,
};
const size: FrameworkQuestion = { ...role, id: "size", default: ["large"] };
const at = (text: string) => parseInstant(text);

describe("answers", () => {
  test("what was said, else the default, else unknown", () => {
    expect(answerTo(role, { role: ["deployer"] })).toEqual(["deployer"]);
    expect(answerTo(size, {})).toEqual(["large"]);
    expect(answerTo(size, { size: [] })).toEqual([]);
    expect(answerTo(role, {})).toBe("unknown");
    expect(answerTo({ ...role, id: "constructor" }, {})).toBe("unknown");
  });

  test.each([
    ["no condition", undefined, {}, undefined],
    [
      "the answer is among the wanted",
      { role: ["deployer"] },
      { role: ["provider", "deployer"] },
      undefined,
    ],
    [
      "it is not",
      { role: ["deployer"] },
      { role: ["provider"] },
      'the answer to "role" is provider',
    ],
    ["unknown", { role: ["deployer"] }, {}, undefined],
    ["by default not", { size: ["small"] }, {}, 'the answer to "size" is large'],
    ["none of the answers", { role: ["deployer"] }, { role: [] }, 'the answer to "role" is none'],
    ["a question that there is not", { other: ["x"] }, {}, undefined],
    [
      "every condition must hold",
      { role: ["deployer"], size: ["large"] },
      { role: ["provider"] },
      'the answer to "role" is provider',
    ],
    [
      "both fail",
      { role: ["deployer"], size: ["small"] },
      { role: ["provider"] },
      'the answer to "role" is provider; the answer to "size" is large',
    ],
  ] as const)("%s", (_, appliesWhen, answers, expected) => {
    const criterion = appliesWhen === undefined ? {} : { appliesWhen };
    const unfit = ruledOutBy(criterion, { questions: [role, size] }, answers);
    const says = unfit.length === 0 ? undefined : ENGLISH.assess.applicability.ruledOut(unfit);
    expect(says).toBe(expected === undefined ? undefined : `It does not apply: ${expected}.`);
  });
});

describe("dates", () => {
  const dates: readonly Application[] = [
    { from: "2026-08-02", what: "everything" },
    { from: "2027-12-02", what: "these", criteria: ["A", "B"] },
    { from: "2028-08-02", what: "these too", criteria: ["B"], when: { role: ["provider"] } },
  ];

  test("a date about the criterion goes before one about all, the earliest of several", () => {
    expect(bindsFrom("A", dates)).toBe("2027-12-02");
    expect(bindsFrom("B", dates)).toBe("2027-12-02");
    expect(bindsFrom("B", dates.slice(2))).toBe("2028-08-02");
    expect(bindsFrom("B", dates.toReversed())).toBe("2027-12-02");
    expect(bindsFrom("C", dates)).toBe("2026-08-02");
    expect(bindsFrom("C", dates.slice(1))).toBeUndefined();
    expect(bindsFrom("C", [])).toBeUndefined();
  });

  test("those whose answer is another do not hold; those whose answer is unknown do", () => {
    const framework = weightedFramework([], { appliesFrom: dates, questions: [role] });
    expect(datesThatHold(framework, {})).toEqual(dates);
    expect(datesThatHold(framework, { role: ["provider"] })).toEqual(dates);
    expect(datesThatHold(framework, { role: ["deployer"] })).toEqual(dates.slice(0, 2));
  });

  test("a date comes with its first instant in UTC", () => {
    expect(hasCome("2027-12-02", at("2027-12-02T00:00:00Z"))).toBe(true);
    expect(hasCome("2027-12-02", at("2027-12-01T23:59:59.999999Z"))).toBe(false);
  });

  const criteria = ["A", "B", "C"].map((id) => weightedCriterion({ id }));
  const framework = weightedFramework(criteria, { appliesFrom: dates });

  test("before any of them, what there is is readiness", () => {
    const { applications, readiness } = applicationsAt(framework, dates, {
      now: at("2026-01-01T00:00:00Z"),
      language: ENGLISH,
    });
    expect(applications.map(({ binding }) => binding)).toEqual([false, false, false]);
    expect(readiness).toMatch(
      /^None of the 3 criteria binds yet \(1 from 2026-08-02, 2 from 2027-12-02\)\. /,
    );
  });

  test("between them, for some; after them, for none", () => {
    const between = applicationsAt(framework, dates, {
      now: at("2027-01-01T00:00:00Z"),
      language: ENGLISH,
    });
    expect(between.applications.map(({ binding }) => binding)).toEqual([true, false, false]);
    expect(between.readiness).toMatch(
      /^2 of the 3 criteria do not bind yet \(2 from 2027-12-02\)\. /,
    );
    const one = applicationsAt(
      weightedFramework(criteria),
      [{ ...dates[0], criteria: ["A"] } as Application],
      { now: at("2026-01-01T00:00:00Z"), language: ENGLISH },
    );
    expect(one.readiness).toMatch(
      /^1 of the 3 criteria does not bind yet \(1 from 2026-08-02\)\. /,
    );
    const after = applicationsAt(framework, dates, {
      now: at("2028-01-01T00:00:00Z"),
      language: ENGLISH,
    });
    expect("readiness" in after).toBe(false);
    expect(
      "readiness" in
        applicationsAt(framework, [], { now: at("2020-01-01T00:00:00Z"), language: ENGLISH }),
    ).toBe(false);
  });
});

test.each([
  ["2027-01-01T00:00:00Z", undefined],
  ["2027-01-01T00:00:00.000001Z", "365 days before"],
  ["2030-01-01T12:00:00Z", "1,461 days before"],
  ["2020-01-01T00:00:00Z", undefined],
])("a review of 2026-01-01 at %s", (now, expected) => {
  const stale = staleReview(
    { reviewed: { on: "2026-01-01", staleAfterDays: 365 } },
    {
      now: at(now),
      language: ENGLISH,
    },
  );
  expect(stale?.includes(expected ?? "")).toBe(expected === undefined ? undefined : true);
});
