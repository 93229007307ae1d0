import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namedNumbers, shareNumbers, wilson } from "../../../src/engines/fold/numbers.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";

const Z = 1.959963984540054;

const where = (cel: string) => parsePredicate(cel, ENTRY_SCHEMA);
const slotOf = (name: string): number => ["agent_id", "chain_depth"].indexOf(name);

describe("the Wilson interval", () => {
  test.each([
    [0, 10, 0, 0.2775],
    [1, 10, 0.0179, 0.4042],
    [5, 10, 0.2366, 0.7634],
    [10, 10, 0.7225, 1],
    [15, 148, 0.0624, 0.1605],
    [59, 59, 0.9389, 1],
    [381, 381, 0.99, 1],
  ])("of %i in %i", (part, whole, low, high) => {
    const bounds = wilson(part, whole);
    expect(bounds.low).toBeCloseTo(low, 4);
    expect(bounds.high).toBeCloseTo(high, 4);
  });

  test("its bounds are the shares from which what was seen lies just so many deviations away", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e7 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (whole, of) => {
          const part = Math.round(of * whole);
          const { low, high } = wilson(part, whole);
          expect(low).toBeLessThanOrEqual(part / whole);
          expect(high).toBeGreaterThanOrEqual(part / whole);
          for (const bound of [low, high]) {
            if (bound === 0 || bound === 1) continue;
            const away = Math.abs(part - whole * bound) / Math.sqrt(whole * bound * (1 - bound));
            expect(away).toBeCloseTo(Z, 4);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("is exact at the ends, and of nothing says nothing", () => {
    for (const whole of [1, 3, 7, 1000, 999_999_937]) {
      expect(wilson(0, whole).low).toBe(0);
      expect(wilson(whole, whole).high).toBe(1);
    }
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
    expect(shareNumbers(0, 0)).toEqual({ part: 0 });
    expect(shareNumbers(1, 2)).toEqual({
      part: 1,
      share: 0.5,
      share_low: wilson(1, 2).low,
      share_high: wilson(1, 2).high,
    });
  });
});

describe("numbers by name", () => {
  const measure = {
    counts: [
      { name: "deep", of: "population", where: where("chain_depth > 1") },
      { name: "named", of: "exceptions", where: where('agent_id != ""') },
      { name: "deep_exceptions", of: "exceptions", where: where("chain_depth > 1") },
    ],
    shares: [
      { name: "named_share", among: where("chain_depth > 0"), part: where('agent_id != ""') },
    ],
  } as const;
  const rows = [
    ["a", 2],
    ["", 1],
    ["b", 0],
    ["", 3],
  ];

  test("are counted one by one, together, and late, alike", () => {
    const single = namedNumbers(measure, slotOf);
    const together = namedNumbers(measure, slotOf);
    const late = namedNumbers(measure, slotOf);
    for (const row of rows) {
      for (const _ of [1, 2, 3]) {
        single.population(row);
        single.exception(row);
      }
      together.take(together.ofPopulation(row), 3);
      together.take(together.ofException(row), 3);
      late.take(late.ofPopulation(row), 3);
    }
    const expected = {
      deep: 6,
      named: 6,
      deep_exceptions: 6,
      named_share: 1 / 3,
      named_share_low: wilson(3, 9).low,
    };
    expect(single.finish()).toEqual(expected);
    expect(together.finish()).toEqual(expected);
    const exceptions = rows.flatMap((row) => [1, 2, 3].map(() => late.ofException(row)));
    expect(late.finish(exceptions)).toEqual(expected);
    expect(late.finish()).toEqual({ ...expected, named: 0, deep_exceptions: 0 });
  });

  test("merge", () => {
    const [left, right] = [namedNumbers(measure, slotOf), namedNumbers(measure, slotOf)];
    for (const row of rows.slice(0, 2)) left.population(row);
    for (const row of rows.slice(2)) right.population(row);
    right.exception(["x", 2]);
    left.merge(structuredClone(right.state));
    expect(left.finish()).toEqual({
      deep: 2,
      named: 1,
      deep_exceptions: 1,
      named_share: 1 / 3,
      named_share_low: wilson(1, 3).low,
    });
  });

  test("a share of nothing is none", () => {
    const named = namedNumbers(measure, slotOf);
    named.population(["a", 0]);
    expect(named.finish()).toEqual({ deep: 0, named: 0, deep_exceptions: 0 });
  });
});
