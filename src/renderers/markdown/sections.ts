// Sections that every report has in Markdown, whatever its framework.

import { criteriaNotAssessed } from "../../model/coverage-in-words.ts";
import { formatShare } from "../../model/figures.ts";
import type { ComplianceReport, PolicyStatement } from "../../model/report.ts";
import { tally } from "../words/arrangement.ts";
import * as words from "../words/phrases.ts";
import { oneLine } from "../words/weighted.ts";
import { document, heading, list, table } from "./blocks.ts";
import { joined, markup, passage, pointers, unabridged } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** The three lines that the documented interface promises, one right after the other. A weighted framework is called by its title. */
export function title(report: ComplianceReport): Markdown {
  return joined(
    [
      report.weighted === undefined
        ? heading(1, markup`${report.reportType.toUpperCase()} Compliance Report`)
        : heading(1, passage(`${report.framework.title}: what the agent log shows`)),
      heading(2, markup`Period: ${words.periodDays(report)}`),
      heading(3, markup`Summary`),
    ],
    "\n",
  );
}

/** A heading and what stands under it; absent when nothing does. */
export function section(
  name: string,
  ...blocks: readonly (Markdown | undefined)[]
): Markdown | undefined {
  if (blocks.every((block) => block === undefined)) return undefined;
  return document(heading(3, markup`${name}`), ...blocks);
}

/** The report's own figures, one line each. */
export function keyFigures(report: ComplianceReport): Markdown | undefined {
  return list(
    markup`Total actions: **${report.totalActions}**`,
    ...(words.unrecordedDecisions(report) === "of the policy"
      ? [markup`The log does not record what the policy decided.`]
      : decisions(report)),
    markup`Coverage: **${words.coverage(report)}** decided, of ${report.coverage.possible} that a complete log of the same actions could decide; weight decided ${report.coverage.weightDecided} of ${report.coverage.weightPossible}`,
    report.findings.length === 0 ? undefined : markup`Findings: ${tally(report.findings)}`,
  );
}

function decisions(report: ComplianceReport): readonly Markdown[] {
  const { totalActions, blockedActions, approvedActions, autoApproved, humanDecisions } = report;
  const decided = words.decidedActions(report);
  const ofAll = (actions: number): Markdown =>
    totalActions === 0 ? markup`` : markup` (${formatShare(actions, totalActions)})`;
  const answers =
    words.unrecordedDecisions(report) === "of humans"
      ? markup`; the log does not record what they answered`
      : markup`, of which approved ${humanDecisions.approved}, denied ${humanDecisions.denied}, unanswered ${humanDecisions.unanswered}`;
  return [
    totalActions === 0
      ? markup`Enforcement rate: none, there is no action to take a share of`
      : markup`Enforcement rate: **${formatShare(decided, totalActions)}** (${decided} of ${totalActions} actions carry a decision of the policy)`,
    markup`Blocked by the policy: **${blockedActions}**${ofAll(blockedActions)}`,
    markup`Human approval required: **${approvedActions}**${ofAll(approvedActions)}${answers}`,
    markup`Let through without asking: **${autoApproved}**${ofAll(autoApproved)}`,
  ];
}

/** The policy beside the log. */
export function policyStatement(statement: PolicyStatement | undefined): Markdown {
  if (statement === undefined) {
    return markup`No policy was given, so the rules that the log names were compared with none.`;
  }
  const { unknownRulesInLog, unusedRules, lint } = statement;
  return document(
    list(
      markup`Rules: ${statement.rules}`,
      markup`Digest (SHA-256): ${statement.digest}`,
      unusedRules.length === 0
        ? markup`Every rule is named by at least one entry in scope.`
        : markup`Rules that no entry in scope names: ${pointers(
            unusedRules.slice(0, words.SHOWN),
            unusedRules.length,
          )}`,
    ),
    unknownRulesInLog.length === 0
      ? markup`Every rule that the log names is in the policy.`
      : markup`**Rules that the log names and the policy does not have, ${words.listed(Math.min(unknownRulesInLog.length, words.SHOWN), unknownRulesInLog.length)}:**`,
    table(
      ["Rule", { right: "Entries" }],
      unknownRulesInLog.slice(0, words.SHOWN).map(({ rule, count }) => [rule, count]),
    ),
    lint.length === 0
      ? markup`Reading the policy by itself found no weakness.`
      : markup`**Weaknesses of the policy itself:**`,
    table(
      ["Severity", "Rule", { right: "Line" }, "What", "What to change"],
      lint.map(({ severity, rule, line, message, suggestion }) => [
        severity,
        rule,
        line,
        passage(message),
        passage(suggestion),
      ]),
    ),
  );
}

/**
 * Requirements that no agent log can answer, with what to ask for instead; absent when there are
 * none. A row may stand for several, and the numbers add up to the one above.
 */
export function notAssessed(report: ComplianceReport): Markdown | undefined {
  const { weighted, coverage } = report;
  const rows = table(
    [
      "Criterion",
      ...(weighted === undefined
        ? []
        : [{ right: coverage.total === undefined ? "Requirements" : "Criteria" }]),
      "Why an agent log cannot show it",
      "What to ask for",
    ],
    report.notAssessed.map(({ criterion, why, askFor, count = 1 }) => [
      criterion,
      ...(weighted === undefined ? [] : [count]),
      passage(why),
      passage(askFor),
    ]),
  );
  if (weighted === undefined || rows === undefined) return rows;
  return document(markup`${criteriaNotAssessed(report)}.`, rows);
}

/** What the user's configuration changes; absent when it changes nothing. */
export function overrides(report: ComplianceReport): Markdown | undefined {
  return table(
    ["What", "Name", "As packaged", "As used here", "Why"],
    report.overrides.map(({ kind, name, from, to, reason }) => [
      kind,
      name,
      unabridged(oneLine(from)),
      unabridged(oneLine(to)),
      reason === undefined ? undefined : passage(reason),
    ]),
  );
}

/** How the report came about: period, versions, digests. */
export function method(
  report: ComplianceReport,
  ...further: readonly (Markdown | undefined)[]
): Markdown {
  const { framework, tool } = report;
  return document(
    list(
      markup`Period: ${report.periodStart ?? "unknown"} to ${report.periodEnd ?? "unknown"}, both included, in UTC`,
      markup`Report generated: ${report.generatedAt}`,
      markup`Tool: ${tool.name} ${tool.version}; report schema ${report.schemaVersion}`,
      markup`Framework: ${framework.title}, edition ${framework.edition} (${framework.id}), SHA-256 ${framework.digest}`,
      ...further,
      configuration(report),
      markup`Definitions that the measures share: SHA-256 ${report.definitionsDigest}`,
      markup`Shares have one decimal; a whole or half percent is shown only where it is exact. Lists end after 50; the numbers beside them are always full.`,
      markup`A dash stands for what was not recorded. Characters without a shape are written as escapes such as \\u000a, and long texts are cut with their length. Zero-width spaces keep names, numbers and addresses in the log from becoming mentions or links. The JSON form of this report holds every text unchanged.`,
    ),
    table(
      ["Measure", "SHA-256"],
      Object.entries(report.measureDigests)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([measure, digest]) => [measure, digest]),
    ),
  );
}

function configuration({ configuration: file }: ComplianceReport): Markdown | undefined {
  if (file === undefined) return undefined;
  return markup`Configuration of the user: ${file.name ?? "given as text"}, SHA-256 ${file.sha256}`;
}
