import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../../../src/model/audit-entry.ts";
import type { PercentileMeasure } from "../../../../src/model/measure.ts";
import { ask, at, exceptionsOf } from "./asked.ts";
import type { Bare } from "./asked.ts";
import { SECOND, expression } from "./logs.ts";

const measure: Bare<PercentileMeasure> = {
  kind: "percentile",
  population: expression("result_status == 'failed'"),
  to: expression("result_status == 'success'"),
  same: ["action_type"],
  percentile: 95,
  within: 60 * SECOND,
};
const asked = (
  entries: readonly AuditEntry[],
  more: Partial<Bare<PercentileMeasure>> = {},
  recoveryTime?: number,
) => ask<PercentileMeasure>({ ...measure, ...more }, entries, recoveryTime);
const failed = (seconds: number, type: string | null = "t"): AuditEntry =>
  at(seconds * SECOND, { action_type: type, result_status: "failed" });
const worked = (seconds: number, type: string | null = "t"): AuditEntry =>
  at(seconds * SECOND, { action_type: type, result_status: "success" });

const after = (length: number) => asked([failed(0), { ...worked(0), ...at(length) }]);

describe("recovery", () => {
  test("is the next success of the same type, for each failure", () => {
    const answer = asked([failed(0), failed(4), worked(5, "u"), worked(6), worked(7)]);
    expect(answer).toMatchObject({ population: 2, exceptions: 0 });
    expect(answer.numbers).toEqual({ unfollowed: 0, percentile_seconds: 6 });
    expect(asked([failed(0), worked(5, "u")], { same: [] }).numbers).toMatchObject({
      percentile_seconds: 5,
    });
    expect(asked([failed(0, null), worked(5, "")]).exceptions).toBe(0);
  });

  test("takes at most so long, to the microsecond", () => {
    expect(after(60 * SECOND).numbers).toEqual({ unfollowed: 0, percentile_seconds: 60 });
    const late = after(60 * SECOND + 1);
    expect(late.numbers).toEqual({ unfollowed: 1 });
    expect(exceptionsOf(late)).toEqual([1]);
  });

  test("never is an entry's own", () => {
    const to = expression("result_status == 'failed'");
    expect(asked([failed(0)], { to }).exceptions).toBe(1);
    expect(asked([failed(0), failed(3)], { to }).numbers).toEqual({
      unfollowed: 1,
      percentile_seconds: 3,
    });
    expect(asked([worked(3), failed(3)]).exceptions).toBe(1);
    expect(
      asked([
        { ...failed(3), id: 1 },
        { ...worked(3), id: 2 },
      ]).numbers,
    ).toMatchObject({
      percentile_seconds: 0,
    });
  });

  test("is a nearest rank", () => {
    const entries = Array.from({ length: 20 }, (_, index) => [
      failed(index * 100, `${index}`),
      worked(index * 100 + index + 1, `${index}`),
    ]).flat();
    const at95 = (percentile: number) => asked(entries, { percentile }).numbers;
    expect(at95(95)).toMatchObject({ percentile_seconds: 19 });
    expect(at95(96)).toMatchObject({ percentile_seconds: 20 });
    expect(at95(100)).toMatchObject({ percentile_seconds: 20 });
    expect(at95(5)).toMatchObject({ percentile_seconds: 1 });
    expect(at95(1)).toMatchObject({ percentile_seconds: 1 });
  });

  test("is held against the objective", () => {
    const entries = [failed(0), worked(30)];
    expect(asked(entries, {}, 20 * SECOND).numbers).toEqual({
      unfollowed: 0,
      percentile_seconds: 30,
      recovery_seconds: 20,
      times_recovery: 1.5,
    });
    expect(asked([], {}, 20 * SECOND).numbers).toEqual({ unfollowed: 0, recovery_seconds: 20 });
    expect(asked(entries, {}, 0).numbers).not.toHaveProperty("times_recovery");
  });
});
