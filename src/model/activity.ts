// What happened when and by whom: the counts behind the charts. Part of what is read, not judged.

/** Entries by what the policy decided, and those of elevated risk. `auto + approve + block + other = entries`. */
export interface ActivityCounts {
  readonly entries: number;
  readonly auto: number;
  readonly approve: number;
  readonly block: number;
  /** No decision of the policy, or another word. */
  readonly other: number;
  /** HIGH or CRITICAL in any case of letters. */
  readonly elevated: number;
  /** Elevated ones whose human decision is `approved`. */
  readonly elevatedApproved: number;
}

/** Width of a span: the finest of these with at most 2,500 spans that hold an entry. */
export type ActivityUnit = "hour" | "day" | "month" | "year";

/** A span of time (UTC) with at least one entry. */
export interface ActivitySpan extends ActivityCounts {
  /** Its beginning, as ISO 8601 text in UTC: `2026-03-02T13:00:00Z`. */
  readonly start: string;
}

/** Entries of one agent, by risk. The five add up to `entries`. */
export interface AgentActivity {
  /** As recorded; "" for entries that name none. */
  readonly agent: string;
  readonly entries: number;
  readonly low: number;
  readonly medium: number;
  readonly high: number;
  readonly critical: number;
  /** No risk level, or another word. */
  readonly unrated: number;
  /** ISO 8601 text in UTC; absent when none of its entries has a readable time. */
  readonly first?: string;
  readonly last?: string;
}

/** Entries in scope, over time and by agent. */
export interface Activity {
  readonly unit: ActivityUnit;
  /** In order of time; spans without an entry are left out. */
  readonly spans: readonly ActivitySpan[];
  /** Entries without a readable time, which stand in no span. */
  readonly untimed: number;
  /** The 20 with the most entries, then by name in the order of code units. */
  readonly agents: readonly AgentActivity[];
  /** How many others there are, and their entries; absent when there are none. */
  readonly others?: { readonly agents: number; readonly entries: number };
  /** The 20 most frequent types of action, likewise. */
  readonly actionTypes: readonly { readonly type: string; readonly entries: number }[];
  readonly otherTypes?: { readonly types: number; readonly entries: number };
}
