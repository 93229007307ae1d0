// Which database a URL names.

import type { EntryField } from "../../model/audit-entry.ts";
import { isPostgresUrl } from "../../postgresql/url.ts";
import { openClickHouseTarget } from "./clickhouse-target.ts";
import { openPostgresTarget } from "./postgresql-target.ts";
import type { MigrationTarget } from "./target.ts";

/**
 * Opens what rows are migrated to, and makes the table when there is none.
 *
 * @param fields that the source has columns for: a new table has no others, so that it does not
 *   seem as if it could have recorded more
 * @throws ComplianceError `invalid-option`, `unreadable-source`, `unsupported-source`,
 *   `missing-package`
 */
export function openMigrationTarget(
  url: string,
  fields: readonly EntryField[],
): Promise<MigrationTarget> {
  return isPostgresUrl(url) ? openPostgresTarget(url, fields) : openClickHouseTarget(url, fields);
}
