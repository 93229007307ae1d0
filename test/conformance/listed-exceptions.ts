// Exceptions as they are listed one by one, in the form in which an observation counts and shows
// them.

import type { ListedException } from "../../src/engines/engine.ts";
import { compareListed } from "../../src/engines/fold/first.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { parseInstant } from "../../src/model/instant.ts";
import { LISTED } from "../../src/model/observation.ts";
import type { Observation } from "../../src/model/observation.ts";

interface Shown {
  readonly exceptions: number;
  readonly exceptionEntries: readonly AuditEntry[];
}

/** How many there are, and the first of them by time and id. */
export function firstOf(listed: readonly Pick<ListedException, "entry">[]): Shown {
  const sorted = listed
    .map(({ entry }, position) => ({ entry, ...keyOf(entry), position, reference: position }))
    .toSorted(compareListed);
  return {
    exceptions: listed.length,
    exceptionEntries: sorted.slice(0, LISTED).map(({ entry }) => entry),
  };
}

/** The same of an observation; of the kind whose exceptions are ids and no entries, nothing. */
export function observedIn({ kind, exceptions, exceptionEntries }: Observation): Shown {
  return kind === "identity"
    ? { exceptions: 0, exceptionEntries: [] }
    : { exceptions, exceptionEntries };
}

function keyOf({ timestamp, id }: AuditEntry): {
  readonly instant: number;
  readonly id: number | string | undefined;
} {
  const instant = typeof timestamp === "string" ? parseInstant(timestamp) : Number.NaN;
  return {
    instant: Number.isNaN(instant) ? Number.POSITIVE_INFINITY : instant,
    id: id ?? undefined,
  };
}
