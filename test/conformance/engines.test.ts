// A measure's examples are the specification; engines only agree with it. Every example of
// every measure runs on every engine: as it stands, shuffled, and split into parts that are
// folded apart and merged in any order. What the measure's limits make of it is tested in
// results.test.ts.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";

import { columnsOf, fold } from "../../src/engines/fold/fold.ts";
import type { FoldAnswer } from "../../src/engines/fold/fold.ts";
import { observable, stated } from "../../src/engines/fold/stated.ts";
import type { Question } from "../../src/engines/engine.ts";
import { ledger } from "../../src/engines/ledger.ts";
import { log } from "../../src/engines/log.ts";
import { memory } from "../../src/engines/memory.ts";
import { sqlite } from "../../src/engines/sqlite.ts";
import { exampleQuestion } from "../../src/measure-example.ts";
import { toEvidence } from "../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { importLogs } from "../../src/ledger/import-logs.ts";
import type { Measure, MeasureExample } from "../../src/model/measure.ts";
import type { Observation } from "../../src/model/observation.ts";
import { writeAuditDatabase } from "./audit-database.ts";

const catalog = loadCatalog();
const folder = mkdtempSync(join(tmpdir(), "aegis-conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

type Ask = (entries: readonly AuditEntry[], question: Question) => Promise<Observation>;

async function first(answer: Promise<{ observations: ReadonlyMap<string, Observation> }>) {
  const [observation] = (await answer).observations.values();
  if (observation === undefined) throw new Error("the engine gave no observation");
  return observation;
}

async function* stream(entries: readonly AuditEntry[]): AsyncGenerator<AuditEntry> {
  for (const entry of entries) yield await Promise.resolve(entry);
}

const inDatabase =
  (workers: number): Ask =>
  async (entries, question) => {
    files += 1;
    const path = join(folder, `${files}.db`);
    writeAuditDatabase(path, entries);
    const engine = await sqlite(path, { workers });
    try {
      return await first(engine.observe(question));
    } finally {
      await engine.close();
    }
  };

const mapping = catalog.mapping("aegis-jsonl");

function writeLines(entries: readonly AuditEntry[]): string {
  files += 1;
  const path = join(folder, `${files}.jsonl`);
  writeFileSync(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  return path;
}

const inLines =
  (workers: number): Ask =>
  async (entries, question) => {
    const path = writeLines(entries);
    const engine = await log([path], { mapping, mappings: [], workers, pieceBytes: 1000 });
    return first(engine.observe(question));
  };

const inLedger: Ask = async (entries, question) => {
  const path = writeLines(entries);
  const to = `${path}.ledger`;
  await importLogs([path], { to, tool: { name: "test", version: "1" }, mapping, mappings: [] });
  const engine = await ledger(to, { workers: 1 });
  try {
    return await first(engine.observe(question));
  } finally {
    await engine.close();
  }
};

/** Every engine there is, and the ways in which it can be handed a log. */
const ENGINES: Readonly<Record<string, Ask>> = {
  "memory, from an array": (entries, question) => first(memory(entries).observe(question)),
  "memory, from a stream": (entries, question) => first(memory(stream(entries)).observe(question)),
  sqlite: inDatabase(1),
  "log, JSON Lines": inLines(1),
};

/** Folds the parts apart, hands their states on as threads would, and merges them in the given order. */
function foldInParts(
  parts: readonly (readonly AuditEntry[])[],
  order: readonly number[],
  question: Question,
): FoldAnswer {
  const columns = columnsOf(question);
  let position = 1;
  const states = parts.map((part) => {
    const running = fold(question, position);
    position += part.length;
    for (const entry of part)
      running.step(
        columns.map((column) => entry[column]),
        entry,
        0,
      );
    return structuredClone(running.state);
  });
  const whole = fold(question);
  for (const index of order) {
    const state = states[index];
    if (state !== undefined) whole.merge(state);
  }
  return whole.finish((entry) => toEvidence(entry as AuditEntry));
}

const measures = catalog.everyMeasureId
  .map((id) => catalog.measure(id).measure)
  // Asked of the policy, not of a log.
  .filter(({ kind }) => kind !== "policy-lint");

/** How often an example is shuffled: large ones are many entries alike. */
const runsOf = ({ entries }: MeasureExample): number => (entries.length > 200 ? 4 : 25);

describe.each(measures.map((measure) => ({ id: measure.id, measure })))("$id", ({ measure }) => {
  const examples = (measure.examples ?? []).map((example) => [example.name, example] as const);

  describe.each(examples)("%s", (_, example) => {
    const { entries } = example;
    const question = exampleQuestion(measure, example);
    const expected = observable(example.expect);

    test.each(Object.entries(ENGINES))("%s", async (_name, engine) => {
      expect(stated(await engine(entries, question), expected)).toEqual(expected);
    });

    // The order of writing is what a clock is asked about; all else is told by the times.
    const orders =
      measure.kind === "clock"
        ? fc.constant([...entries])
        : fc.shuffledSubarray([...entries], { minLength: entries.length });

    test("in another order and split", () => {
      fc.assert(
        fc.property(
          orders,
          fc.array(fc.nat({ max: entries.length }), { maxLength: 3 }),
          fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
          (shuffled, cuts, order) => {
            const bounds = [0, ...cuts.toSorted((a, b) => a - b), entries.length];
            const parts = bounds.slice(1).map((end, at) => shuffled.slice(bounds[at], end));
            const { observations } = foldInParts(parts, order, question);
            const observation = observations.get(measure.id) as Observation;
            expect(stated(observation, expected)).toEqual(expected);
          },
        ),
        { numRuns: runsOf(example) },
      );
    });
  });
});

describe("ledger", () => {
  test.each(measures.map((measure) => [measure.id, measure] as const))("%s", async (_, measure) => {
    for (const example of measure.examples ?? []) {
      const observation = await inLedger(example.entries, exampleQuestion(measure, example));
      const expected = observable(example.expect);
      const { name } = example;
      expect({ name, ...stated(observation, expected) }).toEqual({ name, ...expected });
    }
  });
});

describe.each([
  ["sqlite", inDatabase(2)],
  ["log", inLines(2)],
])("%s, split over threads", (_engine, asked) => {
  const kinds = new Map(measures.map((measure) => [measure.kind, measure]));

  test.each([...kinds])("%s", async (_, measure) => {
    const example = largest(measure);
    const observation = await asked(example.entries, exampleQuestion(measure, example));
    const expected = observable(example.expect);
    expect(stated(observation, expected)).toEqual(expected);
  });
});

/** The example with the most entries, so that each thread has some. */
function largest({ id, examples = [] }: Measure): MeasureExample {
  const [example] = examples.toSorted((a, b) => b.entries.length - a.entries.length);
  if (example === undefined) throw new Error(`${id} has no example`);
  return example;
}
