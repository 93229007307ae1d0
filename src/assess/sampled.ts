// The entries that were drawn for an auditor, measure by measure.

import type { Answer } from "../engines/engine.ts";
import type { ComplianceFinding, Test } from "../model/finding.ts";
import type { Sampling } from "../model/report.ts";

/**
 * The samples of the measures that a report concludes from, in the order of its findings and tests;
 * undefined where none were asked for. A measure without a population has no sample.
 */
export function sampled(
  asked: Pick<Sampling, "size" | "seed"> | undefined,
  { observations, samples }: Pick<Answer, "observations" | "samples">,
  {
    findings,
    tests,
  }: { readonly findings: readonly ComplianceFinding[]; readonly tests: readonly Test[] },
): Sampling | undefined {
  if (asked === undefined) return undefined;
  const measures = new Set([
    ...findings.flatMap((finding) => finding.measures),
    ...tests.map(({ measure }) => measure),
  ]);
  return {
    size: asked.size,
    seed: asked.seed,
    samples: [...measures].flatMap((measure) => {
      const entries = samples?.get(measure) ?? [];
      const population = observations.get(measure)?.population ?? 0;
      return entries.length === 0 ? [] : [{ measure, population, entries }];
    }),
  };
}
