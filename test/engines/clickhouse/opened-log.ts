// A log in ClickHouse below the engine: its views one by one.

import { connectClickHouse } from "../../../src/clickhouse/connection.ts";
import type { ClickHouseConnection } from "../../../src/clickhouse/connection.ts";
import { clickHouseName, parseClickHouseUrl } from "../../../src/clickhouse/url.ts";
import { inspectClickHouse } from "../../../src/engines/clickhouse/inspect.ts";
import { openView } from "../../../src/engines/clickhouse/view.ts";
import type { LogTable } from "../../../src/engines/sql/log-table.ts";
import { selectRange } from "../../../src/engines/sql/select.ts";
import type { TableRow, TableView } from "../../../src/engines/table/reader.ts";

export interface OpenedLog {
  readonly table: LogTable;
  readonly connection: ClickHouseConnection;
  readonly view: (signal?: AbortSignal) => Promise<TableView>;
}

export async function openLog(url: string): Promise<OpenedLog> {
  const target = parseClickHouseUrl(url);
  const connection = await connectClickHouse(target, { environment: {} });
  const log = await inspectClickHouse(connection, target);
  return {
    table: log.table,
    connection,
    view: (signal) => openView(connection, log, clickHouseName(target), signal),
  };
}

/** Reads every row of a view, with its id. */
export async function readAll(view: TableView, table: LogTable): Promise<readonly TableRow[]> {
  if (view.range === undefined) return [];
  return (await drained(view.read(selectRange(table, ["id"], view.range)))).flat();
}

/** Everything that comes. */
export async function drained<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
