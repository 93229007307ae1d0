// Whether delegated entries can be traced to whoever delegated them.

import type { Predicate } from "../../../model/expression.ts";
import type { DelegationMeasure } from "../../../model/measure.ts";
import { goodPart } from "./good-part.ts";
import type { OrderedKind } from "./kind.ts";
import type { OrderedLog } from "./ordered-log.ts";
import { dividedBy } from "./partitions.ts";

/** Could have delegated something. */
const ACTED: Predicate = {
  kind: "and",
  of: [
    { kind: "present", name: "chain_id" },
    { kind: "present", name: "agent_id" },
  ],
};

/**
 * A delegated entry is good when another entry of its chain, earlier in time or at the same
 * instant, has its parent as agent, one step higher where both record a depth. Depths that are
 * no exact whole numbers count as unrecorded. An entry that states neither a parent nor a depth
 * above 0 has nothing to trace and is good too. Each other entry is one of these: `shallow`, it
 * contradicts itself, with a parent at depth 0 or less, or none at a depth above; `orphans`, its
 * parent did not act in its chain by then, or it records no chain; `depth_jumps`, its parent
 * did, but never one step higher.
 */
export const delegation: OrderedKind<DelegationMeasure> = {
  needs: ({ population }) => ({
    roles: [population.predicate, ACTED],
    asks: [],
    texts: ["chain_id", "agent_id", "parent_agent_id"],
    numbers: ["chain_depth"],
    untimed: false,
  }),
  find({ population }, log) {
    const rows = log.rowsWith([population.predicate, ACTED]);
    const isDelegated = log.holds(population.predicate);
    const judge = judgeOf(log, rows);
    const exceptions = new Uint8Array(log.length);
    const counts = { orphans: 0, depth_jumps: 0, shallow: 0 };
    let part = 0;
    let whole = 0;
    let noted = 0;
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at] as number;
      while (noted < rows.length && log.instants[rows[noted] as number] === log.instants[row]) {
        judge.note(noted);
        noted += 1;
      }
      if (!isDelegated(row)) continue;
      whole += 1;
      const flaw = judge.flawOf(at);
      if (flaw === undefined) part += 1;
      else {
        counts[flaw] += 1;
        exceptions[row] = 1;
      }
    }
    return { exceptions, numbers: { ...counts, ...goodPart(part, whole) } };
  },
};

interface Judge {
  /** Takes an entry by which others may have been delegated, by its place in the rows. */
  note(at: number): void;
  flawOf(at: number): "orphans" | "depth_jumps" | "shallow" | undefined;
}

function judgeOf(log: OrderedLog, rows: Uint32Array): Judge {
  const { acting, delegating, size } = actorsIn(log, rows);
  const parents = log.texts("parent_agent_id").of;
  const depthOf = log.numbers("chain_depth");
  // By actor, of the entries so far: how many, and at which depths.
  const entries = new Uint32Array(size);
  const depths = depthSets(size);
  return {
    note(at) {
      const actor = acting[at] as number;
      if (actor === 0) return;
      entries[actor] = (entries[actor] as number) + 1;
      depths.add(actor, depthOf(rows[at] as number));
    },
    flawOf(at) {
      const row = rows[at] as number;
      const depth = depthOf(row);
      if (parents[row] === 0) return depth > 0 ? "shallow" : undefined;
      if (depth <= 0) return "shallow";
      const actor = delegating[at] as number;
      // It was noted itself, and nobody delegates to itself by one and the same act.
      const itself = acting[at] === actor ? 1 : 0;
      if (actor === 0 || entries[actor] === itself) return "orphans";
      const fits =
        Number.isNaN(depth) || depths.has(actor, Number.NaN) || depths.has(actor, depth - 1);
      return fits ? undefined : "depth_jumps";
    },
  };
}

/** An agent in a chain, as a code by place; 0 where one of the two is unrecorded. */
interface Actors {
  /** Whose entry it is. */
  readonly acting: Uint32Array;
  /** Who delegated it. */
  readonly delegating: Uint32Array;
  /** One more than the largest code. */
  readonly size: number;
}

function actorsIn(log: OrderedLog, rows: Uint32Array): Actors {
  const { length } = rows;
  const chains = log.texts("chain_id");
  const agents = log.texts("agent_id");
  const parents = log.texts("parent_agent_id");
  const chain = new Uint32Array(2 * length);
  const agent = new Uint32Array(2 * length);
  for (let at = 0; at < length; at += 1) {
    const row = rows[at] as number;
    agent[at] = agents.of[row] as number;
    agent[at + length] = parents.of[row] as number;
    if (agent[at] !== 0) chain[at] = chains.of[row] as number;
    if (agent[at + length] !== 0) chain[at + length] = chains.of[row] as number;
  }
  const { of, size } = dividedBy(
    { of: chain, size: chains.size },
    { of: agent, size: agents.size },
  );
  return { acting: of.subarray(0, length), delegating: of.subarray(length), size };
}

/** Sets of depths by actor, of which most hold one; NaN stands for an unrecorded depth. */
function depthSets(size: number) {
  const first = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  const more = new Map<number, Set<number>>();
  return {
    add(actor: number, depth: number): void {
      const known = first[actor] as number;
      if (Object.is(known, depth)) return;
      if (known === Number.NEGATIVE_INFINITY) {
        first[actor] = depth;
        return;
      }
      const others = more.get(actor);
      if (others === undefined) more.set(actor, new Set([depth]));
      else others.add(depth);
    },
    has: (actor: number, depth: number): boolean =>
      Object.is(first[actor], depth) || more.get(actor)?.has(depth) === true,
  };
}
