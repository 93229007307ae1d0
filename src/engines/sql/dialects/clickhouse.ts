// ClickHouse since 20, which binds values. Text is bytes there; what is no UTF-8 becomes U+FFFD
// before anything is asked of it, in what is handed over too.

import { sql } from "../fragment.ts";
import type { Fragment } from "../fragment.ts";
import type { ColumnKind } from "../log-table.ts";
import type { Dialect } from "../spelling.ts";
import { clickhouse18 } from "./clickhouse-18.ts";

export const clickhouse: Dialect = {
  ...clickhouse18,
  name: "clickhouse",
  // Values beside the text travel as fields of a form, of which a server takes less than a thousand.
  placeholder: (position, type) => (type === "text" ? `{p${position}:String}` : undefined),

  deliveredNumber: (column, kind) => (kind === "integer" ? column : text(column, kind)),
  deliveredText: text,

  text: (column, kind) => sql`ifNull(${text(column, kind)}, '')`,
  micros: (column) => sql`toUnixTimestamp64Micro(toDateTime64(${column}, 6, 'UTC'))`,
  alwaysUtf8: true,
  size: (value) => sql`lengthUTF8(${value})`,
  matches: (value, pattern) => sql`match(${value}, ${pattern})`,
};

function text(column: Fragment, kind: ColumnKind): Fragment {
  switch (kind) {
    case "text":
    case "json":
    case "other":
      return sql`toValidUTF8(toString(${column}))`;
    case "integer":
      return sql`toString(${column})`;
    case "timestamp":
      return sql`concat(replaceOne(toString(toDateTime64(${column}, 6, 'UTC')), ' ', 'T'), 'Z')`;
  }
}
