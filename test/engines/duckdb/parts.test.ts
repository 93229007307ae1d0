// A large file may be read in any pieces by any threads: nothing of that may show.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { lookUpRows } from "../../../src/engines/duckdb/look-up.ts";
import type { ReadTable } from "../../../src/engines/duckdb/look-up.ts";
import { fastParts, tasksOf } from "../../../src/engines/duckdb/places.ts";
import { readAlone } from "../../../src/engines/duckdb/read-part.ts";
import { rowRanges } from "../../../src/engines/duckdb/row-ranges.ts";
import type { PlacedEntry } from "../../../src/engines/fold/accumulator.ts";
import { foldFrom } from "../../../src/engines/log/fold-sink.ts";
import { placeText } from "../../../src/engines/log/parts.ts";
import { log } from "../../../src/engines/log.ts";
import { openDuckDb } from "../../../src/duckdb/open.ts";
import { planIntake } from "../../../src/intake/plan.ts";
import { toEvidence } from "../../../src/model/audit-entry.ts";
import { HOUR, START, probes, questionOf } from "../logs.ts";
import type { Question } from "../../../src/engines/engine.ts";
import { jsonLine, ownEntry, style } from "./own-logs.ts";

const folder = mkdtempSync(join(tmpdir(), "aegis-duckdb-parts-"));
afterAll(() => rmSync(folder, { recursive: true }));
const mapping = loadCatalog().mapping("aegis-jsonl");
const table = loadCatalog().mapping("aegis-table");
let files = 0;

async function inPieces(path: string, question: Question, pieceBytes: number, threads = 2) {
  const used = path.endsWith(".parquet") ? table : mapping;
  const plan = await planIntake([path], { mapping: used, mappings: [] });
  const parts = fastParts(plan, threads, pieceBytes);
  const tasks = tasksOf(parts, await rowRanges(plan.inputs, threads));
  const whole = foldFrom(question, 0);
  const lines: number[] = [];
  const tables: ReadTable[] = [];
  for (const task of tasks.toReversed()) {
    const options = { base: 0, onProgress() {}, signal: undefined, rejections: false };
    const { state, read } = await readAlone(question, task, options);
    whole.merge(structuredClone(state));
    lines[task.part] = read.lines;
    if (task.rows !== undefined) {
      tables.push({ input: task.input, rows: task.rows, first: read.first });
    }
  }
  let before = 0;
  const linesBefore = parts.map((_, part) => {
    before += part === 0 ? 0 : (lines[part - 1] ?? 0);
    return before;
  });
  const positions = [...whole.references()].filter((reference) => typeof reference === "number");
  const rows = await lookUpRows(tables, positions);
  const { observations, activity } = whole.finish(
    (reference) =>
      typeof reference === "number"
        ? (rows.get(reference) ?? {})
        : {
            ...toEvidence(reference),
            source: placeText(parts, linesBefore, reference as PlacedEntry),
          },
    (place) => placeText(parts, linesBefore, place),
  );
  return { tasks: tasks.length, found: { observations, activity } };
}

async function inOne(path: string, question: Question) {
  const used = path.endsWith(".parquet") ? table : mapping;
  const engine = await log([path], { mapping: used, mappings: [], workers: 1 });
  const { observations, activity } = await engine.observe(question);
  return { observations, activity };
}

test("JSON Lines in pieces that end anywhere", async () => {
  let most = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(ownEntry, style), { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 20, max: 900 }),
      fc.constantFrom("\n", "\r\n", "\n\n"),
      probes,
      async (entries, pieceBytes, end, asked) => {
        files += 1;
        const path = join(folder, `${files}.jsonl`);
        const lines = entries.flatMap(([entry, written]) => [
          jsonLine(entry, written),
          Buffer.from(end),
        ]);
        writeFileSync(path, Buffer.concat(lines));
        const question = questionOf(asked, {}, START + 3 * HOUR);
        const { tasks, found } = await inPieces(path, question, pieceBytes);
        most = Math.max(most, tasks);
        expect(found).toEqual(await inOne(path, question));
      },
    ),
    { numRuns: 40 },
  );
  expect(most).toBeGreaterThan(10);
}, 60_000);

test("Parquet in ranges of rows", async () => {
  const path = join(folder, "rows.parquet");
  const duckdb = await openDuckDb({ path: folder });
  await duckdb.run(
    `COPY (SELECT i AS id, strftime(TIMESTAMP '2026-01-01' + INTERVAL (i % 90000) SECOND, '%Y-%m-%dT%H:%M:%SZ') AS timestamp,
       'a' || (i % 3) AS agent_id, CASE i % 2 WHEN 0 THEN 'auto' ELSE 'block' END AS approval, 'x' AS action_type
     FROM range(1, 63001) AS t(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 6144)`,
  );
  await duckdb.close();
  const [asked = []] = fc.sample(probes, { seed: 3, numRuns: 1 });
  const question = questionOf(asked, {}, START + 900 * HOUR);
  const { tasks, found } = await inPieces(path, question, 1 << 20);
  expect(tasks).toBeGreaterThan(1);
  expect(found).toEqual(await inOne(path, question));
}, 120_000);
