// A measure's examples are the specification; engines only agree with it. Every example of
// every measure runs on every engine: as it stands, shuffled, and split into parts that are
// folded apart and merged in any order; and the exceptions that are listed one by one are those
// that are counted. What the measure's limits make of it is tested in
// results.test.ts.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";

import { columnsOf, fold } from "../../src/engines/fold/fold.ts";
import { listing } from "../../src/engines/fold/listing.ts";
import { observable, stated } from "../../src/engines/fold/stated.ts";
import type { Engine, ListedException, Question } from "../../src/engines/engine.ts";
import { ledger } from "../../src/engines/ledger.ts";
import { log } from "../../src/engines/log.ts";
import { memory } from "../../src/engines/memory.ts";
import { sqlite } from "../../src/engines/sqlite.ts";
import { exampleQuestion } from "../../src/measure-example.ts";
import { toEvidence } from "../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { importLogs } from "../../src/ledger/import-logs.ts";
import type { ExpectedObservation, Measure, MeasureExample } from "../../src/model/measure.ts";
import type { Observation } from "../../src/model/observation.ts";
import { writeAuditDatabase } from "./audit-database.ts";
import { firstOf, observedIn } from "./listed-exceptions.ts";

const catalog = loadCatalog();
const folder = mkdtempSync(join(tmpdir(), "aegis-conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

interface Asked {
  readonly observation: Observation;
  /** Absent where the log can be read once only. */
  readonly exceptions?: readonly ListedException[];
}

type Ask = (entries: readonly AuditEntry[], question: Question) => Promise<Asked>;

async function ask(engine: Engine, question: Question): Promise<Asked> {
  const { observations } = await engine.observe(question);
  const [observation] = observations.values();
  if (observation === undefined) throw new Error("the engine gave no observation");
  const exceptions: ListedException[] = [];
  for await (const one of engine.exceptions(question)) exceptions.push(one);
  await engine.close();
  return { observation, exceptions };
}

async function askOnce(engine: Engine, question: Question): Promise<Asked> {
  const [observation] = (await engine.observe(question)).observations.values();
  if (observation === undefined) throw new Error("the engine gave no observation");
  return { observation };
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
    return ask(await sqlite(path, { workers }), question);
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
    return ask(engine, question);
  };

const inLedger: Ask = async (entries, question) => {
  const path = writeLines(entries);
  const to = `${path}.ledger`;
  await importLogs([path], { to, tool: { name: "test", version: "1" }, mapping, mappings: [] });
  return ask(await ledger(to, { workers: 1 }), question);
};

/** Every engine there is, and the ways in which it can be handed a log. */
const ENGINES: Readonly<Record<string, Ask>> = {
  "memory, from an array": (entries, question) => ask(memory(entries), question),
  "memory, from a stream": (entries, question) => askOnce(memory(stream(entries)), question),
  sqlite: inDatabase(1),
  "log, JSON Lines": inLines(1),
};

/** Folds the parts apart, hands their states on as threads would, and merges them in the given order. */
function foldInParts(
  parts: readonly (readonly AuditEntry[])[],
  order: readonly number[],
  question: Question,
): Asked {
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
  const { observations } = whole.finish((entry) => toEvidence(entry as AuditEntry));
  const [observation] = observations.values();
  if (observation === undefined) throw new Error("the fold gave no observation");
  const { columns: read, ...listed } = listing(question, whole.late());
  const exceptions = parts.flat().flatMap((entry, index) => {
    const row = read.map((column) => entry[column]);
    const against = listed.step(row, index + 1);
    return against.map((measure) => ({ measure, entry: listed.evidence(row) }));
  });
  return { observation, exceptions };
}

/** What an engine answers, and which exceptions it lists. */
function seen({ observation, exceptions }: Asked, expected: ExpectedObservation): object {
  return {
    ...stated(observation, expected),
    listed: exceptions === undefined ? undefined : firstOf(exceptions),
  };
}

/** What the example states, and which exceptions the answer counts. */
function wanted({ observation, exceptions }: Asked, expected: ExpectedObservation): object {
  return {
    ...expected,
    listed: exceptions === undefined ? undefined : observedIn(observation),
  };
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
      const asked = await engine(entries, question);
      expect(seen(asked, expected)).toEqual(wanted(asked, expected));
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
            const asked = foldInParts(parts, order, question);
            expect(seen(asked, expected)).toEqual(wanted(asked, expected));
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
      const asked = await inLedger(example.entries, exampleQuestion(measure, example));
      const expected = observable(example.expect);
      const { name } = example;
      expect({ name, ...seen(asked, expected) }).toEqual({ name, ...wanted(asked, expected) });
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
    const answer = await asked(example.entries, exampleQuestion(measure, example));
    const expected = observable(example.expect);
    expect(seen(answer, expected)).toEqual(wanted(answer, expected));
  });
});

/** The example with the most entries, so that each thread has some. */
function largest({ id, examples = [] }: Measure): MeasureExample {
  const [example] = examples.toSorted((a, b) => b.entries.length - a.entries.length);
  if (example === undefined) throw new Error(`${id} has no example`);
  return example;
}
