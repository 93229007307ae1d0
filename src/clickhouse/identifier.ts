// Names in ClickHouse's SQL.

import { ComplianceError } from "../model/error.ts";

/**
 * A name between backticks, inside which only the backtick and the backslash mean something.
 *
 * @throws ComplianceError `invalid-option` when no table or column can be called so
 */
export function quoteName(name: string): string {
  if (name === "" || name.includes("\0")) {
    throw new ComplianceError(
      "invalid-option",
      "ClickHouse: a name is empty or holds a NUL character",
    );
  }
  return `\`${name.replace(/[\\`]/g, "\\$&")}\``;
}

/** A table with its database. */
export function quoteTable(database: string, table: string): string {
  return `${quoteName(database)}.${quoteName(table)}`;
}
