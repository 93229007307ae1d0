// Every measure with limits of its own, asked about one log.

import { observeAll } from "../../../src/assess/observe-all.ts";
import { testMeasure } from "../../../src/assess/test-measure.ts";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { memory } from "../../../src/engines/memory.ts";
import { ENGLISH } from "../../../src/languages/en.ts";
import type { Test } from "../../../src/model/finding.ts";
import { givenInputs } from "../../../src/model/inputs.ts";
import type { Measure } from "../../../src/model/measure.ts";
import { loadText } from "../../../src/policy/load.ts";
import { Policy } from "../../../src/policy/policy.ts";
import type { OfficeLog } from "./office-log.ts";

const catalog = loadCatalog();

/** The measures that say by themselves what their answer is worth. */
export const JUDGED: readonly Measure[] = catalog.measureIds
  .map((id) => catalog.measure(id).measure)
  .filter(({ limits }) => limits !== undefined);

/** What each of the measures makes of the log, by the measure's id. */
export async function testsOf(
  { entries, policy, inputs, now }: OfficeLog,
  measures: readonly Measure[] = JUDGED,
): Promise<ReadonlyMap<string, Test>> {
  const { observations, population } = await observeAll(measures, {
    engine: memory(entries),
    period: {},
    now,
    inputs,
    policy: Policy.parse(policy),
    policyDocument: loadText(policy, undefined).document,
  });
  const basis = {
    observations,
    population,
    given: givenInputs(inputs, true),
    classesWithoutMatcher: new Set<string>(),
    language: ENGLISH,
  };
  return new Map(
    measures.map((measure) => {
      const { limits } = measure;
      if (limits === undefined) throw new Error(`${measure.id} has no limits of its own`);
      return [
        measure.id,
        testMeasure({ key: measure.id, measure, limits, criteria: [] }, basis),
      ] as const;
    }),
  );
}
