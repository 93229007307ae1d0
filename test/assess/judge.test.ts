import { describe, expect, test } from "vitest";
import { judge } from "../../src/assess/judge.ts";
import type { Basis } from "../../src/assess/judge.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { Criterion } from "../../src/model/framework.ts";
import type { EntryField } from "../../src/model/audit-entry.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { LogPopulation } from "../../src/model/population.ts";
import {
  answers,
  counted,
  criterion,
  grouped,
  limit,
  measure,
  logPopulation,
  rated,
  silent,
  topped,
} from "./made.ts";

interface Setting {
  readonly observation?: Observation;
  readonly second?: Observation;
  readonly fields?: readonly EntryField[];
  readonly secondFields?: readonly EntryField[];
  readonly log?: Partial<LogPopulation>;
}

function basis({ observation, second, fields, secondFields, log }: Setting): Basis {
  return {
    measures: new Map([
      ["main", measure("main", fields)],
      ["second", measure("second", secondFields)],
    ]),
    observations: answers({
      ...(observation === undefined ? {} : { main: observation }),
      ...(second === undefined ? {} : { second }),
    }),
    population: logPopulation(log),
    language: ENGLISH,
  };
}

const conclude = (asked: Partial<Criterion>, setting: Setting) =>
  judge(criterion(asked), basis(setting));

const doubt: Criterion["doubt"] = {
  measure: "second",
  severity: "critical",
  description: "of {population} the answer is unknown for {exceptions}",
  recommendation: "write it down",
};

describe("what cannot be concluded", () => {
  test("nothing in scope: not exercised, whatever the fields and the doubts", () => {
    expect(
      conclude(
        { doubt, atLeast: 5, empty: "not-recorded" },
        {
          observation: counted(0, 0),
          second: counted(0, 0),
          fields: ["agent_id"],
          log: { inScope: 0, recordable: [] },
        },
      ),
    ).toMatchObject({
      result: "inconclusive",
      reason: "not-exercised",
      points: 0,
      severity: "info",
      title: "C1 Something: INCONCLUSIVE",
      exceptionEntries: [],
    });
  });

  test("a field that the log cannot record: not recorded, and the field is named", () => {
    const found = conclude(
      {},
      {
        observation: counted(100, 0),
        fields: ["agent_id", "approval", "risk_level"],
        log: { recordable: ["agent_id"] },
      },
    );
    expect(found).toMatchObject({ result: "inconclusive", reason: "not-recorded", points: 0 });
    expect(found.description).toContain("risk_level nor approval");
    expect(found.recommendation).toContain("risk_level and approval");
  });

  test("the same for a field that only the second question needs", () => {
    const setting = { observation: counted(100, 0), second: counted(100, 0) };
    const log = { recordable: ["agent_id"] as const };
    const asked = {
      ...setting,
      fields: ["agent_id"] as const,
      secondFields: ["approval"] as const,
    };
    expect(conclude({ doubt }, { ...asked, log })).toMatchObject({ reason: "not-recorded" });
    expect(conclude({}, { ...asked, log })).toMatchObject({ result: "pass" });
  });

  test("a failure does not survive a missing field either: its exceptions mean nothing", () => {
    expect(
      conclude(
        {},
        { observation: counted(100, 100), fields: ["approval"], log: { recordable: [] } },
      ),
    ).toMatchObject({ result: "inconclusive", reason: "not-recorded", points: 0 });
  });

  test.each(["not-exercised", "not-recorded"] as const)("an empty population: %s", (empty) => {
    const found = conclude({ empty }, { observation: rated(0, 0) });
    expect(found).toMatchObject({
      result: "inconclusive",
      reason: empty,
      description: "nothing of the kind",
      recommendation: "look elsewhere",
      population: 0,
      points: 0,
    });
    expect("observed" in found).toBe(false);
  });

  test("too few", () => {
    const few = conclude({ atLeast: 20 }, { observation: counted(19, 3) });
    expect(few).toMatchObject({ result: "inconclusive", reason: "too-few", points: 0 });
    expect(few.description).toContain("19 entries");
    expect(few.description).toContain("20");
    const one = conclude({ atLeast: 2000 }, { observation: counted(1, 0) });
    expect(one.description).toContain("1 entry ");
    expect(one.description).toContain("2,000");
    expect(conclude({ atLeast: 20 }, { observation: counted(20, 0) }).result).toBe("pass");
  });
});

