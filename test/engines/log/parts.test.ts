// A large file may be read in any pieces by any threads: nothing of that may show.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { log } from "../../../src/engines/log.ts";
import type { LogOptions } from "../../../src/engines/log.ts";
import { foldFrom } from "../../../src/engines/log/fold-sink.ts";
import { joinedAccounts, joinedInputs, linesBeforeEach } from "../../../src/engines/log/join.ts";
import { isIndependent, partsOf, placeText } from "../../../src/engines/log/parts.ts";
import { readPart } from "../../../src/engines/log/read-part.ts";
import type { PlacedEntry } from "../../../src/engines/fold/accumulator.ts";
import { intakeStatement, recordableFields } from "../../../src/intake/account.ts";
import { planIntake } from "../../../src/intake/plan.ts";
import { toEvidence } from "../../../src/model/audit-entry.ts";
import type { RejectedRecord } from "../../../src/model/intake.ts";
import type { LogInput } from "../../../src/model/population.ts";
import { START, period, probes, questionOf, sequence } from "../logs.ts";
import { IDENTITY } from "./identity.ts";
import { writtenLog } from "./written-log.ts";

const folder = mkdtempSync(join(tmpdir(), "aegis-parts-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function write(content: Buffer | string): string {
  files += 1;
  const path = join(folder, `${files}.jsonl`);
  writeFileSync(path, content);
  return path;
}

const planned = async (path: string) =>
  (await planIntake([path], { mapping: IDENTITY, mappings: [] })).inputs;

/** Reads the pieces of a file apart and merges them in another order, as threads would. */
async function inPieces(path: string, pieceBytes: number, seed: number, question: Question) {
  const inputs = await planned(path);
  const parts = partsOf(inputs, pieceBytes);
  const found = await Promise.all(
    parts.map(async ({ input }, part) => {
      const read = await readPart(question, part, input, {
        onProgress: () => undefined,
        onRejected: () => undefined,
        settle: () => undefined,
      });
      return structuredClone(read);
    }),
  );
  const next = sequence(seed);
  const shuffled = found
    .map(({ state }) => ({ state, order: next() }))
    .toSorted((left, right) => left.order - right.order);
  const whole = foldFrom(question, 0);
  for (const { state } of shuffled) whole.merge(state);
  const linesBefore = linesBeforeEach(parts, found);
  const { population, observations } = whole.finish(
    (reference) => ({
      ...toEvidence(reference as PlacedEntry),
      source: placeText(parts, linesBefore, reference as PlacedEntry),
    }),
    (place) => placeText(parts, linesBefore, place),
  );
  const accounts = joinedAccounts(inputs, parts, found);
  const recordable = recordableFields(accounts);
  return {
    pieces: parts.length,
    population: {
      ...population,
      inputs: joinedInputs(parts, found, new Map()),
      recordable,
      recorded: new Map(recordable.map((field) => [field, population.recorded.get(field)])),
      intake: intakeStatement(accounts),
    },
    observations,
  };
}
/** Without the digest, which threads leave to another. */
function undigested(input: LogInput): Omit<LogInput, "sha256"> {
  const { sha256: _sha256, ...rest } = input;
  return rest;
}

type Question = Parameters<typeof readPart>[0];

describe("pieces of a file", () => {
  test("tell together what the file tells, wherever it is cut", async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.record({ seed: fc.nat(), lines: fc.integer({ min: 1, max: 250 }) }),
        fc.integer({ min: 500, max: 20_000 }),
        probes,
        period,
        async ({ seed, lines }, pieceBytes, asked, within) => {
          const path = write(writtenLog(seed, lines).bytes);
          const question = questionOf(asked, within, START);
          const engine = await log([path], { mapping: IDENTITY, mappings: [], workers: 1 });
          const { population, observations } = await engine.observe(question);
          const apart = await inPieces(path, pieceBytes, seed, question);
          most = Math.max(most, apart.pieces);
          expect(apart.observations).toEqual(observations);
          expect({
            ...apart.population,
            inputs: apart.population.inputs.map(undigested),
          }).toEqual({ ...population, inputs: population.inputs.map(undigested) });
        },
      ),
      { numRuns: 50 },
    );
    expect(most).toBeGreaterThan(20);
  });

  test("cover the file and nothing twice", async () => {
    const [input] = await planned(write("{}\n".repeat(3000)));
    if (input === undefined) throw new Error("one file was written");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8999 }), (pieceBytes) => {
        const ranges = partsOf([input], pieceBytes).map((part) => part.input.range);
        const starts = ranges.map((range) => range?.start ?? -1);
        const ends = ranges.map((range) => range?.end ?? -1);
        expect(starts).toEqual([0, ...ends.slice(0, -1)]);
        expect(ends.at(-1)).toBe(9000);
        const sizes = ends.map((end, index) => end - (starts[index] ?? 0));
        expect(Math.min(...sizes)).toBeGreaterThan(0);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(pieceBytes);
      }),
      { numRuns: 100 },
    );
    expect(partsOf([input], 9000)).toEqual([{ index: 0, input }]);
  });

  test("only lines that say everything about their record are cut apart", async () => {
    const path = write("{}\n".repeat(3000));
    const [input] = await planned(path);
    if (input === undefined) throw new Error("one file was written");
    const [name] = IDENTITY.fields.values();
    if (name === undefined) throw new Error("the identity maps every field");
    const line = { source: "line", term: { kind: "name" as const, name: "line" }, paths: ["line"] };
    const answers = { when: name, to: name, fields: new Map() };
    const pieces = (changes: object) =>
      partsOf([{ ...input, mapping: { ...IDENTITY, ...changes } }], 4000).length;
    expect(pieces({})).toBe(3);
    expect(pieces({ answers })).toBe(1);
    expect(pieces({ fields: new Map([["id", line]]) })).toBe(1);
    expect(pieces({ lets: new Map([["where", line]]) })).toBe(1);
    expect(isIndependent(input)).toBe(true);
    expect(isIndependent({ ...input, mapping: { ...IDENTITY, key: name } })).toBe(false);
    const { bytes: _, ...endless } = input.file;
    expect(isIndependent({ ...input, file: endless })).toBe(false);
    expect(isIndependent({ ...input, file: { ...input.file, format: "parquet" } })).toBe(false);
  });
});

