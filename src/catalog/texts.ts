// The sentences of reports: their placeholders must have a value where they are used.

import type { Measure } from "../model/measure.ts";
import { placeholderMistake } from "./placeholders.ts";
import { checkWording, refuseMistake } from "./wording.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/**
 * Refuses a description or recommendation with a placeholder that has no value.
 *
 * @param measure that the texts speak of; undefined for an empty population
 * @throws ComplianceError `invalid-catalog` at the placeholder
 */
export function checkTexts(
  yaml: YamlFile,
  path: Path,
  texts: { readonly description: string; readonly recommendation: string },
  measure: Measure | undefined,
): void {
  for (const key of ["description", "recommendation"] as const) {
    refuseMistake(yaml, [...path, key], placeholderMistake(texts[key], measure));
  }
}

/**
 * Refuses a sentence with a placeholder that has no value, or a word that claims too much.
 *
 * @param measure that it speaks of; undefined where nothing was observed
 * @throws ComplianceError `invalid-catalog` at the mistake
 */
export function checkSentence(
  yaml: YamlFile,
  path: Path,
  text: string,
  measure: Measure | undefined,
): void {
  refuseMistake(yaml, path, placeholderMistake(text, measure));
  checkWording(yaml, path, text);
}