describe("a record in doubt", () => {
  const unknown = counted(10, 3);
  const known = counted(10, 0);

  test("turns a pass into inconclusive, with the entries that are in doubt", () => {
    expect(conclude({ doubt }, { observation: counted(10, 0), second: unknown })).toMatchObject({
      result: "inconclusive",
      reason: "record-in-doubt",
      severity: "critical",
      description: "of 10 the answer is unknown for 3",
      recommendation: "write it down",
      exceptions: 3,
      exceptionEntries: [{ id: 1 }, { id: 2 }, { id: 3 }],
      points: 0,
      measures: ["main", "second"],
    });
  });

  test("leaves a failure a failure, with its own exceptions, and says so beside it", () => {
    expect(conclude({ doubt }, { observation: counted(10, 1), second: unknown })).toMatchObject({
      result: "fail",
      points: 10,
      exceptions: 1,
      description: "fail of 10 of 10 the answer is unknown for 3",
    });
  });

  test("says so beside a warning too", () => {
    const limits = [limit("pass", "exceptions == 0"), limit("warn")];
    expect(
      conclude({ doubt, limits }, { observation: counted(10, 1), second: unknown }),
    ).toMatchObject({
      result: "warn",
      description: expect.stringContaining("unknown for 3") as string,
    });
  });

  test("speaks also where the first question has no population", () => {
    expect(conclude({ doubt }, { observation: counted(0, 0), second: unknown })).toMatchObject({
      reason: "record-in-doubt",
    });
  });

  test("is none when the second question has no exception", () => {
    expect(conclude({ doubt }, { observation: counted(10, 0), second: known })).toMatchObject({
      result: "pass",
      description: "pass of 10",
      measures: ["main", "second"],
    });
  });
});

/** The result of a criterion with this one condition. */
function check(when: string, observation: Observation): string {
  return conclude({ limits: [limit("pass", when), limit("fail")] }, { observation }).result;
}

