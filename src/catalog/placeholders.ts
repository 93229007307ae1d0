// Checks the placeholders in texts about an observation: `{name}`, `{name:noun}` for a regular
// plural, `{name:singular|plural}` for others.

import type { Measure } from "../model/measure.ts";
import { TAKEN_NAMES, placeholdersOf } from "./observed-numbers.ts";
import { didYouMean } from "./suggestion.ts";

/** What is wrong with a text, and how many characters into it. */
export interface TextMistake {
  readonly offset: number;
  readonly reason: string;
  readonly hint?: string | undefined;
}

const PLACEHOLDER = /^\{([a-z][a-z0-9_]*)(?::([^{}|]+)(?:\|([^{}|]+))?)?\}/;
const EVERY_PLACEHOLDER = new RegExp(PLACEHOLDER.source.slice(1), "g");

/**
 * The first mistake in a text's placeholders, or undefined.
 *
 * @param measure that the text speaks of; undefined where nothing was observed and no
 *   placeholder has a value
 */
export function placeholderMistake(
  text: string,
  measure: Measure | undefined,
): TextMistake | undefined {
  for (let offset = 0; offset < text.length;) {
    const character = text.charAt(offset);
    if (character !== "{" && character !== "}") {
      offset += 1;
      continue;
    }
    const match = PLACEHOLDER.exec(text.slice(offset));
    if (match === null) {
      return {
        offset,
        reason: `"${character}" begins or ends no placeholder`,
        hint: "Write {name}, {name:noun} or {name:singular|plural}.",
      };
    }
    const mistake = nameMistake(match[1] ?? "", match[2] !== undefined, measure);
    if (mistake !== undefined) return { offset, ...mistake };
    offset += match[0].length;
  }
  return undefined;
}

/** The names in a text's placeholders, each with the forms of noun that it carries there: both, or the singular alone. */
export function placeholderNames(
  text: string,
): ReadonlyMap<string, readonly ("both" | "singular" | "none")[]> {
  const names = new Map<string, ("both" | "singular" | "none")[]>();
  for (const [, name = "", singular, plural] of text.matchAll(EVERY_PLACEHOLDER)) {
    const forms = names.get(name) ?? [];
    if (singular === undefined) forms.push("none");
    else forms.push(plural === undefined ? "singular" : "both");
    names.set(name, forms);
  }
  return names;
}

function nameMistake(
  name: string,
  hasNoun: boolean,
  measure: Measure | undefined,
): Omit<TextMistake, "offset"> | undefined {
  if (measure === undefined) {
    return { reason: `{${name}} has no value here, because nothing was observed` };
  }
  const known = placeholdersOf(measure);
  const countable = known.get(name);
  if (countable === undefined && TAKEN_NAMES.has(name)) {
    return {
      reason: `a measure of kind ${measure.kind} gives no {${name}}`,
      hint: `It gives ${[...known.keys()].join(", ")}.`,
    };
  }
  if (countable === undefined) {
    return {
      reason: `unknown placeholder {${name}}`,
      hint: didYouMean(name, known.keys()) ?? `It gives ${[...known.keys()].join(", ")}.`,
    };
  }
  if (hasNoun && !countable) {
    return { reason: `{${name}} is no count and cannot carry a noun` };
  }
  return undefined;
}
