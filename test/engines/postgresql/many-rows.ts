// A table of as many plain entries as a test needs, made by the database itself.

import type { Client } from "pg";

/** Our own layout, filled with `rows` entries a second apart. */
export async function writeManyRows(
  client: Client,
  rows: number,
  name = "audit_log",
): Promise<void> {
  await client.query(
    `CREATE TABLE ${name} (id bigint PRIMARY KEY, timestamp text, agent_id text, action_type text,
       action_target text, risk_level text, approval text, matched_rule text, result_status text)`,
  );
  await addRows(client, 1, rows, name);
  await client.query(`ANALYZE ${name}`);
}

export async function addRows(
  client: Client,
  first: number,
  last: number,
  name = "audit_log",
): Promise<void> {
  await client.query(
    `INSERT INTO ${name} SELECT n,
       to_char(timestamp '2026-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       'agent ' || n % 7, 'read', '/data/' || n, 'LOW', 'auto', 'rule', 'success'
     FROM generate_series($1::bigint, $2::bigint) AS n`,
    [first, last],
  );
}
