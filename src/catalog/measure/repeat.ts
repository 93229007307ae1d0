// Small files, large populations: a list of entries that stands there many times over.

import type { AuditEntry } from "../../model/audit-entry.ts";
import { formatInstant, parseInstant } from "../../model/instant.ts";

/** Room for the ids of one list; the next repetition counts on from here. */
const IDS_APART = 1000;

/**
 * The entries, so many times. From the second time on, whole-number ids are 1000 larger each
 * time, text ids end in `~1`, `~2` and so on, and readable times lie later; all else stays.
 *
 * @param every microseconds between one repetition and the next
 */
export function repeated(
  entries: readonly AuditEntry[],
  { times, every }: { readonly times: number; readonly every: number },
): AuditEntry[] {
  return Array.from({ length: times }, (_, round) =>
    round === 0 ? entries : entries.map((entry) => moved(entry, round, round * every)),
  ).flat();
}

function moved(entry: AuditEntry, round: number, later: number): AuditEntry {
  const { id, timestamp } = entry;
  const instant = typeof timestamp === "string" ? parseInstant(timestamp) : Number.NaN;
  return {
    ...entry,
    ...(typeof id === "number" ? { id: id + round * IDS_APART } : {}),
    ...(typeof id === "string" && id !== "" ? { id: `${id}~${round}` } : {}),
    ...(Number.isNaN(instant) ? {} : { timestamp: formatInstant(instant + later) }),
  };
}
