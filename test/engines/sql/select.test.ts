// What the statements hand over: every value as it was stored, and the mask of the others.

import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LogTable } from "../../../src/engines/sql/log-table.ts";
import {
  selectExtent,
  selectKeys,
  selectMatching,
  selectRange,
} from "../../../src/engines/sql/select.ts";
import { compilePredicate } from "../../../src/expression/compile.ts";
import { ENTRY_FIELD_NAMES, isRecorded } from "../../../src/model/audit-entry.ts";
import type { EntryField } from "../../../src/model/audit-entry.ts";
import type { Predicate } from "../../../src/model/expression.ts";
import { parseInstant } from "../../../src/model/instant.ts";
import { describeWith } from "../../servers/needs.ts";
import { DATABASES, PREPARE } from "./databases.ts";
import type { Cell, TestDatabase } from "./databases.ts";
import { ownLayout, textLayout } from "./layouts.ts";

const EVERYTHING = { first: -Number.MAX_SAFE_INTEGER, last: Number.MAX_SAFE_INTEGER };

/** As much as is put into a statement. */
const LARGEST: Readonly<Record<string, Predicate>> = {
  "many parts": {
    kind: "or",
    of: [
      ...Array.from({ length: 140 }, (): Predicate => ({
        kind: "not",
        of: { kind: "present", name: "agent_id" },
      })),
      { kind: "in-numbers", term: { kind: "number-field", name: "id" }, values: numbers(390) },
    ],
  },
  "many levels": Array.from({ length: 46 }).reduce<Predicate>((of) => ({ kind: "not", of }), {
    kind: "in-numbers",
    term: { kind: "number-field", name: "id" },
    values: numbers(390),
  }),
  "many levels of and": Array.from({ length: 46 }).reduce<Predicate>(
    (of) => ({ kind: "and", of: [of, { kind: "present", name: "agent_id" }] }),
    {
      kind: "in-numbers",
      term: { kind: "number-field", name: "chain_depth" },
      values: numbers(390),
    },
  ),
  "long values": {
    kind: "in-texts",
    term: { kind: "text-field", name: "agent_id" },
    values: ["\\'\n\t".repeat(2000), "auto"],
  },
};

