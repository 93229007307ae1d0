// ClickHouse 18: binds no values, so they are written as literals, here and nowhere else. Text is
// bytes, and nothing tells whether they are UTF-8.

import { boundText, sql, written } from "../fragment.ts";
import type { Fragment } from "../fragment.ts";
import { FRACTION_PATTERN, INSTANT_PATTERN, OFFSET_PATTERN } from "../instant.ts";
import type { ColumnKind } from "../log-table.ts";
import type { Dialect } from "../spelling.ts";
import type { SqlValue } from "../statement.ts";
import { ASCII_SPACE } from "../white-space.ts";

export const clickhouse18: Dialect = {
  name: "clickhouse-18",
  quote: "`",
  backslashEscapes: true,
  // Results of expressions are columns too there, under their text: a column `0` would be every 0.
  mistakable: /^[-+.\d]|['(),[\]]|^(?:null|nan|inf)$/i,
  placeholder: () => undefined,
  literal,

  deliveredNumber: (column, kind) => (kind === "integer" ? column : text(column, kind)),
  deliveredText: text,
  recorded: (column, kind) =>
    kind === "integer" || kind === "timestamp"
      ? sql`isNotNull(${column})`
      : sql`ifNull(toString(${column}) != '', 0)`,
  smallInteger: (value) => sql`toInt32(${value})`,

  text: (column, kind) => sql`ifNull(${text(column, kind)}, '')`,
  number: (column) => column,
  micros: (column) => sql`toInt64(toUnixTimestamp(${column})) * 1000000`,
  collation: sql``,
  alwaysUtf8: false,
  takesNul: true,
  hasFractions: false,
  asDouble: (number) => sql`toFloat64(${number})`,
  lowerAscii: (value) => sql`lower(${value})`,
  trimAscii: (value) =>
    sql`replaceRegexpOne(replaceRegexpOne(${value}, ${boundText(`^[${ASCII_SPACE}]+`)}, ''), ${boundText(`[${ASCII_SPACE}]+$`)}, '')`,
  contains: (value, part) => sql`(position(${value}, ${part}) > 0)`,
  startsWith: (value, part) => sql`startsWith(${value}, ${part})`,
  endsWith: (value, part) => sql`endsWith(${value}, ${part})`,

  isInstant: (value) => sql`match(${value}, ${quoted(INSTANT_PATTERN)})`,
  fraction: (value) => sql`extract(${value}, ${quoted(FRACTION_PATTERN)})`,
  offset: (value) => sql`extract(${value}, ${quoted(OFFSET_PATTERN)})`,
  // What does not come into question is worked out too, and must not fail.
  digits: (value) => sql`toInt64OrZero(${value})`,
  quotient: (dividend, divisor) => sql`intDiv(${dividend}, ${divisor})`,
};

function quoted(pattern: string): Fragment {
  return written(`'${pattern}'`);
}

function text(column: Fragment, kind: ColumnKind): Fragment {
  // The second 0 would be written as the year 0.
  return kind === "timestamp"
    ? sql`if(toUnixTimestamp(${column}) = 0, '1970-01-01T00:00:00.000000Z', concat(replaceOne(toString(${column}, 'UTC'), ' ', 'T'), '.000000Z'))`
    : sql`toString(${column})`;
}

function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value !== "string") return String(value);
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\0", "\\0")}'`;
}
