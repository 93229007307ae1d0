// The dialects by name, and the one place where names are quoted.

import { ComplianceError } from "../../model/error.ts";
import { clickhouse } from "./dialects/clickhouse.ts";
import { clickhouse18 } from "./dialects/clickhouse-18.ts";
import { duckdb } from "./dialects/duckdb.ts";
import { postgresql } from "./dialects/postgresql.ts";
import { sqlite } from "./dialects/sqlite.ts";
import type { DialectName } from "./log-table.ts";
import type { Dialect } from "./spelling.ts";

export type { Dialect } from "./spelling.ts";

const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  sqlite,
  duckdb,
  postgresql,
  clickhouse,
  "clickhouse-18": clickhouse18,
};

/** The spellings of a dialect. */
export function dialectOf(name: DialectName): Dialect {
  return DIALECTS[name];
}

/**
 * A name as an identifier that stands for exactly this name, whatever characters it has.
 *
 * @throws ComplianceError `invalid-option` when the dialect has no such names: empty, with NUL or
 *   half a surrogate pair, so long that the database would cut it, or taken for an expression
 */
export function quoteIdentifier(dialect: DialectName, name: string): string {
  const { quote, backslashEscapes, mistakable, longestName = Infinity } = dialectOf(dialect);
  const isNoName = name === "" || name.includes("\0") || /\p{Surrogate}/u.test(name);
  if (isNoName || mistakable?.test(name) === true) {
    throw new ComplianceError(
      "invalid-option",
      `expected the name of a table or column, but ${JSON.stringify(name)} cannot be used as one`,
      { hint: "Write the name as the database lists it, or make a view with plain names." },
    );
  }
  const bytes = Buffer.byteLength(name);
  if (bytes > longestName) {
    throw new ComplianceError(
      "invalid-option",
      `expected a name of at most ${longestName} bytes, but ${JSON.stringify(name)} has ${bytes}`,
      { hint: "Write the name as the database lists it; longer ones are cut by the database." },
    );
  }
  const inside = backslashEscapes
    ? name.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)
    : name.replaceAll(quote, quote + quote);
  return quote + inside + quote;
}
