// The fold against the naive reference, whole and in parts.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Question } from "../../../src/engines/engine.ts";
import { columnsOf, fold } from "../../../src/engines/fold/fold.ts";
import type { Fold, FoldAnswer } from "../../../src/engines/fold/fold.ts";
import { ENTRY_FIELD_NAMES, isRecorded, toEvidence } from "../../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import type { Measure } from "../../../src/model/measure.ts";
import type { OddEntry } from "../../expression/written.ts";
import { START, foreignLog, log, longLog, period, probes, questionOf, sequence } from "../logs.ts";
import { DUPLICATE, Refused, naiveAnswer } from "../naive.ts";

/** Folds part of a log; entries are referred to by their index in the whole. */
function foldPart(
  question: Question,
  whole: readonly unknown[],
  from = 0,
  to = whole.length,
  mostCells?: number,
): Fold {
  const columns = columnsOf(question);
  const running = fold(question, from + 1, undefined, mostCells);
  for (let index = from; index < to; index += 1) {
    const item = whole[index] ?? {};
    if (item instanceof Refused) running.refuse(`#${index + 1}`, item.reason);
    if (item === DUPLICATE) running.duplicate();
    if (item instanceof Refused || item === DUPLICATE) continue;
    const entry = item as OddEntry;
    const recorded = ENTRY_FIELD_NAMES.reduce(
      (mask, field, bit) => mask | (isRecorded(field, entry[field]) ? 1 << bit : 0),
      0,
    );
    running.step(
      columns.map((column) => entry[column]),
      index,
      recorded,
    );
  }
  return running;
}

function finish(running: Fold, whole: readonly unknown[]): FoldAnswer {
  return running.finish((reference) => toEvidence(whole[reference as number] as AuditEntry));
}

/** Folds the parts between cuts apart, as threads would, and merges them in another order. */
function inParts(question: Question, whole: readonly unknown[], seed: number): FoldAnswer {
  const next = sequence(seed);
  const cuts = Array.from({ length: Math.floor(next() * 6) }, () =>
    Math.floor(next() * (whole.length + 1)),
  );
  const bounds = [0, ...cuts, whole.length].toSorted((left, right) => left - right);
  const states = bounds
    .slice(1)
    .map((to, part) => foldPart(question, whole, bounds[part], to).state)
    .map((state) => ({ state: structuredClone(state), order: next() }))
    .toSorted((left, right) => left.order - right.order);
  const merged = fold(question);
  for (const { state } of states) merged.merge(state);
  return finish(merged, whole);
}

const NOW = START + 5 * 3_600_000_000;

