// What formats for people say around the document's own sentences. A text in braces, such as
// `{fields}`, stands for something that is put in as it is; everything else is a whole sentence,
// so that a language can order its words as it needs.

import type { Controls } from "./report/controls.ts";
import type { BasisWords } from "./report/basis.ts";
import type { ClosingWords } from "./report/closing.ts";
import type { FindingWords } from "./report/findings.ts";
import type { NameWords } from "./report/names.ts";
import type { OpeningWords } from "./report/opening.ts";
import type { RecordWords } from "./report/record.ts";
import type { TerminalWords } from "./report/terminal.ts";

/** Headings, labels and explanations of a report for people. */
export interface ReportWords {
  /** Words of closed vocabularies: results, severities, reasons. */
  readonly names: NameWords;
  /** Head, notice, cover, conclusion, key figures. */
  readonly opening: OpeningWords;
  /** Results, exceptions, what stayed open, what passed. */
  readonly findings: FindingWords;
  /** The log itself, the system, the policy. */
  readonly record: RecordWords;
  /** What was not assessed, limits, classes, configuration, method. */
  readonly basis: BasisWords;
  /** Where the full evidence is, and how to verify. */
  readonly closing: ClosingWords;
  readonly terminal: TerminalWords;
  /** Labels of what a format adds so that a document can be used. */
  readonly controls: Controls;
}
