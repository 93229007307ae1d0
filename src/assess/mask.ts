// Evidence leaves the house: secrets and personal data in it are masked before anything is
// written about it. Ids stay, so that whoever may see the log finds the entry.

import type { Activity } from "../model/activity.ts";
import type { AuditEntry } from "../model/audit-entry.ts";
import type { Group, Observation, Pair } from "../model/observation.ts";
import { maskEntry as masked } from "../redaction/mask-entry.ts";
import { maskJsonText } from "../redaction/mask-value.ts";

/**
 * Remembers what was masked: under each masked entry, group or row of activity the texts of it in
 * which something was, as they stand in the log.
 */
export type MaskedTexts = WeakMap<object, readonly string[]>;

/** An observation whose texts from the log are masked. Its figures stay. */
export function maskObservation(observation: Observation, memory?: MaskedTexts): Observation {
  const ofEntry = (entry: AuditEntry): AuditEntry => maskEntry(entry, memory);
  const exceptionEntries = observation.exceptionEntries.map(ofEntry);
  switch (observation.kind) {
    case "groups":
    case "distinct":
    case "set-difference": {
      const groups = observation.groups.map((group) => maskGroup(group, memory));
      return { ...observation, exceptionEntries, groups };
    }
    case "share-of-top": {
      const { top } = observation;
      return {
        ...observation,
        exceptionEntries,
        ...(top === undefined ? {} : { top: maskGroup(top, memory) }),
      };
    }
    case "gap":
      return {
        ...observation,
        exceptionEntries,
        gaps: observation.gaps.map((gap) => ({
          ...gap,
          from: ofEntry(gap.from),
          to: ofEntry(gap.to),
        })),
      };
    case "sequence":
      return {
        ...observation,
        exceptionEntries,
        pairs: observation.pairs.map((pair) => maskPair(pair, ofEntry)),
      };
    default:
      return { ...observation, exceptionEntries };
  }
}

/** An entry with every text masked but those that it is found by. */
export function maskEntry(entry: AuditEntry, memory?: MaskedTexts): AuditEntry {
  const texts: string[] = [];
  const shown = masked(entry, (original) => texts.push(textOf(original)));
  if (texts.length > 0) memory?.set(shown, texts);
  return shown;
}

/** Activity with the names of agents and the types of actions masked. Its figures stay. */
export function maskActivity(activity: Activity, memory?: MaskedTexts): Activity {
  return {
    ...activity,
    agents: activity.agents.map((row) =>
      remember({ ...row, agent: maskText(row.agent) }, row.agent, maskText(row.agent), memory),
    ),
    actionTypes: activity.actionTypes.map((row) =>
      remember({ ...row, type: maskText(row.type) }, row.type, maskText(row.type), memory),
    ),
  };
}

/** Replaces secrets and personal data by `[REDACTED]`, also in JSON by the names of its members. */
export function maskText(text: string): string {
  return maskJsonText(text);
}

/**
 * How many different texts of the log something was masked in, among those that stand anywhere in
 * what is shown: entries, silences, pairs, groups, samples, activity. A text that stands there
 * twice counts once; two texts that are masked alike count as two.
 *
 * @param shown the parts of a report that hold evidence
 */
export function countMasked(shown: unknown, memory: MaskedTexts): number {
  const texts = new Set<string>();
  const seen = new Set<object>();
  const open: unknown[] = [shown];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one !== "object" || one === null || seen.has(one)) continue;
    seen.add(one);
    for (const text of memory.get(one) ?? []) texts.add(text);
    open.push(...Object.values(one));
  }
  return texts.size;
}

/** Written over its members, since a literal that names `then` is taken for something to await. */
function maskPair(pair: Pair, ofEntry: (entry: AuditEntry) => AuditEntry): Pair {
  const members = Object.entries<AuditEntry>({ ...pair });
  return Object.fromEntries(
    members.map(([name, entry]) => [name, ofEntry(entry)]),
  ) as unknown as Pair;
}

function maskGroup({ key, count }: Group, memory: MaskedTexts | undefined): Group {
  const shown = maskText(key);
  return remember({ key: shown, count }, key, shown, memory);
}

function remember<T extends object>(
  row: T,
  original: string,
  shown: string,
  memory: MaskedTexts | undefined,
): T {
  if (shown !== original) memory?.set(row, [original]);
  return row;
}

function textOf(value: unknown): string {
  return typeof value === "string"
    ? value
    : (JSON.stringify(value, (_key, one: unknown) =>
        typeof one === "bigint" ? String(one) : one,
      ) ?? "");
}
