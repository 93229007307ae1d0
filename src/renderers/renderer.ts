// The contract of a renderer: the report in, one text out, nothing else looked at.

import type { ComplianceReport } from "../model/report.ts";

/** What the place that shows the text can do. Only `terminal` looks at it. */
export interface RenderOptions {
  /** Whether colour sequences may be written; false when absent. */
  readonly color?: boolean;
  /** Width in terminal cells, 80 when absent; below 40 counts as 40. */
  readonly width?: number;
}

/** One output format. The same report and options give the same text, to the byte. */
export interface Renderer {
  /** Name by which the format is asked for. */
  readonly name: string;
  readonly mediaType: string;
  /** Extension of a file that holds the text, without the dot. */
  readonly extension: string;
  /** The whole text, ending in a line feed. */
  readonly render: (report: ComplianceReport, options?: RenderOptions) => string;
}
