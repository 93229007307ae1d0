// Which spans make up a period: each hour that has a state exactly once.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dayOf,
  endOf,
  hourBounds,
  hourSpan,
  monthOf,
  spansWithin,
} from "../../../src/engines/rollup/spans.ts";
import type { Span } from "../../../src/engines/rollup/spans.ts";

const HOUR = 3_600_000_000;
/** 2026-01-01T00:00:00Z, in hours. */
const NEW_YEAR = Date.UTC(2026, 0, 1) / 3_600_000;

/** Lists the spans that hold any of the hours, as the store does. */
const listed =
  (hours: readonly number[]) =>
  (unit: Span["unit"], { from, to }: { from: number; to: number }): Span[] => {
    const spanOf = { hour: hourSpan, day: dayOf, month: monthOf, log: hourSpan }[unit];
    const spans = new Map(hours.map((hour) => [spanOf(hour).start, spanOf(hour)]));
    return [...spans.values()]
      .filter(({ start }) => start !== null && start >= from && start < to)
      .toSorted((left, right) => (left.start ?? 0) - (right.start ?? 0));
  };

describe("spans", () => {
  test("of an hour", () => {
    const hour = NEW_YEAR + 31 * 24 + 30;
    expect(dayOf(hour)).toEqual({ unit: "day", start: NEW_YEAR + 32 * 24 });
    expect(monthOf(hour)).toEqual({ unit: "month", start: NEW_YEAR + 31 * 24 });
    expect(endOf(monthOf(hour))).toBe(NEW_YEAR + 59 * 24);
    expect(endOf(dayOf(hour))).toBe(NEW_YEAR + 33 * 24);
    expect(endOf(hourSpan(hour))).toBe(hour + 1);
    expect(endOf(hourSpan(null))).toBe(Number.POSITIVE_INFINITY);
  });

  test("before 1970", () => {
    expect(dayOf(-1)).toEqual({ unit: "day", start: -24 });
    expect(monthOf(-1)).toEqual({ unit: "month", start: -31 * 24 });
  });

  test("bounds of a period", () => {
    expect(hourBounds({})).toEqual({ from: -Infinity, to: Infinity });
    expect(hourBounds({ start: 2 * HOUR, end: 5 * HOUR })).toEqual({ from: 2, to: 5 });
  });

  test("a year is twelve months", () => {
    const hours = Array.from({ length: 365 * 24 }, (_, hour) => NEW_YEAR + hour);
    const spans = spansWithin({ from: NEW_YEAR, to: NEW_YEAR + 365 * 24 }, listed(hours));
    expect(spans.map(({ unit }) => unit)).toEqual(Array.from({ length: 12 }, () => "month"));
  });

  test("hold each hour within the bounds once, and no other", () => {
    const bound = fc.oneof(
      fc.integer({ min: -50, max: 3000 }),
      fc.constantFrom(-Infinity, Infinity, 0, 24, 31 * 24, 59 * 24),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -100, max: 2900 }), { maxLength: 80 }),
        bound,
        bound,
        (offsets, from, to) => {
          const hours = offsets.map((offset) => NEW_YEAR + offset);
          const bounds = { from: NEW_YEAR + from, to: NEW_YEAR + to };
          const spans = spansWithin(bounds, listed(hours));
          const held = spans.flatMap((span) =>
            hours.filter((hour) => hour >= (span.start ?? 0) && hour < endOf(span)),
          );
          const wanted = hours.filter((hour) => hour >= bounds.from && hour < bounds.to);
          expect(new Set(held)).toEqual(new Set(wanted));
          expect(held).toHaveLength(wanted.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
