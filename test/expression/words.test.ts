import * as fc from "fast-check";
import { expect, test } from "vitest";
import { wordTest, wordsIn } from "../../src/expression/words.ts";

test.each([
  ["deleteUser", ["delete", "user"]],
  ["user.delete", ["user", "delete"]],
  ["DELETE /users/42", ["delete", "users", "42"]],
  ["s3:PutObject", ["s3", "put", "object"]],
  ["kubectl_apply-v2Beta", ["kubectl", "apply", "v2", "beta"]],
  ["HTTPServer", ["httpserver"]],
  ["löschen", ["l", "schen"]],
  ["", []],
  ["—", []],
])("%s", (text, words) => {
  expect(wordsIn(text)).toEqual(words);
});

test("a word is found among others, never inside one", () => {
  const hasWord = wordTest(["delete", "rm"]);
  expect(["rm", "a.rm", "DELETE", "bulkDelete"].map(hasWord)).toEqual([true, true, true, true]);
  expect(["", "undeleted", "deleted", "farm", "r m"].map(hasWord)).toEqual(Array(5).fill(false));
});

test("every word found stands in the text, in its order", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      let from = 0;
      const lower = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
      for (const word of wordsIn(text)) {
        expect(word).toMatch(/^[a-z0-9]+$/);
        const at = lower.indexOf(word, from);
        expect(at).toBeGreaterThanOrEqual(from);
        from = at + word.length;
      }
    }),
    { numRuns: 1000 },
  );
});
