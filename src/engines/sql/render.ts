// A piece of SQL as a statement of a dialect: placeholders in the text, values beside it.

import type { Bound, Fragment } from "./fragment.ts";
import type { Dialect } from "./spelling.ts";
import type { SqlValue, Statement } from "./statement.ts";

/** Renders a piece; values come in the order in which they stand in the text. */
export function render({ placeholder, literal }: Dialect, fragment: Fragment): Statement {
  const values: SqlValue[] = [];
  const place = ({ value, type }: Bound): string => {
    const text = placeholder(values.length + 1, type);
    if (text === undefined) return literal?.(value) ?? "NULL";
    values.push(value);
    return text;
  };
  const text = fragment.map((part) => (typeof part === "string" ? part : place(part))).join("");
  return { text, values };
}
