import * as fc from "fast-check";
import type { Nodes } from "mdast";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";

import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { code, markup, passage } from "../../src/renderers/markdown/markup.ts";
import { renderer, toMarkdown } from "../../src/renderers/markdown.ts";
import { PASSAGE_LENGTH, VALUE_LENGTH, visible } from "../../src/renderers/words/visible.ts";
import { HOSTILE, LONG, mapTexts } from "./hostile.ts";
import { ADORNED_REPORT } from "./adorned-fixture.ts";
import { EMPTY_REPORT, REPORT } from "./report-fixture.ts";
import { QUIET_REPORT, WEIGHTED_REPORT } from "./weighted-fixture.ts";

function parse(markdown: string): Nodes {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** Everything but the texts: node types in order, heading levels, list kinds, table shapes. */
function skeleton(node: Nodes): unknown {
  const shape = {
    type: node.type,
    ...(node.type === "heading" && { depth: node.depth }),
    ...(node.type === "list" && { ordered: node.ordered, spread: node.spread, start: node.start }),
    ...(node.type === "listItem" && { checked: node.checked }),
    ...(node.type === "table" && { align: node.align }),
  };
  return "children" in node ? { ...shape, children: node.children.map(skeleton) } : shape;
}

function texts(node: Nodes): string[] {
  if ("children" in node) return node.children.flatMap(texts);
  return "value" in node ? [node.value] : [];
}

/** Texts outside of code spans, where no platform links anything. */
function prose(node: Nodes): string[] {
  if ("children" in node) return node.children.flatMap(prose);
  return node.type === "text" ? [node.value] : [];
}

function types(node: Nodes): string[] {
  return "children" in node ? [node.type, ...node.children.flatMap(types)] : [node.type];
}

/** What GitHub makes of text after Markdown has been read: mentions, references, addresses. */
const LINKED =
  /(^|\W)@[a-z0-9]|\w@[\w-]|(^|\W)gh-\d|#\d|:\/\/|(^|\W)www\.|\{\{|\{%|:([+-]1|100|[\w+-]*[a-z][\w+-]*):/im;

/** What acts on whatever prints the source. */
const ACTIVE =
  /(?!\n)\p{Cc}|\p{Cs}|[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|##\w*\[|^\s*::/imu;

/** What a parser finds in the report when every text in it is this one. */
function found(
  text: string,
  report: ComplianceReport = REPORT,
): { structure: string; active: unknown; linked: string[] } {
  const markdown = toMarkdown(mapTexts(report, () => text));
  const tree = parse(markdown);
  return {
    structure: JSON.stringify(skeleton(tree), null, 1),
    active: ACTIVE.exec(markdown)?.[0],
    linked: prose(tree).filter((shown) => LINKED.test(shown)),
  };
}

/** The long ones, cut where they are still longer than what is shown of a log's text: what is our own is shown whole. */
const LONGER = LONG.map((text) => text.slice(0, PASSAGE_LENGTH + 100));

const CLEAN = found("x");
const ADORNED_CLEAN = found("x", ADORNED_REPORT);

describe("the Markdown renderer", () => {
  it("begins as documented", () => {
    expect(toMarkdown(REPORT).split("\n").slice(0, 3)).toEqual([
      "# SOC2 Compliance Report",
      "## Period: 2026-01-01 to 2026-03-23",
      "### Summary",
    ]);
  });

  it("names itself, and ends in one line feed", () => {
    expect(renderer).toMatchObject({
      name: "markdown",
      mediaType: "text/markdown",
      extension: "md",
    });
    expect(renderer.render(REPORT)).toMatch(/[^\n]\n$/);
  });

  it("is made of the blocks that CommonMark and GFM have for it, and of nothing else", () => {
    expect([...new Set(types(parse(toMarkdown(REPORT))))].toSorted()).toEqual([
      "blockquote",
      "code",
      "heading",
      "inlineCode",
      "list",
      "listItem",
      "paragraph",
      "root",
      "strong",
      "table",
      "tableCell",
      "tableRow",
      "text",
    ]);
  });

  it.each([
    ["unknown bounds", { periodStart: null, periodEnd: null }, "unknown (no entry with a rea"],
    ["an unknown end", { periodEnd: null }, "2026-01-01 to unknown"],
    ["a bound that is no instant", { periodStart: "# x" }, "\\# x to 2026-03-23"],
  ])("says so for %s", (_, bounds, expected) => {
    expect(toMarkdown({ ...REPORT, ...bounds })).toContain(`## Period: ${expected}`);
  });

  it.each([
    [1200, 0, 0, "**100 %** (1,200 of 1,200"],
    [1199, 0, 0, "**99.9 %** (1,199 of 1,200"],
    [0, 0, 0, "**0 %** (0 of 1,200"],
    [100, 100, 100, "**25 %** (300 of 1,200"],
  ])("computes the enforcement rate: %i, %i, %i", (autoApproved, blocked, approved, expected) => {
    const report = {
      ...REPORT,
      autoApproved,
      blockedActions: blocked,
      approvedActions: approved,
    };
    expect(toMarkdown(report)).toContain(`- Enforcement rate: ${expected}`);
  });

  it("shows beside the required approvals how humans answered", () => {
    expect(toMarkdown(REPORT)).toContain(
      "Human approval required: **120** (10 %), of which approved 100, denied 12, unanswered 8",
    );
  });

  it("grades nothing when there is no score, and says why", () => {
    expect(toMarkdown(EMPTY_REPORT)).toContain("**Not graded: no entry is in scope.**");
    const { coverage } = EMPTY_REPORT;
    expect(toMarkdown({ ...REPORT, score: null, grade: null, coverage })).toContain(
      "**Not graded: nothing could be decided from this log.**",
    );
  });

  it("says of how many criteria the edition has how many were decided", () => {
    expect(toMarkdown(REPORT)).toContain("**3 of the 61 criteria of SOC 2** decided");
  });

  it("shows failures first and passes last, and every result in the framework's order", () => {
    const markdown = toMarkdown(REPORT);
    expect(markdown.match(/^(#### |\*\*).*: [A-Z ]{4,}(?=$|\.\*\*)/gm)).toEqual([
      "#### CC6.8 Unauthorized Access: FAIL",
      "#### CC7.2 Monitoring: WARN",
      "#### Broken: ERROR",
      "#### CC8.1 Change Management: INCONCLUSIVE",
      "#### Roster: NOT ASSESSED",
      "**CC6.1 Logical Access Security: PASS",
      "**Agent Behaviour: CONTEXT",
      "**Lateral Movement: NO EXCEPTION",
      "**Model Change: NOT APPLICABLE",
    ]);
    expect(under(markdown, "Results").match(/^\| \*\*[A-Z ]+\*\* \|/gm)).toHaveLength(9);
  });

  it("gives the full number of exceptions beside the ones it lists", () => {
    expect(toMarkdown(REPORT)).toContain("**Exceptions, the first 3 of 60, by time:**");
    expect(toMarkdown(REPORT)).toContain("**Silences, all 2, by time:**");
  });

  it("tells a silence of one hour and a microsecond from one of an hour", () => {
    expect(toMarkdown(REPORT)).toContain("| 1 h 0.000001 s |");
    expect(toMarkdown(REPORT)).toContain("| 1 d 3 h 3 min 4.25 s |");
  });

  it("says whether the sums tie", () => {
    expect(toMarkdown(REPORT)).toContain("The sums tie: 1,210 read = 1,202 accepted + 5 rej");
    const { population } = REPORT;
    const broken = { ...REPORT, population: { ...population, rejected: 6 } };
    expect(toMarkdown(broken)).toContain("**The sums do not tie:**");
  });

  it("shows at most 50 of a long list, with its full length", () => {
    const many = Array.from({ length: 60 }, (_, index) => `rule-${index}`);
    const { policy } = REPORT;
    if (policy === undefined) throw new Error("the fixture has no policy");
    const markdown = toMarkdown({
      ...REPORT,
      policy: {
        ...policy,
        unusedRules: many,
        unknownRulesInLog: many.map((rule) => ({ rule, count: 1 })),
      },
    });
    expect(markdown).toContain("rule-49 and 10 more");
    expect(markdown).toContain("does not have, the first 50 of 60:**");
    expect(markdown).not.toContain("rule-50");
  });

  it("claims nothing that software cannot claim", () => {
    for (const report of [REPORT, EMPTY_REPORT, WEIGHTED_REPORT, QUIET_REPORT]) {
      expect(toMarkdown(report)).not.toMatch(
        /\b(compliant|certified|audit-ready|meets|satisfies)\b/i,
      );
      expect(toMarkdown(report)).toContain("It is not an opinion.");
      expect(toMarkdown({ ...report, language: "de" })).toContain("Er ist kein Prüfungsurteil.");
    }
  });

  it("gives the same bytes for the same report, and changes nothing in it", () => {
    const copy = structuredClone(REPORT);
    expect(toMarkdown(REPORT)).toBe(toMarkdown(copy));
    expect(copy).toEqual(REPORT);
  });

  it("cuts a megabyte with a word on its length", () => {
    const [megabyte = ""] = LONG;
    const markdown = toMarkdown(mapTexts(REPORT, () => megabyte));
    expect(markdown).toContain(`| ${"A".repeat(160)}… (1,048,576 characters) |`);
    expect(markdown).toContain(`${"A".repeat(2000)}… (1,048,576 characters)`);
    expect(markdown).toContain(`${"A".repeat(20_000)}… (1,048,576 characters)`);
    expect(markdown.length).toBeLessThan(4_000_000);
  });

  it.each([...HOSTILE, ...LONGER])("keeps its structure whatever the texts are: %#", (text) => {
    expect(found(text)).toEqual(CLEAN);
  });

  it.each([...HOSTILE, ...LONGER])("keeps that of a weighted framework too: %#", (text) => {
    expect(found(text, ADORNED_REPORT)).toEqual(ADORNED_CLEAN);
  });

  it("keeps its structure for any mixture of markup", () => {
    fc.assert(
      fc.property(MIXTURE, (text) => {
        expect(found(text)).toEqual(CLEAN);
      }),
      { numRuns: 40 },
    );
  });
});

/** The headings of a report, third and fourth level. */
function headingsOf(markdown: string): string[] {
  return markdown.match(/^####? .*$/gm) ?? [];
}

/** What stands under a heading of the third or fourth level, to the next of its level or higher. */
function under(markdown: string, name: string): string {
  const [, third] = markdown.split(`\n### ${name}\n`);
  if (third !== undefined) return third.split("\n### ")[0] ?? "";
  const [, fourth = ""] = markdown.split(`\n#### ${name}\n`);
  return fourth.split(/\n####? /)[0] ?? "";
}

/** A report of a log that cannot record a field. */
function without(of: ComplianceReport, field: string): string {
  const recordable = ENTRY_FIELD_NAMES.filter((name) => name !== field);
  return toMarkdown({ ...of, population: { ...of.population, recordable } });
}

describe("the report of a weighted framework", () => {
  const markdown = toMarkdown(WEIGHTED_REPORT);

  it("reads from what it is to where its numbers come from", () => {
    expect(headingsOf(markdown)).toEqual([
      "### Summary",
      "### What to do first",
      "### Activity",
      "### Results",
      "### Exceptions",
      "#### ENF-02 Executed without the required approval: FAIL",
      "#### LOG-04 Unique and unbroken ids: FAIL",
      "#### POL-03 What applies where no rule does: ERROR",
      "#### LOG-06 for MU 1.2 How far back the log goes: WARN",
      "#### LOG-05 Silence inside sessions: WARN",
      "### What could not be concluded",
      "#### The log does not record what the tests need",
      "#### An input beside the log is missing",
      "#### Too little is recorded",
      "#### Fix the log",
      "### Within limits, and figures",
      "#### Passed",
      "#### Figures without a verdict",
      "#### No exception found",
      "#### Not applicable",
      "#### Tests within their limits, and figures",
      "### Integrity and completeness of the log",
      "#### How records became entries",
      "### The system, as the log and the organisation describe it",
      "#### The policy",
      "### Not assessed",
      "#### What the log shows, and what it does not",
      "### Method and versions",
      "#### Limits",
      "#### Classes of actions",
      "#### What the configuration changes",
      "#### Inputs beside the log",
      "#### Questions and dates",
      "#### Digests of the measures",
      "### Where the full evidence is",
      "### How to verify this report",
    ]);
  });

  it("begins as documented, then says what it is and what is wrong with it", () => {
    expect(markdown.split("\n").slice(0, 3)).toEqual([
      "# Made-up framework: what the agent log shows",
      "## Period: 2026-01-01 to 2026-03-23",
      "### Summary",
    ]);
    const first = markdown.slice(0, markdown.indexOf("- Total actions"));
    const order = [
      "It is not an opinion.",
      "> **Readiness.** 1 of the 10",
      "> **Review overdue.** This framework",
      "> **The record itself is in doubt.** Every pass below rests on it, and there is no score. Unique",
      "**Evidence score: 49 of 100. Grade: F.** 4 of 7 testable criteria decided; 13 of 40 criteria not assessed.",
      "Band: **critical exceptions** (a test of a critical criterion failed).",
      "The score would be 83; it is held at 49 by the failure of MU 1.1.",
      "- Framework: Made-up framework, edition Trust",
      "This is a framework for tests, and nothing else.",
    ].map((text) => first.indexOf(text));
    expect(order.toSorted((a, b) => a - b)).toEqual(order);
    expect(order).not.toContain(-1);
  });

  it("leaves out what there is nothing of", () => {
    const quiet = toMarkdown(QUIET_REPORT);
    expect(headingsOf(quiet)).toEqual([
      "### Summary",
      "### Activity",
      "### Results",
      "### What could not be concluded",
      "### Within limits, and figures",
      "#### No exception found",
      "#### Tests within their limits, and figures",
      "### Integrity and completeness of the log",
      "#### How records became entries",
      "### The system, as the log and the organisation describe it",
      "#### The policy",
      "### Not assessed",
      "#### What the log shows, and what it does not",
      "### Method and versions",
      "#### Limits",
      "#### Digests of the measures",
      "### Where the full evidence is",
      "### How to verify this report",
    ]);
    expect(quiet).toContain(
      "**No score.** 0 of 1 testable criterion decided; 0 requirements not assessed.",
    );
    expect(under(quiet, "What could not be concluded")).toContain("Nothing stayed open:");
    expect(under(quiet, "Not assessed")).toContain("The framework names no requirement");
    expect(quiet).toContain("There is no score, because none of the tests could be decided.");
    expect(quiet).not.toContain("> **");
    expect(quiet).toContain("**0 criteria of Made-up framework** decided");
    expect(quiet).toContain("the publisher's own text");
    expect(quiet).not.toContain("Configuration of the user");
  });

  it("puts failures first, the heaviest before the others, then what did not run, then warnings", () => {
    expect(under(markdown, "What to do first").match(/\*\*MU [\d.]+\*\*/g)).toEqual([
      "**MU 1.1**",
      "**MU 1.9**",
      "**MU 1.2**",
      "**MU 1.8**",
      "**MU 2.2**",
    ]);
    expect(under(markdown, "What to do first")).toContain(
      "| **WARN** (deciding tests open) | **MU 2.2** Something asked | low |",
    );
    expect(under(markdown, "What to do first")).toContain(
      "| **FAIL** (binds from 2027-12-02) | **MU 1.1** Something asked | critical | 60 | Change the rules that decided the listed actions. |  |  |",
    );
    expect(under(markdown, "What to do first")).toContain(
      "Record the origin. Better than a warning cannot come out: There is no field for the origin |",
    );
  });

  it("has a row for each criterion, with the tests that decide and support", () => {
    const rows = under(markdown, "Results");
    expect(rows).toContain(
      "| **FAIL** (binds from 2027-12-02) | **MU 1.1** Something asked | critical | ENF-02 fail; supporting: IDN-03 inconclusive |",
    );
    expect(rows).toContain(
      "| **PASS** (record in doubt) | **MU 1.4** Something asked | high | IDN-01 pass |",
    );
    expect(rows).toContain(
      "| **CONTEXT** | **MU 1.5** Something asked | low | LOG-01 context, ENF-02 fail |",
    );
    expect(rows).toContain("| **NOT APPLICABLE** | **MU 1.7** Something asked | high | – |");
    expect(rows.match(/\| \*\*MU /g)).toHaveLength(11);
  });

  it("shows a failing test once, with all it touches, its limits and their basis", () => {
    const tests = under(markdown, "Exceptions");
    expect(tests.match(/60 of 412 actions that needed an approval/g)).toHaveLength(1);
    expect(markdown.match(/60 of 412 actions that needed an approval/g)).toHaveLength(1);
    for (const line of [
      "**What to change:** Enforce the gate outside the agent.",
      "- Question: How many actions ran although nobody approved them?",
      "- Touches: MU 1.1 (critical, decisive: FAIL), MU 1.2 (high, supporting: WARN), MU 1.5 (low, figures: CONTEXT)",
      "- Population: 412\n- Exceptions: 60\n- Observed: 14.6 % (60 of 412)",
      "- Limits: fail when `critical_exceptions > 0 || high_share < 0.8`; inconclusive when `share_low < 0.8`; else pass",
      "- Basis of the limits: zero tolerance. One bypass shows that the gate can be passed.",
      "- Numbers: `high_share` 0.666667; `critical_exceptions` 2",
      "**Exceptions, the first 3 of 60, by time:**",
      "- Touches: no criterion; it says whether the record can be relied on",
      "- Heuristic: It rests on actions that are recognised by words (`class_outbound`, `class_delete`).",
      "**Exceptions, all 2, each with the entry that makes it one:**",
      "| 1 | first | 4 |",
      "| 2 | **then** | 6 |",
      "**Silences, the first 1 of 2, by time:**",
      "**Values, largest first:**",
      "| **not recorded** | 50 |",
      "- Population: 5 rules (the defaults count as one)\n- Exceptions: 3 findings about 1 rule and the defaults",
      "**Weaknesses of the policy, all 3:**",
      "| write-accounts | 12 | It is on auto. |",
      "| **defaults** | – | Open. |",
    ]) {
      expect(tests).toContain(line);
    }
  });

  it("groups what stayed open by its reason, with what would help, each test once", () => {
    const open = under(markdown, "What could not be concluded");
    expect(open).toContain("- **INCONCLUSIVE** MU 1.3 Something asked (medium)\n");
    expect(open).toContain("- **INCONCLUSIVE** MU 2.1 Something asked (low)\n");
    expect(open).toContain("- **WARN** MU 2.2 Something asked (low; deciding tests open)\n");
    expect(open).toContain(
      "| **IDN-03** Delegations with a delegator | The log does not record chain_id, without which this cannot be decided. | Record chain_id with every action. | MU 1.3, MU 1.1 |",
    );
    expect(open.match(/\| \*\*/g)).toHaveLength(2);
  });

  it("gives a line to what passed, to figures, and to what could not be disproved", () => {
    expect(under(markdown, "Passed")).toContain(
      "- **PASS** MU 1.4 Something asked (high; 3 exceptions within limits; record in doubt): IDN-01 pass",
    );
    expect(under(markdown, "Passed")).toContain(
      "In 1,200 recorded agent actions (2026-01-01 to 2026-03-23), the tests",
    );
    expect(under(markdown, "Figures without a verdict")).toContain(
      "- **CONTEXT** MU 1.5 Something asked (low): LOG-01 context, ENF-02 fail",
    );
    expect(under(markdown, "No exception found")).toContain(
      "- **NO EXCEPTION** MU 1.6 Something asked (high): CHG-02 no exception; supporting: LOG-05 warn, LOG-01 context",
    );
    expect(under(markdown, "No exception found")).toContain(
      "Tests of these criteria can only disprove. The deciding ones stayed within their limits, which earns nothing: what they look for may happen where this log does not see it. Beside them a supporting test deviates: MU 1.6 (LOG-05 warn).",
    );
    expect(under(toMarkdown(QUIET_REPORT), "No exception found")).not.toContain("Beside them");
    expect(under(markdown, "Not applicable")).toContain(
      "- **NOT APPLICABLE** MU 1.7 Something asked (high): It does not apply, because role is provider.",
    );
  });

  it("shows the other tests once each", () => {
    const quiet = under(markdown, "Tests within their limits, and figures");
    expect(quiet.match(/^\| \*\*.*$/gm)?.map((row) => row.split(" | ")[0])).toEqual([
      "| **PASS**",
      "| **CONTEXT**",
      "| **NO EXCEPTION**",
      "| **NOT APPLICABLE**",
    ]);
  });

  it("calls classes heuristic, and shows their hits", () => {
    const classes = under(markdown, "Classes of actions");
    expect(classes).toContain("Classes are heuristic");
    expect(classes).toMatch(
      /\| class_outbound \| The action sends something\. \| 12 \| .* \(replaced by the configuration\) \|/,
    );
    expect(classes).toContain('(\\["send"\\]) \\|\\| action_target');
    expect(classes).not.toContain("u000a");
    expect(classes).toContain("| class_delete | The action deletes. | 0 | false |");
  });

  it("shows all limits with the place they come from, overrides, inputs, questions and dates", () => {
    expect(under(markdown, "Limits")).toContain(
      "| LOG-06 for MU 1.2 | fail when exceptions &gt; 0; else pass | law | One bypass shows that the gate can be passed. |",
    );
    expect(under(markdown, "Limits")).toContain(
      "| LOG-01 | none; it gives a figure | zero tolerance |",
    );
    expect(under(markdown, "What the configuration changes")).toContain(
      "| limits | attribution | fail when share &lt; 0.9; pass | pass | – |",
    );
    const inputs = under(markdown, "Inputs beside the log");
    expect(inputs).toContain("| roster | **no** | – | – | – | roster-difference |");
    expect(inputs).toContain("| allow-list | yes | – | hosts.csv | – | – |");
    const asked = under(markdown, "Questions and dates");
    expect(asked).toContain(
      "| Which role does the organisation have? (role) | provider, deployer |",
    );
    expect(asked).toContain("| How large is it? (size) | unknown; everything is taken to apply |");
    expect(asked).toContain("| 2027-12-02 | High-risk duties | not yet binding |");
    expect(asked).toContain("| 2025-02-02 | General duties | binding |");
  });

  it("adds the rows of what is not assessed up to the number above", () => {
    const rows = under(markdown, "Not assessed");
    expect(rows).toContain("13 of 40 criteria not assessed.");
    expect(rows).toContain("| Criterion | Criteria | Why");
    expect(rows).toContain("| MU 4 | 12 | People and documents. | The minutes. |");
    expect(rows).toContain("| MU 5 | 1 | Backups leave no trace. |");
    const { total: _, ...coverage } = WEIGHTED_REPORT.coverage;
    const law = under(toMarkdown({ ...WEIGHTED_REPORT, coverage }), "Not assessed");
    expect(law).toContain("13 requirements not assessed.");
    expect(law).toContain("| Criterion | Requirements | Why");
    expect(under(toMarkdown(REPORT), "Not assessed")).toContain("| Criterion | Why an agent");
  });

  it("does not count what the log does not record", () => {
    const policy = without(WEIGHTED_REPORT, "approval");
    expect(policy).toContain(
      "\n- Decisions of the policy: The log does not record what the policy decided.\n",
    );
    expect(policy).not.toContain("Enforcement rate");
    const humans = without(WEIGHTED_REPORT, "human_decision");
    expect(humans).toContain("; the log does not record what they answered\n");
    expect(humans).not.toContain("of which approved");
    expect(humans).toContain("Enforcement rate");
    expect(without(REPORT, "approval")).not.toContain("Enforcement rate");
    expect(markdown).toContain("of which approved");
  });

  it("never cuts a definition", () => {
    const cel = `action_type.hasWord([${'"word", '.repeat(1000)}"last"])`;
    const all = WEIGHTED_REPORT.classes.map((one) => Object.assign({}, one, { cel }));
    expect(toMarkdown({ ...WEIGHTED_REPORT, classes: all })).not.toContain("characters)");
  });

  it("says how the score is made, and of which text", () => {
    const method = under(markdown, "Method and versions");
    expect(method).toContain("weighted critical 10, high 7.5, medium 5, low 2.5");
    expect(method).toContain(
      "Publisher: Nobody; source: the publisher's page; licence of its text: CC0-1.0",
    );
    expect(method).toContain(
      "Criteria here: 7 testable in part, 1 only disprovable, which count as testable once they are disproved, 1 with figures only; 13 of 40 criteria not assessed",
    );
    expect(method).toContain("Configuration of the user: aegis-compliance.yaml, SHA-256 `5f70");
  });

  it("prints overrides and the configuration of other reports, where there are any", () => {
    const { overrides } = WEIGHTED_REPORT;
    const other = toMarkdown({ ...REPORT, overrides, configuration: { sha256: "00" } });
    expect(under(other, "What the configuration changes")).toContain("Our own words");
    expect(under(other, "Method and versions")).toContain(
      "Configuration of the user: given as text",
    );
    expect(toMarkdown(REPORT)).not.toContain("onfiguration of the user");
    expect(toMarkdown(REPORT)).not.toContain("What the configuration changes");
  });
});

/** Pieces of markup in any order, and any characters between them. */
const MIXTURE = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."\\`*_~|[](){}<>#&!:@$^=+-.0123456789 ab\n\t\r\u00a0".split("")),
      fc.constantFrom(
        "://",
        "www.",
        "http",
        "@a.b",
        "&amp;",
        "```",
        "~~~",
        "  \n",
        "\n\n",
        "GH-1",
        "::",
        "---",
        "| - |",
        "1. ",
        "- ",
        "> ",
        "    ",
        "<b>",
        "</b>",
        "<!--",
        "[^1]",
        "]: ",
        "##[",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((pieces) => pieces.join(""))
  .filter((text) => text !== "");

/** The text that a reader sees: what the parser reads, without the joints. */
function read(markdown: string): string {
  return texts(parse(markdown)).join("").replaceAll("\u200b", "");
}

/** Node types around a code span, and its text. */
function codeSpan(text: string): readonly unknown[] {
  const tree = parse(`x ${code(text).source} x`);
  return [types(tree), texts(tree)[1]?.replaceAll("#\\u0023", "##")];
}

function expectedCodeSpan(text: string): readonly unknown[] {
  return [
    ["root", "paragraph", "text", "inlineCode", "text"],
    visible(text, VALUE_LENGTH).replaceAll("#\\u0023", "##"),
  ];
}

describe("text in Markdown", () => {
  const places: readonly (readonly [string, (text: string) => string])[] = [
    ["a paragraph", (text) => markup`${text}`.source],
    ["a heading", (text) => `## ${markup`${text}`.source}`],
    ["a list item", (text) => `- ${markup`${text}`.source}`],
    ["a quotation", (text) => `> ${markup`${text}`.source}`],
    ["a table cell", (text) => `| x |\n| --- |\n| ${markup`${text}`.source} |`],
  ];

  it.each(places)("reads as exactly what is visible of it, in %s", (place, put) => {
    const before = place === "a table cell" ? "x" : "";
    const check = (text: string): void => {
      expect(read(put(text))).toBe(before + visible(text, VALUE_LENGTH));
    };
    HOSTILE.forEach(check);
    fc.assert(fc.property(MIXTURE, check), { numRuns: 500 });
  });

  it("is cut later in a passage", () => {
    const text = "word ".repeat(1000);
    expect(read(passage(text).source)).toBe(visible(text, PASSAGE_LENGTH));
  });

  it("is a code span with the same text where it is a literal", () => {
    expect(HOSTILE.map(codeSpan)).toEqual(HOSTILE.map(expectedCodeSpan));
    fc.assert(
      fc.property(MIXTURE, (text) => {
        expect(codeSpan(text)).toEqual(expectedCodeSpan(text));
      }),
      { numRuns: 500 },
    );
  });

  it("stays as it is where nothing in it is markup", () => {
    for (const text of [
      "billing-agent",
      "snake_case",
      "write: accounts (3)",
      "2026-01-01T00:00:00",
    ]) {
      expect(markup`${text}`.source).toBe(text);
    }
  });
});
