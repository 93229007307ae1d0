// The contract of a renderer: the report in, one file out, nothing else looked at.

import type { ComplianceReport } from "../model/report.ts";

/** What a place that shows the report can do, and which kind of file is wanted. */
export interface RenderOptions {
  /** Whether colour sequences may be written; false when absent. Only `terminal` looks at it. */
  readonly color?: boolean;
  /** Width in terminal cells, 80 when absent; below 40 counts as 40. Only `terminal` looks at it. */
  readonly width?: number;
  /** `a-3a`, with the report's JSON inside, when absent. Only `pdf` looks at it. */
  readonly pdfStandard?: PdfStandard;
  /** Path of a Typst file that arranges the report; the packaged one when absent. Only `pdf` looks at it. */
  readonly pdfTemplate?: string;
}

/** PDF/A-3a (ISO 19005-3) for archives, PDF/UA-1 (ISO 14289-1) for screen readers. No file is both. */
export type PdfStandard = "a-3a" | "ua-1";

/** A text ending in a line feed, or the bytes of a binary format. */
export type Rendered = string | Uint8Array;

/** One output format. The same report and options give the same bytes. */
export interface Renderer {
  /** Name by which the format is asked for. */
  readonly name: string;
  readonly mediaType: string;
  /** Extension of a file that holds it, without the dot. */
  readonly extension: string;
  /**
   * The whole file.
   *
   * @throws ComplianceError `missing-package` when a format needs a package that is not installed
   */
  readonly render: (
    report: ComplianceReport,
    options?: RenderOptions,
  ) => Rendered | Promise<Rendered>;
}
