import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../../../src/model/audit-entry.ts";
import type { SequenceMeasure } from "../../../../src/model/measure.ts";
import type { SequenceObservation } from "../../../../src/model/observation.ts";
import { ask, at, exceptionsOf } from "./asked.ts";
import type { Bare } from "./asked.ts";
import { SECOND, expression } from "./logs.ts";

const FIRST = expression("approval == 'block'");
const THEN = "result_status == 'success'";
const UNTIL = expression("human_decision == 'approved'");

function asked(
  entries: readonly AuditEntry[],
  more: Partial<Bare<SequenceMeasure>> = {},
): SequenceObservation {
  const base = new Map<string, unknown>([
    ["kind", "sequence"],
    ["population", FIRST],
    ["first", FIRST],
    ["then", expression(THEN)],
    ["by", ["chain_id"]],
    ["same", []],
    ["different", []],
  ]);
  const measure = { ...Object.fromEntries(base), ...more } as unknown as Bare<SequenceMeasure>;
  return ask<SequenceMeasure>(measure, entries) as SequenceObservation;
}

const refused = (seconds: number, more: AuditEntry = {}): AuditEntry =>
  at(seconds * SECOND, { chain_id: "c", approval: "block", ...more });
const ran = (seconds: number, more: AuditEntry = {}): AuditEntry =>
  at(seconds * SECOND, { chain_id: "c", result_status: "success", ...more });
const approved = (seconds: number, more: AuditEntry = {}): AuditEntry =>
  at(seconds * SECOND, { chain_id: "c", human_decision: "approved", ...more });

const pairsOf = ({ pairs }: SequenceObservation): unknown[] =>
  pairs.map((pair) => [pair.first.id, pair["then"].id]);

const apart = (length: number, within: number) =>
  asked([refused(0), at(length, { chain_id: "c", result_status: "success" })], { within });

