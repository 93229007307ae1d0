import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../../../src/model/audit-entry.ts";
import type { RunMeasure } from "../../../../src/model/measure.ts";
import { ask, at, exceptionsOf } from "./asked.ts";
import { SECOND, expression } from "./logs.ts";

/** F fails, S succeeds, B is both, a blank is neither; each a second after the one before. */
function asked(states: string, atLeast: number, more: AuditEntry = { chain_id: "c" }) {
  const entries = states.split("").map((state, index) =>
    at(index * SECOND, {
      ...more,
      ...("FB".includes(state) ? { result_status: "failed" } : {}),
      ...("SB".includes(state) ? { approval: "auto" } : {}),
    }),
  );
  return ask<RunMeasure>(
    {
      kind: "run",
      population: expression("result_status == 'failed'"),
      by: ["chain_id", "session_id"],
      brokenBy: expression("approval == 'auto'"),
      atLeast,
    },
    entries,
  );
}

describe("runs", () => {
  test("have at least so many entries", () => {
    const answer = asked("FFSFFFSF", 3);
    expect(answer).toMatchObject({ population: 6, exceptions: 3 });
    expect(answer.numbers).toEqual({ runs: 1, longest_run: 3 });
    expect(exceptionsOf(answer)).toEqual([4, 5, 6]);
    expect(asked("FFSFFFSF", 4).numbers).toEqual({ runs: 0, longest_run: 3 });
    expect(asked("FFSFFFSF", 1).numbers).toEqual({ runs: 3, longest_run: 3 });
  });

  test("go on over what is neither", () => {
    expect(asked("F  F F", 3)).toMatchObject({ exceptions: 3, numbers: { runs: 1 } });
  });

  test("end at an entry that is both", () => {
    const answer = asked("FFBFF", 2);
    expect(answer).toMatchObject({ population: 5, exceptions: 4, numbers: { runs: 2 } });
  });

  test("are none outside partitions, and of no entries", () => {
    expect(asked("FFF", 1, {})).toMatchObject({
      population: 3,
      exceptions: 0,
      numbers: { runs: 0, longest_run: 0 },
    });
    expect(asked("", 1).numbers).toEqual({ runs: 0, longest_run: 0 });
    expect(asked("FFF", 1, { session_id: "c" }).exceptions).toBe(3);
  });

  test("of other chains do not break or lengthen", () => {
    const entries = ["c", "d", "c", "d"].map((chain, index) =>
      at(index * SECOND, {
        chain_id: chain,
        result_status: index === 1 ? "success" : "failed",
        approval: index === 1 ? "auto" : null,
      }),
    );
    const answer = ask<RunMeasure>(
      {
        kind: "run",
        population: expression("result_status == 'failed'"),
        by: ["chain_id"],
        brokenBy: expression("approval == 'auto'"),
        atLeast: 2,
      },
      entries,
    );
    expect(exceptionsOf(answer)).toEqual([1, 3]);
  });
});

describe("what a measure names besides", () => {
  const entries = "hLhhS".split("").map((state, index) =>
    at(index * SECOND, {
      chain_id: "c",
      ...(state === "S" ? { approval: "auto" } : { result_status: "failed" }),
      ...(state === "h" ? { risk_level: "HIGH" } : {}),
    }),
  );
  const measure = {
    kind: "run",
    population: expression("result_status == 'failed'"),
    by: ["chain_id", "session_id"],
    brokenBy: expression("approval == 'auto'"),
    atLeast: 5,
  } as const;
  const high = expression("risk_level == 'HIGH' || approval == 'block'");

  test("is counted among the population, exceptions or not", () => {
    const counts = [{ name: "high", of: "population", where: high }] as const;
    expect(ask<RunMeasure>({ ...measure, counts }, entries).numbers).toMatchObject({ high: 3 });
  });

  test("is counted among the exceptions, and besides among the population", () => {
    const counts = [
      { name: "high_exceptions", of: "exceptions", where: high },
      { name: "high", of: "population", where: high },
    ] as const;
    const none = ask<RunMeasure>({ ...measure, counts }, entries);
    expect(none.numbers).toMatchObject({ high_exceptions: 0, high: 3 });
    const all = ask<RunMeasure>({ ...measure, atLeast: 4, counts }, entries);
    expect(all.numbers).toMatchObject({ high_exceptions: 3, high: 3 });
  });

  test("is a share of what it is among", () => {
    const shares = [{ name: "high_share", among: expression("true"), part: high }];
    const { numbers } = ask<RunMeasure>({ ...measure, shares }, entries);
    expect(numbers).toMatchObject({ high_share: 0.75 });
  });
});
