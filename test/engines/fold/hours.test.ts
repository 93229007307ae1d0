// Hours that were folded apart, stored and merged answer as a fold of the entries does.

import { deserialize, serialize } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Question } from "../../../src/engines/engine.ts";
import { columnsOf, fold } from "../../../src/engines/fold/fold.ts";
import type { Fold, FoldAnswer, FoldState } from "../../../src/engines/fold/fold.ts";
import {
  answerFromHours,
  foldByHour,
  hourOf,
  isAnsweredByHours,
  mergedHours,
  mergedWhole,
} from "../../../src/engines/fold/hours.ts";
import type { Hour } from "../../../src/engines/fold/hours.ts";
import { ENTRY_FIELD_NAMES, isRecorded, toEvidence } from "../../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import { parseInstant } from "../../../src/model/instant.ts";
import { isBounded } from "../../../src/model/period.ts";
import type { Period } from "../../../src/model/period.ts";
import type { OddEntry } from "../../expression/written.ts";
import { HOUR, START, foreignLog, longLog, probes, questionOf, sequence } from "../logs.ts";
import { DUPLICATE, Refused } from "../naive.ts";
import { measuresOf } from "./ordered/logs.ts";

const NOW = START + 30 * HOUR;

type Sink = Pick<Fold, "step" | "refuse" | "duplicate">;

/** Hands the records from one index to another on; entries are referred to by their index. */
function feed(question: Question, sink: Sink, log: readonly unknown[], from: number, to: number) {
  const columns = columnsOf(question);
  for (let index = from; index < to; index += 1) {
    const item = log[index] ?? {};
    if (item === DUPLICATE) sink.duplicate();
    else if (item instanceof Refused) sink.refuse(`#${index + 1}`, item.reason);
    else {
      const entry = item as OddEntry;
      const recorded = ENTRY_FIELD_NAMES.reduce(
        (mask, field, bit) => mask | (isRecorded(field, entry[field]) ? 1 << bit : 0),
        0,
      );
      sink.step(
        columns.map((column) => entry[column]),
        index,
        recorded,
      );
    }
  }
}

const evidence =
  (log: readonly unknown[]) =>
  (reference: unknown): AuditEntry =>
    toEvidence(log[reference as number] as AuditEntry);

function directly(question: Question, log: readonly unknown[]): FoldAnswer {
  const running = fold(question);
  feed(question, running, log, 0, log.length);
  return running.finish(evidence(log));
}

function merge(into: Pick<Fold, "merge" | "state">, ...states: readonly Buffer[]): Buffer {
  for (const state of states) into.merge(deserialize(state) as FoldState);
  return serialize(into.state);
}

/** Folds a log in several updates, each behind the one before, and answers from what was stored. */
function throughHours(question: Question, log: readonly unknown[], seed: number): FoldAnswer {
  const next = sequence(seed);
  const cuts = Array.from({ length: 2 }, () => Math.floor(next() * (log.length + 1)));
  const bounds = [0, ...cuts, log.length].toSorted((left, right) => left - right);
  const hours = new Map<Hour, Buffer>();
  let whole: Buffer | undefined;
  // An update knows nothing of the period or the time of a report.
  const asked = { ...question, period: {}, now: 0 };
  for (const [index, to] of bounds.slice(1).entries()) {
    const from = bounds[index] ?? 0;
    const update = foldByHour(asked, from + 1, (hour, state) => {
      const stored = hours.get(hour);
      const added = serialize(state);
      hours.set(hour, stored === undefined ? added : merge(mergedHours(asked), added, stored));
    });
    feed(asked, update, log, from, to);
    const added = serialize(update.end());
    whole = whole === undefined ? added : merge(mergedWhole(asked), added, whole);
  }
  const { period, now } = question;
  const covered = [...hours].filter(([hour]) =>
    hour === null
      ? !isBounded(period)
      : hour * HOUR >= (period.start ?? -Infinity) && hour * HOUR < (period.end ?? Infinity),
  );
  const future = log.filter((item) => {
    const { timestamp } = (item ?? {}) as AuditEntry;
    return typeof timestamp === "string" && parseInstant(timestamp) > now;
  }).length;
  const states = covered
    .map(([, state]) => ({ state: deserialize(state) as FoldState, order: next() }))
    .toSorted((left, right) => left.order - right.order)
    .map(({ state }) => state);
  return answerFromHours(
    question,
    deserialize(whole as Buffer) as FoldState,
    states,
    future,
  ).finish(evidence(log));
}

const hour = fc.integer({ min: -4, max: 40 }).map((hours) => START + hours * HOUR);
const alongHours: fc.Arbitrary<Period> = fc.record(
  { start: hour, end: hour },
  { requiredKeys: [] },
);

describe("hours", () => {
  test("answer as the entries do, whatever the period", () => {
    fc.assert(
      fc.property(foreignLog, probes, alongHours, fc.nat(), (log, asked, period, seed) => {
        const question = questionOf(asked, period, NOW);
        expect(throughHours(question, log, seed)).toEqual(directly(question, log));
      }),
      { numRuns: 150 },
    );
  });

  test("more of them than are open at a time", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 200, max: 400 }),
        probes,
        alongHours,
        (seed, length, asked, period) => {
          const question = questionOf(asked, period, NOW);
          const log = longLog(seed, length);
          expect(throughHours(question, log, seed)).toEqual(directly(question, log));
        },
      ),
      { numRuns: 15 },
    );
  });

  test.each(["clock", "gap", "sequence", "run", "rate", "percentile", "delegation"] as const)(
    "%s, which needs the order of the entries",
    (kind) => {
      fc.assert(
        fc.property(fc.nat(), measuresOf(kind), alongHours, (seed, measures, period) => {
          const question: Question = { measures, period, now: NOW };
          const log = longLog(seed, 60);
          expect(throughHours(question, log, seed)).toEqual(directly(question, log));
        }),
        { numRuns: 40 },
      );
    },
  );
});

describe("what hours answer", () => {
  const question: Question = { measures: [], period: {}, now: NOW };

  test.each<[Period, boolean]>([
    [{}, true],
    [{ start: START }, true],
    [{ start: START, end: START + HOUR }, true],
    [{ start: START + 1 }, false],
    [{ end: START - 1 }, false],
  ])("the period %j: %s", (period, expected) => {
    expect(isAnsweredByHours({ ...question, period })).toBe(expected);
  });

  test("no samples", () => {
    expect(isAnsweredByHours({ ...question, sampling: { size: 1, seed: "" } })).toBe(false);
  });

  test("hours are cut downwards, before 1970 too", () => {
    expect([hourOf(-1), hourOf(0), hourOf(HOUR - 1), hourOf(HOUR)]).toEqual([-1, 0, 0, 1]);
  });
});
