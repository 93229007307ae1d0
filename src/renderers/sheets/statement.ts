// Rows of names and values: what the population statement is made of.

import { EMPTY } from "./cell.ts";
import type { Cell } from "./cell.ts";

/** One row: the part of the statement that it belongs to, a name, a value, a note. */
export type Statement = readonly [part: Cell, item: Cell, value: Cell, note: Cell];

/** A name from us or from outside, a value, a note; nothing where the value is undefined. */
export type Item = readonly [item: string | Cell, value: Cell | undefined, note?: Cell];

/** The rows of one part; items without a value are left out. */
export function statements(part: string, items: readonly Item[]): readonly Statement[] {
  return items.flatMap(([item, value, note = EMPTY]) =>
    value === undefined || value.kind === "empty"
      ? []
      : [
          [
            { kind: "text", text: part },
            typeof item === "string" ? { kind: "text", text: item } : item,
            value,
            note,
          ] satisfies Statement,
        ],
  );
}
