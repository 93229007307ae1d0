// Fills the sentences of frameworks and measures with what was observed. Only a closed set of
// placeholders exists; text from the log is inserted as it is and escaped by the renderers.

import type { AuditEntry } from "../model/audit-entry.ts";
import type { Language } from "../languages/language.ts";
import { MICROSECONDS_PER_SECOND } from "../model/instant.ts";
import type { Group, ListedRule, Observation } from "../model/observation.ts";
import { formatDays, formatDecimal, formatQuotient } from "./figures.ts";
import type { Numbers } from "../languages/numbers.ts";
import { numbersOf } from "./numbers-of.ts";

/** How many ids and groups a sentence names. */
const NAMED = 5;
/** How many characters of a text from the log a sentence shows. */
const SHOWN = 60;

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)(?::([^{}|]+)(?:\|([^{}]+))?)?\}/g;

/**
 * Replaces `{name}`, `{name:noun}` (whose plural ends in -s) and `{name:singular|plural}`. A name
 * that the observation has nothing for becomes "no figure".
 *
 * @param limits shares that a printed share must not be rounded onto
 * @param shares names of numbers that are shares whatever they are called
 */
export function fill(
  template: string,
  observation: Observation,
  language: Language,
  limits: readonly number[] = [],
  shares: readonly string[] = [],
): string {
  const { numbers } = language;
  return template
    .trim()
    .replace(PLACEHOLDER, (_, name: string, singular?: string, plural?: string) => {
      const isShare = SHARE.test(name) || shares.includes(name);
      const value = wordOf(name, observation, language) ?? numberOf(name, observation);
      if (value === undefined)
        return isShare ? numbers.share(0, 0) : language.assess.filled.noFigure;
      if (typeof value === "string") return value;
      if (singular === undefined) {
        if (isShare) return shareOf(name, value, observation, { numbers, limits });
        return figure(name, value, observation, language);
      }
      const noun = value === 1 ? singular : (plural ?? `${singular}s`);
      return `${numbers.count(value)} ${noun}`;
    });
}

/** Placeholders that are no numbers. */
function wordOf(name: string, observation: Observation, language: Language): string | undefined {
  switch (name) {
    case "first":
      return observation.kind === "policy-lint"
        ? namedRules(observation.rules, observation.exceptions, language)
        : namedEntries(observation.exceptionEntries, observation.exceptions, language);
    case "longest":
      return observation.kind === "gap"
        ? language.numbers.span(observation.longest ?? 0)
        : undefined;
    case "top":
      if (observation.kind !== "share-of-top") return undefined;
      return observation.top === undefined
        ? language.assess.filled.none
        : shown(observation.top.key, language);
    case "group_list":
      return groupList(observation, language);
    default:
      return undefined;
  }
}

function groupList(observation: Observation, language: Language): string | undefined {
  switch (observation.kind) {
    case "groups":
      return namedGroups(observation.groups, observation.distinct, language);
    case "distinct":
      return namedGroups(observation.groups, observation.groups.length, language);
    case "set-difference": {
      // Without the list beside the log, the groups are all values and not the unknown ones.
      const { unknown = observation.groups.length } = numbersOf(observation);
      return namedGroups(observation.groups, unknown, language);
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
  { numbers, limits }: { readonly numbers: Numbers; readonly limits: readonly number[] },
): string {
  const { population, exceptions } = observation;
  if (name === "exception_share") {
    return numbers.share(exceptions, population, [...limits, ...limits.map(complement)]);
  }
  const { part } = numbersOf(observation);
  if (name === "share" && part !== undefined) return numbers.share(part, population, limits);
  return formatQuotient(value, numbers, limits);
}

/** Any other number without a noun, as what its name says it is. */
function figure(name: string, value: number, observation: Observation, language: Language): string {
  const { numbers } = language;
  if (name.endsWith("_seconds")) return numbers.span(Math.round(value * MICROSECONDS_PER_SECOND));
  if (name.endsWith("_days") && observation.kind !== "distinct") return formatDays(value, language);
  return formatDecimal(value, numbers);
}

/** Names of shares, and of the bounds between which a share lies. */
const SHARE = /(?:^|_)share(?:_low|_high)?$|_low$|^inversion$/;

/** `entries 3, 17 and 20`, `entries 3, 17, 20, 21, 30 and 12 more`, `entry 3`. */
function namedEntries(entries: readonly AuditEntry[], total: number, language: Language): string {
  const { filled } = language.assess;
  const named = entries
    .slice(0, NAMED)
    .map(({ id }) =>
      typeof id === "string" ? shown(id, language) : String(id ?? filled.withoutId),
    );
  return filled.entries(named, total);
}

/** `approve 12, auto 7 and 3 more`; the empty text is "(unrecorded)". */
function namedGroups(groups: readonly Group[], distinct: number, language: Language): string {
  const named = groups
    .slice(0, NAMED)
    .map(({ key, count }) => `${shown(key, language)} ${language.numbers.count(count)}`);
  return language.assess.filled.groups(named, distinct - named.length);
}

/**
 * `rules a, b and 3 more`, each once, however much is found about it; the defaults have no name.
 * Of how many rules the findings are that are not listed cannot be told.
 */
function namedRules(rules: readonly ListedRule[], findings: number, language: Language): string {
  const all = [...new Set(rules.map(({ rule }) => rule))];
  const named = all
    .slice(0, NAMED)
    .map((rule) => (rule === undefined ? undefined : shown(rule, language)));
  const more = findings > rules.length ? "some" : all.length - named.length;
  return language.assess.filled.rules(named, more);
}

/** The limit on the rest that a limit on the part means, without the noise of the subtraction. */
function complement(limit: number): number {
  return Number((1 - limit).toFixed(15));
}

/** A text from the log inside a sentence: cut where it would drown the sentence. */
function shown(text: string, { assess }: Language): string {
  if (text === "") return assess.filled.unrecorded;
  const characters = Array.from(text.slice(0, 2 * SHOWN + 2));
  if (characters.length <= SHOWN) return text;
  return `${characters.slice(0, SHOWN).join("")}… ${assess.filled.characters(text.length)}`;
}
