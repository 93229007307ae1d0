// English numbers, and with them the arithmetic of all: a share never looks like a limit.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ENGLISH } from "../../src/languages/en.ts";

const { count, list, share, span } = ENGLISH.numbers;

test.each([
  [0, "0"],
  [999, "999"],
  [1204, "1,204"],
  [1_048_576, "1,048,576"],
  [1234.5678, "1,234.5678"],
])("sets the thousands of %d apart", (value, expected) => {
  expect(count(value)).toBe(expected);
});

describe("a share in percent", () => {
  test.each([
    [0, 10, "0 %"],
    [10, 10, "100 %"],
    [1, 8, "12.5 %"],
    [1, 3, "33.3 %"],
    [2, 3, "66.7 %"],
    // Ties go to the even digit: 6.25 and 18.75.
    [1, 16, "6.2 %"],
    [3, 16, "18.8 %"],
    [9_999, 10_000, "99.99 %"],
    [1, 1_000_000, "0.0001 %"],
    [1_349, 1_500, "89.9 %"],
    [89_996, 100_000, "89.996 %"],
    [30_001, 100_000, "30.001 %"],
    [1, 10 ** 13, "just above 0 %"],
    [10 ** 13 - 1, 10 ** 13, "just below 100 %"],
    [0, 0, "no share"],
  ])("%i of %i is %s", (part, whole, expected) => {
    expect(share(part, whole)).toBe(expected);
  });

  test("stays off the limits that are named", () => {
    expect(share(9_869, 10_000)).toBe("98.7 %");
    expect(share(9_869, 10_000, [0.987])).toBe("98.69 %");
    expect(share(9_870, 10_000, [0.987])).toBe("98.7 %");
  });

  test("is close, and a whole or half percent only where it is exact", () => {
    const shares = fc
      .tuple(fc.nat({ max: 1e9 }), fc.integer({ min: 1, max: 1e9 }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(shares, ([part, whole]) => {
        const text = share(part, whole);
        const [digits = "", decimals = ""] = text.replace(" %", "").split(".");
        const scale = 10n ** BigInt(decimals.length);
        const shown = BigInt(digits + decimals);
        const exact = BigInt(part) * 100n * scale;
        const error = shown * BigInt(whole) - exact;
        const distance = error < 0n ? -error : error;
        expect(distance * 20n <= BigInt(whole) * scale).toBe(true);
        expect((shown * 2n) % scale === 0n && error !== 0n).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

/** An exact fraction; the limit's from the decimal text that its author wrote. */
interface Exact {
  readonly over: bigint;
  readonly under: bigint;
}
const side = (left: Exact, right: Exact): number =>
  Math.sign(Number(left.over * right.under - right.over * left.under));
const percent = (text: string): Exact => {
  const [whole = "", decimals = ""] = text.replace(" %", "").split(".");
  return { over: BigInt(whole + decimals), under: 100n * 10n ** BigInt(decimals.length) };
};

describe("a share beside a limit", () => {
  const limit = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.nat(999_999))
    .map(([decimals, digits]) => {
      const over = digits % 10 ** decimals;
      return { value: over / 10 ** decimals, over: BigInt(over), under: 10n ** BigInt(decimals) };
    });

  test("always lies on the side on which the exact quotient lies, and on 0 and 100 % only there", () => {
    const near = fc
      .tuple(
        fc.array(limit, { minLength: 1, maxLength: 3 }),
        fc.nat(1e9),
        fc.integer({ min: -3, max: 3 }),
      )
      .map(([limits, size, off]) => {
        // Often a whole number of exceptions away from the first limit.
        const whole = size + 1;
        const part = Math.round(Number(limits[0]?.value) * whole) + off;
        return { limits, part: Math.min(whole, Math.max(0, part)), whole };
      });
    fc.assert(
      fc.property(near, ({ limits, part, whole }) => {
        const text = share(
          part,
          whole,
          limits.map(({ value }) => value),
        );
        const shown = percent(text);
        const exact = { over: BigInt(part), under: BigInt(whole) };
        for (const one of [...limits, { over: 0n, under: 1n }, { over: 1n, under: 1n }]) {
          expect([text, side(shown, one)]).toEqual([text, side(exact, one)]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    // In binary 0.57 * 100 and 0.29 * 100 are not 57 and 29.
    [57_004, 100_000, 0.57, "57.004 %"],
    [28_999, 100_000, 0.29, "28.999 %"],
    [7_004, 100_000, 0.07, "7.004 %"],
    // Not rounded over a limit either.
    [89_967, 100_000, 0.8997, "89.967 %"],
    [999_949, 1_000_000, 0.99995, "99.99 %"],
    [999_951, 1_000_000, 0.99995, "99.9951 %"],
    [700_000_000_001, 10 ** 12, 0.7, "70.0000000001 %"],
    [499_999_999_999, 10 ** 12, 0.5, "49.9999999999 %"],
    [1, 10, 1e-7, "10 %"],
  ])("%i of %i beside %d", (part, whole, beside, expected) => {
    expect(share(part, whole, [beside])).toBe(expected);
  });
});

test.each([
  [0, "0 seconds"],
  [1_000_000, "1 second"],
  [3_600_000_000, "1 hour"],
  [3_600_000_001, "1 hour 0.000001 seconds"],
  [14_054_007_599, "3 hours 54 minutes"],
  [86_400_000_000 * 2 + 60_000_000, "2 days 1 minute"],
])("%i microseconds are %s", (microseconds, expected) => {
  expect(span(microseconds)).toBe(expected);
});

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a and b"],
  [["a", "b", "c"], "a, b and c"],
])("lists %j", (names, expected) => {
  expect(list(names)).toBe(expected);
});
