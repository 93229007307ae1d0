// Samples against a naive drawing: digest everything, sort, take the first.

import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Question } from "../../src/engines/engine.ts";
import { columnsOf, fold } from "../../src/engines/fold/fold.ts";
import type { FoldAnswer } from "../../src/engines/fold/fold.ts";
import { memory } from "../../src/engines/memory.ts";
import { toEvidence } from "../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { naiveText } from "../expression/written.ts";
import type { OddEntry } from "../expression/written.ts";
import { everyEngine, placeless } from "./every-engine.ts";
import type { EngineName } from "./every-engine.ts";
import { HOUR, START, longLog, period, probes, questionOf } from "./logs.ts";

const engines = everyEngine();
afterAll(() => engines.remove());
const NOW = START + 5 * HOUR;

function inParts(
  question: Question,
  log: readonly OddEntry[],
  cuts: readonly number[],
  order: readonly number[],
): FoldAnswer {
  const columns = columnsOf(question);
  const bounds = [
    0,
    ...cuts.map((cut) => cut % (log.length + 1)).toSorted((a, b) => a - b),
    log.length,
  ];
  const states = bounds.slice(1).map((end, at) => {
    const from = bounds[at] ?? 0;
    const running = fold(question, from + 1);
    for (const entry of log.slice(from, end)) {
      running.step(
        columns.map((column) => entry[column]),
        entry as AuditEntry,
        0,
      );
    }
    return structuredClone(running.state);
  });
  const whole = fold(question);
  for (const at of order) if (states[at] !== undefined) whole.merge(states[at]);
  return whole.finish((entry) => toEvidence(entry as AuditEntry));
}

const digest = (seed: string, measure: string, identity: string): string =>
  createHash("sha256").update(`${seed}\0${measure}\0${identity}`).digest("hex");

const parts = fc.tuple(
  fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
  fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
);

describe("samples", () => {
  test("are the smallest digests of the population, whole and in parts", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 120 }),
        probes,
        fc.integer({ min: 1, max: 30 }),
        fc.string({ maxLength: 5 }),
        parts,
        (seed, length, asked, size, word, [cuts, order]) => {
          const log = longLog(seed, length);
          const question = { ...questionOf(asked, {}, NOW), sampling: { size, seed: word } };
          const { samples, observations } = inParts(question, log, [], [0]);
          expect(inParts(question, log, cuts, order).samples).toEqual(samples);
          for (const { measure, population } of asked.filter(
            ({ measure: { kind } }) => kind === "count",
          )) {
            const expected = log
              .map((entry, at) => ({ entry, at: at + 1 }))
              .filter(({ entry }) => population(entry))
              .map(({ entry, at }) => {
                const identity = naiveText(entry.id) || `#${at}`;
                return { entry, at, key: digest(word, measure.id, identity) };
              })
              .toSorted(
                (a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) || a.at - b.at,
              )
              .slice(0, size)
              .map(({ entry }) => toEvidence(entry as AuditEntry));
            expect(samples?.get(measure.id)).toEqual(expected);
          }
          for (const { measure } of asked) {
            const drawn = samples?.get(measure.id) ?? [];
            if (["reach", "identity"].includes(measure.kind)) continue;
            const { population = 0 } = observations.get(measure.id) ?? {};
            expect([measure.id, drawn.length]).toEqual([measure.id, Math.min(size, population)]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("of a smaller size begin those of a larger one, and another seed draws others", async () => {
    const log = longLog(3, 300).map((entry, at) =>
      Object.assign(entry, { id: at }),
    ) as AuditEntry[];
    const [probe] = fc.sample(probes, { numRuns: 1, seed: 1 });
    if (probe === undefined) throw new Error("there are probes");
    const every = probe.filter(({ measure }) => measure.id === "reach");
    const draw = async (size: number, seed: string) => {
      const question = { ...questionOf(every, {}, NOW), sampling: { size, seed } };
      return (await memory(log).observe(question)).samples?.get("reach") ?? [];
    };
    const few = await draw(5, "a");
    expect((await draw(10, "a")).slice(0, few.length)).toEqual(few);
    expect(await draw(10, "b")).not.toEqual(await draw(10, "a"));
  });

  test("are absent when none are asked for", async () => {
    expect(await memory([]).observe({ measures: [], period: {}, now: 0 })).not.toHaveProperty(
      "samples",
    );
  });

  test.each<EngineName>(["sqlite", "log", "ledger"])("are the same through %s", async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), probes, period, async (seed, asked, within) => {
        const log = longLog(seed, 80).map((entry, at) =>
          Object.assign(entry, {
            id: at % 9 === 0 && name !== "sqlite" ? null : at + 1,
            agent_id: ["a", "b", "", null][at % 4],
            timestamp: typeof entry.timestamp === "number" ? null : entry.timestamp,
          }),
        ) as AuditEntry[];
        const question = { ...questionOf(asked, within, NOW), sampling: { size: 7, seed: "s" } };
        const expected = (await memory(log).observe(question)).samples;
        const engine = await engines.open(name, log);
        const { samples } = await engine.observe(question);
        await engine.close();
        expect([...(samples ?? [])].map(([id, drawn]) => [id, drawn.map(placeless)])).toEqual(
          [...(expected ?? [])].map(([id, drawn]) => [id, drawn]),
        );
      }),
      { numRuns: name === "ledger" ? 4 : 15 },
    );
  });
});
