// What a language says about weaknesses of a policy.

/** What is weak, and what to do about it. */
export interface LintWords {
  readonly message: string;
  readonly suggestion: string;
}

/** Days that follow each other, and the times that all of them share. */
export interface DayTimes {
  /** 1 to 7, Monday first. */
  readonly first: number;
  readonly last: number;
  /** `09:00-17:00`, `24:00` for the end of a day. */
  readonly times: readonly string[];
}

/** What an earlier rule takes away: globs that narrow it (`type "transfer*"`); none for any action. */
export interface TakenPart {
  readonly rule: string;
  readonly globs: readonly string[];
  readonly isConditional: boolean;
}

/** Why a rule never decides anything. */
export type Unreachable =
  | { readonly why: "glob-matches-nothing"; readonly glob: string }
  | { readonly why: "no-time" }
  | { readonly why: "conditions-exclude-each-other" }
  | { readonly why: "taken"; readonly by: readonly string[] };

/** Times outside a rule's window, and where its actions go then. */
export interface FallThrough {
  readonly week: readonly DayTimes[];
  /** Absent for the defaults. */
  readonly rule?: string;
  readonly verdict: string;
}

/**
 * Sentences about weaknesses. Names of rules stand in quotes already; a verdict is written
 * `approve/HIGH`, in the policy's own words.
 */
export interface PolicyLintWords {
  readonly defaultsNotStated: LintWords;
  permissiveDefault(riskLevel: string): LintWords;
  approvalNotStated(rule: string): LintWords;
  elevatedAuto(rule: string, riskLevel: string): LintWords;
  matchAllAuto(rule: string): LintWords;
  /** @param line of the earlier rule, where it is known */
  duplicateName(rule: string, line: number | undefined): LintWords;
  unreachable(rule: string, reason: Unreachable): LintWords;
  /** @param before the first of the rules that take from it */
  partlyShadowed(rule: string, taken: readonly TakenPart[], before: string): LintWords;
  /** @param wholly whether nothing is left that it blocks */
  shadowedBlock(
    rule: string,
    wholly: boolean,
    taken: readonly (TakenPart & { readonly verdict: string })[],
    before: string,
  ): LintWords;
  windowFallsThrough(rule: string, verdict: string, falls: readonly FallThrough[]): LintWords;
}
