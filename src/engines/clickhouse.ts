// A log in ClickHouse, on one node or in a Distributed table. Rows are streamed in the log's
// order into the fold; ClickHouse has no snapshots, so each reading ends with a proof that the
// table was the same before and after.

import { connectClickHouse } from "../clickhouse/connection.ts";
import type { PasswordEnvironment } from "../clickhouse/password.ts";
import { clickHouseName, parseClickHouseUrl } from "../clickhouse/url.ts";
import { inspectClickHouse } from "./clickhouse/inspect.ts";
import { openView } from "./clickhouse/view.ts";
import type { GrowingEngine } from "./growing.ts";
import { tableEngine } from "./table/table-engine.ts";

export interface ClickHouseOptions {
  /** Where CLICKHOUSE_PASSWORD and CLICKHOUSE_PASSWORD_FILE are looked for; the process's own when absent. */
  readonly environment?: PasswordEnvironment;
}

/**
 * Connects to a server and looks at the table. Nothing in it is ever changed.
 *
 * @param url `clickhouse://user@host:8123/database?table=audit_log&order=id&column.FIELD=NAME&tls=1`
 * @throws ComplianceError `invalid-option`, `missing-package`, `unreadable-source`, `unsupported-source`
 */
export async function clickhouse(
  url: string,
  { environment }: ClickHouseOptions = {},
): Promise<GrowingEngine> {
  const target = parseClickHouseUrl(url);
  const connection = await connectClickHouse(
    target,
    environment === undefined ? {} : { environment },
  );
  try {
    const log = await inspectClickHouse(connection, target);
    return tableEngine({
      table: log.table,
      view: (signal) => openView(connection, log, clickHouseName(target), signal),
      close: () => connection.close(),
    });
  } catch (error) {
    await connection.close();
    throw error;
  }
}
