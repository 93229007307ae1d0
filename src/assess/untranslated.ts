// What of a report stands in English for want of a translation, and the sentences of mappings in
// its language.

import type { Language } from "../languages/language.ts";
import type { LogPopulation } from "../model/population.ts";

/** Translations of what mappings say, by their English. */
type LogSentences = ReadonlyMap<string, string>;

/** In this language everything was written. */
const ORIGINAL = "en";

/** How many texts of a report have no translation: of the catalog and of the mapping. */
export function untranslatedOf(
  {
    untranslated = [],
    logSentences,
  }: { readonly untranslated?: readonly string[]; readonly logSentences?: LogSentences },
  {
    population,
    language,
  }: {
    readonly population: LogPopulation;
    readonly language: Language;
  },
): number {
  if (language.code === ORIGINAL) return 0;
  const said = new Set(sentencesOf(population).filter((one) => logSentences?.has(one) !== true));
  return untranslated.length + said.size;
}

/** The population with the sentences of mappings translated where they are. */
export function withTranslatedIntake(
  population: LogPopulation,
  sentences: LogSentences = new Map(),
): LogPopulation {
  const { intake } = population;
  if (intake === undefined || sentences.size === 0) return population;
  const translated = (text: string): string => sentences.get(text) ?? text;
  return {
    ...population,
    intake: {
      ...intake,
      duplicateMeanings: intake.duplicateMeanings.map(translated),
      cannotAnswer: new Map(
        [...intake.cannotAnswer].map(([measure, why]) => [measure, translated(why)]),
      ),
    },
  };
}

function sentencesOf({ intake }: LogPopulation): string[] {
  if (intake === undefined) return [];
  return [...intake.duplicateMeanings, ...intake.cannotAnswer.values()];
}
