// The databases that the compiled SQL is put to, each with one small way in: a table is made of a
// layout and rows, and a statement is run as an engine would run it.

import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBValue } from "@duckdb/node-api";
import Database from "better-sqlite3";
import { Client } from "pg";
import { quoteIdentifier } from "../../../src/engines/sql/dialect.ts";
import type { ColumnKind, DialectName, LogTable } from "../../../src/engines/sql/log-table.ts";
import type { Statement } from "../../../src/engines/sql/statement.ts";
import type { EntryField } from "../../../src/model/audit-entry.ts";
import type { ServerName } from "../../servers/available.ts";
import { sharedClickHouse18, sharedClickHouse26, sharedPostgres } from "../../servers/shared.ts";

/** A value of a cell; plain bytes are text that may not be UTF-8. */
export type Cell = string | number | bigint | null | Uint8Array | { readonly blob: Uint8Array };

/** A column to be made: its field, name, type as the database writes it, and what that is. */
export interface Made {
  readonly field: EntryField;
  readonly name?: string;
  readonly type: string;
  readonly kind: ColumnKind;
}

export interface TestDatabase {
  readonly dialect: DialectName;
  /** Makes a table; the first cell of each row is its order number, in a column `place`. */
  create(
    name: string,
    columns: readonly Made[],
    rows: readonly (readonly Cell[])[],
  ): Promise<LogTable>;
  /** Whole numbers are numbers, bigints beyond 2^53. */
  run(statement: Statement): Promise<unknown[][]>;
  /** Runs SQL of the test's own. */
  ask(text: string): Promise<unknown[][]>;
  close(): Promise<void>;
}

/** Each dialect with the server it needs. */
export const DATABASES: readonly {
  readonly dialect: DialectName;
  readonly servers: readonly ServerName[];
  readonly open: () => Promise<TestDatabase>;
}[] = [
  { dialect: "sqlite", servers: [], open: openSqlite },
  { dialect: "duckdb", servers: [], open: openDuckDb },
  { dialect: "postgresql", servers: ["postgresql"], open: openPostgres },
  { dialect: "clickhouse", servers: ["clickhouse-26"], open: () => openClickHouse("clickhouse") },
  {
    dialect: "clickhouse-18",
    servers: ["clickhouse-18"],
    open: () => openClickHouse("clickhouse-18"),
  },
];

/** What must be there before the tables with types of the database's own. */
export const PREPARE: { readonly [Name in DialectName]?: readonly string[] } = {
  postgresql: [
    "CREATE COLLATION no_case (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
  ],
};

function tableOf(
  dialect: DialectName,
  name: string,
  columns: readonly Made[],
): { readonly table: LogTable; readonly names: readonly string[] } {
  const named = columns.map((column) => ({ ...column, name: column.name ?? column.field }));
  return {
    table: {
      dialect,
      from: quoteIdentifier(dialect, name),
      columns: new Map(
        named.map(({ field, name: column, kind }) => [field, { name: column, kind }]),
      ),
      order: "place",
    },
    names: named.map((column) => quoteIdentifier(dialect, column.name)),
  };
}

