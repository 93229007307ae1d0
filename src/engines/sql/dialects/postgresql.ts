// PostgreSQL 12 and later, in a database whose encoding is UTF-8. Everything is compared, folded
// and searched in the collation "C": by bytes, with ASCII's letters only.

import { boundText, sql, written } from "../fragment.ts";
import type { Fragment } from "../fragment.ts";
import { FRACTION_PATTERN, INSTANT_PATTERN, OFFSET_PATTERN } from "../instant.ts";
import type { ColumnKind } from "../log-table.ts";
import type { Dialect } from "../spelling.ts";
import { ASCII_SPACE } from "../white-space.ts";

const TYPES = { text: "text", integer: "bigint", real: "double precision" } as const;
const MICROS_PER_DAY = written("86400000000");

export const postgresql: Dialect = {
  name: "postgresql",
  quote: '"',
  backslashEscapes: false,
  longestName: 63,
  placeholder: (position, type) => `$${position}::${TYPES[type]}`,

  deliveredNumber: (column, kind) => (kind === "integer" ? column : text(column, kind)),
  deliveredText: text,
  recorded: (column, kind) =>
    kind === "text" || kind === "other"
      ? sql`coalesce(${column}::text COLLATE "C" <> '', false)`
      : sql`(${column} IS NOT NULL)`,
  smallInteger: (value) => sql`(${value})::integer`,

  text: (column, kind) => sql`(coalesce(${text(column, kind)}, '') COLLATE "C")`,
  number: (column) => column,
  micros: (column) => sql`CASE WHEN isfinite(${column}) THEN ${micros(column)} ELSE NULL END`,
  collation: sql` COLLATE "C"`,
  alwaysUtf8: true,
  takesNul: false,
  hasFractions: false,
  asDouble: (number) => sql`${number}::double precision`,
  lowerAscii: (value) => sql`lower(${value} COLLATE "C")`,
  trimAscii: (value) => sql`btrim(${value}, ${boundText(ASCII_SPACE)})`,
  contains: (value, part) => sql`(strpos(${value}, ${part}) > 0)`,
  startsWith: (value, part) => sql`starts_with(${value}, ${part})`,
  endsWith: (value, part) => sql`(right(${value}, char_length(${part})) = ${part} COLLATE "C")`,
  size: (value) => sql`char_length(${value})`,
  matches: (value, pattern) => sql`(${value} ~ ${pattern})`,

  isInstant: (value) => sql`${value} ~ ${quoted(INSTANT_PATTERN)}`,
  fraction: (value) => sql`coalesce(substring(${value} from ${quoted(FRACTION_PATTERN)}), '')`,
  offset: (value) => sql`coalesce(substring(${value} from ${quoted(OFFSET_PATTERN)}), '')`,
  digits: (value) => sql`(${value})::bigint`,
  quotient: (dividend, divisor) => sql`${dividend} / ${divisor}`,
};

function quoted(pattern: string): Fragment {
  return written(`'${pattern}'`);
}

/** Microseconds of a time with or without zone, in any zone of the session: without is UTC. */
function micros(column: Fragment): Fragment {
  return sql`(extract(epoch FROM ${column}) * 1000000)::bigint`;
}

function text(column: Fragment, kind: ColumnKind): Fragment {
  if (kind !== "timestamp") return sql`${column}::text`;
  const whole = micros(column);
  const utc = sql`timestamp 'epoch' + ${whole} / ${MICROS_PER_DAY} * interval '1 day' + ${whole} % ${MICROS_PER_DAY} * interval '1 microsecond'`;
  // A year before Christ would lose what says so.
  return sql`CASE WHEN isfinite(${column}) AND ${column} >= '0001-01-02' THEN to_char(${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE ${column}::text END`;
}
