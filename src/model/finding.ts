// A finding is what was concluded on one criterion over one period.

import type { AuditEntry } from "./audit-entry.ts";
import type { Gap, Group } from "./observation.ts";

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

/** One finding of a compliance report. The first five fields are the documented ones. */
export interface ComplianceFinding {
  readonly severity: Severity;
  /** For example access_control, audit_trail, data_handling. */
  readonly category: string;
  /** Short title, ending in the result in capitals: `CC6.1 Logical Access Security: FAIL`. */
  readonly title: string;
  readonly description: string;
  /** What to change; empty when there is nothing to do. */
  readonly recommendation: string;

  /** Id of the criterion in its framework. */
  readonly criterion: string;
  readonly result: Result;
  /** Only with `inconclusive`. */
  readonly reason?: Reason;
  /** Entries that were asked about. */
  readonly population: number;
  /** Entries (or silences) that count against the limit; always the full number. */
  readonly exceptions: number;
  /** The first 50 of them by time, then id. */
  readonly exceptionEntries: readonly AuditEntry[];
  /** What was measured, in the limit's terms; absent when nothing could be. */
  readonly observed?: Observed;
  /** The CEL condition that a pass needs; absent on figures without a verdict. */
  readonly limit?: string;
  /** Points taken from the score. */
  readonly points: number;
  /** Ids of the measures that were asked. */
  readonly measures: readonly string[];
  /** Silences, for a criterion about them; the first 50. */
  readonly gaps?: readonly Gap[];
  /** Groups, for a criterion about a distribution; the 50 largest. */
  readonly groups?: readonly Group[];
}

/** The measured quantity. Shares are exact quotients, never rounded. */
export type Observed =
  | { readonly kind: "count"; readonly value: number }
  | { readonly kind: "share"; readonly part: number; readonly whole: number }
  | { readonly kind: "groups"; readonly value: number };
