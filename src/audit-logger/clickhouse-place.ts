// A table in ClickHouse to write to.

import type { ClickHouseConnection, ClickHouseValue } from "../clickhouse/connection.ts";
import { connectClickHouse } from "../clickhouse/connection.ts";
import { serverCode } from "../clickhouse/failure.ts";
import { quoteTable } from "../clickhouse/identifier.ts";
import type { ClickHouseRow } from "../clickhouse/rows.ts";
import { parseClickHouseUrl, type ClickHouseTarget } from "../clickhouse/url.ts";
import { ComplianceError } from "../model/error.ts";
import { requireOwnNames } from "./own-layout.ts";

/** A table that is written to. Every statement is a request of its own. */
export interface ClickHousePlace {
  readonly target: ClickHouseTarget;
  /** Quoted, with its database. */
  readonly table: string;
  /** What names the table, without credentials. */
  readonly name: string;
  /** Rows of a statement that has few. */
  readonly query: (text: string) => Promise<readonly ClickHouseRow[]>;
  /** Rows of a statement whose first column is a whole number. */
  read(text: string): AsyncIterable<readonly ClickHouseRow[]>;
  /** A statement that answers nothing. */
  run(text: string): Promise<void>;
  /** Stores rows, on every shard, or fails; then some may be stored. */
  insert(columns: readonly string[], rows: readonly (readonly ClickHouseValue[])[]): Promise<void>;
  /** Whether the same may succeed later. */
  mayPass(error: unknown): boolean;
  /** Gives up what is under way. */
  drop(): void;
  /** May be called again. What is under way is given up. */
  close(): Promise<void>;
}

/**
 * Connects.
 *
 * @throws ComplianceError `invalid-option` for a URL that names no place to write to,
 *   `unreadable-source`, `unsupported-source`, `missing-package`
 */
export async function openClickHousePlace(url: string): Promise<ClickHousePlace> {
  const target = parseClickHouseUrl(url);
  requireOwnNames(target.order, target.columns);
  const connection: ClickHouseConnection = await connectClickHouse(target);
  let underWay = new AbortController();
  const drop = (): void => {
    underWay.abort(new ComplianceError("unreadable-source", "The statement was given up"));
    underWay = new AbortController();
  };
  const options = (): { readonly signal: AbortSignal } => ({ signal: underWay.signal });
  return {
    target,
    table: quoteTable(target.database, target.table),
    name: connection.place,
    query: (text) => connection.query({ text, values: [] }, options()),
    read: (text) => connection.read({ text, values: [] }),
    run: (text) => connection.run(text, options()),
    insert: (columns, rows) => connection.insert(target, columns, rows, options()),
    mayPass: isPassing,
    drop,
    async close() {
      drop();
      await connection.close();
    },
  };
}

/** What a server refuses now and always: users, rights, tables, columns, syntax, values. */
const LASTING = new Set([
  6, 10, 15, 16, 20, 26, 27, 36, 38, 41, 43, 44, 46, 47, 48, 50, 53, 57, 60, 62, 69, 70, 72, 81,
  115, 117, 164, 192, 193, 194, 291, 349, 441, 452, 497, 516,
]);

function isPassing(error: unknown): boolean {
  if (!(error instanceof ComplianceError) || error.code !== "unreadable-source") return false;
  const code = serverCode(error.cause);
  return code === undefined || !LASTING.has(code);
}
