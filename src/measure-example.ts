// A measure's example as a question to an engine, and whether the answer is the one it states.

import { isDeepStrictEqual } from "node:util";
import { observeAll } from "./assess/observe-all.ts";
import { testMeasure } from "./assess/test-measure.ts";
import { DEFAULT_LANGUAGE, languageOf } from "./languages/languages.ts";
import { inputsOf } from "./catalog/inputs/inputs.ts";
import type { Answer, Engine, Question } from "./engines/engine.ts";
import { stated } from "./engines/fold/stated.ts";
import { memory } from "./engines/memory.ts";
import { ENTRY_FIELD_NAMES } from "./model/audit-entry.ts";
import { ComplianceError } from "./model/error.ts";
import { givenInputs } from "./model/inputs.ts";
import type { Measure, MeasureExample } from "./model/measure.ts";
import { readInstant } from "./model/period.ts";
import { loadText } from "./policy/load.ts";
import { Policy } from "./policy/policy.ts";

/** The report's own time in examples that state none. */
const NOW = "2026-06-30T00:00:00Z";

/**
 * What an example asks of its entries.
 *
 * @throws ComplianceError `invalid-policy` when the text of its policy is none
 */
export function exampleQuestion(
  measure: Measure,
  { now = NOW, inputs, policy }: MeasureExample,
): Question {
  return {
    measures: [measure],
    period: {},
    now: readInstant(now),
    ...(inputs === undefined ? {} : { inputs: inputsOf(inputs) }),
    ...(policy === undefined ? {} : { policy: loadText(policy, undefined).document }),
  };
}

/**
 * What an example's answer differs in from what it states, in a sentence; undefined when in
 * nothing. Its result is that of the measure's own limits on a log that records every field.
 *
 * @param engine over the example's entries
 * @throws ComplianceError `invalid-policy` when the text of its policy is none
 */
export async function exampleDifference(
  measure: Measure,
  example: MeasureExample,
  engine: Engine = memory(example.entries),
): Promise<string | undefined> {
  const { name, expect } = example;
  const { period, now, inputs = {}, policy: document } = exampleQuestion(measure, example);
  const policy = example.policy === undefined ? undefined : Policy.parse(example.policy);
  const answer = await observeAll([measure], {
    engine,
    period,
    now,
    inputs,
    ...(policy === undefined ? {} : { policy }),
    ...(document === undefined ? {} : { policyDocument: document }),
  });
  const observation = answer.observations.get(measure.id);
  if (observation === undefined) {
    throw new ComplianceError("unsupported-source", `the engine gave no answer to ${measure.id}`);
  }
  const { result, reason, ...expected } = expect;
  const actual = stated(observation, expected);
  if (!isDeepStrictEqual(actual, expected)) return difference(measure, name, expected, actual);
  if (result === undefined || measure.limits === undefined) return undefined;
  const test = testMeasure(
    { key: measure.id, measure, limits: measure.limits, criteria: [] },
    {
      observations: answer.observations,
      population: recordingAll(answer),
      given: givenInputs(inputs, policy !== undefined),
      classesWithoutMatcher: new Set(),
      language: languageOf(DEFAULT_LANGUAGE),
    },
  );
  const wanted = { result, reason };
  const outcome = { result: test.result, reason: test.reason };
  return isDeepStrictEqual(outcome, wanted)
    ? undefined
    : difference(measure, name, wanted, outcome);
}

/** Small logs leave out what they do not need; that is no statement about what can be recorded. */
function recordingAll({ population }: Answer): Answer["population"] {
  return { ...population, recordable: ENTRY_FIELD_NAMES };
}

function difference({ id }: Measure, name: string, expected: object, actual: object): string {
  return `${id}, ${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
}
