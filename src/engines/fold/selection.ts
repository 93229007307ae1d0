// Which entries a selection asks for; the same for every engine.

import { compilePredicate } from "../../expression/compile.ts";
import type { Row } from "../../expression/compile.ts";
import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { parseInstant } from "../../model/instant.ts";
import { isBounded } from "../../model/period.ts";
import type { EntrySelection } from "../engine.ts";

const TIMESTAMP = ENTRY_FIELD_NAMES.indexOf("timestamp");

/**
 * A test of entries whose values stand in the order of the fields. An entry whose time cannot
 * be read lies in no period.
 */
export function selectionTest({ where, period }: EntrySelection): (values: Row) => boolean {
  const matches =
    where === undefined
      ? () => true
      : compilePredicate(where.predicate, (name) => ENTRY_FIELD_NAMES.indexOf(name as EntryField));
  if (!isBounded(period)) return matches;
  const { start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY } = period;
  return (values) => {
    const text = values[TIMESTAMP];
    const instant = typeof text === "string" ? parseInstant(text) : Number.NaN;
    return instant >= start && instant < end && matches(values);
  };
}
