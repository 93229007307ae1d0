// What was asked for beside the figures, as plain data: masking, the organisation's own words,
// samples.

import type { Masking, Presentation, Sampling } from "../../model/report.ts";
import type { MaskingDict, PresentationDict, SamplingDict } from "../report-dict.ts";
import { evidenceDict } from "./evidence.ts";

/** What of the evidence is masked. */
export function maskingDict({ revealed, texts }: Masking): MaskingDict {
  return { ...(revealed === undefined ? {} : { revealed }), texts };
}

/** Who reports on what, as the organisation states it. */
export function presentationDict(presentation: Presentation): PresentationDict {
  const { organisation, system, contact, accent, logo, sections } = presentation;
  return {
    ...(organisation === undefined ? {} : { organisation }),
    ...(system === undefined ? {} : { system }),
    ...(contact === undefined ? {} : { contact }),
    ...(accent === undefined ? {} : { accent }),
    ...(logo === undefined
      ? {}
      : { logo: { media_type: logo.mediaType, data: logo.data, alt: logo.alt } }),
    sections: sections.map(({ title, paragraphs }) => ({ title, paragraphs: [...paragraphs] })),
  };
}

/** The entries that were drawn, and all that it takes to draw them again. */
export function samplingDict({ size, seed, samples }: Sampling): SamplingDict {
  return {
    size,
    seed,
    samples: samples.map(({ measure, population, entries }) => ({
      measure,
      population,
      entries: entries.map(evidenceDict),
    })),
  };
}
