import * as fc from "fast-check";
import { expect, test } from "vitest";
import { keptRows } from "../../../../src/engines/fold/ordered/kept-rows.ts";

const texts = fc.array(fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }), {
  maxLength: 30,
  size: "max",
});

test.each([0, 1, 2, 3])(
  "with %i fields the last that differs is found as if all were kept",
  (count) => {
    fc.assert(
      fc.property(texts, texts, (kept, asking) => {
        const all = [...kept, ...asking];
        const fields = Array.from({ length: count }, (_, field) => ({
          of: Uint32Array.from(all, (row) => row[field] ?? 0),
          size: 4,
        }));
        const rows = keptRows(2, fields);
        for (const row of kept.keys()) rows.keep(1, row);
        for (const [index, one] of asking.entries()) {
          const expected = kept.findLastIndex((other) =>
            fields.every(
              (_, field) => other[field] !== 0 && one[field] !== 0 && other[field] !== one[field],
            ),
          );
          expect(rows.last(1, kept.length + index) ?? -1).toBe(expected);
        }
      }),
      { numRuns: 300 },
    );
  },
);

test("keys are apart", () => {
  const rows = keptRows(3, [{ of: Uint32Array.from([1, 2]), size: 3 }]);
  rows.keep(1, 0);
  expect(rows.last(2, 1)).toBeUndefined();
  expect(rows.last(1, 1)).toBe(0);
});
