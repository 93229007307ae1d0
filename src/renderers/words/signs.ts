// A shape for each result and severity, so that colour never stands alone.

import type { CriterionSeverity } from "../../model/framework.ts";
import type { Result, Severity } from "../../model/result.ts";

/** How serious a finding or a criterion is. */
export type AnySeverity = Severity | CriterionSeverity;

/** A sign for each result, the worst first: those of the terminal. */
export const RESULT_SIGNS: Readonly<Record<Result, string>> = {
  fail: "✗",
  error: "✗",
  warn: "!",
  inconclusive: "?",
  not_assessed: "?",
  pass: "✓",
  no_exception: "○",
  not_applicable: "○",
  context: "·",
};

/** A sign for each severity, the most severe first. */
export const SEVERITY_SIGNS: Readonly<Record<AnySeverity, string>> = {
  critical: "◆",
  high: "▲",
  warning: "▲",
  medium: "■",
  low: "●",
  info: "●",
};
