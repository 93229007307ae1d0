import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compareListed, offer } from "../../../src/engines/fold/first.ts";
import type { Listed } from "../../../src/engines/fold/first.ts";

const listed: fc.Arbitrary<Listed> = fc.record({
  instant: fc.constantFrom(-1, 0, 1, Number.POSITIVE_INFINITY),
  id: fc.constantFrom(0, 1, 10, 9, -Infinity, Infinity, "1", "10", "9", "🔒", "Ａ", undefined),
  position: fc.nat(300),
  reference: fc.nat(),
});

test("the order is total", () => {
  fc.assert(
    fc.property(listed, listed, listed, (a, b, c) => {
      expect(Math.sign(compareListed(a, b))).toBe(0 - Math.sign(compareListed(b, a)));
      const sorted = compareListed(a, b) <= 0 && compareListed(b, c) <= 0;
      expect(!sorted || compareListed(a, c) <= 0).toBe(true);
      const same = a.instant === b.instant && a.id === b.id && a.position === b.position;
      expect(compareListed(a, b) === 0).toBe(same);
    }),
    { numRuns: 1000 },
  );
});

const at = (instant: number, id: Listed["id"], position: number): Listed => ({
  instant,
  id,
  position,
  reference: position,
});

test("time first, then numbers by size, texts by their bytes, no id last, then the place", () => {
  const expected = [
    at(0, 10, 9),
    at(1, 9, 8),
    at(1, 10, 6),
    at(1, 10, 7),
    at(1, "10", 5),
    at(1, "9", 4),
    at(1, "Ａ", 3),
    at(1, "🔒", 2),
    at(1, undefined, 1),
    at(Number.POSITIVE_INFINITY, 0, 0),
  ];
  expect(expected.toReversed().toSorted(compareListed)).toEqual(expected);
});

test("offering keeps the first fifty of any number, in any order", () => {
  fc.assert(
    fc.property(fc.array(listed, { maxLength: 150, size: "max" }), (all) => {
      const list: Listed[] = [];
      for (const one of all) offer(list, one);
      // Entries that are equal in all four stand in the order in which they came.
      const expected = all.toSorted(compareListed).slice(0, 50);
      expect(list).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});
