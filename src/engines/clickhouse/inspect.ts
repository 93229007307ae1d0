// Looks at a table once: which column holds which field, and whether it can be trusted to tell
// that a shard is missing.

import type { ClickHouseConnection } from "../../clickhouse/connection.ts";
import { quoteTable } from "../../clickhouse/identifier.ts";
import type { ClickHouseTarget } from "../../clickhouse/url.ts";
import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import { dialectOf } from "../sql/dialect.ts";
import type { Dialect } from "../sql/dialect.ts";
import { boundText, sql } from "../sql/fragment.ts";
import type { DialectName, LogColumn, LogTable } from "../sql/log-table.ts";
import { render } from "../sql/render.ts";
import { columnKind } from "./column-kind.ts";

/** A log in ClickHouse. */
export interface ClickHouseLog {
  readonly table: LogTable;
  /** The cluster of a Distributed table. */
  readonly cluster?: string;
}

/**
 * @throws ComplianceError `unreadable-source` when there is no such table, `unsupported-source`
 *   when it lacks a column or is defined to leave out shards that do not answer
 */
export async function inspectClickHouse(
  connection: ClickHouseConnection,
  target: ClickHouseTarget,
): Promise<ClickHouseLog> {
  const { database, table, order, columns } = target;
  const dialect = dialectFor(connection.version);
  const from = quoteTable(database, table);
  const described = await connection.query({ text: `DESCRIBE TABLE ${from}`, values: [] });
  const types = new Map(described.map(([name, type]) => [String(name), String(type)]));
  const refuse: Refuse = (message, hint) => {
    const location = { file: connection.place };
    throw new ComplianceError("unsupported-source", message, { hint, location });
  };
  const found = new Map<EntryField, LogColumn>();
  for (const field of ENTRY_FIELD_NAMES) {
    const named = columns.get(field);
    const type = types.get(named ?? field);
    if (type !== undefined) found.set(field, { name: named ?? field, kind: columnKind(type) });
    else if (named !== undefined) {
      refuse(
        `expected a column ${JSON.stringify(named)} for ${field}, but the table has none`,
        `Its columns are ${listed(types)}.`,
      );
    }
  }
  if (!found.has("timestamp")) {
    refuse(
      "expected a column timestamp, but the table has none",
      "Name the column of times with column.timestamp= in the URL.",
    );
  }
  const orderType = types.get(order);
  if (orderType === undefined || columnKind(orderType) !== "integer") {
    refuse(
      `expected a column ${JSON.stringify(order)} of whole numbers to order the log by, but ` +
        (orderType === undefined ? "the table has none" : `its type is ${orderType}`),
      "Name a column of unique whole numbers that grow along the log with order= in the URL.",
    );
  }
  const cluster = await requireEveryShard(connection, dialectOf(dialect), target, refuse);
  return {
    table: { dialect, from, columns: found, order },
    ...(cluster === undefined ? {} : { cluster }),
  };
}

type Refuse = (message: string, hint: string) => never;

/** Values are bound from 20 on. */
function dialectFor(version: string): DialectName {
  return Number.parseInt(version, 10) >= 20 ? "clickhouse" : "clickhouse-18";
}

const SKIPPING = "skip_unavailable_shards";

/**
 * A table can be defined to skip shards that do not answer, and no setting of a query is above
 * that: a Distributed table by its SETTINGS, a view by those of its query.
 *
 * @returns the cluster of a Distributed table
 */
async function requireEveryShard(
  connection: ClickHouseConnection,
  dialect: Dialect,
  { database, table }: ClickHouseTarget,
  refuse: Refuse,
): Promise<string | undefined> {
  const asked = sql`SELECT engine, engine_full, position(create_table_query, ${boundText(SKIPPING)}) FROM system.tables WHERE database = ${boundText(database)} AND name = ${boundText(table)}`;
  const [[engine, parameters, skips] = []] = await connection.query(render(dialect, asked));
  const hint = `Use a table without ${SKIPPING}: with it, a report could be too small without a word.`;
  if (skips !== 0) refuse(`the definition of the table mentions ${SKIPPING}`, hint);
  if (engine === "Distributed") {
    return /^Distributed\('?([\w.-]+)/.exec(String(parameters))?.[1];
  }
  if (STORES.test(String(engine))) return undefined;
  // A view, or another table that reads tables.
  const others = sql`SELECT count() FROM system.tables WHERE database != 'system' AND position(create_table_query, ${boundText(SKIPPING)}) > 0`;
  const [[count] = []] = await connection.query(render(dialect, others));
  if (count !== 0) refuse(`a table that this one may read mentions ${SKIPPING}`, hint);
  return undefined;
}

/** Engines that keep their rows themselves. */
const STORES = /(?:MergeTree|Log|Memory)$/;

function listed(types: ReadonlyMap<string, string>): string {
  const names = [...types.keys()].map((name) => JSON.stringify(name));
  return names.length > 30
    ? `${names.slice(0, 30).join(", ")} and ${names.length - 30} more`
    : names.join(", ");
}
