// Spans of time: which unit they end in depends on the entries alone.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { spans } from "../../../src/engines/fold/spans.ts";
import type { SpansState } from "../../../src/engines/fold/spans.ts";

const MOST = 6;
const HOUR = 3_600_000_000;
const instants = fc.array(
  fc
    .tuple(fc.constantFrom(0, 1, 2, 24, 25, 700, 800, 9000), fc.integer({ min: -30, max: 30 }))
    .map(([hours, times]) => hours * times * HOUR + times),
  { maxLength: 40 },
);

function counted(all: readonly number[]): SpansState {
  const made = spans(2, MOST);
  for (const instant of all) made.add(instant, instant % 2 === 0 ? 0 : 1);
  return structuredClone(made.state);
}

const sorted = ({ unit, counts }: SpansState) => ({
  unit,
  counts: [...counts].toSorted(([left], [right]) => left - right),
});

test("count alike in any order and however they are merged", () => {
  fc.assert(
    fc.property(
      instants.chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray(all, { minLength: all.length }),
          fc.array(fc.nat(3), { minLength: all.length, maxLength: all.length }),
          fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        ),
      ),
      ([all, shuffled, parts, order]) => {
        const whole = sorted(counted(all));
        expect(sorted(counted(shuffled))).toEqual(whole);
        const merged = spans(2, MOST);
        for (const part of order) merged.merge(counted(all.filter((_, at) => parts[at] === part)));
        // What comes after a merge goes on where it stands.
        expect(sorted(merged.state)).toEqual(whole);
      },
    ),
    { numRuns: 500 },
  );
});

test("go on counting after a merge made them wider", () => {
  const one = spans(1, MOST);
  one.add(0, 0);
  one.merge(counted(Array.from({ length: MOST + 1 }, (_, at) => at * 2 * HOUR)));
  one.add(HOUR, 0);
  expect(one.state.unit).toBe("day");
  expect([...one.state.counts.values()].flat().reduce((sum, entries) => sum + entries, 0)).toBe(
    MOST + 3,
  );
});

test("are never wider than years, however many there are", () => {
  const made = spans(1, 2);
  for (let year = 1900; year < 1910; year += 1) made.add(Date.UTC(year, 5) * 1000, 0);
  expect(made.state.unit).toBe("year");
  expect([...made.state.counts.keys()]).toEqual(
    Array.from({ length: 10 }, (_, at) => Date.UTC(1900 + at) * 1000),
  );
});
