// Every example of every measure in files of every kind that has a fast way: read that way to the
// end, it answers as the example says and as the memory does of what the files hold.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { duckdbLog } from "../../../src/engines/duckdb.ts";
import type { Answer, ListedException, Question } from "../../../src/engines/engine.ts";
import { observable, stated } from "../../../src/engines/fold/stated.ts";
import { memory } from "../../../src/engines/memory.ts";
import type { PartEngine } from "../../../src/engines/part.ts";
import { several } from "../../../src/engines/several.ts";
import { exampleQuestion } from "../../../src/measure-example.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import type { ExpectedObservation, Measure, MeasureExample } from "../../../src/model/measure.ts";
import type { Observation } from "../../../src/model/observation.ts";
import { firstOf, observedIn } from "../../conformance/listed-exceptions.ts";
import { collected } from "../every-engine.ts";
import { KINDS, exampleFiles } from "./example-files.ts";
import type { FileKind } from "./example-files.ts";

const catalog = loadCatalog();
const folder = mkdtempSync(join(tmpdir(), "aegis-duckdb-examples-"));
const files = exampleFiles(folder);
afterAll(async () => {
  await files.close();
  rmSync(folder, { recursive: true });
});

const measures = catalog.everyMeasureId
  .map((id) => catalog.measure(id).measure)
  // Asked of the policy, not of a log.
  .filter(({ kind }) => kind !== "policy-lint");
const named = measures.map((measure) => [measure.id, measure] as const);

/** Files of kinds that one mapping reads. Stepping back to the ordinary way is an error. */
const open = (paths: readonly string[], kind: FileKind): Promise<PartEngine> =>
  duckdbLog(paths, {
    mapping: catalog.mapping(KINDS[kind].mapping),
    mappings: [],
    workers: 1,
    fast: "only",
  });

interface Asked {
  readonly answer: Answer;
  /** Absent where they were not asked for. */
  readonly listed?: readonly ListedException[];
}

/** What the examples of a measure are answered, several at a time. */
async function askEach(
  examples: readonly MeasureExample[],
  ask: (example: MeasureExample) => Promise<Asked>,
): Promise<(readonly [MeasureExample, Asked])[]> {
  const asking = examples.map(async (example) => [example, await ask(example)] as const);
  // Whatever fails, nothing may still be at work when the folder is removed.
  await Promise.allSettled(asking);
  return Promise.all(asking);
}

/** Files of these kinds, each with some of the entries. */
type Parts = readonly (readonly [FileKind, readonly AuditEntry[]])[];

/**
 * An answer and what it must be: what the example states, and the memory's of what the files hold.
 */
async function compared(
  { answer, listed }: Asked,
  parts: Parts,
  question: Question,
  { name, expect: states }: MeasureExample,
): Promise<{ readonly found: unknown; readonly wanted: unknown }> {
  const held = parts.flatMap(([kind, entries]) => KINDS[kind].held(entries));
  const expected: ExpectedObservation = observable(states);
  const observation = onlyOne(answer);
  return {
    found: {
      name,
      // A log that has no fast way would be read the ordinary way without a word.
      inputs: answer.population.inputs.map(({ kind }) => kind),
      ...stated(observation, expected),
      listed: listed && firstOf(listed),
      answer: comparable(answer),
    },
    wanted: {
      name,
      inputs: parts.map(([kind]) => KINDS[kind].input),
      ...expected,
      listed: listed && observedIn(observation),
      answer: comparable(await memory(held).observe(question)),
    },
  };
}

function onlyOne({ observations }: Answer): Observation {
  const [observation, ...others] = observations.values();
  if (observation === undefined || others.length > 0) {
    throw new Error(`expected one observation, got ${observations.size}`);
  }
  return observation;
}

/** An answer without what only a file has: its name, its lines, and the fields that it names. */
function comparable({ population, observations, activity }: Answer): unknown {
  const {
    inputs: _,
    recordable: _all,
    intake: _none,
    recorded,
    timestamps,
    ...counts
  } = population;
  const { firstUnreadable, ...times } = timestamps;
  const text = JSON.stringify(
    {
      ...counts,
      recorded: Object.fromEntries([...recorded].filter(([, entries]) => entries > 0)),
      timestamps: { ...times, firstUnreadable: firstUnreadable.length },
      observation: onlyOne({ population, observations, activity }),
      activity,
    },
    (member, value: unknown) => {
      if (member === "source") return undefined;
      return value instanceof Map ? [...(value as Map<string, unknown>)] : value;
    },
  );
  return JSON.parse(text) as unknown;
}

