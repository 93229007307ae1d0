import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradeOf } from "../../src/assess/grade.ts";
import { verdict } from "../../src/assess/score.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { ComplianceFinding, Reason, Result } from "../../src/model/finding.ts";
import { criterion, finding, framework } from "./made.ts";

/** The documented scale, as it is printed. */
const SCALE = `
97-100 A+ 93-96 A 90-92 A- 87-89 B+ 83-86 B 80-82 B- 77-79 C+ 73-76 C 70-72 C- 67-69 D+ 63-66 D
60-62 D- 0-59 F`;

describe("grades", () => {
  const bands = [...SCALE.matchAll(/(\d+)-(\d+) ([A-F][+-]?)/g)].map(
    ([, from, to, grade]) => [Number(from), Number(to), grade] as const,
  );

  test.each(Array.from({ length: 101 }, (_, points) => points))("%i", (points) => {
    const named = bands.filter(([from, to]) => from <= points && points <= to);
    expect(named).toHaveLength(1);
    expect(gradeOf(points)).toBe(named[0]?.[2]);
  });
});

interface Part {
  readonly weight: number;
  readonly result: Result;
  readonly reason?: Reason;
  readonly points?: number;
}

function score(parts: readonly Part[]) {
  const criteria = parts.map(({ weight }, index) => criterion({ id: `C${index}`, weight }));
  const findings: ComplianceFinding[] = parts.map(({ result, reason, points = 0 }, index) =>
    finding(result, {
      criterion: `C${index}`,
      points,
      ...(reason === undefined ? {} : { reason }),
    }),
  );
  return verdict(framework(criteria, { criteriaInEdition: 61 }), {
    findings,
    tests: [],
    recordInDoubt: [],
    inScope: 100,
    language: ENGLISH,
  });
}

const undecided = (weight: number, reason: Reason): Part => ({
  weight,
  result: "inconclusive",
  reason,
});

const weigh = (some: readonly Part[]): bigint =>
  some.reduce((total, { weight }) => total + BigInt(weight), 0n);

describe("the score", () => {
  test.each<[string, Part[], number | null, string | null]>([
    ["all passed", [{ weight: 20, result: "pass" }], 100, "A+"],
    [
      "points are lost",
      [
        { weight: 20, result: "pass" },
        { weight: 25, result: "fail", points: 25 },
      ],
      75,
      "C",
    ],
    ["a warning costs its points", [{ weight: 15, result: "warn", points: 5 }], 95, "A"],
    [
      "never below 0",
      [
        { weight: 90, result: "fail", points: 90 },
        { weight: 90, result: "fail", points: 90 },
      ],
      0,
      "F",
    ],
    ["nothing was exercised", [undecided(20, "not-exercised")], null, null],
    [
      "nothing could be decided",
      [undecided(20, "not-recorded"), undecided(5, "too-few")],
      null,
      null,
    ],
    ["only figures", [{ weight: 0, result: "context" }], null, null],
    ["no criteria", [], null, null],
    [
      "what was not exercised does not lower it",
      [{ weight: 20, result: "pass" }, undecided(50, "not-exercised")],
      100,
      "A+",
    ],
    [
      "what is not recorded does",
      [{ weight: 45, result: "pass" }, undecided(25, "not-recorded")],
      64,
      "D",
    ],
    ["so does too few", [{ weight: 2, result: "pass" }, undecided(1, "too-few")], 66, "D"],
    [
      "so does a missing input",
      [{ weight: 2, result: "pass" }, undecided(1, "missing-input")],
      66,
      "D",
    ],
    [
      "so does a record in doubt",
      [{ weight: 2, result: "pass" }, undecided(1, "record-in-doubt")],
      66,
      "D",
    ],
    [
      "so does a test that failed",
      [
        { weight: 2, result: "pass" },
        { weight: 1, result: "error" },
      ],
      66,
      "D",
    ],
    [
      "the lower of the two counts",
      [{ weight: 60, result: "fail", points: 40 }, undecided(40, "not-recorded")],
      60,
      "D-",
    ],
    [
      "points below the ceiling",
      [{ weight: 60, result: "fail", points: 41 }, undecided(40, "not-recorded")],
      59,
      "F",
    ],
    [
      "the ceiling below the points",
      [{ weight: 60, result: "fail", points: 39 }, undecided(40, "not-recorded")],
      60,
      "D-",
    ],
    [
      "the ceiling is rounded down",
      [{ weight: 999, result: "pass" }, undecided(1, "not-recorded")],
      99,
      "A+",
    ],
    ["broken points are rounded down", [{ weight: 5, result: "warn", points: 2.5 }], 97, "A+"],
    [
      "broken weights give a whole 100",
      [
        { weight: 0.57, result: "pass" },
        { weight: 0.29, result: "pass" },
      ],
      100,
      "A+",
    ],
    [
      "figures do not count",
      [
        { weight: 5, result: "pass" },
        { weight: 0, result: "context" },
      ],
      100,
      "A+",
    ],
    [
      "nor do the results that say nothing of the kind",
      [
        { weight: 5, result: "pass" },
        { weight: 5, result: "no_exception" },
        { weight: 5, result: "not_applicable" },
      ],
      100,
      "A+",
    ],
  ])("%s", (_, parts, expected, grade) => {
    expect(score(parts)).toMatchObject({ score: expected, grade });
  });

  test("is min(100 - lost, floor(100 * decided / possible)), for any findings", () => {
    const part: fc.Arbitrary<Part> = fc.oneof(
      fc.record({
        weight: fc.integer({ min: 1, max: 40 }),
        result: fc.constantFrom<Result>("pass", "warn", "fail"),
        points: fc.nat(40),
      }),
      fc.record({
        weight: fc.nat(40),
        result: fc.constant<Result>("inconclusive"),
        reason: fc.constantFrom<Reason>(
          "not-exercised",
          "not-recorded",
          "too-few",
          "record-in-doubt",
        ),
      }),
      fc.record({ weight: fc.nat(40), result: fc.constant<Result>("error") }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const asked = parts.filter(
          ({ weight, reason }) => weight > 0 && reason !== "not-exercised",
        );
        const decided = asked.filter(({ result }) => ["pass", "warn", "fail"].includes(result));
        const lost = decided.reduce((total, { points = 0 }) => total + points, 0);
        const { score: found, grade, coverage } = score(parts);
        expect(coverage).toEqual({
          decided: decided.length,
          possible: asked.length,
          total: 61,
          weightDecided: Number(weigh(decided)),
          weightPossible: Number(weigh(asked)),
        });
        // Whole-number division of what is positive cuts, which is rounding down.
        const ceiling = weigh(asked) === 0n ? 0 : Number((100n * weigh(decided)) / weigh(asked));
        const expected = decided.length === 0 ? null : Math.max(0, Math.min(100 - lost, ceiling));
        expect(found).toBe(expected);
        expect(grade).toBe(expected === null ? null : gradeOf(expected));
      }),
      { numRuns: 500 },
    );
  });
});
