// A measure in another language.

import type { Measure } from "../model/measure.ts";
import type { Texts } from "./translation.ts";

/**
 * The measure with its texts translated.
 *
 * @param own whether its limits are the measure's own, and not its user's, whose reason stands
 * @throws ComplianceError `invalid-catalog` at a translation that does not fit
 */
export function translatedMeasure(measure: Measure, texts: Texts, own: boolean): Measure {
  const { limits, sentence, remedy, empty } = measure;
  return {
    ...measure,
    title: texts.text(["title"], measure.title),
    question: texts.text(["question"], measure.question),
    limitations: texts.name(["limitations"], measure.limitations),
    ...(limits === undefined || !own
      ? {}
      : { limits: { ...limits, reason: texts.text(["limit_reason"], limits.reason) } }),
    ...(sentence === undefined ? {} : { sentence: texts.text(["sentence"], sentence, measure) }),
    ...(remedy === undefined ? {} : { remedy: texts.text(["remedy"], remedy) }),
    ...(empty === undefined
      ? {}
      : { empty: { ...empty, says: texts.text(["empty"], empty.says) } }),
  };
}