function slotOf(name: string): number {
  return 1 + ENTRY_FIELD_NAMES.findIndex((field) => field === name);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

for (const { dialect, servers, open } of DATABASES) {
  describeWith(servers, `${dialect}: reading a table`, () => {
    let database: TestDatabase;
    const stored = textLayout(dialect).rows;
    let text: LogTable;
    let own: LogTable;
    let empty: LogTable;

    beforeAll(async () => {
      database = await open();
      for (const statement of PREPARE[dialect] ?? []) await database.ask(statement);
      const layout = textLayout(dialect);
      text = await database.create("text_log", layout.columns, layout.rows);
      const { columns, rows } = ownLayout(dialect);
      own = await database.create("own_log", columns, rows);
      empty = await database.create("empty_log", layout.columns, []);
    }, 120_000);
    afterAll(async () => {
      await database.close();
    });

    test("every value is what was stored", async () => {
      const rows = await database.run(selectRange(text, ENTRY_FIELD_NAMES, EVERYTHING));
      const different = rows.flatMap((row, index) =>
        row.slice(0, -1).flatMap((value, column) => {
          const expected = handedOver(stored[index]?.[column] ?? null, text, column);
          const isSame = equals(value, expected);
          return isSame ? [] : [{ place: row[0], column, value, expected }];
        }),
      );
      expect(different.slice(0, 5)).toEqual([]);
      expect(rows).toHaveLength(stored.length);
      expect(new Set(rows.map((row) => row.at(-1)))).toEqual(new Set([0]));
    });

    test("times of the database's own are UTC with six digits", async () => {
      for (const [field, column] of own.columns) {
        if (column.kind !== "timestamp") continue;
        const rows = await database.run(selectRange(own, [field], EVERYTHING));
        const cells = ownLayout(dialect);
        const slot = cells.columns.findIndex((made) => made.field === field) + 1;
        const type = cells.columns[slot - 1]?.type ?? "";
        const times = rows.map(([place, value], index) => {
          expect(place).toBe(cells.rows[index]?.[0]);
          return [cells.rows[index]?.[slot], value] as const;
        });
        for (const [cell, value] of times)
          expect([cell, asRead(value)]).toEqual([cell, utc(cell, type)]);
      }
    });

    test("the mask says which of the other fields are recorded", async () => {
      for (const table of [text, own]) {
        const whole = await database.run(selectRange(table, ENTRY_FIELD_NAMES, EVERYTHING));
        await fc.assert(
          fc.asyncProperty(fc.shuffledSubarray([...ENTRY_FIELD_NAMES]), async (fields) => {
            const rows = await database.run(selectRange(table, fields, EVERYTHING));
            expect(rows).toEqual(
              whole.map((row) => {
                const values = fields.map((field) => row[1 + ENTRY_FIELD_NAMES.indexOf(field)]);
                return [row[0]].concat(values, maskOf(row, fields));
              }),
            );
          }),
          { numRuns: 8 },
        );
      }
    });

    test("ranges, limits and keys", async () => {
      const fields: EntryField[] = ["agent_id", "timestamp"];
      const all = await database.run(selectRange(text, fields, EVERYTHING));
      const places = all.map(([place]) => place as number);
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: -60, max: 500 }),
          fc.nat(300),
          fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
          async (first, length, limit) => {
            const range = { first, last: first + length };
            const rows = await database.run(selectRange(text, fields, range, limit));
            const expected = all.filter(([place]) => {
              const number = place as number;
              return number >= first && number <= range.last;
            });
            expect(rows).toEqual(expected.slice(0, limit));
          },
        ),
        { numRuns: 8 },
      );
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray([...places, 100_000, -51]), async (keys) => {
          const rows = await database.run(selectKeys(text, fields, keys));
          const expected = all.filter(([place]) => keys.includes(place as number));
          expect(rows).toEqual(expected.map((row) => row.slice(0, -1)));
        }),
        { numRuns: 5 },
      );
      expect(await database.run(selectKeys(text, fields, []))).toEqual([]);
      expect(await database.run(selectExtent(text))).toEqual([
        [places[0], places.at(-1), places.length],
      ]);
      expect((await database.run(selectExtent(empty)))[0]?.[2]).toBe(0);
      expect(await database.run(selectRange(empty, fields, EVERYTHING))).toEqual([]);
    });

    test("a thousand keys at once", async () => {
      const keys = Array.from({ length: 1000 }, (_, index) => index * 3 - 50);
      expect(await database.run(selectKeys(text, ["id"], keys))).toHaveLength(stored.length);
    });

    test("a period, on instants", async () => {
      const rows = await database.run(selectRange(text, ["timestamp"], EVERYTHING));
      const start = parseInstant("2026-01-01T00:00:00Z");
      for (const period of [{}, { start }, { end: start }, { start, end: start + 1 }]) {
        const statement = selectMatching(text, { period });
        const found = await database.run(statement ?? { text: "", values: [] });
        const expected = rows.filter(([, value]) => {
          const instant = typeof value === "string" ? parseInstant(value) : Number.NaN;
          if (period.start === undefined && period.end === undefined) return true;
          return instant >= (period.start ?? -Infinity) && instant < (period.end ?? Infinity);
        });
        expect(found.map(([place]) => place)).toEqual(expected.map(([place]) => place));
        expect(expected.length).toBeGreaterThan(0);
      }
    });

    test.each(Object.entries(LARGEST))("the largest predicates: %s", async (_, predicate) => {
      const where = { source: "", predicate, fields: [] };
      const statement = selectMatching(text, { where, period: {} });
      const found = await database.run(statement ?? { text: "", values: [] });
      const rows = await database.run(selectRange(text, ENTRY_FIELD_NAMES, EVERYTHING));
      const expected = rows.filter(compilePredicate(predicate, slotOf)).map(([place]) => place);
      expect(found.map(([place]) => place)).toEqual(expected);
    });

    test("a text of a megabyte", async () => {
      const long = `${"é🔒".repeat(150_000)}needle`;
      const columns = textLayout(dialect).columns.filter(({ field }) => field === "agent_id");
      const table = await database.create("long_log", columns, [[1, long]]);
      const [row] = await database.run(selectRange(table, ["agent_id"], EVERYTHING));
      expect(row?.[1] === long).toBe(true);
      const predicate: Predicate = {
        kind: "ends-with",
        term: {
          kind: "trim",
          of: { kind: "lower-ascii", of: { kind: "text-field", name: "agent_id" } },
        },
        value: "needle",
      };
      const where = { source: "", predicate, fields: [] };
      const statement = selectMatching(table, { where, period: {} });
      expect(await database.run(statement ?? { text: "", values: [] })).toHaveLength(1);
    });
  });
}

