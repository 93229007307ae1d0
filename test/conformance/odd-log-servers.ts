// The odd log in tables of database servers, loaded as quickly as they take it.

import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import { withClient } from "../engines/postgresql/written-table.ts";
import { ask, askAll } from "../servers/clickhouse.ts";
import type { SharedCluster, SharedPostgres } from "../servers/shared.ts";
import { inPieces, tabbedRows } from "./odd-log-files.ts";
import type { OddLogEntry } from "./odd-log.ts";

/**
 * A table of PostgreSQL in our own layout.
 *
 * @param tabbed path of a file that the server may read
 * @returns URL of the log
 */
export async function loadPostgres(server: SharedPostgres, tabbed: string): Promise<string> {
  const url = await server.createDatabase();
  await withClient(url, async (client) => {
    const columns = ENTRY_FIELD_NAMES.map((field) => {
      if (field === "id") return "id bigint PRIMARY KEY";
      return `${field} ${field === "chain_depth" ? "integer" : "text"}`;
    });
    await client.query(`CREATE UNLOGGED TABLE audit_log (${columns.join(", ")})`);
    await client.query(`COPY audit_log FROM '${tabbed}'`);
    await client.query("ANALYZE audit_log");
  });
  return `${url}?table=audit_log`;
}

/**
 * A Distributed table of ClickHouse, its rows spread over all nodes.
 *
 * @returns URL of the log
 */
export async function loadClickHouse(
  cluster: SharedCluster,
  entries: Iterable<OddLogEntry>,
): Promise<string> {
  const [node] = cluster.nodes;
  if (node === undefined) throw new Error("a cluster has nodes");
  const database = await cluster.createDatabase();
  const columns = ENTRY_FIELD_NAMES.map((field) => {
    if (field === "id") return "id Int64";
    return `${field} Nullable(${field === "chain_depth" ? "Int32" : "String"})`;
  }).join(", ");
  await askAll(
    cluster,
    `CREATE TABLE ${database}.shard (${columns}) ENGINE = MergeTree ORDER BY id`,
  );
  await ask(
    node.url,
    `CREATE TABLE ${database}.audit_log (${columns}) ` +
      `ENGINE = Distributed(${cluster.cluster}, ${database}, shard, id)`,
  );
  const insert = `INSERT INTO ${database}.audit_log FORMAT TabSeparated\n`;
  for (const rows of inPieces(tabbedRows(entries))) await ask(node.url, `${insert}${rows}`);
  return `clickhouse://${new URL(node.url).host}/${database}?table=audit_log`;
}
