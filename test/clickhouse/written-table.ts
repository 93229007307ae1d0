// Writes entries into tables of a ClickHouse cluster: on one node, or spread over all of them
// behind a Distributed table. Rows are numbered in a column of their own, as entries may lack an
// id or share one.

import { connectClickHouse } from "../../src/clickhouse/connection.ts";
import type { ClickHouseConnection, ClickHouseValue } from "../../src/clickhouse/connection.ts";
import { quoteTable } from "../../src/clickhouse/identifier.ts";
import { parseClickHouseUrl } from "../../src/clickhouse/url.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { ClusterAddress } from "../servers/clickhouse.ts";

type Log = readonly AuditEntry[];

/** Connections to every node of a cluster. */
export interface Writer {
  /** Into a table of the first node; answers the URL of the log. */
  write(table: string, log: Log): Promise<string>;
  /** Into tables of all nodes, a row each in turn, behind a Distributed table of the first. */
  spread(table: string, log: Log): Promise<string>;
  /** Many logs into one Distributed table. */
  spreadMany(table: string, logs: readonly Log[]): Promise<ManyLogs>;
  close(): Promise<void>;
}

/** Logs that share a Distributed table. */
export interface ManyLogs {
  readonly url: string;
  /** What stands behind FROM for one of them, and whether its ids are numbers. */
  readonly logs: readonly { readonly from: string; readonly numbered: boolean }[];
}

/** URL of a table that was written here. */
export function logUrl(node: string, database: string, table: string): string {
  const place = `${new URL(node).host}/${encodeURIComponent(database)}`;
  return `clickhouse://${place}?table=${encodeURIComponent(table)}&order=ordinal`;
}

/** A connection to a node, as its default user. */
export async function connectTo(node: string): Promise<ClickHouseConnection> {
  return connectClickHouse(parseClickHouseUrl(`clickhouse://${new URL(node).host}/default`), {
    environment: {},
  });
}

export async function openWriter(
  { cluster, nodes }: ClusterAddress,
  database: string,
): Promise<Writer> {
  const connections = await Promise.all(nodes.map(({ url }) => connectTo(url)));
  const [first] = connections;
  const [node] = nodes;
  if (first === undefined || node === undefined) throw new Error("a cluster has nodes");

  const create = async (
    on: ClickHouseConnection,
    table: string,
    columns: Columns,
    rows: readonly (readonly ClickHouseValue[])[],
  ): Promise<void> => {
    await on.run(
      `CREATE TABLE ${quoteTable(database, table)} (${definitionOf(columns)}) ENGINE = MergeTree ORDER BY ordinal`,
    );
    await on.insert({ database, table }, Object.keys(columns), rows);
  };
  const distribute = async (
    table: string,
    columns: Columns,
    rows: readonly (readonly ClickHouseValue[])[],
  ): Promise<void> => {
    const shard = `${table} shard`;
    await Promise.all(
      connections.map((on, index) => {
        const own = rows.filter((_, position) => position % connections.length === index);
        return create(on, shard, columns, own);
      }),
    );
    const place = [database, shard].map((name) => `'${name.replace(/['\\]/g, "\\$&")}'`);
    await first.run(
      `CREATE TABLE ${quoteTable(database, table)} (${definitionOf(columns)}) ENGINE = Distributed(${cluster}, ${place.join(", ")})`,
    );
  };

  return {
    async write(table, log) {
      await create(first, table, { ordinal: "Int64", ...columnsFor(log) }, rowsOf(log));
      return logUrl(node.url, database, table);
    },
    async spread(table, log) {
      await distribute(table, { ordinal: "Int64", ...columnsFor(log) }, rowsOf(log));
      return logUrl(node.url, database, table);
    },
    async spreadMany(table, logs) {
      // Ids that are numbers in one log and text in another have a column for each.
      const columns = {
        ordinal: "Int64",
        ...columnsFor([]),
        name: "Nullable(String)",
        log: "Int32",
      };
      const rows = logs.flatMap((log, index) => {
        const own = rowsOf(log);
        for (const row of own) {
          const name = typeof row[1] === "string" ? row[1] : null;
          if (name !== null) row[1] = null;
          row.push(name, index);
        }
        return own;
      });
      await distribute(table, columns, rows);
      const [, ...others] = ENTRY_FIELD_NAMES;
      return {
        url: logUrl(node.url, database, table),
        logs: logs.map((log, index) => {
          const numbered = isNumbered(log);
          const id = numbered ? "id" : "ifNull(name, toString(id)) AS id";
          const from = quoteTable(database, table);
          return {
            from: `(SELECT ordinal, ${[id, ...others].join(", ")} FROM ${from} WHERE log = ${index})`,
            numbered,
          };
        }),
      };
    },
    async close() {
      await Promise.all(connections.map((on) => on.close()));
    },
  };
}

/** Names and types. */
type Columns = Readonly<Record<string, string>>;

function definitionOf(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(", ");
}

function columnsFor(log: Log): Columns {
  const numbered = isNumbered(log);
  return Object.fromEntries(
    ENTRY_FIELD_NAMES.map((field) => {
      if (field === "id") return [field, numbered ? "Nullable(Int64)" : "Nullable(String)"];
      return [field, field === "chain_depth" ? "Nullable(Int32)" : "Nullable(String)"];
    }),
  );
}

function isNumbered(log: Log): boolean {
  return log.every(({ id }) => typeof id !== "string");
}

function rowsOf(log: Log): ClickHouseValue[][] {
  return log.map((entry, index) => [
    index + 1,
    ...ENTRY_FIELD_NAMES.map((field) => writable(entry[field])),
  ]);
}

/** The entry as it comes out of the table again. */
export function stored(entry: AuditEntry): AuditEntry {
  return Object.fromEntries(ENTRY_FIELD_NAMES.map((field) => [field, writable(entry[field])]));
}

function writable(value: unknown): ClickHouseValue {
  if (value === undefined || value === null) return null;
  return typeof value === "string" || typeof value === "number" ? value : JSON.stringify(value);
}
