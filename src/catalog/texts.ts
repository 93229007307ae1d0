// The sentences of findings: their placeholders must have a value where they are used.

import type { MeasureKind } from "../model/measure.ts";
import { placeholderMistake } from "./placeholders.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/**
 * Refuses a description or recommendation with a placeholder that has no value.
 *
 * @param kind kind of the measure that the texts speak of; undefined for an empty population
 * @throws ComplianceError `invalid-catalog` at the placeholder
 */
export function checkTexts(
  yaml: YamlFile,
  path: Path,
  texts: { readonly description: string; readonly recommendation: string },
  kind: MeasureKind | undefined,
): void {
  for (const key of ["description", "recommendation"] as const) {
    const mistake = placeholderMistake(texts[key], kind);
    if (mistake !== undefined) {
      throw yaml.refuse([...path, key], `in "${key}": ${mistake.reason}`, {
        textOffset: mistake.offset,
        hint: mistake.hint,
      });
    }
  }
}
