// Sharing the work between measures against asking every measure about every entry, with all
// measures of the package.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import type { Question } from "../../../src/engines/engine.ts";
import type { Accumulator } from "../../../src/engines/fold/accumulator.ts";
import { asking } from "../../../src/engines/fold/asking.ts";
import { cells } from "../../../src/engines/fold/cells.ts";
import { count } from "../../../src/engines/fold/count.ts";
import { columnsOf, fold } from "../../../src/engines/fold/fold.ts";
import type { Fold } from "../../../src/engines/fold/fold.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";
import { toEvidence } from "../../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import type { CountMeasure } from "../../../src/model/measure.ts";
import { HOUR, START } from "../logs.ts";
import { anyEntry } from "./any-entry.ts";
import { POLICY_DOCUMENT } from "../naive.ts";

const catalog = loadCatalog();
const measures = catalog.everyMeasureId.map((id) => catalog.measure(id).measure);

const QUESTION: Question = {
  measures,
  period: {},
  now: START + 90 * 24 * HOUR,
  inputs: {
    roster: ["crm", "mail"],
    allowList: ["example.com", "*.example.org"],
    deployedSince: START,
    recoveryTime: HOUR,
    incidents: [{ id: "i", from: START + HOUR, to: START + 5 * HOUR, agents: ["crm"] }],
  },
  policy: POLICY_DOCUMENT,
};

function folded(entries: readonly AuditEntry[], mostCells?: number, question = QUESTION): Fold {
  const columns = columnsOf(question);
  const running = fold(question, 1, undefined, mostCells);
  for (const one of entries) {
    running.step(
      columns.map((column) => one[column]),
      one,
      0,
    );
  }
  return running;
}

const answer = (running: Fold): unknown =>
  running.finish((reference) => toEvidence(reference as AuditEntry));

