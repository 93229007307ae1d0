// Parquet read by the combinations of its values, beside the same file read strictly: the answers
// must be equal, and the way must have been taken as often as it can.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { openDuckDb } from "../../../src/duckdb/open.ts";
import { quoteText } from "../../../src/duckdb/sql-text.ts";
import type { Answer, Question } from "../../../src/engines/engine.ts";
import { duckdbLog } from "../../../src/engines/duckdb.ts";
import { AlikeRows } from "../../../src/engines/duckdb/alike-rows.ts";
import { columnsOf, readsEachEntry } from "../../../src/engines/fold/fold.ts";
import { ENTRY_FIELDS } from "../../../src/model/audit-entry.ts";
import { HOUR, START } from "../logs.ts";
import { POLICY_DOCUMENT } from "../naive.ts";

const folder = mkdtempSync(join(tmpdir(), "aegis-alike-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const catalog = loadCatalog();
const mapping = catalog.mapping("aegis-table");
const measures = catalog.everyMeasureId
  .map((id) => catalog.measure(id).measure)
  .filter((measure) => !readsEachEntry({ measures: [measure] }))
  .filter((measure) => columnsOf({ measures: [measure] }).every((f) => ENTRY_FIELDS[f] !== "json"));

/** One of each kind. */
const ofEachKind = [...new Map(measures.map((measure) => [measure.kind, measure])).values()];

const QUESTION: Question = {
  measures: ofEachKind,
  period: {},
  now: START + 30 * HOUR,
  inputs: { roster: ["a0", "a1"], deployedSince: START - 25 * HOUR, recoveryTime: HOUR },
  policy: POLICY_DOCUMENT,
};

/** Three windows: row groups of this size are not joined. */
const GROUP = 18_432;
const ROWS = 60_000;
const TIME =
  "strftime(TIMESTAMP '2026-01-01' + to_microseconds(i * 7000001 + CASE WHEN i > 9000 THEN 9000000000 ELSE 0 END), '%Y-%m-%dT%H:%M:%S.%f+00:00')";

/** Rows of a log with few combinations of values; columns are replaced by name. */
function rowsOf(columns: Readonly<Record<string, string>> = {}, rows = ROWS): string {
  const all = {
    id: "i",
    timestamp: TIME,
    session_id: "'s' || (i // 9000)",
    action_type: "['read', 'delete_user', 'send_email', ''][1 + i % 4]",
    action_target: "CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN 'customers' ELSE 'x' END",
    action_params: "CASE WHEN i % 10 = 0 THEN '{\"n\": ' || i || '}' END",
    action_desc: "'does thing'",
    risk_level: "['LOW', 'MEDIUM', 'HIGH', 'CRITICAL', NULL, 'high'][1 + i % 6]",
    approval: "['auto', 'approve', 'block'][1 + (i // 2) % 3]",
    matched_rule: "['r', '<default>', NULL][1 + i % 3]",
    human_decision: "CASE WHEN i % 8 = 0 THEN 'approved' WHEN i % 12 = 3 THEN 'denied' END",
    result_status: "['success', 'failed', 'blocked'][1 + (i // 4) % 3]",
    result_data: "repeat('y', (i % 40)::INTEGER)",
    result_error: "CASE WHEN i % 24 = 0 THEN 'timeout' END",
    agent_id: "'a' || (i % 4)",
    parent_agent_id: "NULL::VARCHAR",
    chain_id: "'c' || (i // 20000)",
    chain_depth: "(i % 3)::INTEGER",
    ...columns,
  };
  const select = Object.entries(all)
    .filter(([, sql]) => sql !== "")
    .map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${select.join(", ")} FROM range(1, ${rows + 1}) AS t(i)`;
}

let files = 0;

async function written(sql: string, group = GROUP): Promise<string> {
  files += 1;
  const place = join(folder, String(files));
  mkdirSync(place);
  const duckdb = await openDuckDb({ path: place });
  const path = join(place, "log.parquet");
  await duckdb.run(`COPY (${sql}) TO ${quoteText(path)} (FORMAT parquet, ROW_GROUP_SIZE ${group})`);
  await duckdb.close();
  return path;
}

/** Reads in both ways; by window, whether it was taken by its combinations. */
async function both(
  paths: readonly string[],
  question = QUESTION,
  workers = 1,
): Promise<{ readonly taken: readonly boolean[]; readonly answer: Answer }> {
  const take = vi.spyOn(AlikeRows.prototype, "take");
  const observe = async (fast: "only" | "never"): Promise<Answer> => {
    const engine = await duckdbLog(paths, { mapping, mappings: [], workers, fast });
    const answer = await engine.observe(question);
    await engine.close();
    return answer;
  };
  const answer = await observe("only");
  const taken = take.mock.results.map(({ value }) => value === true);
  const strict = await observe("never");
  expect(answer).toEqual(strict);
  return { taken, answer };
}

const all = (taken: readonly boolean[]): boolean => taken.length > 1 && taken.every(Boolean);

describe("a table by the combinations of its values", () => {
  test("every window is taken, and evidence is found again", async () => {
    const { taken, answer } = await both([await written(rowsOf())], { ...QUESTION, measures });
    expect(all(taken)).toBe(true);
    const gaps = answer.observations.get("silence-over-an-hour");
    expect(gaps?.exceptionEntries.map(({ id }) => id)).toEqual([9001]);
    expect([...answer.observations.values()].some(({ exceptions }) => exceptions > 1000)).toBe(
      true,
    );
    expect(answer.population.recorded.get("result_error")).toBe(2500);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["ids that are texts", { id: "'e-' || i" }],
    ["ids that are digits in texts", { id: "(i * 3)::VARCHAR" }],
    ["ids with holes", { id: "i + i // 1000" }],
    ["ids twice", { id: "i // 2" }],
    ["large ids", { id: "9007199254000000 + i" }],
    ["no ids", { id: "" }],
    [
      "times without an offset",
      {
        timestamp: "strftime(make_timestamp(1767225600000000 + i * 1000000), '%Y-%m-%d %H:%M:%S')",
      },
    ],
    ["times as times", { timestamp: "make_timestamp(1767225600000000 + i * 1000001)" }],
    [
      "times with a zone",
      { timestamp: "make_timestamp(1767225600000000 + i * 1000001)::TIMESTAMPTZ" },
    ],
    [
      "times of many shapes",
      {
        timestamp:
          "CASE i % 4 WHEN 0 THEN '2026-01-02T03:04:05Z' WHEN 1 THEN '2026-01-02T05:04:06.5+02:00' WHEN 2 THEN '2026-01-01 23:59:59.123456789' ELSE '2026-01-02T00:34:07-0230' END",
      },
    ],
    [
      "times out of order",
      {
        timestamp:
          "strftime(make_timestamp(1767225600000000 + ((i * 7919) % 30000) * 1000000), '%Y-%m-%dT%H:%M:%SZ')",
      },
    ],
    ["columns that are missing", { agent_id: "", human_decision: "", matched_rule: "" }],
    ["empty texts and none", { agent_id: "CASE i % 3 WHEN 0 THEN '' WHEN 1 THEN 'a' END" }],
    ["a depth of many sizes", { chain_depth: "(i % 100)::BIGINT" }],
    [
      "words in many letters",
      {
        agent_id:
          "['é🔒', 'K', 'İ', chr(65279) || 'x', 'a' || chr(10) || 'b', '\"', '\\'][1 + i % 7]",
      },
    ],
  ])("%s", async (_, columns) => {
    const { taken } = await both([await written(rowsOf(columns))]);
    expect(all(taken)).toBe(true);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    [
      "a time that cannot be read",
      { timestamp: `CASE WHEN i = 9000 THEN 'soon' ELSE ${TIME} END` },
    ],
    ["no time", { timestamp: `CASE WHEN i = 9000 THEN NULL ELSE ${TIME} END` }],
    ["no id", { id: "CASE WHEN i = 9000 THEN NULL ELSE i END" }],
  ])("a window with %s is read row by row", async (_, columns) => {
    const { taken } = await both([await written(rowsOf(columns))]);
    expect(taken.filter((one) => !one)).toHaveLength(1);
    expect(taken.length).toBeGreaterThan(2);
  });

  test("a period: windows outside and inside are taken, those on its bounds are not", async () => {
    const path = await written(rowsOf());
    const within = { start: START + 10 * HOUR, end: START + 90 * HOUR };
    const { taken, answer } = await both([path], { ...QUESTION, period: within });
    expect(taken.filter((one) => !one)).toHaveLength(2);
    expect(answer.population.inScope).toBeGreaterThan(1000);
    expect(answer.population.outOfPeriod).toBeGreaterThan(1000);
  });

  test("several files, by one thread and by two ranges of rows, with samples", async () => {
    const first = await written(rowsOf({ id: "i" }, 70_000));
    const second = await written(rowsOf({ id: "i + 100000", agent_id: "'b'" }, 9000));
    const sampled = { ...QUESTION, sampling: { size: 4, seed: "s" } };
    const { taken } = await both([first, second], sampled);
    expect(all(taken)).toBe(true);
    await both([first, second], QUESTION, 2);
    await both([second, first], QUESTION, 2);
  });

  test("no column that is looked into: all rows are alike", async () => {
    const sql = `SELECT i AS id, ${TIME} AS timestamp, 'x' AS result_error FROM range(1, 40001) AS t(i)`;
    const { taken, answer } = await both([await written(sql)]);
    expect(all(taken)).toBe(true);
    expect(answer.population.recorded.get("result_error")).toBe(40_000);
    const { taken: again } = await both([await written(sql.replace("40001", "2"))]);
    expect(again.slice(taken.length)).toEqual([true]);
  });

  test("hardly two rows alike: row by row from the beginning", async () => {
    const { taken } = await both([await written(rowsOf({ action_type: "'t' || i" }))]);
    expect(taken).toEqual([]);
  });

  test("a window whose rows are all unlike, among others", async () => {
    const type = "CASE WHEN i BETWEEN 20000 AND 39000 THEN 't' || i ELSE 'read' END";
    const { taken } = await both([await written(rowsOf({ action_type: type }))]);
    expect(all(taken)).toBe(true);
  });

  test("a question that reads times as a field goes row by row", async () => {
    const asked = [...ofEachKind, catalog.measure("record-content").measure];
    const { taken } = await both([await written(rowsOf({}, 5000))], {
      ...QUESTION,
      measures: asked,
    });
    expect(taken).toEqual([]);
  });
});
