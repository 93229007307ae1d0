// The questions that every report asks, whatever its framework.

/**
 * Ids of the measures behind the report's own figures: what the policy decided, how humans
 * answered, which rules decided, how risky the actions were.
 */
export const COUNTERS = {
  approvals: "actions-by-approval",
  humanDecisions: "human-decisions",
  rules: "rules-in-use",
  risks: "actions-by-risk",
} as const;

/** The same as a list, in a fixed order. */
export const COUNTER_MEASURES: readonly string[] = Object.values(COUNTERS);
