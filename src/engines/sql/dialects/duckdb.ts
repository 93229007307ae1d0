// DuckDB. Its own lower() knows all of Unicode, and a column's collation would reach into
// comparisons and searches, so every text is given the collation C first.

import { boundText, sql, written } from "../fragment.ts";
import type { Fragment } from "../fragment.ts";
import { FRACTION_PATTERN, INSTANT_PATTERN, OFFSET_PATTERN } from "../instant.ts";
import type { ColumnKind } from "../log-table.ts";
import type { Dialect } from "../spelling.ts";
import { ASCII_SPACE } from "../white-space.ts";

const TYPES = { text: "VARCHAR", integer: "BIGINT", real: "DOUBLE" } as const;

export const duckdb: Dialect = {
  name: "duckdb",
  quote: '"',
  backslashEscapes: false,
  placeholder: (position, type) => `CAST($${position} AS ${TYPES[type]})`,

  deliveredNumber: (column, kind) => (kind === "integer" ? column : text(column, kind)),
  deliveredText: text,
  recorded: (column, kind) =>
    kind === "integer" || kind === "timestamp"
      ? sql`(${column} IS NOT NULL)`
      : sql`coalesce(${text(column, kind)} <> '', false)`,
  smallInteger: (value) => sql`CAST(${value} AS INTEGER)`,

  text: (column, kind) => sql`(coalesce(${text(column, kind)}, '') COLLATE C)`,
  number: (column) => column,
  micros: (column) => sql`CASE WHEN isfinite(${column}) THEN epoch_us(${column}) ELSE NULL END`,
  collation: sql``,
  alwaysUtf8: true,
  takesNul: true,
  hasFractions: false,
  lowerAscii: (value) =>
    sql`translate(${value}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  trimAscii: (value) => sql`trim(${value}, ${boundText(ASCII_SPACE)})`,
  contains: (value, part) => sql`contains(${value}, ${part})`,
  startsWith: (value, part) => sql`starts_with(${value}, ${part})`,
  endsWith: (value, part) => sql`ends_with(${value}, ${part})`,
  size: (value) => sql`length(${value})`,
  matches: (value, pattern) => sql`regexp_matches(${value}, ${pattern})`,

  isInstant: (value) => sql`regexp_matches(${value}, ${quoted(INSTANT_PATTERN)})`,
  fraction: (value) => sql`regexp_extract(${value}, ${quoted(FRACTION_PATTERN)}, 1)`,
  offset: (value) => sql`regexp_extract(${value}, ${quoted(OFFSET_PATTERN)})`,
  // What does not come into question may be worked out too, and must not fail.
  digits: (value) => sql`TRY_CAST(${value} AS BIGINT)`,
  quotient: (dividend, divisor) => sql`${dividend} // ${divisor}`,
};

function quoted(pattern: string): Fragment {
  return written(`'${pattern}'`);
}

function text(column: Fragment, kind: ColumnKind): Fragment {
  return kind === "timestamp"
    ? sql`CASE WHEN isfinite(${column}) THEN strftime(make_timestamp(epoch_us(${column})), '%Y-%m-%dT%H:%M:%S.%fZ') ELSE CAST(${column} AS VARCHAR) END`
    : sql`CAST(${column} AS VARCHAR)`;
}
