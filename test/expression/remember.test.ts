import * as fc from "fast-check";
import { expect, test } from "vitest";
import { remembering } from "../../src/expression/remember.ts";

test("answers as the function does, asked in any order and often", () => {
  const lengthOf = remembering((text: string) => text.length);
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 })), (texts) => {
      expect(texts.map(lengthOf)).toEqual(texts.map((text) => text.length));
    }),
  );
});

test("asks once for each value, as long as values repeat", () => {
  let asked = 0;
  const answer = remembering((value: number) => (asked += 1) && value % 2 === 0);
  for (let round = 0; round < 10; round += 1) {
    for (let value = 0; value < 1000; value += 1) answer(value);
  }
  expect(asked).toBe(1000);
});

test("gives up where none repeats, and tries again later", () => {
  let asked = 0;
  const answer = remembering((value: string) => (asked += 1) && value === "");
  for (let value = 0; value < 70_000; value += 1) answer(String(value));
  expect(asked).toBe(70_000);
  for (let round = 0; round < 5; round += 1) answer("again");
  expect(asked).toBe(70_001);
});

test("long texts are not kept", () => {
  let asked = 0;
  const answer = remembering((value: string) => (asked += 1) && value.length > 0);
  const long = "x".repeat(257);
  answer(long);
  answer(long);
  expect(asked).toBe(2);
});
