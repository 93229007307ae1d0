import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { followedIds } from "../../../src/engines/fold/followed-ids.ts";
import type { FollowedIds, Identity } from "../../../src/engines/fold/followed-ids.ts";
import { idRuns } from "../../../src/engines/fold/id-runs.ts";
import { sequence } from "../logs.ts";

function followed(ids: Iterable<unknown>, mostSingle?: number): FollowedIds {
  const following = followedIds(mostSingle);
  for (const id of ids) following.add(id);
  return following;
}

const told = (ids: Iterable<unknown>): Identity | undefined => followed(ids).identity();

function* range(from: number, to: number, step = 1): Generator<number> {
  for (let id = from; id <= to; id += step) yield id;
}

describe("ids that stand more than once", () => {
  test.each<[string, unknown[], Identity]>([
    ["none", [], { duplicates: 0, first: [] }],
    ["numbers in a row", [1, 2, 3], { duplicates: 0, first: [], missing: 0 }],
    ["a hole", [1, 2, 4], { duplicates: 0, first: [], missing: 1 }],
    ["one number twice", [1, 2, 2, 3], { duplicates: 1, first: [2], missing: 0 }],
    ["three times", [2, 1, 2, 3, 2], { duplicates: 2, first: [2, 2], missing: 0 }],
    ["a run twice", [1, 2, 3, 1, 2, 3], { duplicates: 3, first: [1, 2, 3], missing: 0 }],
    ["texts", ["b", "a", "b", "c", "a"], { duplicates: 2, first: ["a", "b"] }],
    ["by their bytes", ["🔒", "🔒", "Ａ", "Ａ"], { duplicates: 2, first: ["Ａ", "🔒"] }],
    ["numbers first", ["a", 7, "a", 7], { duplicates: 2, first: [7, "a"] }],
    ["a number is no text", [7, "7"], { duplicates: 0, first: [] }],
    [
      "by size, whatever their form",
      [2n ** 60n, 10.5, 9.5, 2n ** 60n, 10.5, 9.5, 2n ** 61n, 2n ** 61n],
      { duplicates: 4, first: [9.5, 10.5, 2n ** 60n, 2n ** 61n] },
    ],
    [
      "numbers by size and then texts, in whichever order",
      ["b", 2.5, "a", 1.5, 2.5, "b", 1.5, "a"],
      { duplicates: 4, first: [1.5, 2.5, "a", "b"] },
    ],
    ["in another case", ["A", "a"], { duplicates: 0, first: [] }],
    ["no ids at all", [null, undefined, "", null, "", Number.NaN], { duplicates: 0, first: [] }],
    ["fractions", [1.5, 1.5, 1], { duplicates: 1, first: [1.5] }],
    ["small bigints are numbers", [7n, 7], { duplicates: 1, first: [7], missing: 0 }],
    ["large bigints are exact", [2n ** 60n, 2n ** 60n + 1n], { duplicates: 0, first: [] }],
    ["large bigints twice", [2n ** 60n, 2n ** 60n], { duplicates: 1, first: [2n ** 60n] }],
    ["numbers that stand for several", [2 ** 60, 2 ** 60], { duplicates: 0, first: [] }],
  ])("%s", (_, ids, identity) => {
    expect(told(ids)).toEqual(identity);
  });

  test("are counted in full, and the first fifty named", () => {
    const ids = [...range(1, 200), ...range(1, 200)];
    expect(told(ids)).toEqual({ duplicates: 200, first: [...range(1, 50)], missing: 0 });
    const texts = ids.map((id) => `t${String(id).padStart(3, "0")}`);
    expect(told(texts)?.first).toEqual(texts.slice(0, 50));
  });

  test("the first fifty are named, in whichever order they come", () => {
    const texts = Array.from({ length: 60 }, (_, at) => `t${String(at).padStart(3, "0")}`);
    for (const again of [texts, texts.toReversed()]) {
      expect(told([...texts, ...again])?.first).toEqual(texts.slice(0, 50));
    }
    const numbers = [...range(1, 60)];
    expect(told([...numbers, ...numbers.toReversed()])?.first).toEqual(numbers.slice(0, 50));
  });

  test("order and parts do not matter", () => {
    const id = fc.oneof(fc.nat(20), fc.constantFrom<unknown>("a", "b", "1", null, 2.5, 3n));
    fc.assert(
      fc.property(fc.array(fc.array(id, { maxLength: 30 })), fc.nat(), (parts, seed) => {
        const next = sequence(seed);
        const whole = parts.flat();
        const expected = told(whole);
        const shuffled = whole
          .map((one) => ({ one, order: next() }))
          .toSorted((left, right) => left.order - right.order)
          .map(({ one }) => one);
        expect(told(shuffled)).toEqual(expected);
        const merged = followedIds();
        for (const part of parts.toReversed()) merged.merge(structuredClone(followed(part).state));
        expect(merged.identity()).toEqual(expected);
        // What the population statement says is what it says when nobody follows.
        const plain = idRuns();
        for (const one of whole) plain.add(typeof one === "bigint" ? Number(one) : one);
        expect(merged.finish()).toEqual(plain.finish());
      }),
      { numRuns: 300 },
    );
  });
});

describe("memory", () => {
  test("numbers in a row are one run, not one by one", () => {
    const { runs, single } = followed(range(1, 100_000)).state;
    expect([runs.runs.length, single.size]).toEqual([2, 0]);
  });

  test("numbers too scattered for runs are followed one by one", () => {
    const sparse = [...range(0, 400_000, 2)];
    expect(told([...sparse, 4, 4, 5, 400_000])).toEqual({ duplicates: 3, first: [4, 4, 400_000] });
    expect(told([4, 4, ...sparse])).toEqual({ duplicates: 2, first: [4, 4] });
    for (const parts of [
      [sparse, [4, 5, 5]],
      [[4, 5, 5], sparse],
      [sparse, sparse.slice(0, 2)],
    ]) {
      const merged = followedIds();
      for (const part of parts) merged.merge(structuredClone(followed(part).state));
      expect(merged.identity()).toEqual(told(parts.flat()));
    }
  });

  test("beyond so many nothing is told, in whichever part they stood", () => {
    const many = Array.from({ length: 11 }, (_, at) => `t${at}`);
    expect(followed(many.slice(1), 10).identity()).toEqual({ duplicates: 0, first: [] });
    const beyond = followed([...many, "t1"], 10);
    expect(beyond.identity()).toBeUndefined();
    expect(beyond.state.single.size).toBe(0);
    for (const [left = [], right = []] of [
      [many, ["a"]],
      [["a"], many],
      [many.slice(0, 6), many.slice(6)],
    ]) {
      const merged = followed(left, 10);
      merged.merge(structuredClone(followed(right, 10).state));
      expect(merged.identity()).toBeUndefined();
    }
    const run = followed(many, 10);
    for (const id of [1, 2, 2]) run.add(id);
    expect(run.finish()).toMatchObject({ repeated: 1 });
  });
});
