// Findings in Markdown: one line each in the table of results, then a block for each that
// needs a reader, with the entries behind it.

import { fieldText } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { ComplianceFinding } from "../../model/finding.ts";
import { bareTitle, resultWord } from "../words/arrangement.ts";
import { formatShare } from "../../model/figures.ts";
import { counted, listed, observed, reasonClause, span } from "../words/phrases.ts";
import { document, heading, list, table } from "./blocks.ts";
import type { Cell } from "./blocks.ts";
import { code, joined, markup, passage, pointers } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** All findings in the framework's order, one row each. */
export function resultsTable(findings: readonly ComplianceFinding[]): Markdown | undefined {
  return table(
    [
      "Result",
      "Criterion",
      "Observed",
      { right: "Population" },
      { right: "Exceptions" },
      { right: "Points lost" },
    ],
    findings.map((finding) => [
      markup`**${resultWord(finding.result)}**`,
      bareTitle(finding),
      finding.observed === undefined ? undefined : observed(finding.observed),
      finding.population,
      finding.exceptions,
      finding.points,
    ]),
  );
}

/** Everything about one finding that needs a hand or stayed open. */
export function findingBlock(finding: ComplianceFinding): Markdown {
  return document(
    heading(4, markup`${finding.title}`),
    passage(finding.description),
    finding.recommendation === ""
      ? undefined
      : markup`**What to change:** ${passage(finding.recommendation)}`,
    list(
      finding.reason === undefined
        ? undefined
        : markup`Why there is no verdict: ${reasonClause(finding.reason)} (${finding.reason})`,
      markup`Severity: ${finding.severity}; category: ${finding.category}; points lost: ${finding.points}`,
      markup`Population: ${counted(finding.population, "entry", "entries")}; exceptions: ${finding.exceptions}`,
      finding.observed === undefined ? undefined : markup`Observed: ${observed(finding.observed)}`,
      finding.limit === undefined ? undefined : markup`Passes when: ${code(finding.limit)}`,
      measuresItem(finding.measures),
    ),
    finding.result === "fail" || finding.result === "warn" ? response() : undefined,
    gaps(finding),
    groups(finding),
    exceptions(finding),
  );
}

/** One finding within limits, or a figure: a paragraph, and its tables of silences and groups. */
export function shortBlock(finding: ComplianceFinding): Markdown {
  const { exceptions: total, exceptionEntries } = finding;
  const within =
    total === 0
      ? markup``
      : markup` Exceptions: ${total} (entries ${pointers(exceptionEntries.slice(0, 10).map(pointer), total)}).`;
  return document(
    markup`**${finding.title}.** ${passage(finding.description)}${within}`,
    gaps(finding),
    groups(finding),
  );
}

/** Room for the organisation's answer: a report is read by those who must act on it. */
function response(): Markdown | undefined {
  return table(
    ["Owner", "Due by", "Response of the organisation"],
    [[markup``, markup``, markup``]],
  );
}

function measuresItem(measures: readonly string[]): Markdown | undefined {
  if (measures.length === 0) return undefined;
  return markup`Measured by: ${joined(measures.map(code), ", ")}`;
}

function exceptions(finding: ComplianceFinding): Markdown | undefined {
  const { exceptions: total, exceptionEntries } = finding;
  if (exceptionEntries.length === 0) return undefined;
  return document(
    markup`**Exceptions, ${listed(exceptionEntries.length, total)}, by time:**`,
    table(
      ["Entry", "Time", "Agent", "Action", "Target", "Rule", "Decision", "Human", "Result"],
      exceptionEntries.map((entry) => [
        fieldText(entry.id) || entry.source,
        fieldText(entry.timestamp),
        fieldText(entry.agent_id),
        fieldText(entry.action_type),
        fieldText(entry.action_target),
        fieldText(entry.matched_rule),
        fieldText(entry.approval),
        fieldText(entry.human_decision),
        fieldText(entry.result_status),
      ]),
    ),
  );
}

function gaps(finding: ComplianceFinding): Markdown | undefined {
  if (finding.gaps === undefined || finding.gaps.length === 0) return undefined;
  return document(
    markup`**Silences, ${listed(finding.gaps.length, finding.exceptions)}, by time:**`,
    table(
      ["Last entry before", "at", "First entry after", "at", { right: "Silence" }],
      finding.gaps.map(({ from, to, length }) => [...moment(from), ...moment(to), span(length)]),
    ),
  );
}

function pointer(entry: AuditEntry): string {
  return fieldText(entry.id) || entry.source || "without id";
}

function moment(entry: AuditEntry): readonly Cell[] {
  return [fieldText(entry.id) || entry.source, fieldText(entry.timestamp)];
}

function groups(finding: ComplianceFinding): Markdown | undefined {
  if (finding.groups === undefined || finding.groups.length === 0) return undefined;
  const distinct =
    finding.observed?.kind === "groups" ? finding.observed.value : finding.groups.length;
  return document(
    markup`**Groups, ${listed(finding.groups.length, distinct)}, largest first:**`,
    table(
      ["Group", { right: "Entries" }, { right: "Share of the population" }],
      finding.groups.map((group) => [
        group.key === "" ? markup`*not recorded*` : group.key,
        group.count,
        formatShare(group.count, finding.population),
      ]),
    ),
  );
}
