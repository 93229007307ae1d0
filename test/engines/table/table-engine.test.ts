// The core of all table engines, over a table of SQLite that is made and broken at will.

import { createRequire } from "node:module";
import type BetterSqlite3 from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import type { Question } from "../../../src/engines/engine.ts";
import { memory } from "../../../src/engines/memory.ts";
import { answerOf } from "../../../src/engines/part.ts";
import type { LogTable } from "../../../src/engines/sql/log-table.ts";
import { selectExtent } from "../../../src/engines/sql/select.ts";
import { extentOf } from "../../../src/engines/table/extent.ts";
import type { TableReader, TableRow, TableView } from "../../../src/engines/table/reader.ts";
import { tableEngine } from "../../../src/engines/table/table-engine.ts";
import { ENTRY_FIELD_NAMES } from "../../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import { ComplianceError } from "../../../src/model/error.ts";
import { collected } from "../every-engine.ts";
import { HOUR, START, longLog } from "../logs.ts";

const Database = createRequire(import.meta.url)("better-sqlite3") as typeof BetterSqlite3;
const catalog = loadCatalog();

/** A measure of each kind: those that need order, those that need the end, those that need neither. */
const measures = [
  ...new Map(
    catalog.everyMeasureId
      .map((id) => catalog.measure(id).measure)
      .filter(({ kind }) => kind !== "policy-lint" && kind !== "policy-replay" && kind !== "reach")
      .map((measure) => [measure.kind, measure] as const),
  ).values(),
];
const question: Question = {
  measures,
  period: {},
  now: START + 30 * HOUR,
  sampling: { size: 5, seed: "s" },
};

const TABLE: LogTable = {
  dialect: "sqlite",
  from: "audit_log",
  columns: new Map(
    ENTRY_FIELD_NAMES.map((field) => [
      field,
      { name: field, kind: field === "chain_depth" ? ("integer" as const) : ("text" as const) },
    ]),
  ),
  order: "place",
};

/** An entry as a table can hold it. */
function asStored(entry: object): AuditEntry {
  return Object.fromEntries(
    ENTRY_FIELD_NAMES.map((field) => {
      const value = (entry as Record<string, unknown>)[field] ?? null;
      if (field === "chain_depth" || value === null) return [field, value];
      return [field, typeof value === "bigint" ? String(value) : value];
    }),
  );
}

/** What can go wrong between the database and the core. */
interface Breaking {
  /** Changes the rows of a statement. */
  readonly rows?: (rows: readonly TableRow[]) => readonly TableRow[];
  readonly atClose?: () => void;
}

function readerOf(
  entries: readonly AuditEntry[],
  { rows: change = (rows) => rows, atClose = () => {} }: Breaking = {},
  first = 1,
) {
  const database = new Database(":memory:");
  onTestFinished(() => void database.close());
  const columns = ENTRY_FIELD_NAMES.map((field) => `"${field}"`);
  database.exec(`CREATE TABLE audit_log (place INTEGER, ${columns.join(", ")})`);
  const insert = database.prepare(
    `INSERT INTO audit_log VALUES (?, ${columns.map(() => "?").join(", ")})`,
  );
  database.transaction(() => {
    for (const [index, entry] of entries.entries()) {
      insert.run(first + index, ...ENTRY_FIELD_NAMES.map((field) => entry[field] ?? null));
    }
  })();
  const ask = (text: string, values: readonly unknown[]): TableRow[] =>
    database
      .prepare(text)
      .raw()
      .all(...values) as TableRow[];
  let open = 0;
  let closed = false;
  const reader: TableReader = {
    table: TABLE,
    async view(): Promise<TableView> {
      open += 1;
      const extent = selectExtent(TABLE);
      const [row = []] = ask(extent.text, extent.values);
      return {
        ...extentOf(row, TABLE, "table"),
        input: { name: "table", kind: "sqlite" },
        async *read({ text, values }) {
          const all = change(ask(text, values));
          for (let start = 0; start < all.length; start += 100) {
            yield all.slice(start, start + 100);
          }
        },
        async close() {
          open -= 1;
          atClose();
        },
      };
    },
    async close() {
      closed = true;
    },
  };
  return { reader, isClosed: () => closed, open: () => open };
}

const entries = longLog(11, 900).map(asStored);

test("answers, lists and samples as the entries in memory do", async () => {
  const { reader, open, isClosed } = readerOf(entries);
  const engine = tableEngine(reader);
  const held = memory(entries);
  const answer = await engine.observe(question);
  const expected = await held.observe(question);
  expect({ ...answer, population: { ...answer.population, inputs: [] } }).toEqual({
    ...expected,
    population: { ...expected.population, inputs: [] },
  });
  expect(await collected(engine.exceptions(question))).toEqual(
    await collected(held.exceptions(question)),
  );
  const period = { start: START, end: START + 9 * HOUR };
  expect(await collected(engine.entries({ period }))).toEqual(
    await collected(held.entries({ period })),
  );
  expect(open()).toBe(0);
  await engine.close();
  expect(isClosed()).toBe(true);
  await expect(engine.observe(question)).rejects.toMatchObject({ code: "closed" });
});

