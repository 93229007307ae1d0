import * as fc from "fast-check";
import { expect, test } from "vitest";
import { orderOf } from "../../../../src/engines/fold/ordered/row-order.ts";

const key = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.maxSafeInteger(),
  fc.integer({ min: 1_767_225_600_000_000, max: 1_767_225_700_000_000 }),
  fc.constantFrom(
    Infinity,
    -0,
    65_535,
    65_536,
    2 ** 32 - 1,
    2 ** 32,
    -(2 ** 32),
    -(2 ** 53),
    2 ** 53,
  ),
);

test.each([
  ["few", 1000],
  ["many", 0],
])("the order of %s is that of the numbers, and stable", (_name, few) => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60, size: "max" }), (keys) => {
      const expected = keys
        .map((_, index) => index)
        .toSorted((left, right) => {
          const [a, b] = [keys[left] ?? 0, keys[right] ?? 0];
          if (a === b) return left - right;
          return a < b ? -1 : 1;
        });
      expect([...orderOf(Float64Array.from(keys), few)]).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});
