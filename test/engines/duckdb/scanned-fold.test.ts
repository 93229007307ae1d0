// Records folded as they were scanned against the same records folded one by one as objects.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { JsonLineScanner } from "../../../src/engines/duckdb/json-line.ts";
import { KnownRows } from "../../../src/engines/duckdb/known-rows.ts";
import { ownColumns } from "../../../src/engines/duckdb/own-columns.ts";
import type { OwnColumns } from "../../../src/engines/duckdb/own-columns.ts";
import { ScannedFold } from "../../../src/engines/duckdb/scanned-fold.ts";
import { usesOf } from "../../../src/engines/duckdb/uses.ts";
import type { Question } from "../../../src/engines/engine.ts";
import { columnsOf, readsEachEntry } from "../../../src/engines/fold/fold.ts";
import type { Fold } from "../../../src/engines/fold/fold.ts";
import type { PlacedEntry } from "../../../src/engines/fold/accumulator.ts";
import { foldFrom } from "../../../src/engines/log/fold-sink.ts";
import { ENTRY_FIELD_NAMES, isRecorded, toEvidence } from "../../../src/model/audit-entry.ts";
import { formatInstant } from "../../../src/model/instant.ts";
import { HOUR, START, probes, questionOf } from "../logs.ts";

const catalog = loadCatalog();
const own = ownColumns(catalog.mapping("aegis-jsonl")) as OwnColumns;
const everyMeasure = catalog.everyMeasureId.map((id) => catalog.measure(id).measure);
const alike = everyMeasure.filter((measure) => !readsEachEntry({ measures: [measure] }));

type Entry = Readonly<Record<string, unknown>>;

const value = fc.constantFrom<unknown>("a", "auto", "b\n", "é🔒", "x".repeat(70), "", null);
const entry: fc.Arbitrary<Entry> = fc.record(
  {
    id: fc.oneof(fc.nat(9), fc.constantFrom<unknown>("x", null, -4, 2 ** 40)),
    timestamp: fc.oneof(
      {
        weight: 9,
        arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => formatInstant(START + n * 1e9)),
      },
      fc.constantFrom<unknown>(
        "soon",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00\u00e9",
        "",
        null,
      ),
    ),
    action_type: value,
    action_target: value,
    action_params: fc.constantFrom<unknown>({ q: [1] }, "{}", "", null),
    agent_id: fc.constantFrom<unknown>("a", "b", null),
    risk_level: fc.constantFrom<unknown>("HIGH", "low", null),
    approval: fc.constantFrom<unknown>("auto", "approve", "block"),
    matched_rule: fc.constantFrom<unknown>("r", "<default>"),
    result_status: value,
    chain_depth: fc.constantFrom<unknown>(0, 1, -1, 2 ** 21, null),
  },
  { requiredKeys: ["approval"] },
);
/** Few entries, which come again and again. */
const entries = fc
  .array(entry, { minLength: 1, maxLength: 6 })
  .chain((some) => fc.array(fc.constantFrom(...some), { minLength: 1, maxLength: 60 }));

function scanned(
  all: readonly Entry[],
  question: Question,
  cut: number,
  mostRows: number | undefined,
): { running: Fold; rejected: string[] } {
  const running = foldFrom(question, 0);
  const rejected: string[] = [];
  const onRejected = ({ file, line, bytes }: { file: string; line: number; bytes: Uint8Array }) => {
    const text = Buffer.from(bytes).toString();
    rejected.push(`${file}:${line} ${JSON.stringify(JSON.parse(text))}`);
  };
  // Two files, each with what it knows.
  for (const [part, some] of [all.slice(0, cut), all.slice(cut)].entries()) {
    const scanner = new JsonLineScanner(own, usesOf(question));
    const file = `log-${part}`;
    const folding = new ScannedFold(question, running, { file, part, onRejected }, mostRows);
    for (const [index, one] of some.entries()) {
      const plainText = JSON.stringify(one);
      // A text may be written in many ways.
      const text = index % 5 === 4 ? plainText.replace('"2026', '"\\u0032026') : plainText;
      const bytes = Buffer.from(`${text}\n`);
      expect(scanner.scan(bytes, 0, index % 2 === 0 && /^[ -~]*$/.test(text))).toBe(
        bytes.length - 1,
      );
      folding.take(scanner.row, index + 1, () => bytes.subarray(0, -1));
      // Nothing of a record is looked at once it was told that its bytes are moved.
      folding.beforeMoving();
      bytes.fill(0x78);
    }
  }
  return { running, rejected };
}