const TABLE: LogTable = {
  dialect: "postgresql",
  from: '"audit_log"',
  columns: new Map([["agent_id", { name: "agent_id", kind: "text" }]]),
  order: "id",
};

describe("statements that cannot be", () => {
  test.each([Number.NaN, 1.5, 2 ** 53, Infinity])("number %s", (number) => {
    const refused = expect.objectContaining({ code: "invalid-option" });
    expect(() => selectRange(TABLE, [], { first: number, last: 1 })).toThrow(refused);
    expect(() => selectRange(TABLE, [], { first: 1, last: 1 }, number)).toThrow(refused);
    expect(() => selectKeys(TABLE, [], [number])).toThrow(refused);
  });

  test("more values than a statement should carry are not put into one", () => {
    expect(selecting(Array.from({ length: 400 }, String))).toBeDefined();
    expect(selecting(Array.from({ length: 401 }, String))).toBeUndefined();
    expect(selecting(["x".repeat(8192)])).toBeDefined();
    expect(deep(45)).toBeDefined();
    expect(deep(60)).toBeUndefined();
    expect(wide(290)).toBeDefined();
    expect(wide(300)).toBeUndefined();
    expect(selecting(["x".repeat(8193)])).toBeUndefined();
  });
});

/** A cell as an engine sees it; SQLite keeps numbers as text in a column of that type. */
function handedOver(cell: Cell, { dialect, columns }: LogTable, slot: number): unknown {
  // How many U+FFFD stand for several bytes is the database's own choice.
  if (cell instanceof Uint8Array) {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(cell);
  }
  if (typeof cell === "object" && cell !== null) return Buffer.from(cell.blob);
  const field = ENTRY_FIELD_NAMES[slot - 1];
  const isText = field !== undefined && columns.get(field)?.kind === "text";
  if (dialect !== "sqlite" || !isText || typeof cell !== "number") return cell;
  return { 1e21: "1.0e+21" }[cell] ?? String(cell);
}

function equals(value: unknown, expected: unknown): boolean {
  if (typeof value === "string" && typeof expected === "string") {
    return once(value) === once(expected);
  }
  return isDeepStrictEqual(value, expected);
}

function once(text: string): string {
  return text.replaceAll(/\ufffd+/g, "\ufffd");
}

function maskOf(row: readonly unknown[], asked: readonly EntryField[]): number {
  return ENTRY_FIELD_NAMES.reduce(
    (mask, field, bit) =>
      asked.includes(field) || !isRecorded(field, row[1 + bit]) ? mask : mask | (1 << bit),
    0,
  );
}

function selecting(values: readonly string[]) {
  const predicate: Predicate = {
    kind: "in-texts",
    term: { kind: "text-field", name: "agent_id" },
    values,
  };
  return selectMatching(TABLE, { where: { source: "", predicate, fields: [] }, period: {} });
}

function deep(levels: number) {
  const predicate = Array.from({ length: levels }).reduce<Predicate>(
    (of) => ({ kind: "not", of }),
    { kind: "present", name: "agent_id" },
  );
  return selectMatching(TABLE, { where: { source: "", predicate, fields: [] }, period: {} });
}

function wide(parts: number) {
  const present: Predicate = { kind: "present", name: "agent_id" };
  const predicate: Predicate = { kind: "and", of: Array.from({ length: parts }, () => present) };
  return selectMatching(TABLE, { where: { source: "", predicate, fields: [] }, period: {} });
}

/** What has no year of four digits is handed over as some text that is no time. */
function asRead(value: unknown): unknown {
  const isYear = typeof value === "string" && /^\d{4}-[^ ]*$/.test(value);
  return value === null || isYear ? value : "no time";
}

/** A stored time, with a zone at its end or in that of its column, as it must be handed over. */
function utc(cell: Cell | undefined, type: string): unknown {
  if (cell === null || cell === undefined) return null;
  const text = typeof cell === "string" ? cell : "";
  const [, day = "", time = "00:00:00", , fraction = "", zone = ""] =
    /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d)(\.(\d+))?)?(\+[\d:]+)?$/.exec(text) ?? [];
  if (day === "") return "no time";
  const [, hours = "0", minutes = "0"] =
    /^\+(\d\d)(?::(\d\d))?$/.exec(type.includes("Tokyo") ? "+09" : zone) ?? [];
  const east = (Number(hours) * 60 + Number(minutes)) * 60_000;
  const moment = new Date(Date.parse(`${day}T${time}Z`) - east);
  return `${moment.toISOString().slice(0, 19)}.${fraction.padEnd(6, "0")}Z`;
}
