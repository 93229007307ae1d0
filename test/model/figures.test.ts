// The figures behind the numbers of every language; how they read is tested in test/languages.

import { expect, test } from "vitest";
import { formatCount, percentOf, spanParts } from "../../src/model/figures.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1204, "1,204"],
  [1_048_576, "1,048,576"],
  [1234.5678, "1,234.5678"],
])("sets the thousands of %d apart", (value, expected) => {
  expect(formatCount(value)).toBe(expected);
});

test.each([
  [1, 3, { kind: "exact", digits: "33.3" }],
  [9_999, 10_000, { kind: "exact", digits: "99.99" }],
  [1, 10 ** 13, { kind: "above-zero" }],
  [10 ** 13 - 1, 10 ** 13, { kind: "below-hundred" }],
  [0, 0, { kind: "none" }],
])("%i of %i in percent", (part, whole, expected) => {
  expect(percentOf(part, whole)).toEqual(expected);
});

test.each([
  [0, [{ unit: "second", amount: 0 }]],
  [
    93_784_000_000,
    [
      { unit: "day", amount: 1 },
      { unit: "hour", amount: 2 },
    ],
  ],
  [
    3_600_000_001,
    [
      { unit: "hour", amount: 1 },
      { unit: "second", amount: 0.000_001 },
    ],
  ],
])("%i microseconds in their largest units", (microseconds, expected) => {
  expect(spanParts(microseconds)).toEqual(expected);
});
