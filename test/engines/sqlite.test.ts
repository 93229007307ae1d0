// The SQLite engine against the naive reference over the rows as SQLite itself gives them.

import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type BetterSqlite3 from "better-sqlite3";
import { sqlite } from "../../src/engines/sqlite.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import { OLDEST_COLUMNS, writeAuditDatabase } from "../conformance/audit-database.ts";
import type { OddEntry } from "../expression/written.ts";
import { ODD_TEXTS } from "../expression/written.ts";
import { START, longLog, period, probes, questionOf } from "./logs.ts";
import { naiveAnswer } from "./naive.ts";

const Database = createRequire(import.meta.url)("better-sqlite3") as typeof BetterSqlite3;

let folder = "";
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "engines-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(entries: readonly OddEntry[], columns = ENTRY_FIELD_NAMES): string {
  files += 1;
  const path = join(folder, `${files}.db`);
  writeAuditDatabase(path, entries as AuditEntry[], columns);
  return path;
}

function stored(path: string): OddEntry[] {
  const database = new Database(path, { readonly: true });
  const rows = database.prepare("SELECT * FROM audit_log ORDER BY rowid").all();
  database.close();
  return rows as OddEntry[];
}

/** SQLite has no other ids in a key column, and a log with a missing one has no key column. */
function idIn(id: unknown): unknown {
  return typeof id === "number" ? id : null;
}

const value = fc.oneof(
  fc.constantFrom<unknown>(...ODD_TEXTS, null, 0, 7, 1.5, -3),
  fc.string({ unit: "grapheme", maxLength: 5 }),
);
const storable = fc.record(
  {
    session_id: value,
    agent_id: value,
    matched_rule: value,
    action_params: value,
    chain_depth: value,
    result_status: value,
  },
  { requiredKeys: [] },
);

describe("the SQLite engine", () => {
  test("answers as the naive reference does, in the newest and the oldest shape", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          length: fc.nat(90),
          odd: fc.array(storable),
          old: fc.boolean(),
        }),
        probes,
        period,
        async ({ seed, length, odd, old }, asked, within) => {
          const columns = old ? OLDEST_COLUMNS : ENTRY_FIELD_NAMES;
          const entries = longLog(seed, length).map((entry, index) =>
            Object.assign(entry, odd[index], { id: idIn(entry.id) }),
          );
          const path = write(entries, columns);
          const rows = stored(path);
          const question = questionOf(asked, within, START);
          const engine = await sqlite(path, { workers: 1 });
          const answer = await engine.observe(question);
          const { population, observations, activity } = answer;
          const again = await engine.observe(question);
          await engine.close();
          const expected = naiveAnswer(question, asked, rows);
          expect(observations).toEqual(expected.observations);
          expect(population).toMatchObject({
            ...expected.population,
            recorded: new Map(
              columns.map((name) => [name, expected.population.recorded.get(name)]),
            ),
          });
          expect(population.recordable).toEqual(columns);
          expect(activity).toEqual(expected.activity);
          expect(again).toEqual(answer);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test("row numbers beyond the exact numbers are refused, not taken for none", async () => {
  const path = write([{ id: 1, timestamp: "2026-01-01T00:00:00Z" }]);
  const database = new Database(path);
  database.exec("INSERT INTO audit_log (id) VALUES (9007199254740993)");
  database.close();
  await expect(sqlite(path)).rejects.toMatchObject({
    code: "unsupported-source",
    message: expect.stringContaining("9007199254740993") as string,
  });
});
