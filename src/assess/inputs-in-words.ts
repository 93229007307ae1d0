// How each input was read, in the report's language. Engines say it as data.

import type { Language } from "../languages/language.ts";
import type { LogInput, LogPopulation } from "../model/population.ts";

/** The population with a text for what of each input was read, where not simply all of it was. */
export function withInputsInWords(population: LogPopulation, language: Language): LogPopulation {
  return { ...population, inputs: population.inputs.map((input) => inWords(input, language)) };
}

function inWords(input: LogInput, { assess: { readings } }: Language): LogInput {
  const { part, through } = input;
  const said = [
    ...(part === undefined ? [] : [readings.part(part)]),
    ...(through === undefined ? [] : [readings.through(through)]),
  ];
  return said.length === 0 ? input : { ...input, query: said.join(", ") };
}