function whole(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

async function openSqlite(): Promise<TestDatabase> {
  const database = new Database(":memory:");
  const run = ({ text, values }: Statement): unknown[][] =>
    (database.prepare(text).raw().safeIntegers().all(values) as unknown[][]).map((row) =>
      row.map((value) => (typeof value === "bigint" ? whole(value) : value)),
    );
  return {
    dialect: "sqlite",
    async create(name, columns, rows) {
      const { table, names } = tableOf("sqlite", name, columns);
      const types = columns.map(({ type }, index) => `${names[index]} ${type}`);
      database.exec(
        `CREATE TABLE ${table.from} (${["place INTEGER PRIMARY KEY", ...types].join()})`,
      );
      for (const row of rows) {
        const cells = row.map((cell) => (isBlob(cell) ? cell.blob : cell));
        const places = row.map((cell) => (cell instanceof Uint8Array ? "CAST(? AS TEXT)" : "?"));
        // What better-sqlite3 has bound as a double would stay one in a column without a type.
        const exact = cells.map((cell) =>
          Number.isSafeInteger(cell) ? BigInt(cell as number) : cell,
        );
        database.prepare(`INSERT INTO ${table.from} VALUES (${places.join()})`).run(exact);
      }
      return table;
    },
    run: async (statement) => run(statement),
    ask: async (text) => run({ text, values: [] }),
    close: async () => {
      database.close();
    },
  };
}

async function openDuckDb(): Promise<TestDatabase> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  // A zone that is not UTC, to which nothing may be sensitive.
  await connection.run("SET TimeZone = 'Asia/Kathmandu'");
  const run = async ({ text, values }: Statement): Promise<unknown[][]> => {
    const bound = values as DuckDBValue[];
    const width = (await connection.run(text, bound)).columnCount;
    const columns = Array.from({ length: width }, (_, index) => `c${index}`);
    // The client takes a byte order mark off the front of texts.
    const marked = columns.flatMap((column) => [
      `typeof(${column})`,
      `'=' || CAST(${column} AS VARCHAR)`,
    ]);
    const reader = await connection.runAndReadAll(
      `SELECT ${marked.join()} FROM (${text}) AS t(${columns.join()})`,
      bound,
    );
    return reader.getRows().map((row) =>
      columns.map((_, index) => {
        const type = row[2 * index] as string;
        const value = row[2 * index + 1] as string | null;
        if (value === null) return null;
        return /INT/.test(type) ? whole(BigInt(value.slice(1))) : value.slice(1);
      }),
    );
  };
  return {
    dialect: "duckdb",
    async create(name, columns, rows) {
      const { table, names } = tableOf("duckdb", name, columns);
      const types = columns.map(({ type }, index) => `${names[index]} ${type}`);
      await connection.run(`CREATE TABLE ${table.from} (${["place BIGINT", ...types].join()})`);
      const places = ["$1::BIGINT", ...columns.map(({ type }, index) => `$${index + 2}::${type}`)];
      const insert = await connection.prepare(
        `INSERT INTO ${table.from} VALUES (${places.map(withoutCollation).join()})`,
      );
      for (const row of rows) {
        insert.bind(row.map((cell) => (typeof cell === "bigint" ? String(cell) : cell)) as never);
        await insert.run();
      }
      return table;
    },
    run,
    ask: (text) => run({ text, values: [] }),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function withoutCollation(type: string): string {
  return type.replace(/ COLLATE.*$/, "");
}

const INT8 = 20;

async function openPostgres(): Promise<TestDatabase> {
  const { createDatabase } = await sharedPostgres();
  const client = new Client({ connectionString: await createDatabase() });
  await client.connect();
  await client.query("SET TimeZone = 'America/St_Johns'");
  const run = async ({ text, values }: Statement): Promise<unknown[][]> => {
    const { rows, fields } = await client.query<unknown[]>({
      text,
      values: [...values],
      rowMode: "array",
    });
    return rows.map((row) =>
      row.map((value, index) =>
        fields[index]?.dataTypeID === INT8 && typeof value === "string"
          ? whole(BigInt(value))
          : value,
      ),
    );
  };
  return {
    dialect: "postgresql",
    async create(name, columns, rows) {
      const { table, names } = tableOf("postgresql", name, columns);
      const types = columns.map(({ type }, index) => `${names[index]} ${type}`);
      await client.query(`CREATE TABLE ${table.from} (${["place bigint", ...types].join()})`);
      const places = ["bigint", ...columns.map(({ type }) => type)].map(
        (type, index) => `$${index + 1}::text::${withoutCollation(type)}`,
      );
      for (const row of rows) {
        await client.query(
          `INSERT INTO ${table.from} VALUES (${places.join()})`,
          row.map((cell) => (cell === null ? null : written(cell))),
        );
      }
      return table;
    },
    run,
    ask: (text) => run({ text, values: [] }),
    close: () => client.end(),
  };
}

async function openClickHouse(dialect: "clickhouse" | "clickhouse-18"): Promise<TestDatabase> {
  const cluster = await (dialect === "clickhouse" ? sharedClickHouse26() : sharedClickHouse18());
  const url = cluster.nodes[0]?.url ?? "";
  const client = createClient({
    url,
    database: await cluster.createDatabase(),
    log: { level: ClickHouseLogLevel.OFF },
  });
  const run = async ({ text, values }: Statement): Promise<unknown[][]> => {
    const result = await client.query({
      query: text,
      format: "JSONCompact",
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
      ...(values.length === 0
        ? {}
        : {
            query_params: Object.fromEntries(
              values.map((value, index) => [`p${index + 1}`, value]),
            ),
          }),
    });
    const { meta = [], data } = await result.json<unknown[]>();
    return data.map((row) =>
      row.map((value, index) =>
        /\bU?Int\d+/.test(meta[index]?.type ?? "") && value !== null
          ? whole(BigInt(value as string))
          : value,
      ),
    );
  };
  return {
    dialect,
    async create(name, columns, rows) {
      const { table, names } = tableOf(dialect, name, columns);
      const types = columns.map(({ type }, index) => `${names[index]} ${type}`);
      await client.command({
        query: `CREATE TABLE ${table.from} (${["place Int64", ...types].join()}) ENGINE = MergeTree() ORDER BY place`,
      });
      // The rows travel as bytes, since not all of them are UTF-8.
      const bytes = rows.map((row) => Buffer.concat([...row.flatMap(tabbed), Buffer.from("\n")]));
      const target = new URL(url);
      target.searchParams.set("database", await databaseOf(client));
      target.searchParams.set("query", `INSERT INTO ${table.from} FORMAT TabSeparated`);
      const response = await fetch(target, { method: "POST", body: Buffer.concat(bytes) });
      if (!response.ok) throw new Error(await response.text());
      return table;
    },
    run,
    ask: (text) => run({ text, values: [] }),
    close: () => client.close(),
  };
}

async function databaseOf(client: ReturnType<typeof createClient>): Promise<string> {
  const result = await client.query({ query: "SELECT currentDatabase()", format: "JSONCompact" });
  const { data } = await result.json<[string]>();
  return data[0]?.[0] ?? "";
}

function tabbed(cell: Cell, index: number): Buffer[] {
  const before = index === 0 ? [] : [Buffer.from("\t")];
  if (cell === null) return [...before, Buffer.from("\\N")];
  const bytes = typeof cell === "object" && !isBlob(cell) ? cell : Buffer.from(written(cell));
  const escaped = Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\\\t\n\r\0]/g, (character) => ESCAPED[character] ?? character);
  return [...before, Buffer.from(escaped, "latin1")];
}

const ESCAPED: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "\0": "\\0",
};

function written(cell: Exclude<Cell, null>): string {
  return typeof cell === "object" ? "" : String(cell);
}

function isBlob(cell: Cell): cell is { readonly blob: Uint8Array } {
  return typeof cell === "object" && cell !== null && "blob" in cell;
}
