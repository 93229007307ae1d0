import * as fc from "fast-check";
import { expect, test } from "vitest";
import { codeOf, mergeDictionary } from "../../../../src/engines/fold/ordered/dictionary.ts";
import type { Dictionary } from "../../../../src/engines/fold/ordered/dictionary.ts";

const value = fc.oneof(
  fc.constantFrom("a", "b", "1", 1, 2, "x".repeat(120), "x".repeat(121), `${"x".repeat(200)}y`),
  fc.string(),
);

test("equal values have equal codes, other values others, in one dictionary and in two", () => {
  fc.assert(
    fc.property(fc.array(value), fc.array(value), (some, others) => {
      const [one, two]: Dictionary[] = [new Map(), new Map()];
      if (one === undefined || two === undefined) throw new Error("two are made");
      const codes = some.map((each) => codeOf(one, each));
      const theirs = others.map((each) => codeOf(two, each));
      const changed = mergeDictionary(one, two);
      const all = [...codes, ...theirs.map((code) => changed[code])];
      for (const [index, left] of [...some, ...others].entries()) {
        for (const [other, right] of [...some, ...others].entries()) {
          expect(all[index] === all[other]).toBe(left === right);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test("nothing recorded is 0, and no long text is kept", () => {
  const dictionary: Dictionary = new Map();
  expect([codeOf(dictionary, ""), codeOf(dictionary, Number.NaN)]).toEqual([0, 0]);
  const long = "x".repeat(10_000);
  expect(codeOf(dictionary, long)).toBe(1);
  const [key = ""] = dictionary.keys();
  expect(String(key).length).toBeLessThan(200);
  // Whoever writes what stands for the long text has written another text.
  expect(codeOf(dictionary, key)).toBe(2);
});
