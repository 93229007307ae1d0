// Which measures a framework's report asks.

import type { Framework } from "../model/framework.ts";
import { COUNTER_MEASURES } from "./counters.ts";

/**
 * Measures that tell whether the record itself can be trusted. Every weighted framework asks
 * them, because without them a pass rests on nothing.
 */
export const RECORD_MEASURES: readonly string[] = ["field-completeness", "record-identity"];

/** Ids of the measures, each once, in the order of first use; the report's own come last. */
export function askedMeasures(framework: Framework): string[] {
  return [...new Set([...ofCriteria(framework), ...COUNTER_MEASURES])];
}

function ofCriteria(framework: Framework): string[] {
  if (framework.scoring === "points") {
    return framework.criteria.flatMap(({ measure, doubt }) =>
      doubt === undefined ? [measure] : [measure, doubt.measure],
    );
  }
  const asked = framework.criteria.flatMap(({ decisive, supporting }) =>
    [...decisive, ...supporting].map(({ measure }) => measure),
  );
  return [...asked, ...RECORD_MEASURES];
}