describe("a first and what follows", () => {
  test("are paired with the latest first; every first counts as followed", () => {
    const answer = asked([refused(1), refused(2), ran(3), ran(4), ran(0)]);
    expect(answer).toMatchObject({ population: 2, exceptions: 2 });
    expect(pairsOf(answer)).toEqual([
      [2, 3],
      [2, 4],
    ]);
    expect(Object.entries(answer.numbers ?? {})).toEqual([
      ["then", 3],
      ["followed", 2],
      ["followed_share", 1],
      ["then_share", 2 / 3],
    ]);
  });

  test("are at most so far apart, to the microsecond", () => {
    expect(apart(SECOND, SECOND)).toMatchObject({ exceptions: 1, numbers: { followed: 1 } });
    expect(apart(SECOND + 1, SECOND)).toMatchObject({ exceptions: 0, numbers: { followed: 0 } });
    expect(apart(0, 0)).toMatchObject({ exceptions: 1 });
  });

  test("are counted from the latest first, and from each first for itself", () => {
    const answer = asked([refused(0), refused(5), ran(6)], { within: 2 * SECOND });
    expect(pairsOf(answer)).toEqual([[2, 3]]);
    expect(answer.numbers).toMatchObject({ followed: 1, followed_share: 0.5 });
  });

  test("stand in the order of time, id and place", () => {
    expect(pairsOf(asked([ran(1), refused(1)]))).toEqual([]);
    expect(pairsOf(asked([ran(1, { id: 2 }), refused(1, { id: 1 })]))).toEqual([[2, 1]]);
    expect(pairsOf(asked([ran(1, { id: "b" }), refused(1, { id: 9 })]))).toEqual([[2, 1]]);
  });

  test("share a chain: the same field with the same text", () => {
    const by = ["chain_id", "session_id"] as const;
    expect(asked([refused(0), ran(1, { chain_id: "d" })], { by }).exceptions).toBe(0);
    const session = { chain_id: null, session_id: "c" };
    expect(asked([refused(0), ran(1, session)], { by }).exceptions).toBe(0);
    expect(asked([refused(0, session), ran(1, session)], { by }).exceptions).toBe(1);
    const nowhere = { chain_id: "" };
    expect(asked([refused(0, nowhere), ran(1, nowhere)], { by })).toMatchObject({
      population: 1,
      exceptions: 0,
    });
    expect(asked([refused(0, nowhere), ran(1)], { by: [] }).exceptions).toBe(1);
  });

  test("have the same texts, unrecorded equal to unrecorded, and JSON by its text", () => {
    const same = ["action_target", "action_params"] as const;
    const pair = (one: AuditEntry, other: AuditEntry) =>
      asked([refused(0, one), ran(1, other)], { same }).exceptions;
    expect(pair({ action_target: "x" }, { action_target: "x" })).toBe(1);
    expect(pair({ action_target: "x" }, { action_target: "X" })).toBe(0);
    expect(pair({ action_target: null }, { action_target: "" })).toBe(1);
    expect(pair({ action_params: { a: 1 } }, { action_params: '{"a":1}' })).toBe(1);
    const long = "x".repeat(500);
    expect(pair({ action_target: `${long}a` }, { action_target: `${long}a` })).toBe(1);
    expect(pair({ action_target: `${long}a` }, { action_target: `${long}b` })).toBe(0);
    expect(pair({ action_target: `${long}\ud800` }, { action_target: `${long}\ud801` })).toBe(0);
  });

  test("have different texts, both recorded", () => {
    const different = ["agent_id"] as const;
    const pairs = (...entries: AuditEntry[]) => pairsOf(asked(entries, { different }));
    const [a, b] = [{ agent_id: "a" }, { agent_id: "b" }];
    expect(pairs(refused(0, a), ran(1, b))).toEqual([[1, 2]]);
    expect(pairs(refused(0, a), ran(1, a))).toEqual([]);
    expect(pairs(refused(0), ran(1, a), refused(2, a), ran(3))).toEqual([]);
    // The latest first is its own; the one before is another's.
    expect(pairs(refused(0, b), refused(1, a), refused(2, a), ran(3, a))).toEqual([[1, 4]]);
  });

  test("are parted by what ends the chain", () => {
    expect(pairsOf(asked([refused(0), approved(1), ran(2)], { until: UNTIL }))).toEqual([]);
    expect(
      pairsOf(asked([refused(0), approved(1, { chain_id: "d" }), ran(2)], { until: UNTIL })),
    ).toEqual([[1, 3]]);
    expect(asked([refused(0), approved(1), ran(2)], { until: UNTIL }).numbers).toMatchObject({
      followed: 0,
    });
    // Of one time, the id decides what stands between.
    expect(
      pairsOf(asked([refused(0), approved(1, { id: 2 }), ran(1, { id: 1 })], { until: UNTIL })),
    ).toEqual([[1, 3]]);
  });

  test("a then-entry that ends the chain still follows; what comes after does not", () => {
    const both = { human_decision: "approved" };
    const answer = asked([refused(0), ran(1, both), ran(2)], { until: UNTIL });
    expect(exceptionsOf(answer)).toEqual([2]);
  });

  test("a first that ends the chain begins anew", () => {
    const both = { human_decision: "approved" };
    const answer = asked([refused(0), refused(1, both), ran(2)], { until: UNTIL });
    expect(pairsOf(answer)).toEqual([[2, 3]]);
    expect(answer.numbers).toMatchObject({ followed: 1 });
  });

  test("an entry that is both follows what came before, never itself", () => {
    const both = { result_status: "success" };
    expect(asked([refused(0, both)]).exceptions).toBe(0);
    expect(pairsOf(asked([refused(0, both), refused(1, both), ran(2)]))).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  test("without a readable time take no part", () => {
    const answer = asked([
      refused(0),
      ran(1, { timestamp: "soon" }),
      refused(2, { timestamp: null }),
    ]);
    expect(answer).toMatchObject({ population: 1, exceptions: 0 });
    expect(answer.numbers).not.toHaveProperty("then_share");
  });

  test("only fifty pairs are listed, in the order of the exceptions", () => {
    const many = Array.from({ length: 60 }, (_, index) => ran(60 - index));
    const answer = asked([refused(0), ...many]);
    expect(answer.exceptions).toBe(60);
    expect(answer.pairs).toHaveLength(50);
    expect(pairsOf(answer)[0]).toEqual([1, 61]);
  });
});

test("a hostile log with a first and a then for every agent takes no time", () => {
  const entries = Array.from({ length: 30_000 }, (_, index) => {
    const who = { agent_id: `a${index % 15_000}`, action_type: `t${index}` };
    return index < 15_000 ? refused(index, who) : ran(index, { ...who, agent_id: "a0" });
  });
  const started = performance.now();
  const answer = asked(entries, { different: ["agent_id", "action_type"] });
  expect(answer.exceptions).toBe(15_000);
  expect(performance.now() - started).toBeLessThan(3000);
});
