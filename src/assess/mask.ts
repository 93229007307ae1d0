// Evidence leaves the house: secrets and personal data in it are masked before anything is
// written about it. Ids stay, so that whoever may see the log finds the entry.

import type { AuditEntry } from "../model/audit-entry.ts";
import type { Group, Observation, Pair } from "../model/observation.ts";
import { redactCredentials, redactPersonalData } from "../redaction/redaction.ts";

/** An observation whose texts from the log are masked. Its figures stay. */
export function maskObservation(observation: Observation): Observation {
  const exceptionEntries = observation.exceptionEntries.map(maskEntry);
  switch (observation.kind) {
    case "groups":
    case "distinct":
    case "set-difference":
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
    case "sequence":
      return {
        ...observation,
        exceptionEntries,
        pairs: observation.pairs.map(maskPair),
      };
    default:
      return { ...observation, exceptionEntries };
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

/** Written over its members, since a literal that names `then` is taken for something to await. */
function maskPair(pair: Pair): Pair {
  const members = Object.entries<AuditEntry>({ ...pair });
  return Object.fromEntries(
    members.map(([name, entry]) => [name, maskEntry(entry)]),
  ) as unknown as Pair;
}

function maskGroup({ key, count }: Group): Group {
  return { key: maskText(key), count };
}

/** Replaces secrets and personal data of well-known forms by `[REDACTED]`. */
export function maskText(text: string): string {
  return redactPersonalData(redactCredentials(text));
}