/** Answers a question, and keeps what was rejected. */
async function answerOf(
  paths: readonly string[],
  question: Question,
  options: Partial<LogOptions>,
) {
  const rejected: RejectedRecord[] = [];
  const engine = await log(paths, {
    mapping: IDENTITY,
    mappings: [],
    onRejected: (record) => rejected.push({ ...record, bytes: Buffer.from(record.bytes) }),
    ...options,
  });
  return { answer: await engine.observe(question), rejected };
}

describe("threads", () => {
  test("tell what one thread tells, and hand on what was rejected in the log's order", async () => {
    const paths = [1, 2, 3].map((seed) => write(writtenLog(seed, 1500).bytes));
    const [asked] = fc.sample(probes, { seed: 1, numRuns: 1 });
    for (const within of [{}, { start: START }]) {
      const question = questionOf(asked ?? [], within, START);
      const expected = await answerOf(paths, question, { workers: 1 });
      for (const pieceBytes of [20_000, 90_000, 10_000_000]) {
        expect(await answerOf(paths, question, { workers: 3, pieceBytes })).toEqual(expected);
      }
      expect(expected.rejected.length).toBeGreaterThan(150);
    }
  });

  test("hand on many rejected records a few at a time", async () => {
    const path = write(`${"{".repeat(3000)}\n`.repeat(2000));
    const question = { measures: [], period: {}, now: START };
    const { answer, rejected } = await answerOf([path], question, {
      workers: 2,
      pieceBytes: 1 << 20,
    });
    expect(answer.population).toMatchObject({ read: 2000, rejected: 2000 });
    expect(rejected.map(({ line }) => line)).toEqual(
      Array.from({ length: 2000 }, (_, index) => index + 1),
    );
  });

  test("a failure of one is the answer's", async () => {
    const path = write(writtenLog(5, 3000).bytes);
    const engine = await log([path], {
      mapping: IDENTITY,
      mappings: [],
      workers: 2,
      pieceBytes: 1000,
    });
    rmSync(path);
    await expect(engine.observe({ measures: [], period: {}, now: START })).rejects.toMatchObject({
      code: "unreadable-source",
    });
  });
});
