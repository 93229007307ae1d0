// The queue of actions on hold against a plain list.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  MOST_BYTES_HELD_BACK,
  MOST_HELD_BACK,
  holdBack,
} from "../../src/intake/apply/hold-back.ts";

interface Action {
  readonly ordinal: number;
  readonly call: string | undefined;
  readonly weight: number;
}

const action = (ordinal: number, call?: string, weight = 0): Action => ({ ordinal, call, weight });

describe("actions on hold", () => {
  test("leave in order, each once, as soon as none before them waits", () => {
    const step = fc.oneof(
      fc.record({ push: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }) }),
      fc.record({ answer: fc.constantFrom("a", "b", "c") }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const left: number[] = [];
        const taken: (number | undefined)[][] = [];
        const queue = holdBack<Action>(({ ordinal }) => left.push(ordinal));
        const model: { ordinal: number; call: string | undefined; waits: boolean }[] = [];
        for (const given of steps) {
          if ("push" in given) {
            const ordinal = model.length;
            model.push({ ordinal, call: given.push, waits: given.push !== undefined });
            queue.push(action(ordinal, given.push));
          } else {
            const oldest = model.find(({ call, waits }) => waits && call === given.answer);
            taken.push([queue.take(given.answer)?.ordinal, oldest?.ordinal]);
            if (oldest !== undefined) oldest.waits = false;
            queue.release();
          }
          const firstWaiting = model.findIndex(({ waits }) => waits);
          const free = firstWaiting === -1 ? model.length : firstWaiting;
          expect(left).toEqual(Array.from({ length: free }, (_, index) => index));
          expect(queue.empty).toBe(free === model.length);
        }
        for (const [got, oldest] of taken) expect(got).toBe(oldest);
        queue.finish();
        expect(left).toEqual(model.map(({ ordinal }) => ordinal));
        expect(queue.empty).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("one more than fits lets the oldest go, and those behind it that wait no more", () => {
    const left: number[] = [];
    const queue = holdBack<Action>(({ ordinal }) => left.push(ordinal));
    queue.push(action(0, "never"));
    queue.push(action(1));
    for (let ordinal = 2; ordinal < MOST_HELD_BACK; ordinal += 1) queue.push(action(ordinal, "k"));
    expect(left).toEqual([]);
    queue.push(action(MOST_HELD_BACK, "k"));
    expect(left).toEqual([0, 1]);
    expect(queue.take("never")).toBeUndefined();
    expect(queue.take("k")?.ordinal).toBe(2);
  });

  test("too many bytes let the oldest go, but not before the document ends", () => {
    const left: number[] = [];
    const queue = holdBack<Action>(({ ordinal }) => left.push(ordinal));
    queue.push(action(0, "a", MOST_BYTES_HELD_BACK));
    queue.lighten();
    expect(left).toEqual([]);
    queue.push(action(1, "b", 1));
    expect(left).toEqual([]);
    queue.lighten();
    expect(left).toEqual([0]);
  });
});