test.each([
  ["from 1", 1],
  ["from 2^45", 2 ** 45],
  ["from -450", -450],
])("as a part, with order numbers %s, answers the same behind its base", async (_, first) => {
  const { reader, open } = readerOf(entries, {}, first);
  const engine = tableEngine(reader);
  const plain: Question = {
    ...question,
    measures: measures.filter(({ kind }) => kind !== "identity"),
  };
  const { sampling: _sampling, ...asked } = plain;
  const alone = await engine.observe(asked);
  const part = await engine.foldPart(asked, 5 * 2 ** 40);
  expect(await answerOf(part)).toMatchObject({ observations: alone.observations });
  expect(await collected(part.exceptions(asked, part.running.late()))).toEqual(
    await collected(engine.exceptions(asked)),
  );
  for (const reference of part.running.references()) {
    expect(reference).toBeGreaterThan(5 * 2 ** 40);
    expect(reference).toBeLessThan(6 * 2 ** 40);
  }
  expect(open()).toBe(1);
  await part.close?.();
  await part.close?.();
  expect(open()).toBe(0);
});

const twice = (rows: readonly TableRow[]): TableRow[] =>
  rows.flatMap((row, index) => (index === 450 ? [row, row] : [row]));

test.each<[string, Breaking, string, RegExp]>([
  ["a row twice", { rows: twice }, "unsupported-source", /unique, but 451 stands in it twice/],
  [
    "rows in another order",
    { rows: (rows) => rows.toReversed() },
    "unsupported-source",
    /899" stands in it behind 900/,
  ],
  [
    "a row less",
    { rows: (rows) => rows.filter((_, index) => index !== 450) },
    "unreadable-source",
    /expected 900 rows of table, .* 899 were read/,
  ],
  ["no last row", { rows: (rows) => rows.slice(0, -1) }, "unreadable-source", /899 were read/],
  ["no rows", { rows: () => [] }, "unreadable-source", /0 were read/],
  [
    "a row more",
    { rows: (rows) => [...rows, [901, ...(rows[0] ?? []).slice(1)]] },
    "unreadable-source",
    /901 were read/,
  ],
  [
    "half a number",
    { rows: (rows) => rows.map(([, ...row], index) => [index + 0.5, ...row]) },
    "unsupported-source",
    /"0.5" stands in it/,
  ],
  [
    "no evidence",
    { rows: (rows) => (rows.length === 900 ? rows : []) },
    "unreadable-source",
    /found again/,
  ],
  [
    "a change that is known at the end",
    {
      atClose: () => {
        throw new ComplianceError("source-changed", "it changed");
      },
    },
    "source-changed",
    /it changed/,
  ],
])("%s is an error and no answer", async (_, breaking, code, said) => {
  const { reader, open } = readerOf(entries, breaking);
  const engine = tableEngine(reader);
  const failed: unknown = await engine.observe(question).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code });
  expect((failed as Error).message).toMatch(said);
  expect(open()).toBe(0);
});

test("an engine that is closed ends its views", async () => {
  const { reader, open } = readerOf(entries);
  const engine = tableEngine(reader);
  const part = await engine.foldPart(question, 0);
  const listing = engine.exceptions(question)[Symbol.asyncIterator]();
  await listing.next();
  expect(open()).toBe(2);
  await engine.close();
  expect(open()).toBe(0);
  await expect(part.resolve(new Set())).rejects.toMatchObject({ code: "closed" });
});

test("a listing that is left early ends its view", async () => {
  const { reader, open } = readerOf(entries);
  for await (const { measure } of tableEngine(reader).exceptions(question)) {
    expect(measure).toBeTruthy();
    break;
  }
  expect(open()).toBe(0);
});

test("a signal stops between two batches", async () => {
  const reason = new Error("stop");
  const stop = new AbortController();
  let batches = 0;
  const { reader, open } = readerOf(entries);
  const watched: TableReader = {
    ...reader,
    async view(signal) {
      expect(signal).toBe(stop.signal);
      const view = await reader.view(signal);
      return {
        ...view,
        async *read(statement) {
          for await (const batch of view.read(statement)) {
            batches += 1;
            if (batches === 3) stop.abort(reason);
            yield batch;
          }
        },
      };
    },
  };
  const engine = tableEngine(watched);
  const options = { signal: stop.signal };
  await expect(engine.observe(question, options)).rejects.toBe(reason);
  expect(batches).toBe(3);
  expect(open()).toBe(0);
  await expect(collected(engine.exceptions(question, options))).rejects.toBe(reason);
  expect(open()).toBe(0);
});

test("progress adds up to the rows, twice where they are read twice", async () => {
  const engine = tableEngine(readerOf(entries).reader);
  const told: { done: number; total?: number }[] = [];
  const onProgress = (one: { done: number; total?: number }): void => void told.push(one);
  await engine.observe(question, { onProgress });
  expect(told.at(-1)).toEqual({ done: 900, total: 900 });
  await collected(engine.exceptions(question, { onProgress }));
  expect(told.at(-1)).toEqual({ done: 1800, total: 1800 });
});
