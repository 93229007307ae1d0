// Each kind against its naive reference: whole, shuffled, and in parts merged in any order.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EntryReference } from "../../../../src/engines/fold/accumulator.ts";
import type { OrderedMeasure } from "../../../../src/engines/fold/ordered/kind.ts";
import { comparedFields, isOrdered } from "../../../../src/engines/fold/ordered/ordered.ts";
import type { OrderedFold } from "../../../../src/engines/fold/ordered/ordered.ts";
import type { AuditEntry } from "../../../../src/model/audit-entry.ts";
import type { GapMeasure, Measure } from "../../../../src/model/measure.ts";
import type { Observation } from "../../../../src/model/observation.ts";
import { MEASURES, NOW, entry, expression, foldOf, log, means, measuresOf, place } from "./logs.ts";
import { naiveOrdered } from "./naive-ordered.ts";
import type { Placed } from "./naive-ordered.ts";

const resolve = (reference: EntryReference): AuditEntry =>
  typeof reference === "number" ? { action_desc: String(reference) } : reference;
const shown = ({ position }: Placed): AuditEntry => ({ action_desc: String(position) });

function expected(
  measures: readonly OrderedMeasure[],
  placed: readonly Placed[],
  recoveryTime?: number,
): Observation[] {
  return measures.map((measure) => {
    const answer = naiveOrdered(measure, placed, means, { now: NOW, recoveryTime });
    const exceptionEntries = answer.exceptions.slice(0, 50).map(shown);
    const before = (answer.before ?? []).slice(0, 50).map(shown);
    const longest = answer.numbers["longest_seconds"];
    const instants = (answer.before ?? []).map(({ instant }) => instant ?? 0);
    return {
      kind: measure.kind,
      measure: measure.id,
      population: answer.population,
      exceptions: answer.exceptions.length,
      exceptionEntries,
      numbers: answer.numbers,
      ...(measure.kind === "sequence" ? { pairs: pairsOf(before, exceptionEntries) } : {}),
      ...(measure.kind === "gap"
        ? {
            gaps: exceptionEntries.map((to, at) => ({
              from: before[at],
              to,
              length: (answer.exceptions[at]?.instant ?? 0) - (instants[at] ?? 0),
            })),
            ...(longest === undefined ? {} : { longest: Math.round(longest * 1e6) }),
          }
        : {}),
    } as unknown as Observation;
  });
}

function pairsOf(firsts: readonly AuditEntry[], thens: readonly AuditEntry[]): unknown[] {
  return thens.map((then, at) =>
    Object.fromEntries(
      new Map([
        ["first", firsts[at]],
        ["then", then],
      ]),
    ),
  );
}

const answers = (fold: OrderedFold): Observation[] => [...fold.finish(resolve).values()];

const kinds = Object.keys(MEASURES) as (keyof typeof MEASURES)[];

