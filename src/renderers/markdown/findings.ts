// Findings in Markdown: one line each in the table of results, then a block for each that
// needs a reader, with the entries behind it.

import type { ComplianceFinding } from "../../model/finding.ts";
import { bareTitle, resultWord } from "../words/arrangement.ts";
import { counted, observed, reasonClause } from "../words/phrases.ts";
import { document, heading, list, table } from "./blocks.ts";
import { exceptionTable, gapTable, groupTable, pointer } from "./evidence.ts";
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
    gapTable(finding),
    groupTable(finding),
    exceptionTable(finding),
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
    gapTable(finding),
    groupTable(finding),
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
