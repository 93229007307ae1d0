import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idRuns } from "../../../src/engines/fold/id-runs.ts";
import type { IdRuns } from "../../../src/engines/fold/id-runs.ts";
import { sequence } from "../logs.ts";

function runsOf(ids: Iterable<unknown>): IdRuns {
  const runs = idRuns();
  for (const id of ids) runs.add(id);
  return runs;
}

function* range(from: number, to: number, step = 1): Generator<number> {
  for (let id = from; id <= to; id += step) yield id;
}

const held = (runs: IdRuns): number => runs.state.runs.length;

describe("ids", () => {
  test.each<[string, unknown[], object]>([
    ["none", [], { repeated: 0 }],
    ["one", [5], { repeated: 0, missing: 0, missingRuns: [] }],
    ["in a row", [1, 2, 3], { repeated: 0, missing: 0, missingRuns: [] }],
    ["backwards", [3, 2, 1], { repeated: 0, missing: 0, missingRuns: [] }],
    ["a hole", [1, 2, 5, 6], { repeated: 0, missing: 2, missingRuns: [{ from: 3, to: 4 }] }],
    ["a hole filled late", [1, 4, 3, 2], { repeated: 0, missing: 0, missingRuns: [] }],
    ["negative", [-2, -1, 1], { repeated: 0, missing: 1, missingRuns: [{ from: 0, to: 0 }] }],
    [
      "as many holes as ids",
      [1, 4],
      { repeated: 0, missing: 2, missingRuns: [{ from: 2, to: 3 }] },
    ],
    ["more holes than ids", [1, 5], { repeated: 0 }],
    ["repeated", [1, 1, 1, 2], { repeated: 2, missing: 0, missingRuns: [] }],
    ["a run repeated", [1, 2, 3, 2, 3, 4], { repeated: 2, missing: 0, missingRuns: [] }],
    ["a text among them", [1, 1, "2", 3], { repeated: 1 }],
    ["a text before them", ["2", 1, 1, 3], { repeated: 1 }],
    ["a missing one among them", [1, null, 1, undefined, ""], { repeated: 1 }],
    ["a fraction", [1, 1.5, 1], { repeated: 1 }],
    ["too large to be exact", [2 ** 53 - 1, 2 ** 53, 2 ** 53], { repeated: 0 }],
    ["NaN", [Number.NaN, 1, 1], { repeated: 1 }],
  ])("%s", (_, ids, answer) => {
    expect(runsOf(ids).finish()).toEqual(answer);
  });

  test("lists the first fifty holes and counts all", () => {
    const { missing, missingRuns } = runsOf(range(0, 200, 2)).finish();
    expect(missing).toBe(100);
    expect(missingRuns).toEqual(
      Array.from({ length: 50 }, (_, at) => ({ from: 2 * at + 1, to: 2 * at + 1 })),
    );
  });

  test("order and parts do not matter", () => {
    const id = fc.oneof(fc.nat(25), fc.constantFrom<unknown>("a", null, 2.5));
    fc.assert(
      fc.property(fc.array(fc.array(id)), fc.nat(), (parts, seed) => {
        const next = sequence(seed);
        const whole = runsOf(parts.flat()).finish();
        const shuffled = parts
          .flat()
          .map((one) => ({ one, order: next() }))
          .toSorted((left, right) => left.order - right.order)
          .map(({ one }) => one);
        expect(runsOf(shuffled).finish()).toEqual(whole);
        const merged = idRuns();
        for (const part of parts.toReversed()) merged.merge(structuredClone(runsOf(part).state));
        expect(merged.finish()).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  test("reading the state in between changes nothing", () => {
    const runs = idRuns();
    for (const id of [1, 2, 3, 5]) {
      runs.add(id);
      expect(runs.state.sequence).toBe(true);
    }
    expect(runs.finish()).toEqual({ repeated: 0, missing: 1, missingRuns: [{ from: 4, to: 4 }] });
  });
});

describe("memory", () => {
  test("a long row of ids is one run", () => {
    expect(held(runsOf(range(1, 300_000)))).toBe(2);
  });

  test("30,000 holes are still told", () => {
    expect(runsOf(range(0, 60_000, 2)).finish()).toMatchObject({ repeated: 0, missing: 30_000 });
  });

  test("beyond 65,536 runs nothing is kept, and no hole is told", () => {
    const runs = runsOf(range(0, 400_000, 2));
    expect(held(runs)).toBe(0);
    expect(runs.finish()).toEqual({});
  });

  test("shuffled ids never hold more than 65,536 runs", () => {
    const runs = idRuns();
    let most = 0;
    // A stride that visits each of 200,003 (prime) ids once, far from the one before.
    for (let at = 0, id = 0; at < 200_003; at += 1, id = (id + 77_777) % 200_003) {
      runs.add(id);
      if (at % 1000 === 0) most = Math.max(most, held(runs) / 2);
    }
    expect(most).toBeLessThanOrEqual(65_536);
  });

  test("nothing is told of repeated ids either, in whichever part they stood", () => {
    const sparse = [...range(0, 400_000, 2)];
    expect(runsOf([7, 7, ...sparse, 4, 4]).finish()).toEqual({});
    const merged = runsOf([7, 7]);
    merged.merge(structuredClone(runsOf(sparse).state));
    merged.merge(structuredClone(runsOf([4, 4]).state));
    expect(merged.finish()).toEqual({});
  });

  test("a part that overflowed makes the whole no sequence, whichever comes first", () => {
    const overflowed = structuredClone(runsOf(range(0, 400_000, 2)).state);
    const small = structuredClone(runsOf([1, 2, 3]).state);
    for (const order of [
      [overflowed, small],
      [small, overflowed],
    ]) {
      const merged = idRuns();
      for (const state of order) merged.merge(state);
      expect(merged.finish()).toEqual({});
    }
  });
});
