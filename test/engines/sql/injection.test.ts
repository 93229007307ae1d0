// Hostile texts as values, as names of columns, of the order column and of tables: each is answered
// exactly or refused, and nothing else in the database changes.

import { afterAll, beforeAll, expect, test } from "vitest";
import { quoteIdentifier } from "../../../src/engines/sql/dialect.ts";
import type { DialectName, LogTable } from "../../../src/engines/sql/log-table.ts";
import {
  selectExtent,
  selectKeys,
  selectMatching,
  selectRange,
} from "../../../src/engines/sql/select.ts";
import { ComplianceError } from "../../../src/model/error.ts";
import type { Predicate, TextTerm } from "../../../src/model/expression.ts";
import { HOSTILE } from "../../renderers/hostile.ts";
import { describeWith } from "../../servers/needs.ts";
import { DATABASES } from "./databases.ts";
import type { Made, TestDatabase } from "./databases.ts";
import { ODD_TEXTS } from "./odd-values.ts";

const EVERYTHING = { first: 0, last: Number.MAX_SAFE_INTEGER };
const AGENT: TextTerm = { kind: "text-field", name: "agent_id" };

/** Ways out of a quoted name or literal, in every dialect's own way. */
const WAYS_OUT = [
  "a\\",
  "\\",
  "\\' OR 1=1 --",
  "\\'; DROP TABLE canary; --",
  "'; DROP TABLE canary; --",
  '"; DROP TABLE canary; --',
  "`; DROP TABLE canary; --",
  "\\`; DROP TABLE canary; --",
  '\\"; DROP TABLE canary; --',
  "``; DROP TABLE canary; --",
  '"" FROM canary --',
  "$1",
  "$$; DROP TABLE canary; $$",
  "?",
  "{p1:String}",
  "{p1:Identifier}",
  "/* */",
  "-- x",
  "# x",
  "a\nb",
  'U&"\\0061"',
  "E'\\x27'",
  "place",
  "FORMAT JSON",
  "x) FORMAT Null",
  ":place",
  "@place",
];
const TEXTS = [...new Set([...WAYS_OUT, ...HOSTILE, ...ODD_TEXTS.slice(0, 120)])];

/** Fewer of them, where every one costs several queries. */
const NAMES = TEXTS.filter((text, index) => WAYS_OUT.includes(text) || index % 3 === 0);

const NUMBER: Readonly<Record<DialectName, string>> = {
  sqlite: "INTEGER",
  duckdb: "BIGINT",
  postgresql: "bigint",
  clickhouse: "Int64",
  "clickhouse-18": "Int64",
};
const TEXT: Readonly<Record<DialectName, string>> = {
  sqlite: "TEXT",
  duckdb: "VARCHAR",
  postgresql: "text",
  clickhouse: "String",
  "clickhouse-18": "String",
};

/** What the database itself says is there. */
const TABLES: Readonly<Record<DialectName, string>> = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
  duckdb: "SELECT table_name FROM information_schema.tables ORDER BY table_name",
  postgresql: "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  clickhouse: "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name",
  "clickhouse-18":
    "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name",
};
const COLUMNS: Readonly<Record<DialectName, string>> = {
  sqlite: "SELECT name FROM pragma_table_info('hostile_names')",
  duckdb:
    "SELECT column_name FROM information_schema.columns WHERE table_name = 'hostile_names' ORDER BY ordinal_position",
  postgresql:
    "SELECT attname::text FROM pg_attribute WHERE attrelid = 'hostile_names'::regclass AND attnum > 0 ORDER BY attnum",
  clickhouse:
    "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'hostile_names'",
  "clickhouse-18":
    "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'hostile_names'",
};

