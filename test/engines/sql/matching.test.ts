// What SQL says of a row is what the closures say of the very row that the database hands over.

import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dialectOf } from "../../../src/engines/sql/dialect.ts";
import { joined, sql, written } from "../../../src/engines/sql/fragment.ts";
import type { Fragment } from "../../../src/engines/sql/fragment.ts";
import type { LogTable } from "../../../src/engines/sql/log-table.ts";
import { predicateOf } from "../../../src/engines/sql/predicate.ts";
import { render } from "../../../src/engines/sql/render.ts";
import { selectMatching, selectRange } from "../../../src/engines/sql/select.ts";
import type { Statement } from "../../../src/engines/sql/statement.ts";
import { compilePredicate } from "../../../src/expression/compile.ts";
import { ENTRY_FIELD_NAMES } from "../../../src/model/audit-entry.ts";
import type { Predicate } from "../../../src/model/expression.ts";
import type { Inputs } from "../../../src/model/inputs.ts";
import { describeWith } from "../../servers/needs.ts";
import { DATABASES, PREPARE } from "./databases.ts";
import type { TestDatabase } from "./databases.ts";
import { ownLayout, textLayout } from "./layouts.ts";
import { ATOMS, oddInputs, oddPredicate } from "./odd-predicates.ts";

const EVERYTHING = { first: -Number.MAX_SAFE_INTEGER, last: Number.MAX_SAFE_INTEGER };
/** Predicates of one query, and queries of one construct: to each of two tables. */
const AT_ONCE = 20;
const QUERIES = 3;

/** Where a dialect cannot say a construct, whatever it is asked of. */
const NEVER_SAID: Readonly<Record<string, readonly string[]>> = {
  detects: ["sqlite", "duckdb", "postgresql", "clickhouse", "clickhouse-18"],
};
/** Where it can say only some: of no field, mostly. */
const SELDOM_SAID: Readonly<Record<string, readonly string[]>> = {
  "compare texts": ["sqlite", "clickhouse-18"],
  "has-word": ["sqlite", "clickhouse-18"],
};

interface Log {
  readonly table: LogTable;
  /** As they are handed over: place, fields, mask. */
  readonly rows: readonly unknown[][];
}

for (const { dialect, servers, open } of DATABASES) {
  describeWith(servers, `${dialect}: predicates`, () => {
    let database: TestDatabase;
    let logs: readonly Log[];

    beforeAll(async () => {
      database = await open();
      for (const text of PREPARE[dialect] ?? []) await database.ask(text);
      const made = async (name: string, { columns, rows }: ReturnType<typeof textLayout>) => {
        const table = await database.create(name, columns, rows);
        const all = selectRange(table, ENTRY_FIELD_NAMES, EVERYTHING);
        return { table, rows: await database.run(all) };
      };
      logs = [
        await made("text_log", textLayout(dialect)),
        await made("own_log", ownLayout(dialect)),
      ];
    }, 120_000);
    afterAll(async () => {
      await database.close();
    });

    test.each(Object.entries<fc.Arbitrary<Predicate>>(ATOMS))(
      "%s means the same",
      async (name, atom) => {
        // Incidents differ between the queries only, and are long.
        const [atOnce, runs] = name === "in-incident" ? [1, 4 * QUERIES] : [AT_ONCE, QUERIES];
        let said = 0;
        const asked = fc.array(
          fc
            .tuple(atom, fc.boolean())
            .map(([of, isDenied]): Predicate => (isDenied ? { kind: "not", of } : of)),
          { minLength: atOnce, maxLength: atOnce },
        );
        await fc.assert(
          fc.asyncProperty(asked, oddInputs, async (predicates, inputs) => {
            for (const log of logs) said += await compare(database, log, predicates, inputs);
          }),
          { numRuns: runs },
        );
        const all = 2 * runs * atOnce;
        const [least, most] = NEVER_SAID[name]?.includes(dialect)
          ? [0, 0]
          : [SELDOM_SAID[name]?.includes(dialect) ? all / 50 : all / 4, all];
        expect(said).toBeGreaterThanOrEqual(least);
        expect(said).toBeLessThanOrEqual(most);
      },
      60_000,
    );

    test("constructs inside one another", async () => {
      let said = 0;
      const asked = fc.array(oddPredicate, { minLength: AT_ONCE, maxLength: AT_ONCE });
      await fc.assert(
        fc.asyncProperty(asked, oddInputs, async (predicates, inputs) => {
          for (const log of logs) said += await compare(database, log, predicates, inputs);
        }),
        { numRuns: 2 * QUERIES },
      );
      expect(said).toBeGreaterThan(AT_ONCE);
    }, 60_000);

    test("a selection yields whole entries in their order", async () => {
      let said = 0;
      await fc.assert(
        fc.asyncProperty(oddPredicate, oddInputs, async (predicate, inputs) => {
          for (const { table, rows } of logs) {
            const where = { source: "", predicate, fields: [] };
            const statement = selectMatching(table, { where, period: {} }, inputs);
            if (statement === undefined) continue;
            said += 1;
            const holds = compilePredicate(predicate, slotOf, inputs);
            const expected = rows.filter(holds).map((row) => row.slice(0, -1));
            expect(await database.run(statement)).toEqual(expected);
          }
        }),
        { numRuns: 10 },
      );
      expect(said).toBeGreaterThan(0);
    }, 60_000);
  });
}

