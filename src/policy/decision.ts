// What is asked of a policy and what it answers.

/** The four risk levels, lowest first, as the audit log writes them. */
export const RISK_LEVELS = ["LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;

/** How risky a rule says an action is. */
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** The three approvals, most permissive first, as the audit log writes them. */
export const APPROVALS = ["auto", "approve", "block"] as const;

/** auto: it runs; approve: a human is asked first; block: it does not run. */
export type Approval = (typeof APPROVALS)[number];

/** One action that an agent wants to take. */
export interface Action {
  /** What is done, for example `read` or `bulk_update`. May be empty text. */
  readonly type: string;
  /** On what it is done. May be empty text. */
  readonly target: string;
  /** Named parameters; a parameter that is null or undefined counts as missing. */
  readonly params?: Readonly<Record<string, unknown>> | null | undefined;
  readonly description?: string | null | undefined;
  /** Who acts; absent, null and empty text are the same: an action without agent. */
  readonly agentId?: string | null | undefined;
}

/** What the policy decided about one action. */
export interface Decision {
  /** The action that was asked about, as it was handed in. */
  readonly action: Action;
  readonly riskLevel: RiskLevel;
  readonly approval: Approval;
  /** Label of the rule that decided, or `<default>`. */
  readonly matchedRule: string;
  /**
   * True unless the approval is `block`. An action that needs approval is allowed by the
   * policy; whether it may run is for the human to say.
   */
  readonly isAllowed: boolean;
}

/** What a rule, or the defaults, give to the actions they decide. */
export interface Verdict {
  readonly riskLevel: RiskLevel;
  readonly approval: Approval;
}

/**
 * Orders verdicts by strictness: first by approval (auto, approve, block), then by risk.
 *
 * @returns a negative number when `a` is the more permissive, 0 when they are equal
 */
export function compareStrictness(a: Verdict, b: Verdict): number {
  return (
    APPROVALS.indexOf(a.approval) - APPROVALS.indexOf(b.approval) ||
    RISK_LEVELS.indexOf(a.riskLevel) - RISK_LEVELS.indexOf(b.riskLevel)
  );
}
