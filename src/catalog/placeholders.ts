// Checks the placeholders in a framework's texts: `{name}`, `{name:noun}` for a regular plural,
// `{name:singular|plural}` for others.

import type { MeasureKind } from "../model/measure.ts";
import { COUNTABLE, PLACEHOLDERS } from "./observed-names.ts";
import { didYouMean } from "./suggestion.ts";

/** What is wrong with a text, and how many characters into it. */
export interface PlaceholderMistake {
  readonly offset: number;
  readonly reason: string;
  readonly hint?: string | undefined;
}

const PLACEHOLDER = /^\{([a-z_]+)(?::([^{}|]+)(?:\|([^{}|]+))?)?\}/;

/**
 * The first mistake in a text's placeholders, or undefined.
 *
 * @param kind kind of the measure that the text speaks of; undefined where nothing was
 *   observed and no placeholder has a value
 */
export function placeholderMistake(
  text: string,
  kind: MeasureKind | undefined,
): PlaceholderMistake | undefined {
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
    const mistake = nameMistake(match[1] ?? "", match[2] !== undefined, kind);
    if (mistake !== undefined) return { offset, ...mistake };
    offset += match[0].length;
  }
  return undefined;
}

function nameMistake(
  name: string,
  hasNoun: boolean,
  kind: MeasureKind | undefined,
): Omit<PlaceholderMistake, "offset"> | undefined {
  const known = new Set(Object.values(PLACEHOLDERS).flat());
  if (!known.has(name)) {
    return { reason: `unknown placeholder {${name}}`, hint: didYouMean(name, known) };
  }
  if (kind === undefined) {
    return { reason: `{${name}} has no value here, because the population is empty` };
  }
  if (!PLACEHOLDERS[kind].includes(name)) {
    return {
      reason: `a measure of kind ${kind} gives no {${name}}`,
      hint: `It gives ${PLACEHOLDERS[kind].join(", ")}.`,
    };
  }
  if (hasNoun && !COUNTABLE.includes(name)) {
    return { reason: `{${name}} is no count and cannot carry a noun` };
  }
  return undefined;
}
