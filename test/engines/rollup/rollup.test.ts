// A log with a rollup answers as the log does, whatever happened to it between two reports.

import { createRequire } from "node:module";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import * as fc from "fast-check";
import { Client } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import type { Answer, Question } from "../../../src/engines/engine.ts";
import type { GrowingEngine } from "../../../src/engines/growing.ts";
import { postgresql } from "../../../src/engines/postgresql.ts";
import { rollup } from "../../../src/engines/rollup.ts";
import type { RollupOptions, RollupUse } from "../../../src/engines/rollup.ts";
import { sqlite } from "../../../src/engines/sqlite.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import { formatInstant } from "../../../src/model/instant.ts";
import { writeAuditDatabase } from "../../conformance/audit-database.ts";
import { describeWith } from "../../servers/needs.ts";
import { sharedPostgres } from "../../servers/shared.ts";
import { writeTable } from "../postgresql/written-table.ts";
import { HOUR, START, longLog, probes, questionOf, sequence } from "../logs.ts";

const Database = createRequire(import.meta.url)("better-sqlite3") as typeof BetterSqlite3;
const folder = mkdtempSync(join(tmpdir(), "aegis-rollup-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const fresh = (ending: string): string => {
  files += 1;
  return join(folder, `${files}${ending}`);
};

/** Without the digests of a file that its writer may still be changing. */
const counted = ({ population: { inputs: _inputs, ...population }, ...rest }: Answer) => ({
  population,
  ...rest,
});

interface Asked {
  readonly answer: Answer;
  readonly use: RollupUse | undefined;
}

async function ask(
  log: GrowingEngine,
  file: string,
  question: Question,
  options: Partial<RollupOptions> = {},
): Promise<Asked> {
  let use: RollupUse | undefined;
  const engine = rollup(log, file, {
    log: "audit",
    tool: "test 1",
    ...options,
    onUse: (told) => {
      use = told;
    },
  });
  try {
    return { answer: await engine.observe(question), use };
  } finally {
    await engine.close();
  }
}

async function directly(log: GrowingEngine, question: Question): Promise<Answer> {
  const answer = await log.observe(question);
  await log.close();
  return answer;
}

const open = (path: string): Promise<GrowingEngine> => sqlite(path, { workers: 1 });

/** A log in the order of time, an entry every ten minutes. */
function regular(length: number): AuditEntry[] {
  return Array.from({ length }, (_, index) => ({
    id: index + 1,
    timestamp: formatInstant(START + index * (HOUR / 6)),
    agent_id: `agent-${index % 3}`,
    session_id: `s-${index % 7}`,
    action_type: index % 5 === 0 ? "delete" : "read",
    action_target: "crm",
    risk_level: ["LOW", "MEDIUM", "HIGH", "CRITICAL"][index % 4] as string,
    approval: ["auto", "approve", "block"][index % 3] as string,
    human_decision: index % 3 === 1 ? "approved" : null,
    matched_rule: `rule-${index % 4}`,
    result_status: index % 3 === 2 ? "blocked" : "success",
    chain_id: `c-${index % 11}`,
    chain_depth: index % 2,
  }));
}

const catalog = loadCatalog();
const NOW = START + 400 * HOUR;
const everything: Question = {
  measures: catalog.everyMeasureId
    .map((id) => catalog.measure(id).measure)
    .filter(({ kind }) => kind !== "policy-lint" && kind !== "policy-replay"),
  period: {},
  now: NOW,
};

describe("a rollup", () => {
  test("names its log by size; the digest is there when everything was read", async () => {
    const path = fresh(".db");
    const file = fresh(".rollup");
    writeAuditDatabase(path, regular(60));
    const [plain] = (await directly(await open(path), everything)).population.inputs;
    const { sha256, ...named } = { ...plain, through: { kind: "rollup" } };
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const { answer } = await ask(await open(path), file, everything);
    expect(answer.population.inputs).toEqual([named]);
    const verified = await ask(await open(path), file, everything, { verify: true });
    expect(verified.answer.population.inputs).toEqual([{ ...named, sha256 }]);
  });

  test("answers every measure, and then reads only what is new", async () => {
    const path = fresh(".db");
    const file = fresh(".rollup");
    writeAuditDatabase(path, regular(900));
    const first = await ask(await open(path), file, everything);
    expect(counted(first.answer)).toEqual(counted(await directly(await open(path), everything)));
    expect(first.use).toMatchObject({ kind: "used", update: { read: 900, kept: 0 } });

    const again = await ask(await open(path), file, everything);
    expect(counted(again.answer)).toEqual(counted(first.answer));
    // 48 hours of six entries each, and the one that is just as old.
    expect(again.use).toMatchObject({ update: { read: 289, kept: 611 } });

    const database = new Database(path);
    const insert = database.prepare(
      "INSERT INTO audit_log (timestamp, agent_id, approval, risk_level) VALUES (?, 'late', 'auto', 'HIGH')",
    );
    for (const hours of [150, 3, 151, 152.5]) insert.run(formatInstant(START + hours * HOUR));
    database.close();
    const later = await ask(await open(path), file, everything, { verify: true });
    expect(counted(later.answer)).toEqual(counted(await directly(await open(path), everything)));
    expect(later.use).toMatchObject({ kind: "used", verified: true, update: { read: 293 } });
  });

  test("several questions in one file do not disturb each other", async () => {
    const path = fresh(".db");
    const file = fresh(".rollup");
    writeAuditDatabase(path, regular(600));
    const one = { ...everything, measures: everything.measures.slice(0, 10) };
    const other = { ...everything, measures: everything.measures.slice(10, 30) };
    for (const question of [one, other]) await ask(await open(path), file, question);
    for (const question of [one, other]) {
      const { answer, use } = await ask(await open(path), file, question);
      expect(counted(answer)).toEqual(counted(await directly(await open(path), question)));
      expect(use).toMatchObject({ update: { read: 289, kept: 311 } });
    }
  });

  test.each([
    ["a month and more", { start: START, end: START + 32 * 24 * HOUR }],
    ["a day", { start: START + 24 * HOUR, end: START + 48 * HOUR }],
    ["three hours", { start: START + 5 * HOUR, end: START + 8 * HOUR }],
    ["the newest hours", { start: START + 140 * HOUR }],
    ["nothing", { start: START - 9 * HOUR, end: START }],
  ])("answers a period of whole hours: %s", async (_, period) => {
    const path = fresh(".db");
    writeAuditDatabase(path, regular(900));
    const question = { ...everything, period };
    const { answer, use } = await ask(await open(path), fresh(".rollup"), question);
    expect(use).toMatchObject({ kind: "used" });
    expect(counted(answer)).toEqual(counted(await directly(await open(path), question)));
  });

  test.each([
    ["period", { period: { start: START + 1 } }],
    ["sample", { sampling: { size: 3, seed: "a" } }],
    ["future", { now: START + 100 * HOUR + 1 }],
  ])("is not used where it cannot answer: %s", async (why, part) => {
    const path = fresh(".db");
    writeAuditDatabase(path, regular(900));
    const question: Question = { ...everything, ...part };
    const { answer, use } = await ask(await open(path), fresh(".rollup"), question);
    expect(use).toEqual({ kind: "not-used", why });
    expect(counted(answer)).toEqual(counted(await directly(await open(path), question)));
  });

  test("notices that entries were removed, and reads everything again", async () => {
    const path = fresh(".db");
    const file = fresh(".rollup");
    writeAuditDatabase(path, regular(900));
    await ask(await open(path), file, everything);
    const database = new Database(path);
    database.exec("DELETE FROM audit_log WHERE id IN (17, 100)");
    database.close();
    const { answer, use } = await ask(await open(path), file, everything);
    expect(use).toMatchObject({ update: { rebuilt: "entries-removed", kept: 0, read: 898 } });
    expect(counted(answer)).toEqual(counted(await directly(await open(path), everything)));
  });

  test("sees what a human answered later, and verifying sees every other change", async () => {
    const path = fresh(".db");
    const file = fresh(".rollup");
    writeAuditDatabase(path, regular(900));
    await ask(await open(path), file, everything);
    const change = (id: number): void => {
      const database = new Database(path);
      database.prepare("UPDATE audit_log SET human_decision = 'denied' WHERE id = ?").run(id);
      database.close();
    };
    change(881);
    const { answer } = await ask(await open(path), file, everything, { verify: true });
    expect(counted(answer)).toEqual(counted(await directly(await open(path), everything)));
    change(32);
    await expect(ask(await open(path), file, everything, { verify: true })).rejects.toMatchObject({
      code: "not-verified",
    });
  });

  test("of another log is made anew", async () => {
    const path = fresh(".db");
    const file = fresh(".rollup");
    writeAuditDatabase(path, regular(600));
    await ask(await open(path), file, everything);
    const { use } = await ask(await open(path), file, everything, { log: "other" });
    expect(use).toMatchObject({ update: { rebuilt: "other-log", read: 600 } });
  });

  test("of an empty log", async () => {
    const path = fresh(".db");
    const file = fresh(".rollup");
    writeAuditDatabase(path, []);
    for (let time = 0; time < 2; time += 1) {
      const { answer } = await ask(await open(path), file, everything);
      expect(counted(answer)).toEqual(counted(await directly(await open(path), everything)));
    }
  });

  test("of random logs that grow at random", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), probes, async (seed, asked) => {
        const next = sequence(seed);
        const entries = longLog(seed, 200).map((entry, index) => ({
          ...entry,
          id: index + 1,
          timestamp: typeof entry.timestamp === "number" ? null : entry.timestamp,
        })) as AuditEntry[];
        const file = fresh(".rollup");
        const bounds = [Math.floor(next() * 200), Math.floor(next() * 200), 200];
        for (const end of bounds.toSorted((left, right) => left - right)) {
          const path = fresh(".db");
          writeAuditDatabase(path, entries.slice(0, end));
          const period =
            next() < 0.5
              ? {}
              : { start: START + Math.floor(next() * 30) * HOUR, end: START + 50 * HOUR };
          const question = questionOf(asked, period, NOW);
          const openHours = Math.floor(next() * 40);
          const { answer } = await ask(await open(path), file, question, { openHours });
          expect(counted(answer)).toEqual(counted(await directly(await open(path), question)));
        }
      }),
      { numRuns: 12 },
    );
  });

  test("a file that is something else is left alone", async () => {
    const path = fresh(".db");
    writeAuditDatabase(path, regular(3));
    const text = fresh(".txt");
    writeFileSync(text, "a text");
    const log = await open(path);
    expect(() => rollup(log, path, { log: "a", tool: "t" })).toThrow(
      expect.objectContaining({ code: "unsupported-source" }) as Error,
    );
    expect(() => rollup(log, text, { log: "a", tool: "t" })).toThrow(
      expect.objectContaining({ code: "unsupported-source" }) as Error,
    );
    expect(() => rollup(log, fresh(".rollup"), { log: "a", tool: "t", openHours: -1 })).toThrow(
      expect.objectContaining({ code: "invalid-option" }) as Error,
    );
    expect(await directly(log, everything)).toMatchObject({ population: { read: 3 } });
  });
});

describeWith(["postgresql"], "a rollup of a PostgreSQL table", () => {
  test("answers as the table does, and reads only what is new", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await writeTable(client, regular(900), { name: "grown" });
      const address = `${url}?table=grown&order=ordinal`;
      const file = fresh(".rollup");
      await ask(await postgresql(address), file, everything);
      await client.query("INSERT INTO grown SELECT * FROM grown WHERE false");
      const { answer, use } = await ask(await postgresql(address), file, everything);
      expect(use).toMatchObject({ update: { read: 289, kept: 611 } });
      expect(counted(answer)).toEqual(
        counted(await directly(await postgresql(address), everything)),
      );
    } finally {
      await client.end();
    }
  });
});
