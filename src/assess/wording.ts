// Fills the sentences of a framework with what was observed. Only a closed set of
// placeholders exists; text from the log is inserted as it is and escaped by the renderers.

import type { AuditEntry } from "../model/audit-entry.ts";
import type { Group, Observation } from "../model/observation.ts";
import { formatCount, formatShare, formatSpan } from "../model/figures.ts";

/** How many ids and groups a sentence names. */
const NAMED = 5;
/** How many characters of a text from the log a sentence shows. */
const SHOWN = 60;

const PLACEHOLDER = /\{([a-z_]+)(?::([^{}|]+)(?:\|([^{}]+))?)?\}/g;

/**
 * Replaces `{name}`, `{name:noun}` and `{name:singular|plural}`. A name that does not fit
 * the observation's kind becomes a dash.
 *
 * @param limits shares that a printed share must not be rounded onto
 */
export function fill(
  template: string,
  observation: Observation,
  limits: readonly number[] = [],
): string {
  return template
    .trim()
    .replace(PLACEHOLDER, (_, name: string, singular?: string, plural?: string) => {
      const value = figure(name, observation, limits);
      if (typeof value !== "number") return value ?? "–";
      if (singular === undefined) return formatCount(value);
      const noun = value === 1 ? singular : (plural ?? `${singular}s`);
      return `${formatCount(value)} ${noun}`;
    });
}

function figure(
  name: string,
  observation: Observation,
  limits: readonly number[],
): number | string | undefined {
  const { population, exceptions } = observation;
  switch (name) {
    case "population":
      return population;
    case "exceptions":
      return exceptions;
    case "exception_share":
      return formatShare(exceptions, population, [...limits, ...limits.map(complement)]);
    case "first":
      return namedEntries(observation.exceptionEntries, exceptions);
    default:
      return figureOfKind(name, observation, limits);
  }
}

function figureOfKind(
  name: string,
  observation: Observation,
  limits: readonly number[],
): number | string | undefined {
  switch (observation.kind) {
    case "ratio":
      if (name === "part") return observation.part;
      if (name === "rest") return observation.population - observation.part;
      if (name === "share") return formatShare(observation.part, observation.population, limits);
      return undefined;
    case "groups":
      if (name === "groups") return observation.distinct;
      if (name === "group_list") return namedGroups(observation.groups, observation.distinct);
      return undefined;
    case "share-of-top":
      if (name === "groups") return observation.distinct;
      if (name === "top")
        return observation.top === undefined ? "none" : shown(observation.top.key);
      if (name === "top_count") return observation.top?.count ?? 0;
      if (name === "share")
        return formatShare(observation.top?.count ?? 0, observation.population, limits);
      return undefined;
    case "gap":
      return name === "longest" ? formatSpan(observation.longest ?? 0) : undefined;
    case "count":
      return undefined;
  }
}

/** `entries 3, 17 and 20`, `entries 3, 17, 20, 21, 30 and 12 more`, `entry 3`. */
function namedEntries(entries: readonly AuditEntry[], total: number): string {
  const named = entries
    .slice(0, NAMED)
    .map(({ id }) => (typeof id === "string" ? shown(id) : String(id ?? "without id")));
  if (named.length === 0) return "no entry";
  const more = total - named.length;
  return `${total === 1 ? "entry" : "entries"} ${listing(named, more)}`;
}

/** `approve 12, auto 7 and 3 more`; the empty text is "(unrecorded)". */
function namedGroups(groups: readonly Group[], distinct: number): string {
  const named = groups
    .slice(0, NAMED)
    .map(({ key, count }) => `${shown(key)} ${formatCount(count)}`);
  return named.length === 0 ? "none" : listing(named, distinct - named.length);
}

/** The limit on the rest that a limit on the part means, without the noise of the subtraction. */
function complement(limit: number): number {
  return Number((1 - limit).toFixed(15));
}

/** A text from the log inside a sentence: cut where it would drown the sentence. */
function shown(text: string): string {
  if (text === "") return "(unrecorded)";
  const characters = Array.from(text.slice(0, 2 * SHOWN + 2));
  if (characters.length <= SHOWN) return text;
  return `${characters.slice(0, SHOWN).join("")}… (${formatCount(text.length)} characters)`;
}

function listing(named: readonly string[], more: number): string {
  if (more > 0) return `${named.join(", ")} and ${formatCount(more)} more`;
  if (named.length === 1) return named[0] ?? "";
  return `${named.slice(0, -1).join(", ")} and ${named.at(-1) ?? ""}`;
}
