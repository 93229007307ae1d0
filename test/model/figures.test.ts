import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCount, formatShare, formatSpan } from "../../src/model/figures.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1204, "1,204"],
  [1_048_576, "1,048,576"],
  [1234.5678, "1,234.5678"],
])("sets the thousands of %d apart", (value, expected) => {
  expect(formatCount(value)).toBe(expected);
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
    expect(formatShare(part, whole)).toBe(expected);
  });

  test("stays off the limits that are named", () => {
    expect(formatShare(9_869, 10_000)).toBe("98.7 %");
    expect(formatShare(9_869, 10_000, [0.987])).toBe("98.69 %");
    expect(formatShare(9_870, 10_000, [0.987])).toBe("98.7 %");
  });

  test("is close, and a whole or half percent only where it is exact", () => {
    const shares = fc
      .tuple(fc.nat({ max: 1e9 }), fc.integer({ min: 1, max: 1e9 }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(shares, ([part, whole]) => {
        const text = formatShare(part, whole);
        const [digits = "", decimals = ""] = text.replace(" %", "").split(".");
        const scale = 10n ** BigInt(decimals.length);
        const shown = BigInt(digits + decimals);
        const exact = BigInt(part) * 100n * scale;
        const error = shown * BigInt(whole) - exact;
        const distance = error < 0n ? -error : error;
        expect(distance * 20n <= BigInt(whole) * scale).toBe(true);
        if ((shown * 2n) % scale === 0n) expect(error).toBe(0n);
      }),
      { numRuns: 500 },
    );
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
  expect(formatSpan(microseconds)).toBe(expected);
});
