// The report as Markdown (CommonMark with GFM tables), for people. It begins as documented;
// then the conclusion, what to do first, the rest, and where every number comes from.

import { formatShare } from "../model/figures.ts";
import type { ComplianceReport, PolicyStatement } from "../model/report.ts";
import { document, heading, list, quote, table } from "./markdown/blocks.ts";
import { findingBlock, resultsTable, shortBlock } from "./markdown/findings.ts";
import { joined, markup, passage, pointers } from "./markdown/markup.ts";
import type { Markdown } from "./markdown/markup.ts";
import { fixTheLog } from "./markdown/fix-the-log.ts";
import { populationStatement } from "./markdown/population.ts";
import type { Renderer } from "./renderer.ts";
import { arrange, tally } from "./words/arrangement.ts";
import * as words from "./words/phrases.ts";

/** `markdown`: a report to read, to print or to file. */
export const renderer: Renderer = {
  name: "markdown",
  mediaType: "text/markdown",
  extension: "md",
  render: toMarkdown,
};

/** A report as Markdown, ending in a line feed. The same report gives the same text, to the byte. */
export function toMarkdown(report: ComplianceReport): string {
  return `${wholeReport(report).source}\n`;
}

function wholeReport(report: ComplianceReport): Markdown {
  const { first, open, rest } = arrange(report.findings);
  return document(
    title(report),
    quote(markup`${passage(words.NOTICE)}`),
    conclusion(report),
    key(report),
    section("Results", resultsTable(report.findings)),
    section("What to do first", ...first.map(findingBlock)),
    section("What could not be concluded", ...open.map(findingBlock)),
    section("Within limits, and figures", ...rest.map(shortBlock)),
    section("Fix the log", fixTheLog(report)),
    section("Where the numbers come from", populationStatement(report)),
    section("Policy", policy(report.policy)),
    section(
      "Not assessed",
      table(
        ["Criterion", "Why an agent log cannot show it", "What to ask for"],
        report.notAssessed.map(({ criterion, why, askFor }) => [
          criterion,
          passage(why),
          passage(askFor),
        ]),
      ),
    ),
    section("Method and versions", method(report)),
  );
}

/** The three lines that the documented interface promises, one right after the other. */
function title(report: ComplianceReport): Markdown {
  return joined(
    [
      heading(1, markup`${report.reportType.toUpperCase()} Compliance Report`),
      heading(2, markup`Period: ${words.periodDays(report)}`),
      heading(3, markup`Summary`),
    ],
    "\n",
  );
}

/** A heading and what stands under it; absent when nothing does. */
function section(name: string, ...blocks: readonly (Markdown | undefined)[]): Markdown | undefined {
  if (blocks.every((block) => block === undefined)) return undefined;
  return document(heading(3, markup`${name}`), ...blocks);
}

function conclusion(report: ComplianceReport): Markdown {
  const { score, grade } = report;
  const summary = report.summary === "" ? undefined : passage(report.summary);
  return document(
    score === null
      ? markup`**Not graded:** ${words.whyNotGraded(report)}.`
      : markup`**Score: ${score} of 100. Grade: ${grade ?? "none"}.**`,
    summary,
  );
}

function key(report: ComplianceReport): Markdown | undefined {
  const { totalActions, blockedActions, approvedActions, autoApproved, humanDecisions } = report;
  const decided = words.decidedActions(report);
  const ofAll = (actions: number): Markdown =>
    totalActions === 0 ? markup`` : markup` (${formatShare(actions, totalActions)})`;
  return list(
    markup`Total actions: **${totalActions}**`,
    totalActions === 0
      ? markup`Enforcement rate: none, there is no action to take a share of`
      : markup`Enforcement rate: **${formatShare(decided, totalActions)}** (${decided} of ${totalActions} actions carry a decision of the policy)`,
    markup`Blocked by the policy: **${blockedActions}**${ofAll(blockedActions)}`,
    markup`Human approval required: **${approvedActions}**${ofAll(approvedActions)}, of which approved ${humanDecisions.approved}, denied ${humanDecisions.denied}, unanswered ${humanDecisions.unanswered}`,
    markup`Let through without asking: **${autoApproved}**${ofAll(autoApproved)}`,
    markup`Coverage: **${words.coverage(report)}** decided, of ${report.coverage.possible} that a complete log of the same actions could decide; weight decided ${report.coverage.weightDecided} of ${report.coverage.weightPossible}`,
    report.findings.length === 0 ? undefined : markup`Findings: ${tally(report.findings)}`,
  );
}

function policy(statement: PolicyStatement | undefined): Markdown {
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

function method(report: ComplianceReport): Markdown {
  const { framework, tool } = report;
  return document(
    list(
      markup`Period: ${report.periodStart ?? "unknown"} to ${report.periodEnd ?? "unknown"}, both included, in UTC`,
      markup`Report generated: ${report.generatedAt}`,
      markup`Tool: ${tool.name} ${tool.version}; report schema ${report.schemaVersion}`,
      markup`Framework: ${framework.title}, edition ${framework.edition} (${framework.id}), SHA-256 ${framework.digest}`,
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