function plain(all: readonly Entry[], question: Question, cut: number): typeof found {
  const running = foldFrom(question, 0);
  const found = { running, rejected: [] as string[] };
  const columns = columnsOf(question);
  for (const [index, one] of all.entries()) {
    const part = index < cut ? 0 : 1;
    const line = part === 0 ? index + 1 : index - cut + 1;
    const recorded = ENTRY_FIELD_NAMES.reduce(
      (mask, field, bit) => (isRecorded(field, one[field]) ? mask | (1 << bit) : mask),
      0,
    );
    const row = columns.map((column) => one[column]);
    if (!running.step(row, { part, line, ...one }, recorded)) {
      found.rejected.push(`log-${part}:${line} ${JSON.stringify(one)}`);
    }
  }
  return found;
}

const answer = (running: Fold): unknown =>
  structuredClone(
    running.finish((reference) => {
      const { part, line } = reference as PlacedEntry;
      return { ...toEvidence(reference as PlacedEntry), source: `${part}:${line}` };
    }),
  );

const period = fc.constantFrom<Question["period"]>(
  {},
  { start: START + 5e9 },
  { start: START, end: START + 20e9 },
);

function holds(measures: fc.Arbitrary<Question>, numRuns: number): void {
  fc.assert(
    fc.property(
      entries,
      measures,
      period,
      fc.nat(60),
      fc.constantFrom(undefined, 1, 2, 3),
      (all, asked, within, cut, mostRows) => {
        const question = { ...asked, period: within };
        const fast = scanned(all, question, cut, mostRows);
        const expected = plain(all, question, cut);
        expect(fast.rejected).toEqual(expected.rejected);
        expect(answer(fast.running)).toEqual(answer(expected.running));
      },
    ),
    { numRuns },
  );
}

describe("records as they were scanned are folded like any others", () => {
  const catalogQuestion = {
    ...questionOf([], {}, START + 9 * HOUR),
    inputs: { roster: ["a"], allowList: ["a"], deployedSince: START, recoveryTime: HOUR },
  };
  test("by measures that do not read ids and times", () => {
    expect(() => holds(fc.constant({ ...catalogQuestion, measures: alike }), 60)).not.toThrow();
  });

  test("by all measures", () => {
    expect(() =>
      holds(fc.constant({ ...catalogQuestion, measures: everyMeasure }), 40),
    ).not.toThrow();
  });

  test("by silences alone, whose evidence is held and hardly ever made", () => {
    const measures = alike.filter(({ kind }) => kind === "gap");
    expect(() => holds(fc.constant({ ...catalogQuestion, measures }), 200)).not.toThrow();
  });

  test("by probes", () => {
    const questions = probes.map((asked) => questionOf(asked, {}, START + 3 * HOUR));
    expect(() => holds(questions, 60)).not.toThrow();
  });
});

describe("rows that are known", () => {
  const measures = alike.filter(({ id }) => id === "silence-over-an-hour");
  const question: Question = { ...questionOf([], {}, START), measures };
  const row = (one: Entry): JsonLineScanner["row"] => {
    scanner.scan(Buffer.from(`${JSON.stringify(one)}\n`), 0, true);
    return scanner.row;
  };
  let scanner = new JsonLineScanner(own, usesOf(question));

  test("are known from the second time on, by all their values and by what is recorded", () => {
    scanner = new JsonLineScanner(own, usesOf(question));
    const known = new KnownRows(foldFrom(question, 0), columnsOf(question));
    const one = { id: 1, approval: "auto", agent_id: "a" };
    expect(known.find(row(one))).toBeUndefined();
    const same = known.find(row({ ...one, id: 2, timestamp: null }));
    expect(same?.row[columnsOf(question).indexOf("agent_id")]).toBe("a");
    expect(known.find(row(one))).toBe(same);
    // Of these none was there before: another value, null for nothing, one more that is recorded.
    expect(known.find(row({ ...one, agent_id: "b" }))).toBeUndefined();
    expect(known.find(row({ ...one, risk_level: null }))).toBeUndefined();
    expect(columnsOf(question)).not.toContain("action_desc");
    expect(known.find(row({ ...one, action_desc: "d" }))).toBeUndefined();
    expect(known.find(row({ ...one, agent_id: "a".repeat(65) }))).toBeUndefined();
    expect(known.find(row({ ...one, agent_id: "a".repeat(65) }))).toBeUndefined();
    expect(known.find(row(one))).toBe(same);
  });

  test("are forgotten when there are too many, and given up when hardly one comes again", () => {
    scanner = new JsonLineScanner(own, usesOf(question));
    const known = new KnownRows(foldFrom(question, 0), columnsOf(question), 2);
    const find = (agent: string) => known.find(row({ approval: "auto", agent_id: agent }));
    find("a");
    for (let time = 0; time < 8; time += 1) expect(find("a")).toBeDefined();
    find("b");
    expect(find("c")).toBeUndefined();
    // All were forgotten.
    expect(find("a")).toBeUndefined();
    expect(find("a")).toBeDefined();
    find("b");
    find("c");
    // There were too few to go on.
    expect([find("a"), find("a"), find("c"), find("c")]).toEqual(Array(4).fill(undefined));
  });
});