describe("cells", () => {
  test("answer what asking every measure about every entry answers", () => {
    fc.assert(
      fc.property(
        fc.array(anyEntry, { minLength: 1, maxLength: 120, size: "max" }),
        fc.constantFrom(undefined, 1, 3, 40),
        (entries, mostCells) => {
          expect(answer(folded(entries, mostCells))).toEqual(answer(folded(entries, 0)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("do not depend on which measures they are shared by", () => {
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 60, size: "max" }),
        fc.shuffledSubarray(measures, { minLength: 3 }),
        (entries, asked) => {
          const whole = folded(entries).finish(() => ({})).observations;
          const part = folded(entries, undefined, { ...QUESTION, measures: asked });
          for (const [id, observation] of part.finish(() => ({})).observations) {
            expect(observation).toEqual(whole.get(id));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("what was counted is told in time, whenever the state is read", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), fc.nat(40), (entries, cut) => {
        const running = folded(entries.slice(0, cut));
        const half = structuredClone(running.state.measures);
        expect(half).toEqual(structuredClone(folded(entries.slice(0, cut), 0).state.measures));
        const columns = columnsOf(QUESTION);
        for (const one of entries.slice(cut)) {
          running.step(
            columns.map((column) => one[column]),
            one,
            0,
          );
        }
        expect(answer(running)).toEqual(answer(folded(entries)));
      }),
      { numRuns: 40 },
    );
  });
});

const where = (cel: string) => parsePredicate(cel, ENTRY_SCHEMA);

/** Counts how often each field is read. */
function watched(values: readonly unknown[], reads: number[]): unknown[] {
  const row: unknown[] = [];
  for (const [slot, value] of values.entries()) {
    Object.defineProperty(row, slot, {
      get: () => {
        reads[slot] = (reads[slot] ?? 0) + 1;
        return value;
      },
    });
  }
  return row;
}

describe("how often conditions are asked", () => {
  const base = { title: "", question: "", limitations: "", fields: [], kind: "count" } as const;
  const measure: CountMeasure = {
    ...base,
    id: "deep",
    population: where('approval == "auto"'),
    exception: where('agent_id.contains("x") && action_desc.contains("y")'),
  };
  const names = ["approval", "agent_id", "action_desc"];
  const slotOf = (name: string): number => names.indexOf(name);

  test("a field is read once an entry, and only when an answer depends on it", () => {
    const asked = asking({ now: 0 }, slotOf);
    const twice = [count(measure, asked), count({ ...measure, id: "again" }, asked)];
    const shared = cells(asked, twice);
    const step = (values: readonly unknown[]): number[] => {
      const reads = [0, 0, 0];
      const row = watched(values, reads);
      shared.step({ row, instant: 0, id: 1, position: 1, reference: 1 });
      return reads;
    };
    // The first of its kind is asked about; from then on the cell answers.
    step(["auto", "x", "y"]);
    step(["block", "x", "y"]);
    step(["auto", "z", "y"]);
    expect(step(["auto", "x1", "y1"])).toEqual([1, 1, 1]);
    expect(step(["block", "x2", "y2"])).toEqual([1, 0, 0]);
    expect(step(["auto", "z3", "y3"])).toEqual([1, 1, 0]);
    shared.settle();
    expect(twice.map(({ state }) => state.exceptions)).toEqual([2, 2]);
    expect(twice.map(({ state }) => state.population)).toEqual([4, 4]);
  });
});

const agentOrApproval = (name: string): number => ["agent_id", "approval"].indexOf(name);

describe("how many are kept", () => {
  const letters = "abcdefghijklm".split("");

  /** Steps over agents; how often it was asked what an entry means, and what was counted. */
  function asker(mostCells?: number) {
    const asked = asking({ now: 0 }, agentOrApproval);
    const conditions = [
      ...letters.map((letter) => asked.condition(where(`agent_id.contains("${letter}")`))),
      asked.condition(where('approval == "auto"')),
    ];
    const told: number[] = [];
    let times = 0;
    const accumulator: Accumulator<unknown> = {
      state: undefined,
      meaning(row) {
        times += 1;
        for (const condition of conditions) condition(row);
        return {
          count: (entries) => {
            told.push(entries);
          },
        };
      },
      merge: () => undefined,
      references: () => [],
      finish: () => {
        throw new Error("nobody asks");
      },
    };
    const shared = cells(asked, [accumulator], mostCells);
    /** @returns how often it was asked up to now */
    const step = (...agents: readonly string[]): number => {
      for (const agent of agents) {
        shared.step({ row: [agent, "auto"], instant: 0, id: 1, position: 1, reference: 1 });
      }
      return times;
    };
    /** What was told together, in all. */
    const toldSoFar = (): readonly number[] => {
      shared.settle();
      return told;
    };
    return { step, told: toldSoFar };
  }

  test("entries alike are asked about once, and told together, once", () => {
    const { step, told } = asker();
    expect(step("a", "a", "b", "a")).toBe(2);
    expect(told()).toEqual([3, 1]);
    expect(told()).toEqual([3, 1]);
    expect(step("b", "b")).toBe(2);
    expect(told()).toEqual([3, 1, 2]);
  });

  test("without cells every entry is asked about", () => {
    const { step, told } = asker(0);
    expect(step("a", "a", "b")).toBe(3);
    expect(told()).toEqual([1, 1, 1]);
  });

  test("a full store begins anew, if four entries or more shared a cell", () => {
    const { step, told } = asker(2);
    expect(step("a", "a", "a", "a", "b", "b", "b", "b")).toBe(2);
    expect(step("c", "c")).toBe(3);
    expect(step("a")).toBe(4);
    expect(told()).toEqual([4, 4, 2, 1]);
  });

  test("and gives up for good, if fewer did", () => {
    const { step, told } = asker(2);
    expect(step("a", "a", "a", "a", "b", "b", "b")).toBe(2);
    expect(step("c", "c", "c", "a")).toBe(6);
    expect(told()).toEqual([4, 3, 1, 1, 1, 1]);
  });

  test("it gives up also when a field has more than 4,096 kinds of values", () => {
    const { step } = asker();
    const agents = Array.from({ length: 4097 }, (_, bits) =>
      letters.filter((_letter, bit) => (bits & (1 << bit)) !== 0).join(""),
    );
    for (const agent of agents.slice(0, -1)) step(agent, agent, agent, agent);
    expect(step("a")).toBe(4096);
    expect(step(agents.at(-1) ?? "")).toBe(4097);
    expect(step("a", "a")).toBe(4099);
  });

  test("a meaning that rests on anything but conditions is found out", () => {
    const asked = asking({ now: 0 }, agentOrApproval);
    const [first, second] = ['agent_id == "a"', 'approval == "auto"'].map((cel) =>
      asked.condition(where(cel)),
    );
    let times = 0;
    const fickle = {
      meaning: (row: readonly unknown[]) => {
        times += 1;
        (times === 1 ? first : second)?.(row);
        return undefined;
      },
    } as unknown as Accumulator<unknown>;
    const shared = cells(asked, [fickle]);
    const step = (agent: string): void =>
      shared.step({ row: [agent, "auto"], instant: 0, id: 1, position: 1, reference: 1 });
    step("a");
    expect(() => step("b")).toThrow("answered otherwise than before");
  });
});
