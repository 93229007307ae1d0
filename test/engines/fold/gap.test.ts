import { describe, expect, test } from "vitest";
import { asking } from "../../../src/engines/fold/asking.ts";
import { gap } from "../../../src/engines/fold/gap.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";
import type { GapMeasure } from "../../../src/model/measure.ts";
import type { GapObservation } from "../../../src/model/observation.ts";
import { HOUR, START } from "../logs.ts";

const measure: GapMeasure = {
  id: "silence",
  kind: "gap",
  title: "",
  question: "",
  limitations: "",
  population: parsePredicate("true", ENTRY_SCHEMA),
  fields: ["timestamp"],
  longerThan: HOUR,
};

/** Accumulates entries at these instants; the entry's id is its place. */
function silences(instants: readonly number[], options: Partial<GapMeasure> = {}) {
  const accumulator = gap(
    { ...measure, ...options },
    asking({ now: 0 }, () => 0),
  );
  for (const [index, instant] of instants.entries()) {
    const step = { row: [], instant, id: index, position: index + 1, reference: index };
    accumulator.meaning(step.row)?.each?.(step);
  }
  return accumulator;
}

const answer = (accumulator: ReturnType<typeof silences>): GapObservation =>
  accumulator.finish((reference) => ({ id: reference as number })) as GapObservation;

describe("silences", () => {
  test.each([
    ["exactly an hour", HOUR, 0, undefined],
    ["a microsecond more", HOUR + 1, 1, HOUR + 1],
    ["a microsecond less", HOUR - 1, 0, undefined],
    ["two hours", 2 * HOUR, 1, 2 * HOUR],
  ])("%s", (_, length, exceptions, longest) => {
    // Wherever the two entries lie within their hours.
    for (const offset of [0, 1, HOUR - 1, HOUR / 2, -1, -HOUR, -START - 1]) {
      const from = START + offset;
      for (const instants of [
        [from, from + length],
        [from + length, from],
      ]) {
        const found = answer(silences(instants));
        expect([offset, found.exceptions, found.longest]).toEqual([offset, exceptions, longest]);
      }
    }
  });

  test("before 1970 and across it", () => {
    expect(answer(silences([-HOUR, 1])).longest).toBe(HOUR + 1);
    expect(answer(silences([-HOUR, 0])).exceptions).toBe(0);
    expect(answer(silences([-HOUR + 1, HOUR - 1])).longest).toBe(2 * HOUR - 2);
    expect(answer(silences([-5 * HOUR - 1, -4 * HOUR])).longest).toBe(HOUR + 1);
  });

  test("lie between the last entry before and the first after, by time and then id", () => {
    const { gaps } = answer(silences([START, START, START + 2 * HOUR, START + 2 * HOUR, START]));
    expect(gaps).toEqual([{ from: { id: 4 }, to: { id: 2 }, length: 2 * HOUR }]);
  });

  test("only the first fifty are listed, all are counted", () => {
    const instants = Array.from({ length: 201 }, (_, index) => START + 2 * index * HOUR);
    const found = answer(silences(instants.toReversed()));
    expect(found).toMatchObject({ population: 201, exceptions: 200, longest: 2 * HOUR });
    expect(found.gaps).toHaveLength(50);
    expect(found.gaps[0]?.from).toEqual({ id: 200 });
    expect(found.exceptionEntries.map(({ id }) => id)).toEqual(found.gaps.map(({ to }) => to.id));
  });

  test("of no entry and of one there are none", () => {
    expect(answer(silences([]))).toMatchObject({ population: 0, exceptions: 0, gaps: [] });
    expect("longest" in answer(silences([START]))).toBe(false);
  });

  test("an entry without a readable time does not count", () => {
    const found = answer(silences([START, Number.POSITIVE_INFINITY, START + 2 * HOUR]));
    expect(found).toMatchObject({ population: 2, exceptions: 1 });
  });

  test("a part's first and last entry are enough to merge", () => {
    const left = silences([START, START + HOUR / 2]);
    const right = silences([START + HOUR + HOUR / 2, START + HOUR / 4]);
    left.merge(structuredClone(right.state));
    expect(answer(left)).toMatchObject({ population: 4, exceptions: 0 });
    const far = silences([START + 3 * HOUR + 1]);
    left.merge(structuredClone(far.state));
    expect(answer(left)).toMatchObject({ exceptions: 1, longest: HOUR + HOUR / 2 + 1 });
  });

  test("memory is a bucket an hour, however many entries", () => {
    const accumulator = silences(Array.from({ length: 50_000 }, (_, at) => START + at * 100_000));
    expect(accumulator.state.buckets.size).toBe(2);
  });
});
