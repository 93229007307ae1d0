// Damaged SQLite files: what can be read is read in order, and the rest is an error with a
// reason, never a crash.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { ComplianceError } from "../../src/model/error.ts";
import { source } from "../../src/sources/sqlite-table.ts";
import { openForWriting } from "../../src/sqlite/writer.ts";

const ROWS = 500;
const RUNS = 200;

const folder = mkdtempSync(join(tmpdir(), "damaged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function linesOf(path: string): Promise<readonly number[]> {
  const lines: number[] = [];
  const file = { path, name: "damaged.db", format: "sqlite", packing: "none" } as const;
  for await (const batch of source(file, {})) lines.push(...batch.map(({ line }) => line));
  return lines;
}

test("100,000 rows of damaged files", async () => {
  const whole = join(folder, "whole.db");
  const writer = openForWriting(whole);
  writer.run("CREATE TABLE events (id INTEGER PRIMARY KEY, name TEXT, data BLOB)");
  for (let row = 1; row <= ROWS; row += 1) {
    writer.run(`INSERT INTO events VALUES (${row}, 'event ${row}', x'00ff')`);
  }
  writer.close();
  expect(await linesOf(whole)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));

  const bytes = readFileSync(whole);
  let round = 0;
  let refusedFiles = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(bytes.length - 17), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      async (flips) => {
        const damaged = Buffer.from(bytes);
        for (const [at, byte] of flips) damaged[16 + at] = byte;
        // A name of its own each time: a database may be kept open by its name.
        round += 1;
        const path = join(folder, `${round}.db`);
        writeFileSync(path, damaged);
        const lines = await linesOf(path).catch((error: unknown) => {
          if (!(error instanceof ComplianceError)) throw error;
          refusedFiles += 1;
          return [];
        });
        expect(lines).toEqual(lines.map((_, index) => index + 1));
        rmSync(path);
      },
    ),
    { numRuns: RUNS },
  );
  expect(refusedFiles).toBeLessThan(RUNS);
}, 60_000);
