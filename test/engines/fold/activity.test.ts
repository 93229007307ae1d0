// Activity against a naive count, whole and in parts, and against the measures that count the
// same things.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { columnsOf, fold } from "../../../src/engines/fold/fold.ts";
import type { Fold, FoldAnswer } from "../../../src/engines/fold/fold.ts";
import type { Question } from "../../../src/engines/engine.ts";
import type { GroupsObservation } from "../../../src/model/observation.ts";
import { parseInstant } from "../../../src/model/instant.ts";
import type { OddEntry } from "../../expression/written.ts";
import { HOUR, START, instant as nearby, period } from "../logs.ts";
import { naiveActivity } from "../naive-activity.ts";

const catalog = loadCatalog();
const MEASURES = ["actions-by-approval", "human-decisions", "actions-by-risk"]
  .filter((id) => catalog.everyMeasureId.includes(id))
  .map((id) => catalog.measure(id).measure);

const words = (...values: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.constantFrom(...values, "", null, undefined, 7, {});

const entries = fc.array(
  fc.record({
    timestamp: fc.oneof(
      { weight: 9, arbitrary: nearby.map((at) => new Date(at / 1000).toISOString()) },
      fc.constantFrom<unknown>(null, "soon"),
    ),
    agent_id: fc.oneof(
      words("crm", "mail"),
      fc.nat(40).map((at) => `agent-${at}`),
    ),
    action_type: fc.oneof(
      words("read", "Read"),
      fc.nat(40).map((at) => `type-${at}`),
    ),
    approval: words("auto", "AUTO", "approve", "Block", "auto ", "BLOC\u212A"),
    risk_level: words("LOW", "medium", "High", "CRITICAL", "\u212Aritical"),
    human_decision: words("approved", "APPROVED", "denied"),
  }),
  { maxLength: 80, size: "max" },
) as fc.Arbitrary<OddEntry[]>;

const question = (within: Question["period"] = {}): Question => ({
  measures: MEASURES,
  period: within,
  now: START,
});

function folded(log: readonly OddEntry[], asked = question()): Fold {
  const columns = columnsOf(asked);
  const running = fold(asked);
  for (const entry of log)
    running.step(
      columns.map((column) => entry[column]),
      0,
      0,
    );
  return running;
}

const finish = (running: Fold): FoldAnswer => running.finish(() => ({}));

/** Folds parts apart and merges them in another order, as threads would. */
function inParts(
  log: readonly OddEntry[],
  cuts: readonly number[],
  order: readonly number[],
  asked = question(),
): FoldAnswer {
  const bounds = [0, ...cuts.toSorted((a, b) => a - b), log.length];
  const states = bounds
    .slice(1)
    .map((end, at) => structuredClone(folded(log.slice(bounds[at], end), asked).state));
  const whole = fold(asked);
  for (const at of order) if (states[at] !== undefined) whole.merge(states[at]);
  return finish(whole);
}

function inScope(log: readonly OddEntry[], { start, end }: Question["period"]) {
  const timed = log.map((entry) => {
    const at = typeof entry.timestamp === "string" ? parseInstant(entry.timestamp) : Number.NaN;
    return { entry, instant: Number.isNaN(at) ? undefined : BigInt(at) };
  });
  if (start === undefined && end === undefined) return timed;
  return timed.filter(
    ({ instant }) =>
      instant !== undefined &&
      (start === undefined || instant >= BigInt(start)) &&
      (end === undefined || instant < BigInt(end)),
  );
}

describe("activity", () => {
  test("is what a naive count of the entries in scope says, whole and in parts", () => {
    fc.assert(
      fc.property(
        entries,
        period,
        fc.array(fc.nat(80), { minLength: 3, maxLength: 3 }),
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        (log, within, cuts, order) => {
          const expected = naiveActivity(inScope(log, within));
          const asked = question(within);
          expect(finish(folded(log, asked)).activity).toEqual(expected);
          expect(inParts(log, cuts, order, asked).activity).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("adds up to the entries in scope, and ties with the measures", () => {
    fc.assert(
      fc.property(entries, (log) => {
        const { activity, population, observations } = finish(folded(log));
        const spans = sum(activity.spans.map((span) => span.entries));
        expect(spans + activity.untimed).toBe(population.inScope);
        expect(
          sum(activity.agents.map((agent) => agent.entries)) + (activity.others?.entries ?? 0),
        ).toBe(population.inScope);
        expect(
          sum(activity.actionTypes.map((type) => type.entries)) +
            (activity.otherTypes?.entries ?? 0),
        ).toBe(population.inScope);
        const timed = finish(
          folded(log.filter(({ timestamp }) => String(timestamp).includes("T"))),
        );
        const decisions = timed.observations.get("actions-by-approval") as GroupsObservation;
        for (const decision of ["auto", "approve", "block"] as const) {
          expect(sum(timed.activity.spans.map((span) => span[decision]))).toBe(
            decisions.all.get(decision) ?? 0,
          );
        }
        expect(observations.size).toBe(MEASURES.length);
      }),
      { numRuns: 100 },
    );
  });

  test("takes days, months and years when the spans are too many, however the log is cut", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(HOUR, 24 * HOUR, 31 * 24 * HOUR),
        fc.integer({ min: 2400, max: 2700 }),
        fc.array(fc.nat(2700), { minLength: 3, maxLength: 3 }),
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        fc.boolean(),
        (step, length, cuts, order, backwards) => {
          const from = Date.UTC(1900, 0, 1) * 1000;
          const log = Array.from({ length }, (_, at) => ({
            timestamp: new Date(
              (from + (backwards ? length - at : at) * step) / 1000,
            ).toISOString(),
            approval: at % 3 === 0 ? "block" : "auto",
          })) as unknown as OddEntry[];
          const { activity } = finish(folded(log));
          expect(activity).toEqual(naiveActivity(inScope(log, {})));
          expect(activity.spans.length).toBeLessThanOrEqual(2500);
          expect(inParts(log, cuts, order).activity).toEqual(activity);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("of nothing is nothing", () => {
    expect(finish(folded([])).activity).toEqual({
      unit: "hour",
      spans: [],
      untimed: 0,
      agents: [],
      actionTypes: [],
    });
  });

  test("of the untimed names agents without times", () => {
    const { activity } = finish(folded([{ agent_id: "crm", risk_level: "HIGH" }]));
    expect(activity).toMatchObject({ unit: "hour", spans: [], untimed: 1 });
    expect(activity.agents).toEqual([
      { agent: "crm", entries: 1, low: 0, medium: 0, high: 1, critical: 0, unrated: 0 },
    ]);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
