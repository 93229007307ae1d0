import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordsPattern } from "../../../src/engines/sql/words-pattern.ts";
import { wordTest, wordsIn } from "../../../src/expression/words.ts";

const WORDS = ["delete", "a", "user", "sha256", "2", "2fa", "x1y", "ab"];
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...WORDS, "DELETE", "Delete", "User", "A", "B", "SHA", "FA", "Y"),
      fc.constantFrom("_", "-", " ", "\n", ".", "é", "🔒", "K", "İ", "", "0", "z", "Z"),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

describe("the pattern of words", () => {
  test("finds what the words of a text say", () => {
    fc.assert(
      fc.property(text, fc.subarray(WORDS, { minLength: 1 }), (subject, words) => {
        const pattern = new RegExp(wordsPattern(words) ?? "", "u");
        expect(pattern.test(subject)).toBe(wordTest(words)(subject));
      }),
      { numRuns: 3000 },
    );
  });

  test("finds every word of a text", () => {
    fc.assert(
      fc.property(text, (subject) => {
        for (const word of wordsIn(subject)) {
          expect(subject).toMatch(new RegExp(wordsPattern([word]) ?? "$.", "u"));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([[["Delete"]], [["de lete"]], [["é"]], [[""]], [[]], [["a.b", "x|y"]]])(
    "is none for what cannot be a word: %j",
    (words) => {
      expect(wordsPattern(words)).toBeUndefined();
      expect(wordTest(words)("Delete de lete é a.b x|y")).toBe(false);
    },
  );
});
