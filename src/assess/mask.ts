// Evidence leaves the house: secrets and personal data in it are masked before anything is
// written about it. Ids stay, so that whoever may see the log finds the entry.

import type { AuditEntry } from "../model/audit-entry.ts";
import type { Group, Observation } from "../model/observation.ts";
import { redactCredentials, redactPersonalData } from "../redaction/redaction.ts";

/** An observation whose texts from the log are masked. Its figures stay. */
export function maskObservation(observation: Observation): Observation {
  const exceptionEntries = observation.exceptionEntries.map(maskEntry);
  switch (observation.kind) {
    case "count":
    case "ratio":
      return { ...observation, exceptionEntries };
    case "groups":
      return { ...observation, exceptionEntries, groups: observation.groups.map(maskGroup) };
    case "share-of-top": {
      const { top } = observation;
      return {
        ...observation,
        exceptionEntries,
        ...(top === undefined ? {} : { top: maskGroup(top) }),
      };
    }
    case "gap":
      return {
        ...observation,
        exceptionEntries,
        gaps: observation.gaps.map((gap) => ({
          ...gap,
          from: maskEntry(gap.from),
          to: maskEntry(gap.to),
        })),
      };
  }
}

/** By these, whoever may see the log finds the entry. */
const KEPT: readonly string[] = ["id", "timestamp", "source"];

/** Masks every text of an entry but those that it is found by. */
function maskEntry(entry: AuditEntry): AuditEntry {
  return Object.fromEntries(
    Object.entries(entry).map(([field, value]) => [
      field,
      KEPT.includes(field) || typeof value !== "string" ? value : maskText(value),
    ]),
  );
}

function maskGroup({ key, count }: Group): Group {
  return { key: maskText(key), count };
}

/** Replaces secrets and personal data of well-known forms by `[REDACTED]`. */
export function maskText(text: string): string {
  return redactPersonalData(redactCredentials(text));
}
