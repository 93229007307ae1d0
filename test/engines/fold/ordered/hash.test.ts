import * as fc from "fast-check";
import { expect, test } from "vitest";
import { codesOfHashes, hashInto } from "../../../../src/engines/fold/ordered/hash.ts";

function codesOf(texts: readonly string[]): { of: Uint32Array; size: number } {
  const lows = new Uint32Array(texts.length);
  const highs = new Uint32Array(texts.length);
  for (const [at, text] of texts.entries()) hashInto(lows, highs, at, text);
  return codesOfHashes(lows, highs);
}

test("equal texts have equal codes, other texts others, and no text has 0", () => {
  const text = fc.oneof(fc.constantFrom("", "a", "b", "{}", "x".repeat(200)), fc.string());
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const { of, size } = codesOf(texts);
      expect(size).toBe(new Set(texts.filter((one) => one !== "")).size + 1);
      for (const [index, left] of texts.entries()) {
        expect(of[index] === 0).toBe(left === "");
        for (const [other, right] of texts.entries()) {
          expect(of[index] === of[other]).toBe(left === right);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test("of 10,000 long texts that hardly differ no two become equal", () => {
  const texts = Array.from({ length: 2000 }, (_, index) => [
    `${index}${"x".repeat(40)}`,
    `${"x".repeat(40)}${index}`,
    `${"x".repeat(20)}${index}${"x".repeat(20)}`,
    "x".repeat(index + 60),
    `${"🔒".repeat(20)}${index}`,
  ]).flat();
  expect(codesOf(texts).size).toBe(texts.length + 1);
});