const slotOf = (name: string): number => ENTRY_FIELD_NAMES.findIndex((field) => field === name) + 1;

/**
 * Asks predicates of every row of a log, all in one query.
 *
 * @returns how many of them could be said in SQL
 * @throws Error with the SQL and both answers where they differ
 */
async function compare(
  database: TestDatabase,
  { table, rows }: Log,
  predicates: readonly Predicate[],
  inputs: Inputs,
): Promise<number> {
  const said = predicates.flatMap((predicate) => {
    const piece = predicateOf(table, predicate, inputs);
    return piece === undefined ? [] : [{ predicate, piece }];
  });
  if (said.length === 0) return 0;
  const answers = await database
    .run(
      ask(
        table,
        said.map(({ piece }) => piece),
      ),
    )
    .catch(failing);
  for (const [index, { predicate, piece }] of said.entries()) {
    const holds = compilePredicate(predicate, slotOf, inputs);
    const answerOf = new Map(answers.map((answer) => [answer[0], answer[index + 1]]));
    const wrong = rows.filter((row) => answerOf.get(row[0]) !== (holds(row) ? 1 : 0));
    if (wrong.length === 0) continue;
    throw new Error(
      [
        describeStatement(ask(table, [piece])),
        JSON.stringify(predicate, shortened),
        `${wrong.length} of ${rows.length} rows differ:`,
        ...wrong
          .slice(0, 3)
          .map(
            (row) =>
              `SQL ${String(answerOf.get(row[0]))}, closure ${holds(row)}: ${JSON.stringify(row, shortened)}`,
          ),
      ].join("\n"),
    );
  }
  return said.length;

  async function failing(error: unknown): Promise<never> {
    // Which of them it is, if it is one alone.
    for (const { piece } of said) {
      const statement = ask(table, [piece]);
      try {
        await database.run(statement);
      } catch (alone) {
        throw new Error(`${String(alone)}\n${describeStatement(statement)}`, { cause: alone });
      }
    }
    throw error;
  }
}

function ask(table: LogTable, pieces: readonly Fragment[]): Statement {
  const columns = pieces.map((piece) => sql`CASE WHEN ${piece} THEN 1 ELSE 0 END`);
  return render(
    dialectOf(table.dialect),
    sql`SELECT place, ${joined(columns, ", ")} FROM ${written(table.from)}`,
  );
}

function describeStatement({ text, values }: Statement): string {
  return `${text}\n${JSON.stringify(values, shortened)}`;
}

function shortened(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "string" && value.length > 200 ? `${value.slice(0, 20)}…` : value;
}
