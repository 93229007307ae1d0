// Entries that are told to have a row in common against the same entries one by one, with all
// measures of the package that do not read ids and times.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import type { Question } from "../../../src/engines/engine.ts";
import { columnsOf, fold, readsEachEntry } from "../../../src/engines/fold/fold.ts";
import type { AlikeRow, Fold } from "../../../src/engines/fold/fold.ts";
import { toEvidence } from "../../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import { isNaive, parseInstant } from "../../../src/model/instant.ts";
import type { Measure } from "../../../src/model/measure.ts";
import { HOUR, START } from "../logs.ts";
import { POLICY_DOCUMENT } from "../naive.ts";
import { anyEntry } from "./any-entry.ts";

const catalog = loadCatalog();
const measures = catalog.everyMeasureId
  .map((id) => catalog.measure(id).measure)
  .filter((measure) => !readsEachEntry({ measures: [measure] }));

const QUESTION: Question = {
  measures,
  period: {},
  now: START + 9 * HOUR,
  inputs: {
    roster: ["crm", "mail"],
    allowList: ["example.com", "*.example.org"],
    deployedSince: START,
    recoveryTime: HOUR,
    incidents: [{ id: "i", from: START + HOUR, to: START + 5 * HOUR, agents: ["crm"] }],
  },
  policy: POLICY_DOCUMENT,
};

const RECORDED = 0b1011;
const BESIDES = 0b10_0100;

function plainly(entries: readonly AuditEntry[], question: Question, position = 1): Fold {
  const columns = columnsOf(question);
  const running = fold(question, position);
  for (const one of entries) {
    running.step(
      columns.map((column) => one[column]),
      one,
      RECORDED | BESIDES,
    );
  }
  return running;
}

/** Those at the marked places are told to be alike, as far as they are. */
function byRows(
  entries: readonly AuditEntry[],
  alikeAt: ReadonlySet<number>,
  question: Question,
): Fold {
  const columns = columnsOf(question);
  const running = fold(question);
  const known = new Map<string, AlikeRow>();
  for (const [index, one] of entries.entries()) {
    const row = columns.map((column) => one[column]);
    if (!alikeAt.has(index)) {
      running.step(row, () => one, RECORDED | BESIDES);
      continue;
    }
    const [id, time, ...rest] = row;
    const key = JSON.stringify(rest);
    const same = known.get(key) ?? running.alike([null, null, ...rest], RECORDED);
    known.set(key, same);
    const instant = typeof time === "string" ? parseInstant(time) : Number.NaN;
    const naive = !Number.isNaN(instant) && isNaive(String(time));
    const before = running.state.population.inScope;
    running.stepAlike(same, { id, instant, naive }, () => one);
    running.recordedBesides(BESIDES, running.state.population.inScope - before);
  }
  return running;
}

const answer = (running: Fold): unknown =>
  running.finish((reference) => toEvidence(reference as AuditEntry));

describe("entries with a row in common", () => {
  const log = fc.array(anyEntry, { minLength: 1, maxLength: 100, size: "max" });
  const marks = fc.subarray([...Array(100).keys()]).map((all) => new Set(all));
  const period = fc.constantFrom<Question["period"]>(
    {},
    { start: START + 2 * HOUR },
    { start: START + HOUR, end: START + 8 * HOUR },
    { end: START },
  );
  const sampling = fc.constantFrom(undefined, { size: 3, seed: "s" });

  test("mean what they mean one by one", () => {
    fc.assert(
      fc.property(log, marks, period, sampling, (entries, alikeAt, within, drawn) => {
        const question = {
          ...QUESTION,
          period: within,
          ...(drawn === undefined ? {} : { sampling: drawn }),
        };
        expect(answer(byRows(entries, alikeAt, question))).toEqual(
          answer(plainly(entries, question)),
        );
      }),
      { numRuns: 100 },
    );
  });

  test("merge as others do", () => {
    fc.assert(
      fc.property(log, marks, fc.nat(100), (entries, alikeAt, cut) => {
        const whole = byRows(entries.slice(0, cut), alikeAt, QUESTION);
        const rest = fold(QUESTION, cut + 1);
        rest.merge(structuredClone(plainly(entries.slice(cut), QUESTION, cut + 1).state));
        whole.merge(structuredClone(rest.state));
        expect(answer(whole)).toEqual(answer(plainly(entries, QUESTION)));
      }),
      { numRuns: 40 },
    );
  });

  test("of which none is in scope leave no trace", () => {
    const question: Question = { ...QUESTION, period: { end: START - HOUR } };
    const running = fold(question);
    const row = columnsOf(question).map((column) => (column === "agent_id" ? "crm" : "x"));
    const own = { id: 1, instant: START, naive: false };
    expect(running.stepAlike(running.alike(row, RECORDED), own, 1)).toBe(true);
    const { activity, population } = running.finish(() => ({}));
    expect(activity.agents).toEqual([]);
    expect(activity.actionTypes).toEqual([]);
    expect(population).toMatchObject({ inScope: 0, outOfPeriod: 1 });
    expect([...population.recorded.values()].every((count) => count === 0)).toBe(true);
  });

  test("with an unreadable time are rejected where a period is asked for", () => {
    const own = { id: 1, instant: Number.NaN, naive: false };
    const row = columnsOf(QUESTION).map(() => "x");
    const bounded = fold({ ...QUESTION, period: { start: START } });
    expect(bounded.stepAlike(bounded.alike(row, 0), own, 1)).toBe(false);
    const open = fold(QUESTION);
    expect(open.stepAlike(open.alike(row, 0), own, 1)).toBe(true);
  });
});

describe("readsEachEntry", () => {
  test.each<readonly [string, boolean]>([
    ["timestamp-order", true],
    ["record-content", true],
    ["bypasses-in-incidents", true],
    ["silence-over-an-hour", false],
    ["evidence-volume", false],
    ["record-identity", false],
    ["policy-replay", false],
  ])("%s: %s", (id, expected) => {
    const asked: readonly Measure[] = [catalog.measure(id).measure];
    expect(readsEachEntry({ measures: asked })).toBe(expected);
  });
});
