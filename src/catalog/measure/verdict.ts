// What a measure makes of its own answer: limits with their basis, and the words for it.

import type { Measure } from "../../model/measure.ts";
import { measureLimitsOf } from "../measure-limits.ts";
import { checkSentence } from "../texts.ts";
import type { YamlFile } from "../yaml-file.ts";
import type { MeasureFile } from "./written.ts";

/**
 * The limits, sentence, remedy and meaning of an empty population; nothing where the measure
 * leaves its limits to frameworks.
 *
 * @param measure as far as it has been read
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function verdictOf(
  yaml: YamlFile,
  { limits, basis, limit_reason, sentence, remedy, empty }: MeasureFile,
  measure: Measure,
): Pick<Measure, "limits" | "sentence" | "remedy" | "empty"> {
  if (limits === undefined) return {};
  const of = measureLimitsOf(yaml, ["limits"], limits, measure);
  checkSentence(yaml, ["sentence"], sentence, measure);
  checkSentence(yaml, ["remedy"], remedy, undefined);
  checkSentence(yaml, ["empty", "says"], empty.says, undefined);
  return {
    limits: { basis, reason: limit_reason, of },
    sentence,
    remedy,
    empty,
  };
}
