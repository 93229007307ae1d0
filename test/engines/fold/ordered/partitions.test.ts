import * as fc from "fast-check";
import { expect, test } from "vitest";
import { dividedBy, grouped } from "../../../../src/engines/fold/ordered/partitions.ts";
import type { Keys } from "../../../../src/engines/fold/ordered/partitions.ts";

const codes = fc
  .array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 40, size: "max" })
  .map((pairs) =>
    [0, 1].map((side): Keys => ({
      of: Uint32Array.from(pairs, (pair) => pair[side] ?? 0),
      size: 5,
    })),
  );
const none: Keys = { of: new Uint32Array(), size: 1 };

test("divided keys are equal where both are, and nowhere stays nowhere", () => {
  fc.assert(
    fc.property(codes, ([keys = none, more = none]) => {
      const { of, size } = dividedBy(keys, more);
      const places = [...of.keys()];
      const alike = (one: number, other: number): boolean =>
        keys.of[one] === keys.of[other] && (keys.of[one] === 0 || more.of[one] === more.of[other]);
      const wrong = places.filter((one) =>
        places.some((other) => (of[one] === of[other]) !== alike(one, other)),
      );
      expect(wrong).toEqual([]);
      expect(places.filter((one) => (of[one] === 0) !== (keys.of[one] === 0))).toEqual([]);
      expect(Math.max(0, ...of)).toBe(size - 1);
    }),
    { numRuns: 200 },
  );
});

test("groups hold all places of a key in their order, and none of key 0", () => {
  fc.assert(
    fc.property(codes, ([keys = none]) => {
      const { places, starts } = grouped(keys);
      const groups = Array.from({ length: starts.length - 1 }, (_, at) =>
        Array.from(places.slice(starts[at], starts[at + 1])),
      );
      const expected = [1, 2, 3, 4].map((key) =>
        [...keys.of.keys()].filter((place) => keys.of[place] === key),
      );
      expect(groups.filter(({ length }) => length > 0)).toEqual(
        expected.filter(({ length }) => length > 0),
      );
    }),
    { numRuns: 200 },
  );
});
