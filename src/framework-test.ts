// Runs the examples of a framework's own measures.

import { isDeepStrictEqual } from "node:util";
import { loadCatalog } from "./catalog/catalog.ts";
import type { FileSource } from "./catalog/yaml-file.ts";
import { stated } from "./engines/fold/stated.ts";
import { memory } from "./engines/memory.ts";
import type { Measure, MeasureExample } from "./model/measure.ts";

/** What came of the examples. */
export interface FrameworkTest {
  /** Measures of one's own that the framework asks. */
  readonly measures: number;
  readonly examples: number;
  /** Each example that gives another answer than it states, in a sentence. */
  readonly differences: readonly string[];
}

/**
 * Runs every example of the measures that lie beside a framework and that it asks.
 *
 * @throws ComplianceError `unreadable-source`, or `invalid-catalog` with line and column
 */
export async function testFramework(source: FileSource): Promise<FrameworkTest> {
  // Those of the package are read without their examples, which its own tests run.
  const own = loadCatalog()
    .loadFramework(source)
    .measures.filter(({ examples }) => examples !== undefined);
  const found = await Promise.all(
    own.flatMap((measure) => (measure.examples ?? []).map((example) => run(measure, example))),
  );
  return {
    measures: own.length,
    examples: found.length,
    differences: found.filter((difference) => difference !== undefined),
  };
}

/** Later than every entry of an example. */
const NOW = Date.UTC(2190, 0) * 1000;

async function run(
  measure: Measure,
  { name, entries, expect }: MeasureExample,
): Promise<string | undefined> {
  const { observations } = await memory(entries).observe({
    measures: [measure],
    period: {},
    now: NOW,
  });
  const observation = observations.get(measure.id);
  const actual = observation === undefined ? undefined : stated(observation, expect);
  if (isDeepStrictEqual(actual, expect)) return undefined;
  return `${measure.id}, ${name}: expected ${JSON.stringify(expect)}, got ${JSON.stringify(actual)}`;
}