for (const { dialect, servers, open } of DATABASES) {
  describeWith(servers, `${dialect}: hostile texts`, () => {
    let database: TestDatabase;
    let canary: LogTable;
    const made: string[] = ["canary"];

    beforeAll(async () => {
      database = await open();
      const columns: Made[] = [{ field: "agent_id", type: TEXT[dialect], kind: "text" }];
      canary = await database.create("canary", columns, [
        [1, "yellow"],
        [2, "bird"],
      ]);
    });
    afterAll(async () => {
      await database.close();
    });

    /** Nothing came, nothing went, nothing changed. */
    async function unharmed(): Promise<void> {
      const tables = await database.ask(TABLES[dialect]);
      expect(new Set(tables.map(([name]) => name))).toEqual(new Set(made));
      expect(tables).toHaveLength(made.length);
      expect(await database.run(selectRange(canary, ["agent_id"], EVERYTHING))).toEqual([
        [1, "yellow", 0],
        [2, "bird", 0],
      ]);
    }

    test("as values", async () => {
      const stored = TEXTS.filter((text) => !/\p{Surrogate}/u.test(text) && !text.includes("\0"));
      const columns: Made[] = [{ field: "agent_id", type: TEXT[dialect], kind: "text" }];
      const table = await database.create(
        "hostile_values",
        columns,
        stored.map((text, place) => [place, text]),
      );
      made.push("hostile_values");
      let said = 0;
      for (const [place, value] of TEXTS.entries()) {
        const length = 1 + (place % 5);
        const predicates: Predicate[] = [
          { kind: "compare", operator: "==", left: AGENT, right: { kind: "text", value } },
          { kind: "in-texts", term: AGENT, values: [value, "\\", "'"] },
          { kind: "contains", term: AGENT, value: value.slice(length) },
          { kind: "starts-with", term: AGENT, value: value.slice(0, length) },
          { kind: "ends-with", term: AGENT, value: value.slice(-length) },
        ];
        const predicate = predicates[place % predicates.length] ?? { kind: "boolean", value: true };
        const where = { source: "", predicate, fields: [] };
        const statement = selectMatching(table, { where, period: {} });
        if (statement === undefined) continue;
        said += 1;
        const found = await database.run(statement);
        const expected = stored.flatMap((text, index) => (holds(predicate, text) ? [index] : []));
        expect([value, found.map(([key]) => key)]).toEqual([value, expected]);
      }
      expect(said).toBeGreaterThan(TEXTS.length * 0.9);
      await unharmed();
    }, 60_000);

    test("as names of columns", async () => {
      const names = distinctNames(dialect);
      const columns = names.map((name): Made => ({
        field: "id",
        name,
        type: NUMBER[dialect],
        kind: "integer",
      }));
      const values = names.map((_, index) => index + 100);
      await database.create("hostile_names", columns, [[1, ...values]]);
      made.push("hostile_names");
      const listed = (await database.ask(COLUMNS[dialect])).map(([name]) => name);
      expect(listed.slice(1)).toEqual(names);
      for (const [index, name] of names.entries()) {
        const table: LogTable = {
          dialect,
          from: quoteIdentifier(dialect, "hostile_names"),
          columns: new Map([["id", { name, kind: "integer" }]]),
          order: name,
        };
        const value = index + 100;
        expect([name, await database.run(selectRange(table, ["id"], EVERYTHING))]).toEqual([
          name,
          [[value, value, 0]],
        ]);
        if (index % 10 > 0) continue;
        expect(await database.run(selectExtent(table))).toEqual([[value, value, 1]]);
        expect(await database.run(selectKeys(table, ["id"], [value]))).toEqual([[value, value]]);
      }
      await unharmed();
    }, 60_000);

    test("as names of columns that are not there", async () => {
      const answers = new Set<string>();
      for (const name of NAMES) {
        if (name.toLowerCase() === "place" || name.toLowerCase() === "agent_id") continue;
        const columns: LogTable["columns"] = new Map([["agent_id", { name, kind: "text" }]]);
        answers.add(
          await refusal(() => selectRange({ ...canary, columns }, ["agent_id"], EVERYTHING)),
        );
        answers.add(await refusal(() => selectExtent({ ...canary, order: name })));
      }
      expect([...answers].sort()).toEqual(["invalid-option", "refused by the database"]);
      await unharmed();
    }, 60_000);

    async function refusal(statement: () => Parameters<TestDatabase["run"]>[0]): Promise<string> {
      try {
        return JSON.stringify(await database.run(statement()));
      } catch (error) {
        if (error instanceof ComplianceError) return error.code;
        return "refused by the database";
      }
    }

    test("as names of tables", async () => {
      const names = distinctNames(dialect)
        // A name of a table is also one of a file or folder in ClickHouse.
        .filter((name) => encodeURIComponent(name).length < 80)
        .filter((name, index) => WAYS_OUT.includes(name) || index % 5 === 0)
        .slice(0, 40);
      for (const [index, name] of names.entries()) {
        const columns: Made[] = [{ field: "id", type: NUMBER[dialect], kind: "integer" }];
        const table = await database.create(name, columns, [[index, index + 7]]);
        made.push(name);
        expect([name, await database.run(selectRange(table, ["id"], EVERYTHING))]).toEqual([
          name,
          [[index, index + 7, 0]],
        ]);
        const where = {
          source: "",
          predicate: { kind: "boolean", value: true },
          fields: [],
        } as const;
        const all = selectMatching(table, { where, period: {} });
        expect(all === undefined ? [] : await database.run(all)).toHaveLength(1);
      }
      await unharmed();
    }, 60_000);

    test.each(["", "\0", "a\0b", "\ud800", "a\udc00"])("no name at all: %j", (name) => {
      expect(() => quoteIdentifier(dialect, name)).toThrow(
        expect.objectContaining({ code: "invalid-option" }),
      );
    });
  });
}

test.each(["0", "-1", "1e9", "'x'", "toString(id)", "a, b", "[1]", "NULL", "nan"])(
  "a name that ClickHouse could take for an expression is refused: %s",
  (name) => {
    const refused = expect.objectContaining({ code: "invalid-option" });
    expect(() => quoteIdentifier("clickhouse", name)).toThrow(refused);
    expect(() => quoteIdentifier("clickhouse-18", name)).toThrow(refused);
    expect(quoteIdentifier("duckdb", name)).toBe(`"${name}"`);
  },
);

test("a name that PostgreSQL would cut is refused", () => {
  const refused = expect.objectContaining({ code: "invalid-option" });
  expect(quoteIdentifier("postgresql", "a".repeat(63))).toBe(`"${"a".repeat(63)}"`);
  expect(() => quoteIdentifier("postgresql", "a".repeat(64))).toThrow(refused);
  expect(() => quoteIdentifier("postgresql", "é".repeat(32))).toThrow(refused);
});

/** Those that can be names in one table, where some databases do not tell capitals apart. */
function distinctNames(dialect: DialectName): string[] {
  const seen = new Set(["place"]);
  return NAMES.filter((name) => {
    const folded = name.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase();
    if (seen.has(folded) || Buffer.byteLength(name) > 200) return false;
    try {
      quoteIdentifier(dialect, name);
    } catch {
      return false;
    }
    seen.add(folded);
    return true;
  });
}

function holds(predicate: Predicate, text: string): boolean {
  switch (predicate.kind) {
    case "in-texts":
      return predicate.values.includes(text);
    case "contains":
      return text.includes(predicate.value);
    case "starts-with":
      return text.startsWith(predicate.value);
    case "ends-with":
      return text.endsWith(predicate.value);
    case "compare":
      return predicate.right.kind === "text" && predicate.right.value === text;
    default:
      return true;
  }
}
