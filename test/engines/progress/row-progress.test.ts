import { expect, test } from "vitest";
import type { Progress } from "../../../src/engines/engine.ts";
import { rowProgress } from "../../../src/engines/progress/row-progress.ts";

function toldOf(rows: readonly number[], every?: number): Progress[] {
  const told: Progress[] = [];
  const tell = rowProgress(10, (progress) => told.push(progress), every);
  for (const more of rows) tell(more);
  return told;
}

test("adds up what was read", () => {
  expect(toldOf([4, 0, 6])).toEqual([
    { done: 4, total: 10 },
    { done: 10, total: 10 },
  ]);
});

test("tells of it now and then, and at the end", () => {
  expect(toldOf([2, 2, 1, 3, 1, 1], 5)).toEqual([
    { done: 5, total: 10 },
    { done: 10, total: 10 },
  ]);
});

test("nobody need listen", () => {
  expect(() => rowProgress(1, undefined)(1)).not.toThrow();
});
