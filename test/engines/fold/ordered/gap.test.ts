import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../../../src/model/audit-entry.ts";
import type { GapMeasure } from "../../../../src/model/measure.ts";
import type { GapObservation } from "../../../../src/model/observation.ts";
import { ask, at, exceptionsOf } from "./asked.ts";
import type { Bare } from "./asked.ts";
import { SECOND, expression } from "./logs.ts";

const measure: Bare<GapMeasure> = {
  kind: "gap",
  population: expression("true"),
  by: ["session_id"],
  longerThan: 10 * SECOND,
};
const asked = (entries: readonly AuditEntry[], more: Partial<Bare<GapMeasure>> = {}) =>
  ask<GapMeasure>({ ...measure, ...more }, entries) as GapObservation;
const inSession = (session: string, ...seconds: number[]): AuditEntry[] =>
  seconds.map((one) => at(one * SECOND, { session_id: session }));

const silentFor = (length: number) =>
  asked([at(0, { session_id: "s" }), at(length, { session_id: "s" })]);
const chained = (seconds: number, chain: string | null, more: AuditEntry = {}): AuditEntry =>
  at(seconds * SECOND, { session_id: "s", chain_id: chain, ...more });
const witness = (seconds: number, chain: string | null): AuditEntry =>
  at(seconds * SECOND, { chain_id: chain, chain_depth: 1 });

describe("silences in partitions", () => {
  test("are longer than the limit, to the microsecond", () => {
    expect(silentFor(10 * SECOND)).toMatchObject({ exceptions: 0, gaps: [] });
    expect("longest" in silentFor(10 * SECOND)).toBe(false);
    expect(silentFor(10 * SECOND + 1)).toMatchObject({
      exceptions: 1,
      longest: 10 * SECOND + 1,
      gaps: [{ from: { id: 1 }, to: { id: 2 }, length: 10 * SECOND + 1 }],
      numbers: { longest_seconds: 10.000001, threshold_seconds: 10 },
    });
  });

  test("are each session's own", () => {
    const entries = [...inSession("a", 0, 20), ...inSession("b", 5, 12, 15), at(30 * SECOND)];
    const answer = asked(entries);
    expect(exceptionsOf(answer)).toEqual([2]);
    expect(answer).toMatchObject({ population: 6, numbers: { span_days: 30 / 86_400 } });
  });

  test("without partitions are the whole log's", () => {
    const { by: _, ...whole } = measure;
    const rhythm = { percentile: 50, times: 2 };
    const answer = ask<GapMeasure>({ ...whole, rhythm }, [at(0), at(11 * SECOND), at(23 * SECOND)]);
    expect(answer).toMatchObject({ exceptions: 0, numbers: { threshold_seconds: 22 } });
  });

  test("exceed so many times the usual spacing", () => {
    // Nineteen spacings of 2 s, one of 21 s: the 95th percentile by nearest rank is 2 s.
    const steady = Array.from({ length: 20 }, (_, index) => 2 * index);
    const entries = inSession("s", ...steady, 38 + 21);
    const rhythm = { percentile: 95, times: 10 };
    expect(asked(entries, { rhythm })).toMatchObject({
      exceptions: 1,
      numbers: { threshold_seconds: 20 },
    });
    expect(asked(entries, { rhythm: { percentile: 96, times: 1 } })).toMatchObject({
      exceptions: 0,
      numbers: { threshold_seconds: 21 },
    });
    // The limit holds where the rhythm is faster.
    expect(asked(entries, { rhythm: { percentile: 95, times: 2 } }).numbers).toMatchObject({
      threshold_seconds: 10,
    });
  });

  test("after a waiting entry are none, but belong to the rhythm", () => {
    const [first, second, third] = inSession("s", 0, 20, 40) as [
      AuditEntry,
      AuditEntry,
      AuditEntry,
    ];
    const entries = [{ ...first, approval: "approve" }, second, third];
    const unlessAfter = expression("approval == 'approve'");
    expect(exceptionsOf(asked(entries, { unlessAfter }))).toEqual([3]);
    const rhythm = { percentile: 1, times: 1 };
    expect(asked(entries, { unlessAfter, rhythm }).numbers).toMatchObject({
      threshold_seconds: 20,
    });
  });

  test("are corroborated by a witness strictly inside that shares a recorded field", () => {
    const corroboration = { same: "chain_id" as const, where: expression("chain_depth > 0") };
    const count = (...entries: AuditEntry[]) =>
      asked(entries, { corroboration, population: expression("chain_depth != 1") }).numbers?.[
        "corroborated"
      ];
    expect(count(chained(0, "c"), chained(20, "d"), witness(5, "c"))).toBe(1);
    expect(count(chained(0, "c"), chained(20, "d"), witness(5, "d"))).toBe(0);
    expect(count(chained(0, "c"), chained(20, "c"), witness(0, "c"), witness(20, "c"))).toBe(0);
    expect(count(chained(0, null), chained(20, null), witness(5, null))).toBe(0);
    expect(asked([chained(0, "c")]).numbers).not.toHaveProperty("corroborated");
  });

  test("of nothing", () => {
    expect(asked([])).toMatchObject({
      population: 0,
      exceptions: 0,
      numbers: { threshold_seconds: 10 },
    });
    expect(asked([]).numbers).not.toHaveProperty("span_days");
  });

  test("count what the entry after them is", () => {
    const counts = [
      { name: "blocked", of: "exceptions" as const, where: expression("approval == 'block'") },
    ];
    const entries = [
      ...inSession("s", 0, 20),
      at(40 * SECOND, { session_id: "s", approval: "block" }),
    ];
    expect(asked(entries, { counts }).numbers).toMatchObject({ blocked: 1 });
  });
});
