import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, parseInstant } from "../../src/model/instant.ts";
import { inclusivePeriod, isBounded, namedPeriod, readInstant } from "../../src/model/period.ts";
import { refusal } from "./refusal.ts";

const at = (text: string): number => parseInstant(text);
const NOW = at("2026-05-10T13:45:00Z");

describe("inclusivePeriod", () => {
  test("a date without a time stands for the whole day", () => {
    expect(inclusivePeriod("2026-01-01", "2026-03-31")).toEqual({
      start: at("2026-01-01T00:00:00Z"),
      end: at("2026-04-01T00:00:00Z"),
    });
    expect(inclusivePeriod("2024-02-29", "2024-02-29")).toEqual({
      start: at("2024-02-29T00:00:00Z"),
      end: at("2024-03-01T00:00:00Z"),
    });
  });

  test("a bound with a time is included, to the microsecond", () => {
    const { start, end } = inclusivePeriod("2026-01-01T10:00:00+02:00", "2026-01-01 12:00:00.5");
    expect(start).toBe(at("2026-01-01T08:00:00Z"));
    expect(end).toBe(at("2026-01-01T12:00:00.500001Z"));
  });

  test("a Date is a point in time", () => {
    const date = new Date("2026-01-01T00:00:00.123Z");
    expect(inclusivePeriod(date, date)).toEqual({
      start: at("2026-01-01T00:00:00.123Z"),
      end: at("2026-01-01T00:00:00.123001Z"),
    });
  });

  test("a missing bound leaves its side open", () => {
    expect(inclusivePeriod(undefined, null)).toEqual({});
    expect(inclusivePeriod("2026-01-01", null)).toEqual({ start: at("2026-01-01T00:00:00Z") });
    expect(inclusivePeriod(undefined, "2026-01-01")).toEqual({ end: at("2026-01-02T00:00:00Z") });
    expect(isBounded({})).toBe(false);
    expect(isBounded({ start: 0 })).toBe(true);
    expect(isBounded({ end: 0 })).toBe(true);
  });

  test("a reversed period is refused with both bounds", () => {
    const error = refusal(() => inclusivePeriod("2026-03-01", "2026-02-28"));
    expect(error.code).toBe("invalid-period");
    expect(error.message).toContain("2026-03-01T00:00:00+00:00");
    expect(error.message).toContain("2026-02-28T23:59:59.999999+00:00");
    expect(error.hint).toBeDefined();
    expect(inclusivePeriod("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z")).toBeDefined();
    refusal(() => inclusivePeriod("2026-03-01T00:00:00.000001Z", "2026-03-01T00:00:00Z"));
  });

  test.each(["2026-02-30", "2026-13-01", "yesterday", "", "2026", "2026-1-1", "1899-12-31"])(
    "%j is no bound",
    (text) => {
      expect(refusal(() => inclusivePeriod(text, null)).code).toBe("invalid-period");
      expect(refusal(() => inclusivePeriod(null, text)).message).toContain(JSON.stringify(text));
      expect(refusal(() => readInstant(text)).code).toBe("invalid-period");
    },
  );

  test.each([
    ["invalid", new Date("nonsense")],
    ["before the year 0", new Date(-8.64e15)],
    ["after the year 9999", new Date(8.64e15)],
  ])("a Date that is %s is no bound", (_, date) => {
    expect(refusal(() => inclusivePeriod(date, null)).code).toBe("invalid-period");
  });

  test("contains exactly what lies between its bounds", () => {
    const instant = fc.integer({ min: -1_000_000, max: 4_000_000_000_000_000 });
    fc.assert(
      fc.property(instant, instant, instant, (a, b, t) => {
        const [from, to] = a <= b ? [a, b] : [b, a];
        const { start = Number.NaN, end = Number.NaN } = inclusivePeriod(
          formatInstant(from),
          formatInstant(to),
        );
        expect(start <= t && t < end).toBe(from <= t && t <= to);
      }),
      { numRuns: 300 },
    );
  });
});

describe("namedPeriod", () => {
  test.each([
    ["2026", "2026-01-01", "2027-01-01"],
    ["2026-Q1", "2026-01-01", "2026-04-01"],
    ["2026-q2", "2026-04-01", "2026-07-01"],
    ["2026-Q4", "2026-10-01", "2027-01-01"],
    ["2026-12", "2026-12-01", "2027-01-01"],
    ["2024-02", "2024-02-01", "2024-03-01"],
    ["2026-03-14", "2026-03-14", "2026-03-15"],
    ["last-1d", "2026-05-09", "2026-05-10"],
    ["last-90d", "2026-02-09", "2026-05-10"],
    ["LAST-7D", "2026-05-03", "2026-05-10"],
  ])("%s is %s until before %s", (text, start, end) => {
    expect(namedPeriod(text, NOW)).toEqual({
      start: at(`${start}T00:00:00Z`),
      end: at(`${end}T00:00:00Z`),
    });
  });

  test("last-1d is the whole day before, also at midnight and before 1970", () => {
    const midnight = at("2026-05-10T00:00:00Z");
    expect(namedPeriod("last-1d", midnight).end).toBe(midnight);
    expect(namedPeriod("last-1d", -1).end).toBe(at("1969-12-31T00:00:00Z"));
  });

  test.each([
    ..."2026-Q0 2026-Q5 2026-13 2026-00 1899 2199-Q9 last-0d last-d last-90 last--1d".split(" "),
    ..."Q1-2026 26-Q1 2026-02-30 2026-1".split(" "),
    "2026-Q1 ",
    "",
  ])("%j names no period", (text) => {
    expect(refusal(() => namedPeriod(text, NOW)).code).toBe("invalid-period");
  });

  test("the quarters and the months of a year tile it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2198 }), (year) => {
        const parts = [
          [1, 2, 3, 4].map((quarter) => namedPeriod(`${year}-Q${quarter}`, NOW)),
          Array.from({ length: 12 }, (_, month) =>
            namedPeriod(`${year}-${String(month + 1).padStart(2, "0")}`, NOW),
          ),
        ];
        for (const tiles of parts) {
          for (const [index, tile] of tiles.slice(1).entries()) {
            expect(tile.start).toBe(tiles[index]?.end);
          }
          expect({ start: tiles[0]?.start, end: tiles.at(-1)?.end }).toEqual(
            namedPeriod(`${year}`, NOW),
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});
