// Runs the examples of a framework's own measures.

import { loadCatalog } from "./catalog/catalog.ts";
import type { FileSource } from "./catalog/yaml-file.ts";
import { exampleDifference } from "./measure-example.ts";

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
    own.flatMap((measure) =>
      (measure.examples ?? []).map((example) => exampleDifference(measure, example)),
    ),
  );
  return {
    measures: own.length,
    examples: found.length,
    differences: found.filter((difference) => difference !== undefined),
  };
}
