// The policy beside the log: rules that the log names and the policy lacks, rules that
// nothing used, and what is wrong with the policy itself.

import { compareText, lowerAscii, trimAscii } from "../expression/text.ts";
import type { PolicyLintFinding, PolicyStatement } from "../model/report.ts";
import { maskText } from "./mask.ts";

/** What a report needs of a policy. */
export interface StatedPolicy {
  readonly digest: string;
  /** Rules by the label under which the log names them. */
  readonly rules: readonly { readonly label: string }[];
  /** @param language of its messages, by code */
  lint(language: string): readonly PolicyLintFinding[];
}

/** Labels that a logger writes when no rule of a policy decided. */
const NO_RULE = new Set(["", "<default>", "<no-policy>"]);

/**
 * @param used how often the log names each rule
 * @param language of what is weak in the policy, by code
 * @param unmasked whether rule names from the log may show secrets and personal data
 */
export function policyStatement(
  policy: StatedPolicy,
  used: ReadonlyMap<string, number>,
  language: string,
  unmasked = false,
): PolicyStatement {
  const known = new Set(policy.rules.map(({ label }) => label));
  const unknownRulesInLog = [...used]
    .filter(([rule]) => !known.has(rule) && !NO_RULE.has(lowerAscii(trimAscii(rule))))
    .map(([rule, count]) => ({ rule: unmasked ? rule : maskText(rule), count }))
    .sort((left, right) => right.count - left.count || compareText(left.rule, right.rule));
  return {
    digest: policy.digest,
    rules: policy.rules.length,
    unknownRulesInLog,
    unusedRules: [...known].filter((label) => !used.has(label)),
    lint: policy.lint(language),
  };
}
