import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../../../src/model/audit-entry.ts";
import type { DelegationMeasure } from "../../../../src/model/measure.ts";
import { ask, at, exceptionsOf } from "./asked.ts";
import { SECOND, expression } from "./logs.ts";

const asked = (
  entries: readonly AuditEntry[],
  population = "parent_agent_id != '' || chain_depth > 0",
) => ask<DelegationMeasure>({ kind: "delegation", population: expression(population) }, entries);

const act = (
  seconds: number,
  agent: string | null,
  parent: string | null,
  depth: number | null,
  chain: string | null = "c",
): AuditEntry =>
  at(seconds * SECOND, {
    agent_id: agent,
    parent_agent_id: parent,
    chain_depth: depth,
    chain_id: chain,
  });
const root = act(0, "p", null, 0);
const flawOf = (...entries: AuditEntry[]): string =>
  Object.entries(asked(entries).numbers ?? {})
    .filter(([name, count]) => ["orphans", "depth_jumps", "shallow"].includes(name) && count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join();

describe("a delegated entry", () => {
  test("has its parent before it, one step higher", () => {
    const answer = asked([root, act(1, "q", "p", 1), act(2, "r", "q", 2)]);
    expect(answer).toMatchObject({ population: 2, exceptions: 0, numbers: { part: 2, share: 1 } });
  });

  test("may come at the same instant, whichever stands first", () => {
    expect(flawOf(act(0, "q", "p", 1), root)).toBe("");
    expect(flawOf({ ...act(0, "q", "p", 1), timestamp: "2025-12-31T23:59:59.999999Z" }, root)).toBe(
      "1 orphans",
    );
  });

  test("is an orphan where its parent did not act in its chain by then", () => {
    expect(flawOf(act(0, "q", "p", 1), act(1, "p", null, 0))).toBe("1 orphans");
    expect(flawOf(root, act(1, "q", "p", 1, "d"))).toBe("1 orphans");
    expect(flawOf(act(0, "p", null, 0, null), act(1, "q", "p", 1, null))).toBe("1 orphans");
    expect(flawOf(act(0, null, null, 0), act(1, "q", "x", 1))).toBe("1 orphans");
  });

  test("jumps where its parent was at another depth only", () => {
    expect(flawOf(root, act(1, "q", "p", 2))).toBe("1 depth_jumps");
    expect(flawOf(root, act(1, "p", "p", 1), act(2, "q", "p", 2))).toBe("");
    expect(flawOf(root, act(1, "q", "p", null))).toBe("");
    expect(flawOf(act(0, "p", null, null), act(1, "q", "p", 7))).toBe("");
    expect(flawOf(root, act(1, "q", "p", 1.5))).toBe("");
  });

  test("fits any of the depths at which its parent was before", () => {
    const parents = [root, act(1, "p", "p", 1), act(2, "p", "p", 2), act(3, "p", "p", 2)];
    for (const depth of [1, 2, 3]) {
      expect(flawOf(...parents, act(4, "q", "p", depth))).toBe("");
    }
    expect(flawOf(...parents, act(4, "q", "p", 4))).toBe("1 depth_jumps");
  });

  test("is shallow where it contradicts itself", () => {
    expect(flawOf(root, act(1, "q", "p", 0))).toBe("1 shallow");
    expect(flawOf(root, act(1, "q", "p", -1))).toBe("1 shallow");
    expect(flawOf(root, act(1, "q", null, 1))).toBe("1 shallow");
  });

  test("is not its own parent, but another entry of the same agent is", () => {
    expect(flawOf(act(0, "p", "p", null))).toBe("1 orphans");
    expect(flawOf(act(0, "p", null, null), act(1, "p", "p", null))).toBe("");
  });

  test("is good when there is nothing to trace", () => {
    expect(asked([root, act(1, "p", null, null)], "true")).toMatchObject({
      population: 2,
      exceptions: 0,
    });
  });

  test("without a readable time is neither traced nor a parent", () => {
    const lost = { ...root, timestamp: "soon" };
    const answer = asked([lost, act(1, "q", "p", 1), { ...act(2, "q", "p", 1), timestamp: null }]);
    expect(answer.population).toBe(1);
    expect(exceptionsOf(answer)).toEqual([2]);
  });

  test("none: no share", () => {
    expect(asked([root]).numbers).toEqual({ orphans: 0, depth_jumps: 0, shallow: 0, part: 0 });
  });
});
