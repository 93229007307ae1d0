// What comes out of a test, why nothing could, and how much it matters.

/**
 * - `pass`: decided, within limits
 * - `warn`: decided, between the limits
 * - `fail`: an exception beyond the limit was recorded
 * - `no_exception`: a test that can only disprove found nothing
 * - `inconclusive`: could be tested, but not with this log; see {@link Reason}
 * - `not_applicable`: its population cannot exist
 * - `context`: a figure without a verdict
 * - `not_assessed`: outside what an agent log can show
 * - `error`: the test itself failed
 */
export type Result =
  | "pass"
  | "warn"
  | "fail"
  | "no_exception"
  | "inconclusive"
  | "not_applicable"
  | "context"
  | "not_assessed"
  | "error";

/**
 * Why nothing could be concluded: nothing of the kind happened; the fields it needs are
 * not recorded; too few entries; an input beside the log is missing; the record itself is
 * in doubt.
 */
export type Reason =
  | "not-exercised"
  | "not-recorded"
  | "too-few"
  | "missing-input"
  | "record-in-doubt";

export type Severity = "critical" | "warning" | "info";
