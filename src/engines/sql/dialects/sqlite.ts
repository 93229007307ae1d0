// SQLite. A column can hold anything, so the type of each value is asked; values are handed over
// as they are stored. Text may not be UTF-8 and may hold NUL, where most functions stop.

import { boundText, sql } from "../fragment.ts";
import type { Fragment } from "../fragment.ts";
import type { Dialect } from "../spelling.ts";
import { ASCII_SPACE } from "../white-space.ts";

export const sqlite: Dialect = {
  name: "sqlite",
  // A name in double quotes that no column has would be taken for a text.
  quote: "`",
  backslashEscapes: false,
  placeholder: () => "?",

  deliveredNumber: (column) => column,
  deliveredText: (column) => column,
  // Values that are no text and no number sort behind x''.
  recorded: (column, _kind, type) =>
    type === "json"
      ? sql`coalesce(${column} <> '' COLLATE BINARY, 0)`
      : sql`coalesce(${column} <> '' COLLATE BINARY AND ${column} < x'', 0)`,
  smallInteger: (value) => value,

  // Fractions, which only columns of other kinds keep, are written differently in JavaScript.
  text: (column, kind) =>
    kind === "text"
      ? sql`CASE typeof(${column}) WHEN 'text' THEN ${column} WHEN 'integer' THEN CAST(${column} AS TEXT) ELSE '' END`
      : undefined,
  number: (column) =>
    sql`CASE WHEN typeof(${column}) IN ('integer', 'real') THEN ${column} ELSE NULL END`,
  micros: () => sql`NULL`,
  collation: sql` COLLATE BINARY`,
  alwaysUtf8: false,
  takesNul: true,
  hasFractions: true,
  asDouble: (number) => sql`CAST(${number} AS REAL)`,
  lowerAscii: (text) => sql`lower(${text})`,
  trimAscii: (text) => sql`trim(${text}, ${boundText(ASCII_SPACE)})`,
  contains: (text, part) => sql`(instr(${text}, ${part}) > 0)`,
  // A piece of no bytes is NULL.
  startsWith: (text, part) =>
    sql`coalesce(substr(${bytes(text)}, 1, length(${bytes(part)})) = ${bytes(part)}, 0)`,
  endsWith: (text, part) =>
    sql`coalesce(substr(${bytes(text)}, -length(${bytes(part)})) = ${bytes(part)}, 0)`,

  isInstant,
  fraction: (text) =>
    sql`CASE WHEN substr(${text}, 20, 1) = '.' THEN substr(${text}, 21, length(substr(${text}, 21)) - length(ltrim(substr(${text}, 21), '0123456789'))) ELSE '' END`,
  offset: (text) =>
    sql`CASE WHEN substr(${text}, -3, 1) = ':' AND substr(${text}, -6) GLOB '[+-]*' THEN substr(${text}, -6) WHEN substr(${text}, -5) GLOB '[+-]*' THEN substr(${text}, -5) ELSE '' END`,
  digits: (text) => sql`CAST(${text} AS INTEGER)`,
  quotient: (dividend, divisor) => sql`${dividend} / ${divisor}`,
};

function bytes(text: Fragment): Fragment {
  return sql`CAST(${text} AS BLOB)`;
}

const DATE = "[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]";
const TIME = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9]";

/** There are no patterns, only GLOB; the day is tried against the calendar. */
function isInstant(text: Fragment): Fragment {
  const rest = sql`substr(${text}, 20)`;
  const offset = sqlite.offset(text);
  const zone = sql`CASE WHEN ${rest} GLOB '*Z' THEN 1 ELSE length(${offset}) END`;
  const fraction = sql`substr(${rest}, 1, length(${rest}) - (${zone}))`;
  const date = sql`substr(${text}, 1, 10)`;
  return sql`(instr(${text}, char(0)) = 0 AND substr(${text}, 1, 19) GLOB ${[`'${DATE}[T ]${TIME}'`]} AND substr(${text}, 1, 2) IN ('19', '20', '21') AND substr(${text}, 12, 2) < '24' AND ${date} = date(julianday(${date})) AND (${fraction} = '' OR length(${fraction}) BETWEEN 2 AND 10 AND substr(${fraction}, 1, 1) = '.' AND substr(${fraction}, 2) NOT GLOB '*[^0-9]*') AND (${offset} = '' OR replace(${offset}, ':', '') GLOB '[+-][01][0-9][0-5][0-9]' AND substr(${offset}, 2, 2) < '15'))`;
}
