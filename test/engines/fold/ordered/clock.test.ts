import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../../../src/model/audit-entry.ts";
import type { ClockMeasure } from "../../../../src/model/measure.ts";
import { ask, at, exceptionsOf } from "./asked.ts";
import type { Bare } from "./asked.ts";
import { NOW, SECOND, START, expression } from "./logs.ts";

const measure: Bare<ClockMeasure> = {
  kind: "clock",
  population: expression("true"),
  by: ["session_id"],
  tolerance: SECOND,
  ahead: 2 * SECOND,
};
const inSession = { session_id: "s" };
const asked = (entries: readonly AuditEntry[], more: Partial<Bare<ClockMeasure>> = {}) =>
  ask<ClockMeasure>({ ...measure, ...more }, entries);

const behind = (by: number) => asked([at(9 * SECOND, inSession), at(9 * SECOND - by, inSession)]);

describe("times", () => {
  test("may lie behind by just the tolerance", () => {
    expect(behind(SECOND).numbers).toMatchObject({ backwards: 0, part: 2, share: 1 });
    expect(behind(SECOND + 1).numbers).toMatchObject({ backwards: 1, part: 1, share: 0.5 });
    expect(exceptionsOf(behind(SECOND + 1))).toEqual([2]);
  });

  test("are held against the largest so far, not the one before", () => {
    const entries = [5, 4, 3.5, 5].map((seconds) => at(seconds * SECOND, inSession));
    expect(exceptionsOf(asked(entries))).toEqual([3]);
  });

  test("run in each session apart, and in none where none is recorded", () => {
    const entries = [
      at(9 * SECOND, inSession),
      at(1, { session_id: "t" }),
      at(0),
      at(9 * SECOND),
      at(0),
    ];
    expect(asked(entries)).toMatchObject({ population: 5, exceptions: 0 });
    expect(exceptionsOf(asked(entries, { by: [] }))).toEqual([3, 5, 2]);
  });

  test("are in the future by more than is allowed, and then make no other late", () => {
    const ahead = NOW - START + 2 * SECOND;
    const entries = [
      at(ahead + 1, inSession),
      at(0, inSession),
      at(ahead, inSession),
      at(1, inSession),
    ];
    const answer = asked(entries);
    expect(answer.numbers).toMatchObject({ future: 1, backwards: 1 });
    expect(exceptionsOf(answer)).toEqual([4, 1]);
  });

  test("that are unreadable or without offset count, and those with faults of two kinds once", () => {
    const entries: AuditEntry[] = [
      { ...inSession, timestamp: "soon" },
      inSession,
      at(5 * SECOND, inSession),
      { ...inSession, timestamp: "2026-01-01T00:00:01" },
      { ...inSession, timestamp: "2026-01-01 00:00:05" },
    ];
    const answer = asked(entries);
    expect(answer).toMatchObject({ population: 5, exceptions: 4 });
    expect(answer.numbers).toEqual({
      unreadable: 2,
      naive: 2,
      future: 0,
      backwards: 1,
      part: 1,
      share: 0.2,
      share_low: expect.closeTo(0.0362, 4) as number,
    });
    // Those without a readable time are listed last.
    expect(exceptionsOf(answer)).toEqual([4, 5, 1, 2]);
  });

  test("of other entries are none of its business", () => {
    const population = expression("approval == 'auto'");
    const entries = [
      at(9 * SECOND, inSession),
      at(0, { ...inSession, approval: "auto" }),
      { timestamp: "soon" },
    ];
    expect(asked(entries, { population })).toMatchObject({ population: 1, exceptions: 0 });
  });

  test("of no entry have no share", () => {
    expect(asked([]).numbers).toEqual({
      unreadable: 0,
      naive: 0,
      future: 0,
      backwards: 0,
      part: 0,
    });
  });
});
