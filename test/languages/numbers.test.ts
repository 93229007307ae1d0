// Numbers of each language: the arithmetic is the model's, the marks are the language's.

import { describe, expect, test } from "vitest";
import { GERMAN } from "../../src/languages/de.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";

const { numbers: en } = ENGLISH;
const { numbers: de } = GERMAN;

describe("German", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [1204, "1.204"],
    [1_048_576, "1.048.576"],
    [1234.5678, "1.234,5678"],
  ])("sets the thousands of %d apart", (value, expected) => {
    expect(de.count(value)).toBe(expected);
    expect(de.decimal(value)).toBe(expected);
  });

  test.each([
    [1, 3, "33,3 %"],
    [10, 10, "100 %"],
    [9_999, 10_000, "99,99 %"],
    [1, 10 ** 13, "knapp über 0 %"],
    [10 ** 13 - 1, 10 ** 13, "knapp unter 100 %"],
    [0, 0, "kein Anteil"],
  ])("%i of %i is %s", (part, whole, expected) => {
    expect(de.share(part, whole)).toBe(expected);
  });

  test("a share stays off the limits that are named", () => {
    expect(de.share(9_869, 10_000, [0.987])).toBe("98,69 %");
  });

  test("lists and spans", () => {
    expect(de.list(["a", "b", "c"])).toBe("a, b und c");
    expect(de.span(90_061_000_000)).toBe("1 Tag 1 Stunde");
    expect(de.span(125_500_000)).toBe("2 Minuten 5,5 Sekunden");
    expect(de.exactSpan(183_845_250_000)).toBe("2 d 3 h 4 min 5,25 s");
  });
});

test.each([
  [0, "0 s"],
  [183_845_250_000, "2 d 3 h 4 min 5.25 s"],
  [3_600_000_000, "1 h"],
  [86_400_000_000 * 1204, "1,204 d"],
  [1, "0.000001 s"],
])("%i microseconds are %s, exactly", (microseconds, expected) => {
  expect(en.exactSpan(microseconds)).toBe(expected);
});

test.each([
  ["2026-03-02T00:07:57+00:00", "2026-03-02", "2026-03-02 00:07:57 UTC", "02.03.2026 00:07:57 UTC"],
  [
    "2026-03-02T00:07:57.250000+00:00",
    "2026-03-02",
    "2026-03-02 00:07:57.25 UTC",
    "02.03.2026 00:07:57,25 UTC",
  ],
  ["2026-03-02T01:07:57+02:00", "2026-03-01", "2026-03-01 23:07:57 UTC", "01.03.2026 23:07:57 UTC"],
])("the time %s", (text, day, english, german) => {
  expect(en.day(text)).toBe(day);
  expect(en.time(text)).toBe(english);
  expect(de.time(text)).toBe(german);
});

test("a date without a time is a day, and what is no time stays as it is", () => {
  expect(de.day("2027-12-02")).toBe("02.12.2027");
  for (const language of Object.values(LANGUAGES)) {
    expect(language.numbers.day("yesterday")).toBe("yesterday");
    expect(language.numbers.time("")).toBe("");
  }
});
