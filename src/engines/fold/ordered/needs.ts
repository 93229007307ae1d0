// What a measure must be told of entries while they are there.

import type { EntryField } from "../../../model/audit-entry.ts";
import type { Predicate } from "../../../model/expression.ts";

/** Whether the time names no offset: asked of an entry like a predicate. */
export const NAIVE = "naive";

/** What is asked of an entry while it is there, and kept as one bit. */
export type Asked = Predicate | typeof NAIVE;

/** What a measure must know of entries when they are gone. */
export interface Needs {
  /** An entry matters to the measure when one of these holds. */
  readonly roles: readonly Predicate[];
  /** Asked besides, of entries that matter. */
  readonly asks: readonly Asked[];
  /** Fields whose texts are compared. */
  readonly texts: readonly EntryField[];
  /** Fields whose numbers are compared. */
  readonly numbers: readonly EntryField[];
  /** Entries without a readable time matter too. */
  readonly untimed: boolean;
}
