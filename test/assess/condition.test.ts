// Which numbers the conditions of limits compare with: figures are not rounded onto them.

import { expect, test } from "vitest";
import { comparedNumbers } from "../../src/assess/condition.ts";
import { parsePredicate } from "../../src/expression/parse.ts";
import type { Schema } from "../../src/expression/schema.ts";

const NUMBERS: Schema = new Map(
  ["share", "share_low"].map((name) => [name, { type: "number", cel: "double" }]),
);

const limits = (...conditions: readonly string[]) =>
  conditions.map((cel) => ({ when: parsePredicate(cel, NUMBERS) }));

test.each([
  ["share > 0.1", [0.1]],
  ["0.2 >= share", [0.2]],
  ["share > 0.1 && share_low < 0.3", [0.1, 0.3]],
  ["share > 0.1 || share_low < 0.3", [0.1, 0.3]],
  ["!(share > 0.4)", [0.4]],
  ["share > share_low", []],
  ["true", []],
])("%s", (cel, numbers) => {
  expect(comparedNumbers(limits(cel))).toEqual(numbers);
});

test("of several limits all, and of one that asks nothing none", () => {
  expect(comparedNumbers([...limits("share > 0.1", "share > 0.2"), {}])).toEqual([0.1, 0.2]);
});
