// Pieces of SQL with their values in place. Only our own words and quoted names become text; a
// value stays a value until the statement is rendered.

import type { SqlValue } from "./statement.ts";

/** What a database must take a value for. */
export type ValueType = "text" | "integer" | "real";

/** A value inside a piece of SQL. */
export interface Bound {
  readonly value: SqlValue;
  readonly type: ValueType;
}

/** A piece of SQL: text that is ours, and values. */
export type Fragment = readonly (string | Bound)[];

/** Joins our own words with pieces. Nothing but pieces can be put in. */
export function sql(words: TemplateStringsArray, ...pieces: readonly Fragment[]): Fragment {
  return words.flatMap((word, index): Fragment => [word, ...(pieces[index] ?? [])]);
}

/** A value. */
export function bound(value: SqlValue, type: ValueType): Fragment {
  return [{ value, type }];
}

/** A text as a value. */
export function boundText(value: string): Fragment {
  return bound(value, "text");
}

/** Text that is SQL already: a quoted name, or a number that this program made. */
export function written(text: string): Fragment {
  return [text];
}

/** Pieces with the same words between them. */
export function joined(pieces: readonly Fragment[], between: string): Fragment {
  return pieces.flatMap((piece, index): Fragment => (index === 0 ? piece : [between, ...piece]));
}
