import { expect, test } from "vitest";
import { shortened } from "../../../../src/engines/fold/ordered/shortened.ts";

const long = (start: string): string => `${start}${"x".repeat(40)}`;

test("a text of up to 24 characters stands for itself, a longer one is a whole number", () => {
  expect(shortened("")).toBe("");
  expect(shortened("x".repeat(24))).toBe("x".repeat(24));
  expect(shortened("x".repeat(25))).toBeTypeOf("number");
});

test("equal texts stay equal", () => {
  expect(shortened(long("a"))).toBe(shortened(long("a")));
});

test("of 8,000 long texts that hardly differ no two become equal, and each is exact", () => {
  const texts = Array.from({ length: 2000 }, (_, index) => [
    `${index}${"x".repeat(40)}`,
    `${"x".repeat(40)}${index}`,
    `${"x".repeat(20)}${index}${"x".repeat(20)}`,
    "x".repeat(index + 60),
    `${"🔒".repeat(20)}${index}`,
  ]).flat();
  const numbers = new Set(texts.map(shortened));
  expect(numbers.size).toBe(texts.length);
  for (const one of numbers) expect(Number.isSafeInteger(one) && Number(one) >= 0).toBe(true);
});