describe.each(kinds)("%s", (kind) => {
  test("answers as the naive reference does", () => {
    fc.assert(
      fc.property(log, measuresOf(kind), fc.boolean(), (entries, measures, byPosition) => {
        const placed = place(entries);
        const recoveryTime = byPosition ? undefined : 2_000_000;
        expect(answers(foldOf(measures, placed, { byPosition, recoveryTime }))).toEqual(
          expected(measures, placed, recoveryTime),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("in parts, cloned and merged in any order, is the fold over the whole", () => {
    fc.assert(
      fc.property(
        log,
        measuresOf(kind),
        fc.array(fc.nat(40), { maxLength: 4 }),
        fc.infiniteStream(fc.nat(1000)),
        (entries, measures, cuts, order) => {
          const placed = place(entries);
          const bounds = [0, ...cuts.toSorted((a, b) => a - b), placed.length];
          const states = bounds
            .slice(1)
            .map((to, part) => foldOf(measures, placed.slice(bounds[part], to)).state)
            .map((state) => ({ state: structuredClone(state), key: order.next().value as number }))
            .toSorted((left, right) => left.key - right.key);
          const merged = foldOf(measures, []);
          for (const { state } of states) merged.merge(state);
          expect(answers(merged)).toEqual(expected(measures, placed));
        },
      ),
      { numRuns: 150 },
    );
  });

  test("does not depend on the order of the steps, and merges what is not cloned", () => {
    fc.assert(
      fc.property(
        log,
        measuresOf(kind),
        fc.nat(40),
        fc.boolean(),
        (entries, measures, cut, late) => {
          const placed = place(entries);
          const right = foldOf(measures, placed.slice(cut).toReversed());
          const left = foldOf(measures, placed.slice(0, cut).toReversed());
          left.merge(right.state);
          // Reading and merging again what was merged changes nothing that was told.
          if (late) left.references();
          expect(answers(left)).toEqual(expected(measures, placed));
          expect(answers(right)).toEqual(expected(measures, place(entries).slice(cut)));
        },
      ),
      { numRuns: 100 },
    );
  });
});

const everyKind = fc
  .tuple(...kinds.map((kind) => measuresOf(kind)))
  .map((all) => all.flat().map((measure, at) => Object.assign(measure, { id: `measure-${at}` })));

describe("all kinds in one fold", () => {
  test("do not disturb each other, in logs of several blocks, whole and in parts", () => {
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 65, maxLength: 150, size: "max" }),
        everyKind,
        fc.nat(150),
        (entries, measures, cut) => {
          const placed = place(entries);
          const right = expected(measures, placed);
          const whole = foldOf(measures, placed);
          expect(answers(whole)).toEqual(right);
          // Asked again, and after its state was cloned, it answers the same.
          const clone = foldOf(measures, []);
          clone.merge(structuredClone(whole.state));
          expect(answers(clone)).toEqual(right);
          const first = foldOf(measures, placed.slice(0, cut));
          const second = foldOf(measures, placed.slice(cut));
          second.merge(structuredClone(first.state));
          expect(answers(second)).toEqual(right);
        },
      ),
      { numRuns: 12 },
    );
  });

  test("have bits of their own, however many predicates there are", () => {
    const measures = Array.from({ length: 80 }, (_, index) => blockedIn(`agent-${index}`));
    const entries = Array.from({ length: 80 }, (_, index) => ({
      timestamp: "2026-01-01T00:00:00Z",
      agent_id: `agent-${index}`,
    }));
    const found = answers(foldOf(measures, place(entries), { byPosition: true }));
    expect(found.map(({ exceptionEntries }) => exceptionEntries)).toEqual(
      entries.map((_, index) => [{ action_desc: `${index + 1}` }]),
    );
  });

  test("refer to the entries that their answers show, and to no others", () => {
    fc.assert(
      fc.property(log, everyKind, (entries, measures) => {
        const fold = foldOf(measures, place(entries), { byPosition: true });
        const references = new Set(fold.references());
        const resolved = new Set<unknown>();
        fold.finish((reference) => {
          resolved.add(reference);
          return {};
        });
        expect(references).toEqual(resolved);
      }),
      { numRuns: 40 },
    );
  });

  test("go on after they were asked", () => {
    const measures = [blockedIn("a")];
    const entries = Array.from({ length: 200 }, () => ({
      timestamp: "2026-01-01T00:00:00Z",
      agent_id: "a",
    }));
    const placed = place(entries);
    const fold = foldOf(measures, placed.slice(0, 100));
    expect(answers(fold)[0]).toMatchObject({ population: 100 });
    fold.merge(foldOf(measures, placed.slice(100)).state);
    expect(answers(fold)[0]).toMatchObject({ population: 200, exceptions: 200 });
    expect(fold.state.blocks).toHaveLength(1);
  });
});

/** Every entry of an agent is an exception. */
function blockedIn(agent: string): OrderedMeasure {
  return {
    id: agent,
    title: "",
    question: "",
    limitations: "",
    fields: [],
    kind: "rate",
    population: expression(`agent_id == '${agent}'`),
    by: [],
    same: [],
    window: 0,
    atLeast: 1,
  };
}

describe("which measures are ordered", () => {
  const gap = { ...blockedIn("a"), kind: "gap", longerThan: 1 } as unknown as GapMeasure;

  test("a gap is with partitions or anything else that looks around", () => {
    const { by: _, ...plain } = gap;
    expect(isOrdered(plain)).toBe(false);
    expect(isOrdered(gap)).toBe(true);
    expect(isOrdered({ ...plain, unlessAfter: expression("true") })).toBe(true);
    expect(isOrdered({ ...plain, rhythm: { percentile: 95, times: 10 } })).toBe(true);
  });

  test("others are by their kind; those that are not are left out", () => {
    const count = { ...gap, kind: "count", exception: expression("true") } as unknown as Measure;
    expect(isOrdered(blockedIn("a"))).toBe(true);
    expect(isOrdered(count)).toBe(false);
    expect(isOrdered({ ...count, kind: "toString" } as unknown as Measure)).toBe(false);
    expect(comparedFields(count)).toEqual([]);
    expect(answers(foldOf([count as OrderedMeasure], place([{}])))).toEqual([]);
  });

  test("the fields that they compare", () => {
    const rate = {
      ...blockedIn("a"),
      by: ["chain_id"],
      same: ["action_type"],
      distinct: "chain_id",
    };
    expect(comparedFields(rate as Measure)).toEqual(["chain_id", "action_type"]);
    const delegation = { ...blockedIn("a"), kind: "delegation" } as unknown as Measure;
    expect(comparedFields(delegation)).toEqual([
      "chain_id",
      "agent_id",
      "parent_agent_id",
      "chain_depth",
    ]);
    const { by: _, ...whole } = gap;
    const corroboration = { same: "chain_id" as const, where: expression("true") };
    expect(comparedFields({ ...whole, corroboration })).toEqual(["chain_id"]);
  });
});

const one = (fields: object) => ({ timestamp: "2026-01-01T00:00:00Z", ...fields });

test("texts of two fields in one partition never meet, also after merging", () => {
  const measure = {
    ...blockedIn("x"),
    population: expression("true"),
    by: ["chain_id", "session_id"],
    atLeast: 2,
    window: 9,
  } as OrderedMeasure;
  const placed = place([
    one({ chain_id: "x" }),
    one({ session_id: "y" }),
    one({ session_id: "x" }),
    one({ chain_id: "y" }),
  ]);
  const parts = placed.map((single) => structuredClone(foldOf([measure], [single]).state));
  const merged = foldOf([measure], []);
  for (const part of parts.toReversed()) merged.merge(part);
  expect(answers(merged)[0]).toMatchObject({ population: 4, exceptions: 0 });
});
