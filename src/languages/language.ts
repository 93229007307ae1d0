// A language of reports: numbers, and every sentence that the program itself writes. A new one is
// a module with one such object and a line in the registry; what is missing does not compile.

import type { Numbers } from "./numbers.ts";
import type { AssessWords } from "./words/assess.ts";
import type { ChartWords } from "./words/charts.ts";
import type { PolicyLintWords } from "./words/policy-lint.ts";
import type { ReportWords } from "./words/report.ts";
import type { SheetWords } from "./words/sheets.ts";

/** One language of reports. */
export interface Language {
  /** BCP 47: `en`, `de`. */
  readonly code: string;
  /** In the language itself: `Deutsch`. */
  readonly name: string;
  readonly numbers: Numbers;
  /** What stands in the report document itself: the summary, sentences about tests. */
  readonly assess: AssessWords;
  /** What formats for people say around it: headings, labels, explanations. */
  readonly report: ReportWords;
  readonly charts: ChartWords;
  /** Spreadsheets, CSV files and the evidence package. */
  readonly sheets: SheetWords;
  /** Weaknesses of a policy itself. */
  readonly policyLint: PolicyLintWords;
}