/** One measure of each kind. */
const ofEachKind = [...new Map(measures.map((measure) => [measure.kind, measure])).values()];

/** The example with the most entries. */
function largest({ id, examples = [] }: Measure): MeasureExample {
  const [example] = examples.toSorted((a, b) => b.entries.length - a.entries.length);
  if (example === undefined) throw new Error(`${id} has no example`);
  return example;
}

describe.each(["parquet", "jsonl", "csv", "jsonl.zst"] as const)("%s", (kind) => {
  test.each(named)("%s", async (_, measure) => {
    const { examples = [] } = measure;
    const answers = await askEach(examples, async (example) => {
      const question = exampleQuestion(measure, example);
      const engine = await open([await files.write(kind, example.entries)], kind);
      try {
        const answer = await engine.observe(question);
        // They are listed the ordinary way, for which a table is opened anew each time.
        if (kind === "parquet" && !ofEachKind.includes(measure)) return { answer };
        return { answer, listed: await collected(engine.exceptions(question)) };
      } finally {
        await engine.close();
      }
    });
    for (const [example, asked] of answers) {
      const question = exampleQuestion(measure, example);
      const { found, wanted } = await compared(asked, [[kind, example.entries]], question, example);
      expect(found).toEqual(wanted);
    }
  });

  test("that must be read the ordinary way are not", async () => {
    const [measure] = measures as [Measure];
    const question = exampleQuestion(measure, largest(measure));
    const engine = await open([await files.writeOdd(kind)], kind);
    await expect(engine.observe(question)).rejects.toThrow(KINDS[kind].odd);
    await engine.close();
  });
});

/** Shuffled and cut in two; in the order of writing where a measure asks about that. */
function inHalves(
  { kind }: Measure,
  { entries }: MeasureExample,
  [one, other]: readonly [FileKind, FileKind],
): Parts {
  const all = fc.shuffledSubarray([...entries], { minLength: entries.length });
  const [shuffled = []] =
    kind === "clock" ? [[...entries]] : fc.sample(all, { seed: 6, numRuns: 1 });
  const middle = Math.ceil(shuffled.length / 2);
  return [
    [one, shuffled.slice(0, middle)],
    [other, shuffled.slice(middle)],
  ];
}

const examplesOf = ({ examples = [] }: Measure): readonly MeasureExample[] => examples;

describe("shuffled, in two files, as one of several logs", () => {
  test.each([
    ...measures.map((measure) => [["jsonl", "jsonl.gz"], measure.id, measure, examplesOf] as const),
    // For a table DuckDB is opened several times.
    ...ofEachKind.map(
      (measure) =>
        [["csv", "parquet"], measure.id, measure, (of: Measure) => [largest(of)]] as const,
    ),
  ])("%s: %s", async (kinds, _, measure, chosen) => {
    const answers = await askEach(chosen(measure), async (example) => {
      const paths = await Promise.all(
        inHalves(measure, example, kinds).map(([kind, half]) => files.write(kind, half)),
      );
      const engine = several([{ name: "log", engine: await open(paths, kinds[0]) }]);
      try {
        const question = exampleQuestion(measure, example);
        const answer = await engine.observe(question);
        return { answer, listed: await collected(engine.exceptions(question)) };
      } finally {
        await engine.close();
      }
    });
    for (const [example, asked] of answers) {
      const parts = inHalves(measure, example, kinds);
      const question = exampleQuestion(measure, example);
      const { found, wanted } = await compared(asked, parts, question, example);
      expect(found).toEqual(wanted);
    }
  });
});

test("there are examples enough", () => {
  const kinds = new Set(measures.map(({ kind }) => kind));
  expect(kinds.size).toBeGreaterThan(15);
  expect(measures.length).toBeGreaterThanOrEqual(50);
  expect(measures.flatMap(({ examples = [] }) => examples).length).toBeGreaterThan(500);
});
