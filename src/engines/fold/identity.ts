// Whether ids are unique and, where they are a dense sequence, none is missing. Over the whole
// log, whatever the period.

import { toEvidence } from "../../model/audit-entry.ts";
import type { IdentityMeasure } from "../../model/measure.ts";
import type { Observation } from "../../model/observation.ts";
import type { Identity } from "./followed-ids.ts";

/**
 * The answer from what the fold knows of the ids. Its exceptions are shown by their ids alone,
 * in the ids' order: each stands for several entries, and which of them came first is no fact
 * about the log.
 *
 * @param identity nothing can be told without, so that nothing is asked
 * @param entries of the whole log
 */
export function identityObservation(
  measure: IdentityMeasure,
  identity: Identity | undefined,
  entries: number,
): Observation {
  const base = { kind: measure.kind, measure: measure.id };
  if (identity === undefined) {
    return { ...base, population: 0, exceptions: 0, exceptionEntries: [], numbers: {} };
  }
  const { duplicates, first, missing } = identity;
  return {
    ...base,
    population: entries,
    exceptions: duplicates,
    exceptionEntries: first.map((id) =>
      toEvidence({ id: typeof id === "bigint" ? String(id) : id }),
    ),
    numbers: {
      duplicates,
      dense: missing === undefined ? 0 : 1,
      ...(missing === undefined ? {} : { missing }),
    },
  };
}
