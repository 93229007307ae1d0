// A table that holds a log, as SQL sees it.

import type { EntryField } from "../../model/audit-entry.ts";

/** The kinds of SQL that are spoken. ClickHouse before 20 binds no values and lacks newer functions. */
export type DialectName = "sqlite" | "duckdb" | "postgresql" | "clickhouse" | "clickhouse-18";

/**
 * What a column holds, whatever the database calls it. A `timestamp` is a type of its own, with
 * or without time zone; text that holds times is `text`. `other` can only be read as its text.
 */
export type ColumnKind = "text" | "integer" | "timestamp" | "json" | "other";

/** The column of a field. */
export interface LogColumn {
  /** As the database spells it; not quoted. */
  readonly name: string;
  readonly kind: ColumnKind;
}

/** Where a log stands in a database. */
export interface LogTable {
  readonly dialect: DialectName;
  /** What stands behind FROM, quoted and qualified. */
  readonly from: string;
  /** Fields without a column cannot be recorded by this log. */
  readonly columns: ReadonlyMap<EntryField, LogColumn>;
  /** Column of whole numbers below 2^53 that are unique and grow along the log. */
  readonly order: string;
}
