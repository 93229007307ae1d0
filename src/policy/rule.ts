// A policy as checked, readonly data: its rules in order, its defaults, its plan rules.

import type { Condition } from "./conditions/condition.ts";
import type { Approval, Verdict } from "./decision.ts";

/** Globs that an action must match, all three as written. */
export interface RuleMatch {
  readonly type: string;
  readonly target: string;
  readonly agent: string;
}

export interface PolicyRule extends Verdict {
  /** The name as written; null when it is null, absent when no name is stated. */
  readonly name?: string | null;
  /** What stands in a log's `matched_rule`: the name, `type@target`, or `rule_0` counted from 0. */
  readonly label: string;
  /** Line of the rule in the file, from 1; absent when the policy was no file. */
  readonly line?: number;
  readonly match: RuleMatch;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  /** False when the rule does not say what to do, so that `approve` applies. */
  readonly approvalStated: boolean;
}

/** What applies to actions that no rule matches. */
export interface PolicyDefaults extends Verdict {
  /** False when the policy does not say, so that `block` applies. */
  readonly approvalStated: boolean;
  readonly line?: number;
}

/** Several actions of one plan, in order, that are judged together. */
export interface SequencePattern extends Verdict {
  readonly name?: string;
  readonly description: string;
  /** Two or more globs over action types. */
  readonly steps: readonly string[];
  /** How many actions the steps may lie apart; 0 for any. */
  readonly window: number;
}

/** A bound on the summed risk of one plan. */
export interface CumulativeRisk {
  readonly name?: string;
  readonly maxTotalRisk: number;
  readonly onExceed: Approval;
}

/** Rules over whole plans. They are checked and kept, but say nothing about a single action. */
export interface PlanRules {
  readonly sequencePatterns: readonly SequencePattern[];
  readonly cumulativeRisk?: CumulativeRisk;
}

/** Everything that a policy file says. */
export interface PolicyDocument {
  readonly version: 1 | 2;
  readonly scope: string;
  readonly scopeId: string;
  readonly defaults: PolicyDefaults;
  readonly rules: readonly PolicyRule[];
  readonly planRules: PlanRules;
}
