// Times against the naive reading of the same grammar.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, isNaive, parseInstant } from "../../src/model/instant.ts";
import { read } from "./naive-instant.ts";

/** What is wrong with how a text was read; nothing when it is right. */
function mistake(text: string): string | undefined {
  const expected = read(text);
  const instant = parseInstant(text);
  if (expected === undefined) {
    return Number.isNaN(instant) ? undefined : `${text} is no time, but was read as ${instant}`;
  }
  if (Number.isNaN(instant) || BigInt(instant) !== expected.microseconds) {
    return `${text} is ${expected.microseconds}, but was read as ${instant}`;
  }
  return isNaive(text) === expected.naive ? undefined : `${text}: naive is ${expected.naive}`;
}

const pad = (number: number, width = 2): string => String(number).padStart(width, "0");

const date = fc
  .tuple(fc.integer({ min: 1900, max: 2199 }), fc.nat(11), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => `${year}-${pad(month + 1)}-${pad(day)}`);
const clock = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => pad(part)).join(":"));
const fraction = fc.oneof(
  fc.constant(""),
  fc.stringMatching(/^\d{1,9}$/).map((digits) => `.${digits}`),
);
const offset = fc.oneof(
  fc.constantFrom("", "Z", "+00:00", "-00:00", "+14:59", "-14:59", "-0500"),
  fc
    .tuple(fc.constantFrom("+", "-"), fc.nat(14), fc.constantFrom(":", ""), fc.nat(59))
    .map(([sign, hours, colon, minutes]) => `${sign}${pad(hours)}${colon}${pad(minutes)}`),
);
const valid = fc
  .tuple(date, fc.constantFrom("T", " "), clock, fraction, offset)
  .map((parts) => parts.join(""));

const INSERTED = [
  ..."0 9 2 3 - + : . , T t Z z 00 99 \u2212 \uff11 \u0661 \0".split(" "),
  "",
  " ",
  "\t",
  "\n",
  "\u00a0",
];

/** A valid text with one to three characters replaced, removed or put in. */
const mutated = fc
  .tuple(
    valid,
    fc.array(fc.tuple(fc.nat(40), fc.nat(1), fc.constantFrom(...INSERTED)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, edits]) => {
    let result = text;
    for (const [at, removed, inserted] of edits) {
      const index = at % (result.length + 1);
      result = result.slice(0, index) + inserted + result.slice(index + removed);
    }
    return result;
  });

/** Every part may be a little out of range. */
const nearMiss = fc
  .tuple(
    fc.integer({ min: 1890, max: 2210 }),
    fc.nat(13),
    fc.nat(33),
    fc.nat(25),
    fc.nat(61),
    fc.nat(61),
    fc.stringMatching(/^(\.\d{0,11})?$/),
    fc.nat(16),
    fc.nat(61),
    fc.constantFrom("+", "-", "", "\u2212"),
  )
  .map(
    ([year, month, day, hour, minute, second, part, hours, minutes, sign]) =>
      `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}${part}` +
      (sign === "" ? "" : `${sign}${pad(hours)}:${pad(minutes)}`),
  );

