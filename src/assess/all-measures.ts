// One reading serves several frameworks.

import { ComplianceError } from "../model/error.ts";
import type { Measure } from "../model/measure.ts";

/** What a framework asks, with the SHA-256 of each measure's file, by id. */
interface Asking {
  readonly measures: readonly Measure[];
  readonly measureDigests: Readonly<Record<string, string>>;
}

/**
 * The measures of all frameworks, each once.
 *
 * @throws ComplianceError `invalid-catalog` when two files of one name ask different things
 */
export function allMeasures(frameworks: readonly Asking[]): Measure[] {
  const measures = new Map<string, Measure>();
  const digests = new Map<string, string | undefined>();
  for (const { measures: asked, measureDigests } of frameworks) {
    for (const measure of asked) {
      const digest = measureDigests[measure.id];
      if (measures.has(measure.id) && digests.get(measure.id) !== digest) {
        throw new ComplianceError(
          "invalid-catalog",
          `two frameworks ask different measures that are both called "${measure.id}"`,
          { hint: "Report on them one at a time, or rename one of the measures." },
        );
      }
      measures.set(measure.id, measure);
      digests.set(measure.id, digest);
    }
  }
  return [...measures.values()];
}