describe("a fold", () => {
  test("answers as the naive reference does, for any log, question and period", () => {
    fc.assert(
      fc.property(log, probes, period, (entries, asked, within) => {
        const question = questionOf(asked, within, NOW);
        const answer = finish(foldPart(question, entries), entries);
        expect(answer).toEqual(naiveAnswer(question, asked, entries));
      }),
      { numRuns: 500 },
    );
  });

  test("in parts, cloned and merged in any order, is the fold over the whole", () => {
    fc.assert(
      fc.property(log, probes, period, fc.nat(), (entries, asked, within, seed) => {
        const question = questionOf(asked, within, NOW);
        expect(inParts(question, entries, seed)).toEqual(naiveAnswer(question, asked, entries));
      }),
      { numRuns: 500 },
    );
  });

  test("answers alike however many cells it may keep", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0, 1, 2, 5, 30), probes, (seed, most, asked) => {
        const entries = longLog(seed, 120);
        const question = questionOf(asked, {}, NOW);
        const shared = finish(foldPart(question, entries), entries);
        const running = foldPart(question, entries, 0, entries.length, most);
        expect(finish(running, entries)).toEqual(shared);
      }),
      { numRuns: 150 },
    );
  });

  test("lists the first fifty of hundreds, whole and in parts", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 60, max: 400 }), probes, (seed, length, asked) => {
        const entries = longLog(seed, length);
        const question = questionOf(asked, {}, NOW);
        const expected = naiveAnswer(question, asked, entries);
        expect(finish(foldPart(question, entries), entries)).toEqual(expected);
        expect(inParts(question, entries, seed)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test("merges into a fold that has read a part itself", () => {
    fc.assert(
      fc.property(log, probes, fc.nat(40), (entries, asked, cut) => {
        const question = questionOf(asked, {}, NOW);
        const at = Math.min(cut, entries.length);
        const whole = foldPart(question, entries, 0, at);
        whole.merge(structuredClone(foldPart(question, entries, at).state));
        expect(finish(whole, entries)).toEqual(naiveAnswer(question, asked, entries));
      }),
      { numRuns: 150 },
    );
  });

  test("refers to every entry that its answer shows, and to few besides", () => {
    fc.assert(
      fc.property(fc.nat(), probes, (seed, asked) => {
        const entries = longLog(seed, 300);
        const question = questionOf(asked, {}, NOW);
        const running = foldPart(question, entries);
        const references = running.references();
        const resolved = new Set<unknown>();
        running.finish((reference) => {
          resolved.add(reference);
          return {};
        });
        expect(references).toEqual(resolved);
        expect(references.size).toBeLessThanOrEqual(14 * 100);
      }),
      { numRuns: 40 },
    );
  });

  test("shows neither which part came first nor what a row held after its step", () => {
    const question = { measures: [], period: {}, now: 0 };
    const running = fold(question);
    const row: unknown[] = [1, "2026-01-01T00:00:00Z"];
    running.step(row, 0, 1);
    row[0] = "changed";
    expect(running.finish(() => ({})).population.ids).toEqual({
      repeated: 0,
      missing: 0,
      missingRuns: [],
    });
  });
});