describe("parseInstant equals the grammar", () => {
  test("for every valid form", () => {
    fc.assert(
      fc.property(valid, (text) => {
        expect(read(text)).toBeDefined();
        expect(mistake(text)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  test("for valid texts with a few characters changed", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(mistake(text)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  test("for parts that may be out of range", () => {
    fc.assert(
      fc.property(nearMiss, (text) => {
        expect(mistake(text)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  test("for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expect(mistake(text)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test("on the edges of each month of the years 1899 to 2200", () => {
    const days = [0, 1, 28, 29, 30, 31, 32];
    const mistakes: string[] = [];
    for (let month = 1899 * 14; month < 2201 * 14; month += 1) {
      const prefix = `${Math.floor(month / 14)}-${pad(month % 14)}-`;
      for (const day of days) mistakes.push(mistake(`${prefix}${pad(day)}T00:00:00Z`) ?? "");
    }
    expect(mistakes.filter((one) => one !== "")).toEqual([]);
  });
});

describe("what is no time", () => {
  test.each([
    "",
    "2026-01-01",
    "2026-01-01T24:00:00Z",
    "2026-01-01T23:59:60Z",
    "2026-01-01T23:60:00Z",
    "2026-01-01T00:00:00z",
    "2026-01-01t00:00:00Z",
    "2026-01-01T00:00:00\u221205:00",
    " 2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00Z ",
    "2026-01-01T00:00:00 Z",
    "2026-01-01T00:00:00 +02:00",
    "2026-01-01T00:00:00.",
    "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00:00.1234567890Z",
    "2026-01-01T00:00:00,5Z",
    "2026-01-01T00:00:00+15:00",
    "2026-01-01T00:00:00+14:60",
    "2026-01-01T00:00:00+02",
    "2026-01-01T00:00:00+2:00",
    "2026-01-01T00:00:00+02:0",
    "2026-01-01T00:00:00+02:000",
    "2026-01-01T00:00:00+",
    "2026-01-01T00:00:00ZZ",
    "2026-01-01T00:00",
    "2026-1-01T00:00:00Z",
    "20260101T000000Z",
    "2026-W01-1T00:00:00Z",
    "2026-001T00:00:00.00Z",
    "1899-12-31T23:59:59Z",
    "2200-01-01T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "2100-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "1767225600",
    "now",
    "2026-01-01T00:00:00Z\0",
  ])("%j", (text) => {
    expect(parseInstant(text)).toBeNaN();
    expect(read(text)).toBeUndefined();
  });
});

describe("isNaive", () => {
  test.each([
    ["2026-01-01T00:00:00", true],
    ["2026-01-01 00:00:00", true],
    ["2026-01-01T00:00:00.1", true],
    ["2026-01-01T00:00:00.12", true],
    ["2026-01-01T00:00:00.123456789", true],
    ["2026-01-01T00:00:00Z", false],
    ["2026-01-01T00:00:00.1Z", false],
    ["2026-01-01T00:00:00-05:00", false],
    ["2026-01-01T00:00:00+05:00", false],
    ["2026-01-01T00:00:00-0500", false],
    ["2026-01-01T00:00:00+0500", false],
    ["2026-01-01T00:00:00.5-05:00", false],
    ["2026-01-01T00:00:00.5-0500", false],
    ["2026-01-01T00:00:00-00:00", false],
  ])("%s -> %s", (text, naive) => {
    expect(isNaive(text)).toBe(naive);
    expect(read(text)?.naive).toBe(naive);
  });
});

describe("instants", () => {
  test("one instant in six spellings", () => {
    for (const text of [
      "2026-01-01T00:00:13.351134+00:00",
      "2026-01-01T00:00:13.351134Z",
      "2026-01-01 00:00:13.351134",
      "2026-01-01T02:00:13.351134999+0200",
      "2025-12-31T19:00:13.351134-05:00",
      "2026-01-01T14:59:13.351134+14:59",
    ]) {
      expect([text, parseInstant(text)]).toEqual([text, 1_767_225_613_351_134]);
    }
  });

  test("before 1970 a fraction still counts forward", () => {
    expect(parseInstant("1969-12-31T23:59:59.000001Z")).toBe(-999_999);
    expect(formatInstant(-999_999)).toBe("1969-12-31T23:59:59.000001+00:00");
    expect(Object.is(parseInstant("1970-01-01T00:00:00-00:00"), -0)).toBe(false);
  });

  test("formatInstant writes no fraction when it is zero, and six digits otherwise", () => {
    expect(formatInstant(0)).toBe("1970-01-01T00:00:00+00:00");
    expect(formatInstant(1)).toBe("1970-01-01T00:00:00.000001+00:00");
    expect(formatInstant(500_000)).toBe("1970-01-01T00:00:00.500000+00:00");
  });

  test("what formatInstant writes reads back as the same instant", () => {
    const first = Number(read("1900-01-01T00:00:00Z")?.microseconds);
    const last = Number(read("2199-12-31T23:59:59.999999Z")?.microseconds);
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: first, max: last }), fc.constantFrom(first, last)),
        (instant) => {
          const text = formatInstant(instant);
          expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/);
          expect(parseInstant(text)).toBe(instant);
          expect(Number(read(text)?.microseconds)).toBe(instant);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("the order of a day's remembered date does not matter", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(valid, nearMiss), { maxLength: 12 }), (texts) => {
        const mistakes = [...texts, ...texts.toReversed()].map(mistake);
        expect(mistakes.filter((one) => one !== undefined)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