describe("a decision", () => {
  test("takes the first limit that holds", () => {
    const limits = [limit("pass", "share >= 0.9"), limit("warn", "share >= 0.7"), limit("fail")];
    const result = (part: number, of: number) =>
      conclude({ limits }, { observation: rated(of, part) }).result;
    expect([result(10, 10), result(9, 10), result(89_999, 100_000)]).toEqual([
      "pass",
      "pass",
      "warn",
    ]);
    expect([result(7, 10), result(699_999, 1_000_000), result(0, 10)]).toEqual([
      "warn",
      "fail",
      "fail",
    ]);
  });

  test("compares what each kind of measure gives", () => {
    expect(check("population == 10 && exceptions == 4", counted(10, 4))).toBe("pass");
    expect(check("part == 3 && share == 0.75 && exceptions == 1", rated(4, 3))).toBe("pass");
    expect(check("groups == 2 && population == 5", grouped({ a: 3, b: 2 }))).toBe("pass");
    expect(check("share == 0.5 && groups == 1 && part == 2", topped(4, "read", 2))).toBe("pass");
    expect(check("share == 0.0 && groups == 0", topped(4))).toBe("pass");
    expect(check("longest_seconds == 3600.000001", silent(3, [3_600_000_001]))).toBe("pass");
    expect(check("longest_seconds == 0.0 && exceptions == 0", silent(3, []))).toBe("pass");
    // A number that the kind does not give satisfies nothing.
    expect(check("share >= 0.0", counted(10, 0))).toBe("fail");
  });

  test("shows what was observed, against which limit", () => {
    expect(conclude({}, { observation: counted(10, 4) })).toMatchObject({
      observed: { kind: "count", value: 4 },
      limit: "exceptions == 0",
      title: "C1 Something: FAIL",
      category: "audit_trail",
      severity: "warning",
      population: 10,
      recommendation: "mend 4",
    });
    expect(conclude({}, { observation: rated(10, 4) }).observed).toEqual({
      kind: "share",
      part: 4,
      whole: 10,
    });
    expect(conclude({}, { observation: topped(9, "r", 4) }).observed).toEqual({
      kind: "share",
      part: 4,
      whole: 9,
    });
    expect(conclude({}, { observation: topped(9) }).observed).toEqual({
      kind: "share",
      part: 0,
      whole: 9,
    });
    expect(conclude({}, { observation: silent(9, [5, 6]) }).observed).toEqual({
      kind: "count",
      value: 2,
    });
    expect(conclude({}, { observation: grouped({ a: 1 }) }).observed).toEqual({
      kind: "groups",
      value: 1,
    });
  });

  test("carries silences and groups", () => {
    const gaps = conclude({}, { observation: silent(9, [7, 5]) });
    expect(gaps.gaps?.map(({ length }) => length)).toEqual([7, 5]);
    expect("gaps" in conclude({}, { observation: silent(9, []) })).toBe(false);
    const groups = conclude(
      { weight: 0, limits: [limit("context")] },
      { observation: grouped({ a: 2 }) },
    );
    expect(groups).toMatchObject({
      result: "context",
      groups: [{ key: "a", count: 2 }],
      points: 0,
    });
    expect("limit" in groups).toBe(false);
    expect("reason" in groups).toBe(false);
  });

  test("a test of silences says how many entries it could not place", () => {
    const timestamps = { unreadable: 1200, firstUnreadable: [], naive: 0, unordered: 0, future: 0 };
    const found = conclude({}, { observation: silent(9, []), log: { timestamps } });
    expect(found.description).toMatch(/^pass of 9 .*: 1,200\.$/);
    expect(conclude({}, { observation: counted(9, 0), log: { timestamps } }).description).toBe(
      "pass of 9",
    );
  });

  test.each([
    [1, 5],
    [2, 10],
    [3, 15],
    [4, 15],
    [1_000_000, 15],
  ])("%i exceptions at 5 points each, at most 15, cost %i", (exceptions, points) => {
    const limits = [
      limit("pass", "exceptions == 0"),
      limit("warn", undefined, { points: { each: 5, atMost: 15 } }),
    ];
    expect(conclude({ limits }, { observation: counted(2_000_000, exceptions) }).points).toBe(
      points,
    );
  });

  test("a share next to a limit is not printed as the limit", () => {
    const limits = [
      limit("pass", "share >= 0.9", { description: "{share}" }),
      limit("fail", undefined, { description: "{share}, short by {exception_share}" }),
    ];
    const sentence = (part: number, of: number) =>
      conclude({ limits }, { observation: rated(of, part) }).description;
    expect(sentence(899_999, 1_000_000)).toBe("89.9999 %, short by 10.0001 %");
    expect(sentence(900_000, 1_000_000)).toBe("90 %");
    expect(sentence(8996, 10_000)).toBe("89.96 %, short by 10.04 %");
  });
});

describe("a test that fails becomes a finding that says so", () => {
  test.each([
    ["no observation", {}, {}, "main"],
    ["no measure", { measure: "none" }, { observation: counted(1, 0) }, "none"],
    ["no second observation", { doubt }, { observation: counted(1, 0) }, "second"],
  ])("%s", (_, asked, setting, named) => {
    const found = conclude(asked, setting);
    expect(found).toMatchObject({ result: "error", points: 0, title: "C1 Something: ERROR" });
    expect(found.description).toContain(named);
  });

  test("no limit holds", () => {
    const limits = [limit("pass", "exceptions == 0")];
    expect(conclude({ limits }, { observation: counted(1, 1) }).result).toBe("error");
  });
});

test.each([
  ["CC6.1", "CC6.1 Something: PASS"],
  ["Art. 5", "Art. 5 Something: PASS"],
  ["data-access-logging", "Something: PASS"],
])("the title of %s", (id, title) => {
  expect(conclude({ id }, { observation: counted(1, 0) }).title).toBe(title);
});