describe("what is refused and what was there already", () => {
  test("ties with what was read and shifts no other count, whole and in parts", () => {
    fc.assert(
      fc.property(foreignLog, probes, period, fc.nat(), (records, asked, within, seed) => {
        const question = questionOf(asked, within, NOW);
        const expected = naiveAnswer(question, asked, records);
        for (const answer of [
          finish(foldPart(question, records), records),
          inParts(question, records, seed),
        ]) {
          expect(answer).toEqual(expected);
          const { read, accepted, rejected, duplicate, inScope, outOfPeriod } = answer.population;
          expect(accepted + rejected + duplicate).toBe(read);
          expect(inScope + outOfPeriod).toBe(accepted);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a step tells whether the entry was rejected for its time", () => {
    const row = [1, "soon"];
    expect(fold({ measures: [], period: {}, now: 0 }).step(row, 0, 0)).toBe(true);
    const running = fold({ measures: [], period: { start: 0 }, now: 0 });
    expect(running.step(row, 0, 0)).toBe(false);
    expect(running.step([1, "1960-01-01T00:00:00Z"], 0, 0)).toBe(true);
  });

  test("places are written when all parts are there", () => {
    const question = { measures: [], period: { start: 0 }, now: 0 };
    const parts = [0, 1].map((part) => {
      const running = fold(question, part * 1000 + 1, () => ({ part, line: 2 }));
      running.refuse({ part, line: 1 }, "malformed");
      running.step([7, "soon"], 0, 0);
      return running.state;
    });
    const merged = fold(question);
    for (const state of parts.toReversed()) merged.merge(structuredClone(state));
    const linesBefore = [0, 40];
    const { population } = merged.finish(
      () => ({}),
      ({ part, line }) => `log.jsonl:${line + (linesBefore[part] ?? 0)}`,
    );
    expect(population.rejections).toEqual([
      { reason: "malformed", count: 2, first: ["log.jsonl:1", "log.jsonl:41"] },
      { reason: "unreadable-timestamp", count: 2, first: ["log.jsonl:2", "log.jsonl:42"] },
    ]);
    expect(population.timestamps.firstUnreadable).toEqual(["log.jsonl:2", "log.jsonl:42"]);
  });
});

describe("pointers", () => {
  const question = { measures: [], period: { start: 0 }, now: 0 };

  test("to a place of which no more is known are its line", () => {
    const running = fold(question);
    running.refuse({ part: 0, line: 3 }, "malformed");
    expect(running.finish(() => ({})).population.rejections).toEqual([
      { reason: "malformed", count: 1, first: ["line 3"] },
    ]);
  });

  test("stand in the log's order, whether the source or the fold refused", () => {
    const running = fold(question);
    running.refuse("#1", "unreadable-timestamp");
    running.step([2, "soon"], 0, 0);
    running.refuse("#3", "unreadable-timestamp");
    running.step([4, "later"], 0, 0);
    expect(running.finish(() => ({})).population.rejections).toEqual([
      { reason: "unreadable-timestamp", count: 4, first: ["#1", "2", "#3", "4"] },
    ]);
  });
});

describe("entries that stand before earlier ones", () => {
  const question = { measures: [], period: {}, now: 0 };
  const unordered = (...parts: readonly (readonly number[])[]): number => {
    let position = 1;
    const merged = fold(question);
    for (const part of parts) {
      const running = fold(question, position);
      for (const second of part) running.step([null, `2026-01-01T00:00:0${second}Z`], 0, 0);
      position += part.length;
      merged.merge(structuredClone(running.state));
    }
    return merged.finish(() => ({})).population.timestamps.unordered;
  };

  test("are counted also where a part begins, equal times are in order", () => {
    expect(unordered([1, 2, 2, 3])).toBe(0);
    expect(unordered([2, 1, 3, 2])).toBe(2);
    expect(unordered([1, 2], [2, 3])).toBe(0);
    expect(unordered([1, 2], [1, 3])).toBe(1);
    expect(unordered([1, 2], [], [1, 3])).toBe(1);
  });
});

describe("records that are no entries", () => {
  test("are counted and the first fifty listed in the log's order, also over parts", () => {
    const question = { measures: [], period: {}, now: 0 };
    const parts = [0, 1, 2].map((part) => {
      const running = fold(question, part * 40 + 1);
      for (let at = 1; at <= 40; at += 1) running.refuse(`#${part * 40 + at}`, "not-an-entry");
      return running.state;
    });
    const merged = fold(question);
    for (const index of [2, 0, 1]) merged.merge(structuredClone(parts[index] ?? merged.state));
    const { population } = merged.finish(() => ({}));
    expect(population).toMatchObject({ read: 120, accepted: 0, rejected: 120, inScope: 0 });
    expect(population.rejections).toEqual([
      {
        reason: "not-an-entry",
        count: 120,
        first: Array.from({ length: 50 }, (_, index) => `#${index + 1}`),
      },
    ]);
  });
});

test("a measure of the policy itself has no observation, and hinders no other", () => {
  fc.assert(
    fc.property(log, probes, (entries, asked) => {
      const question = questionOf(asked, {}, NOW);
      const { population } = question.measures[0] as Measure;
      const lint: Measure = {
        id: "lint",
        kind: "policy-lint",
        title: "",
        question: "",
        limitations: "",
        population,
        fields: [],
        codes: ["duplicate-name"],
        lintCounts: [],
      };
      const measures = [lint, ...question.measures];
      const answer = finish(foldPart({ ...question, measures }, entries), entries);
      expect(answer).toEqual(finish(foldPart(question, entries), entries));
    }),
    { numRuns: 20 },
  );
});

test("the columns start with id and timestamp and name each field once", () => {
  fc.assert(
    fc.property(probes, (asked) => {
      const measures = asked.map(({ measure }) => measure);
      const columns = columnsOf({ measures });
      expect(columns.slice(0, 2)).toEqual(["id", "timestamp"]);
      expect(new Set(columns).size).toBe(columns.length);
      const needed = measures.flatMap(({ fields }) => fields);
      expect(needed.filter((field) => !columns.includes(field))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
