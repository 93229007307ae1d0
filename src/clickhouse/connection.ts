// A connection to one node of ClickHouse over HTTP. The package is loaded when the first
// connection is made.

import { Readable } from "node:stream";
import { ComplianceError } from "../model/error.ts";
import { bytesOf } from "./ask.ts";
import type { AskOptions, ClickHouseNode, ClickHouseStatement } from "./ask.ts";
import { quoteName, quoteTable } from "./identifier.ts";
import { clickHousePassword } from "./password.ts";
import type { PasswordEnvironment } from "./password.ts";
import { rowsOf } from "./rows.ts";
import type { ClickHouseRow } from "./rows.ts";
import { ASKED_SETTINGS, chooseSettings } from "./settings.ts";
import type { ChosenSettings, Settings } from "./settings.ts";
import { tsvRow } from "./tsv.ts";
import { clickHouseName } from "./url.ts";
import type { ClickHouseTarget } from "./url.ts";

/** What may be written into a column; a bigint as its decimal text. */
export type ClickHouseValue = string | number | bigint | null;

/**
 * One node. Every query has an id of its own, and settings under which a lost shard, a limit or a
 * cache is an error and never a smaller answer. All but `close` throw ComplianceError
 * `unreadable-source`, `unsupported-source`, `closed`, or the signal's reason.
 */
export interface ClickHouseConnection {
  /** As the server states it: `18.16.1`. */
  readonly version: string;
  /** What errors and reports call the log: host, port, database, table. */
  readonly place: string;
  /** All rows of a statement that has few. */
  query(statement: ClickHouseStatement, options?: AskOptions): Promise<readonly ClickHouseRow[]>;
  /**
   * The rows of a SELECT whose first column is a whole number that is never NULL, some thousand
   * at a time, as they come.
   */
  read(
    statement: ClickHouseStatement,
    options?: AskOptions,
  ): AsyncGenerator<readonly ClickHouseRow[], void, undefined>;
  /** A statement that answers nothing, such as CREATE TABLE. */
  run(text: string, options?: AskOptions): Promise<void>;
  /** Writes rows in one INSERT; when this resolves they are stored, on every shard they belong to. */
  insert(
    table: { readonly database: string; readonly table: string },
    columns: readonly string[],
    rows: readonly (readonly ClickHouseValue[])[],
    options?: AskOptions,
  ): Promise<void>;
  /** Ends nothing that runs. May be called again. */
  close(): Promise<void>;
}

export interface ConnectOptions extends AskOptions {
  /** Where the password is looked for; the process's own when absent. */
  readonly environment?: PasswordEnvironment;
}

/**
 * Connects to a node, asks its version and chooses the settings.
 *
 * @throws ComplianceError `missing-package`, `unreadable-source`, `unsupported-source`
 */
export async function connectClickHouse(
  target: ClickHouseTarget,
  { environment = process.env, signal }: ConnectOptions = {},
): Promise<ClickHouseConnection> {
  const password = clickHousePassword(target.passwordFile, environment);
  const { createClient, ClickHouseLogLevel } = await loadPackage();
  const client = createClient({
    url: `${target.tls ? "https" : "http"}://${target.host}:${target.port}`,
    username: target.user ?? "default",
    password,
    request_timeout: LONGEST_SILENCE_MS,
    keep_alive: { enabled: false },
    max_open_connections: MOST_CONNECTIONS,
    // It would print queries.
    log: { level: ClickHouseLogLevel.OFF },
  });
  const node: ClickHouseNode = { client, place: clickHouseName(target) };
  try {
    const names = ASKED_SETTINGS.map((name) => `'${name}'`).join(", ");
    const text = `SELECT name, value, version() FROM system.settings WHERE name IN (${names})`;
    const rows = await allRows(node, { text, values: [] }, {}, { signal });
    const version = String(rows[0]?.[2]);
    const present = new Map(rows.map(([name, value]) => [String(name), String(value)]));
    return connectionTo(node, version, chooseSettings(present, node.place));
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** A server that sorts or counts says nothing meanwhile. */
const LONGEST_SILENCE_MS = 3_600_000;
const MOST_CONNECTIONS = 16;

/** The server keeps the answer until it is complete, so that a failure is told as one. */
const COMPLETE: Settings = { wait_end_of_query: "1" };

function connectionTo(
  node: ClickHouseNode,
  version: string,
  { reading, writing }: ChosenSettings,
): ClickHouseConnection {
  const { client, place } = node;
  let closed = false;
  const open = (): ClickHouseNode => {
    if (closed) throw new ComplianceError("closed", "this connection to ClickHouse was closed");
    return node;
  };
  const write = async (text: string, options: AskOptions, body?: Readable): Promise<void> => {
    const settings = { ...writing, ...COMPLETE };
    const asking = { ...options, settings, ...(body === undefined ? {} : { body }) };
    for await (const _ of bytesOf(open(), { text, values: [] }, asking));
  };
  return {
    version,
    place,
    query: async (statement, options = {}) => allRows(open(), statement, reading, options),
    async *read(statement, options = {}) {
      const bytes = bytesOf(open(), withFormat(statement), { ...options, settings: reading });
      yield* rowsOf(bytes, { numbered: true, place });
    },
    run: async (text, options = {}) => write(text, options),
    async insert({ database, table }, columns, rows, options = {}) {
      if (rows.length === 0) return;
      const names = columns.map(quoteName).join(", ");
      const text = `INSERT INTO ${quoteTable(database, table)} (${names}) FORMAT TabSeparated`;
      await write(text, options, Readable.from(linesOf(rows)));
    },
    async close() {
      if (closed) return;
      closed = true;
      await client.close();
    },
  };
}

async function allRows(
  node: ClickHouseNode,
  statement: ClickHouseStatement,
  settings: Settings,
  options: AskOptions,
): Promise<readonly ClickHouseRow[]> {
  const asking = { ...options, settings: { ...settings, ...COMPLETE } };
  const bytes = bytesOf(node, withFormat(statement), asking);
  const rows: ClickHouseRow[] = [];
  for await (const batch of rowsOf(bytes, { numbered: false, place: node.place })) {
    rows.push(...batch);
  }
  return rows;
}

function withFormat({ text, values }: ClickHouseStatement): ClickHouseStatement {
  return { text: `${text}\nFORMAT TabSeparatedWithNamesAndTypes`, values };
}

/** Rows as text, some hundred in one piece. */
function* linesOf(rows: readonly (readonly ClickHouseValue[])[]): Generator<string> {
  for (let start = 0; start < rows.length; start += PIECE) {
    yield rows
      .slice(start, start + PIECE)
      .map((row) => tsvRow(row.map((value) => (value === null ? null : String(value)))))
      .join("");
  }
}

const PIECE = 500;

async function loadPackage(): Promise<typeof import("@clickhouse/client")> {
  try {
    return await import("@clickhouse/client");
  } catch (cause) {
    throw new ComplianceError(
      "missing-package",
      "ClickHouse needs the package @clickhouse/client, which is not installed",
      { cause, hint: "Run `npm install @clickhouse/client`." },
    );
  }
}
