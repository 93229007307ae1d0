// Fills the sentences of frameworks and measures with what was observed. Only a closed set of
// placeholders exists; text from the log is inserted as it is and escaped by the renderers.

import type { AuditEntry } from "../model/audit-entry.ts";
import { formatCount, formatList, formatShare, formatSpan } from "../model/figures.ts";
import { MICROSECONDS_PER_SECOND } from "../model/instant.ts";
import type { Group, ListedRule, Observation } from "../model/observation.ts";
import { formatDays, formatDecimal, formatQuotient } from "./figures.ts";
import { numbersOf } from "./numbers-of.ts";

/** How many ids and groups a sentence names. */
const NAMED = 5;
/** How many characters of a text from the log a sentence shows. */
const SHOWN = 60;

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)(?::([^{}|]+)(?:\|([^{}]+))?)?\}/g;

/**
 * Replaces `{name}`, `{name:noun}` and `{name:singular|plural}`. A name that the observation
 * has nothing for becomes "no figure".
 *
 * @param limits shares that a printed share must not be rounded onto
 * @param shares names of numbers that are shares whatever they are called
 */
export function fill(
  template: string,
  observation: Observation,
  limits: readonly number[] = [],
  shares: readonly string[] = [],
): string {
  return template
    .trim()
    .replace(PLACEHOLDER, (_, name: string, singular?: string, plural?: string) => {
      const isShare = SHARE.test(name) || shares.includes(name);
      const value = wordOf(name, observation) ?? numberOf(name, observation);
      if (value === undefined) return isShare ? "no share" : "no figure";
      if (typeof value === "string") return value;
      if (singular === undefined) {
        if (isShare) return shareOf(name, value, observation, limits);
        return figure(name, value, observation);
      }
      const noun = value === 1 ? singular : (plural ?? `${singular}s`);
      return `${formatCount(value)} ${noun}`;
    });
}

/** Placeholders that are no numbers. */
function wordOf(name: string, observation: Observation): string | undefined {
  switch (name) {
    case "first":
      return observation.kind === "policy-lint"
        ? namedRules(observation.rules, observation.exceptions)
        : namedEntries(observation.exceptionEntries, observation.exceptions);
    case "longest":
      return observation.kind === "gap" ? formatSpan(observation.longest ?? 0) : undefined;
    case "top":
      if (observation.kind !== "share-of-top") return undefined;
      return observation.top === undefined ? "none" : shown(observation.top.key);
    case "group_list":
      return groupList(observation);
    default:
      return undefined;
  }
}

function groupList(observation: Observation): string | undefined {
  switch (observation.kind) {
    case "groups":
      return namedGroups(observation.groups, observation.distinct);
    case "distinct":
      return namedGroups(observation.groups, observation.groups.length);
    case "set-difference": {
      // Without the list beside the log, the groups are all values and not the unknown ones.
      const { unknown = observation.groups.length } = numbersOf(observation);
      return namedGroups(observation.groups, unknown);
    }
    default:
      return undefined;
  }
}

function numberOf(name: string, observation: Observation): number | undefined {
  const numbers = numbersOf(observation);
  if (name === "rest") {
    return numbers["part"] === undefined ? undefined : observation.population - numbers["part"];
  }
  if (name === "top_count") return numbers["part"];
  return Object.hasOwn(numbers, name) ? numbers[name] : undefined;
}

/** A share in percent: as its exact quotient where the observation holds both numbers. */
function shareOf(
  name: string,
  value: number,
  observation: Observation,
  limits: readonly number[],
): string {
  const { population, exceptions } = observation;
  if (name === "exception_share") {
    return formatShare(exceptions, population, [...limits, ...limits.map(complement)]);
  }
  const { part } = numbersOf(observation);
  if (name === "share" && part !== undefined) return formatShare(part, population, limits);
  return formatQuotient(value, limits);
}

/** Any other number without a noun, as what its name says it is. */
function figure(name: string, value: number, observation: Observation): string {
  if (name.endsWith("_seconds")) return formatSpan(Math.round(value * MICROSECONDS_PER_SECOND));
  if (name.endsWith("_days") && observation.kind !== "distinct") return formatDays(value);
  return formatDecimal(value);
}

/** Names of shares, and of the bounds between which a share lies. */
const SHARE = /(?:^|_)share(?:_low|_high)?$|_low$|^inversion$/;

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

/**
 * `rules a, b and 3 more`, each once, however much is found about it; the defaults have no name.
 * Of how many rules the findings are that are not listed cannot be told.
 */
function namedRules(rules: readonly ListedRule[], findings: number): string {
  const all = [...new Set(rules.map(({ rule }) => rule))];
  const named = all.slice(0, NAMED).map((rule) => (rule === undefined ? "defaults" : shown(rule)));
  if (named.length === 0) return "no rule";
  if (findings > rules.length) return `rules ${named.join(", ")} and more`;
  return `${all.length === 1 ? "rule" : "rules"} ${listing(named, all.length - named.length)}`;
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
  return formatList(named);
}
