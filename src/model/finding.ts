// A finding is what was concluded on one criterion over one period.

import type { AuditEntry, EntryField } from "./audit-entry.ts";
import type { CriterionMode, CriterionSeverity } from "./framework.ts";
import type { InputName } from "./inputs.ts";
import type { LimitBasis } from "./measure.ts";
import type { Gap, Group, ListedRule, Pair } from "./observation.ts";
import type { Reason, Result, Severity } from "./result.ts";

export type { Reason, Result, Severity } from "./result.ts";

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

  /** What follows is of weighted frameworks only. */
  readonly weighted?: WeightedFinding;
}

/** What a finding of a weighted framework knows besides. Its evidence stands with its tests. */
export interface WeightedFinding {
  readonly mode: CriterionMode;
  readonly criterionSeverity: CriterionSeverity;
  readonly shows: string;
  readonly notShown: string;
  /** Keys of the tests in the report's `tests`, in the framework's order. */
  readonly decisive: readonly string[];
  readonly supporting: readonly string[];
  /** The date from which the criterion binds, when that lies after the report's own time. */
  readonly bindsFrom?: string;
  /** A pass that rests on a record which itself fails. */
  readonly recordInDoubt?: true;
  /** Why a pass is held at a warning. */
  readonly heldBecause?: string;
  /**
   * On a warning: its deciding tests are open and only a supporting test deviates. The criterion
   * counts as undecided; the warning can lower the score and never raises it.
   */
  readonly open?: true;
}

/**
 * A measure's answer held against limits, once for every criterion that asks it alike.
 */
export interface Test {
  /** The measure's id; with `@criterion` behind it where a criterion sets limits of its own. */
  readonly key: string;
  readonly measure: string;
  readonly code?: string;
  readonly title: string;
  readonly question: string;
  readonly result: Result;
  readonly reason?: Reason;
  /** What was observed, in one sentence; why nothing was, where nothing was. */
  readonly says: string;
  readonly remedy: string;
  readonly population: number;
  readonly exceptions: number;
  readonly exceptionEntries: readonly AuditEntry[];
  /** What was measured, in one figure; absent when nothing could be, or when no one figure says it. */
  readonly observed?: Observed;
  /** The numbers that limits may name, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  /** The limits it was held against, as CEL, in the order in which they are tried. */
  readonly limits: readonly { readonly result: Result; readonly when?: string }[];
  readonly basis: LimitBasis;
  readonly limitReason: string;
  /** Classes of actions, recognised by words: the answer is only as good as they are. */
  readonly classes: readonly string[];
  /** Criteria that ask it, in the framework's order. */
  readonly criteria: readonly string[];
  /** Fields without which it has no answer, where the log records none; of fields that serve alike, the first. */
  readonly missingFields?: readonly EntryField[];
  /** Inputs beside the log without which it has no answer, where they were not given. */
  readonly missingInputs?: readonly InputName[];
  readonly gaps?: readonly Gap[];
  readonly groups?: readonly Group[];
  readonly pairs?: readonly Pair[];
  readonly rules?: readonly ListedRule[];
}

/** The measured quantity. Shares are exact quotients, never rounded. */
export type Observed =
  | { readonly kind: "count"; readonly value: number }
  | { readonly kind: "share"; readonly part: number; readonly whole: number }
  | { readonly kind: "groups"; readonly value: number };
