import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../../../src/model/audit-entry.ts";
import type { RateMeasure } from "../../../../src/model/measure.ts";
import { ask, at, exceptionsOf } from "./asked.ts";
import type { Bare } from "./asked.ts";
import { SECOND, expression } from "./logs.ts";

const measure: Bare<RateMeasure> = {
  kind: "rate",
  population: expression("true"),
  by: ["agent_id"],
  same: [],
  window: 10 * SECOND,
  atLeast: 3,
};
const asked = (entries: readonly AuditEntry[], more: Partial<Bare<RateMeasure>> = {}) =>
  ask<RateMeasure>({ ...measure, ...more }, entries);
const times = (...microseconds: number[]): AuditEntry[] =>
  microseconds.map((one) => at(one, { agent_id: "a" }));
const seconds = (...all: number[]): AuditEntry[] => times(...all.map((one) => one * SECOND));

describe("windows", () => {
  test("hold what lies exactly their length apart", () => {
    expect(asked(times(0, 1, 10 * SECOND))).toMatchObject({
      exceptions: 3,
      numbers: { bursts: 1, peak: 3 },
    });
    expect(asked(times(0, 1, 10 * SECOND + 1))).toMatchObject({
      exceptions: 0,
      numbers: { bursts: 0, peak: 2 },
    });
    expect(asked(times(5, 5, 5), { window: 0 }).exceptions).toBe(3);
  });

  test("that share an entry are one burst, those that do not are two", () => {
    const linked = asked(seconds(0, 1, 10, 11, 20, 40));
    expect(linked).toMatchObject({ exceptions: 5, numbers: { bursts: 1, peak: 3 } });
    const apart = asked(seconds(0, 1, 2, 11, 12, 13));
    expect(apart).toMatchObject({ exceptions: 6, numbers: { bursts: 1 } });
    const far = asked(seconds(0, 1, 2, 13, 14, 15));
    expect(far).toMatchObject({ exceptions: 6, numbers: { bursts: 2 } });
  });

  test("make all their entries exceptions, once", () => {
    const answer = asked(seconds(0, 30, 31, 32, 33, 60));
    expect(exceptionsOf(answer)).toEqual([2, 3, 4, 5]);
    expect(answer.numbers).toEqual({ bursts: 1, peak: 4 });
  });

  test("belong to one agent and one target; who is unknown is in none", () => {
    const targets = ["x", "x", "y", "x", null, null, ""];
    const entries = targets.map((target, index) =>
      at(index, { agent_id: "a", action_target: target }),
    );
    expect(exceptionsOf(asked(entries, { same: ["action_target"] }))).toEqual([1, 2, 4, 5, 6, 7]);
    const unknown = [at(0), at(1), at(2)];
    expect(asked(unknown)).toMatchObject({ population: 3, exceptions: 0, numbers: { peak: 0 } });
    expect(asked(unknown, { by: [] }).exceptions).toBe(3);
  });

  test("may count different values; an unrecorded one is none", () => {
    const entries = ["a", "a", "b", null, "c"].map((agent, index) =>
      at(index, { chain_id: "c", agent_id: agent }),
    );
    const distinct = { by: ["chain_id"], distinct: "agent_id" } as const;
    expect(asked(entries, distinct)).toMatchObject({
      exceptions: 5,
      numbers: { bursts: 1, peak: 3 },
    });
    expect(asked(entries.slice(0, 4), distinct)).toMatchObject({
      exceptions: 0,
      numbers: { peak: 2 },
    });
  });

  test("of one partition leave nothing to the next", () => {
    const entries = ["a", "b"].flatMap((chain) =>
      [0, 1].map((index) => at(index, { chain_id: chain, agent_id: `${index}` })),
    );
    const more = { by: ["chain_id"], distinct: "agent_id" } as const;
    expect(asked(entries, more).numbers).toEqual({ bursts: 0, peak: 2 });
  });
});
