// An outline with a block of every kind, by hand.

import type {
  Block,
  Controls,
  Line,
  Outline,
  Table,
} from "../../../src/renderers/outline/document.ts";

/** A line of one text. */
export function line(text: string): Line {
  return [{ kind: "text", text }];
}

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 200" role="img">
<title>Chart</title>
<rect x="40" y="20" width="640" height="150" fill="var(--chart-empty, #edf0f3)"/>
${Array.from({ length: 20 }, (_, day) => `<rect x="${50 + day * 31}" y="${160 - ((day * 37) % 120)}" width="22" height="${(day * 37) % 120}" fill="var(--chart-blue, #2b6ea6)"/>`).join("\n")}
<text x="40" y="190" font-size="12" fill="var(--chart-muted, rgb(85, 96, 107))" font-family="var(--font, system-ui, sans-serif)">2 March &amp; on \u{1f600} \u65e5 &lt;b&gt;</text>
</svg>`;

const EVIDENCE: Table = {
  kind: "table",
  caption: "Entries that deviate",
  captionShown: false,
  columns: [
    { title: "Id", align: "right" },
    { title: "Time" },
    { title: "Agent" },
    { title: "Action" },
    { title: "Target" },
    { title: "Rule" },
    { title: "Decision" },
    { title: "Human decision" },
    { title: "Result" },
  ],
  rows: Array.from({ length: 12 }, (_, index) => [
    [{ kind: "code", text: String(index + 1041) }],
    [{ kind: "code", text: `2026-03-0${(index % 7) + 1}T08:15:00.250000+00:00` }],
    [{ kind: "log", text: "billing-agent", length: "value" }],
    [{ kind: "log", text: "db_write", length: "value" }],
    [{ kind: "log", text: "customer_accounts/eu-central/payments_ledger", length: "value" }],
    [{ kind: "log", text: "write-accounts", length: "value" }],
    [{ kind: "log", text: "auto", length: "value" }],
    [],
    [{ kind: "log", text: "success", length: "value" }],
  ]),
  total: 60,
};

const RESPONSE: Table = {
  kind: "table",
  caption: "Management response",
  captionShown: true,
  columns: [
    { title: "Owner", blank: true },
    { title: "Due by", blank: true },
    { title: "Response", blank: true },
  ],
  rows: [[[], [], []]],
};

function exception(index: number): Block {
  return {
    kind: "entry",
    id: `exception-${index}`,
    result: index === 1 ? "fail" : "warn",
    severity: index === 1 ? "critical" : "warning",
    title: line(`CC6.${index} Unauthorised access and elevated actions`),
    open: true,
    blocks: [
      {
        kind: "paragraph",
        of: line(
          "Of 412 HIGH or CRITICAL actions, the policy let 60 through without asking a human.",
        ),
      },
      {
        kind: "facts",
        of: [
          {
            name: "Test performed",
            value: line("Every entry of elevated risk was read; none was sampled."),
          },
          { name: "Population", value: line("412 entries") },
          {
            name: "Exceptions",
            value: [
              { kind: "strong", of: line("60") },
              { kind: "text", text: " (14.6 %)" },
            ],
          },
          { name: "Limit", value: [{ kind: "code", text: "exceptions == 0" }] },
        ],
      },
      EVIDENCE,
      { kind: "heading", level: 4, of: line("How to fix it") },
      {
        kind: "list",
        items: [
          line("Change the rules that decided the listed actions from auto to approve or block."),
          line("Enforce the gate outside the agent."),
        ],
      },
      { kind: "heading", level: 4, of: line("Management response") },
      RESPONSE,
    ],
  };
}

const DIGEST = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

/** Every kind of block. */
export const OUTLINE: Outline = {
  language: "en",
  title: "SOC2 Compliance Report",
  period: "Period: 2026-03-02 to 2026-03-08",
  lead: "Summary",
  organisation: "Northwind Payments Ltd",
  system: "Agent platform, production",
  opening: [
    {
      kind: "notice",
      tone: "plain",
      of: line(
        "This is evidence prepared by software from logs that the organisation supplied. It is not an opinion of an auditor, and it certifies nothing.",
      ),
    },
    {
      kind: "notice",
      tone: "warning",
      of: line("Not every criterion could be decided: the log does not record chain_id."),
    },
    {
      kind: "facts",
      of: [
        { name: "Organisation", value: line("Northwind Payments Ltd") },
        { name: "System", value: line("Agent platform, production") },
        {
          name: "Period",
          value: line("2026-03-02 to 2026-03-08, start included, end excluded, UTC"),
        },
        { name: "Framework", value: line("SOC 2, Trust Services Criteria 2017 (2022)") },
        {
          name: "Input",
          value: [
            { kind: "code", text: "aegis_audit.db" },
            { kind: "text", text: " · SHA-256 " },
            { kind: "code", text: DIGEST },
          ],
        },
        { name: "Tool", value: line("aegis-compliance 0.1.0") },
      ],
    },
    {
      kind: "verdict",
      score: 70,
      grade: "C-",
      says: "Score: 70 of 100. Grade: C-.",
      coverage: "3 of 4 criteria decided, of 61 in SOC 2; 57 were not assessed.",
    },
    {
      kind: "paragraph",
      of: line(
        "1,200 actions were tested. One criterion failed and one could not be concluded. The first thing to do is to change the rules that let 60 elevated actions through.",
      ),
    },
    {
      kind: "table",
      caption: "Key figures",
      captionShown: true,
      columns: [
        { title: "Figure" },
        { title: "Entries", align: "right" },
        { title: "Share", align: "right" },
      ],
      rows: [
        [line("Actions in scope"), line("1,200"), line("100 %")],
        [line("Blocked by the policy"), line("31"), line("2.6 %")],
        [line("Sent to a human"), line("402"), line("33.5 %")],
      ],
    },
  ],
  sections: [
    {
      id: "first",
      title: "What to do first",
      blocks: [
        {
          kind: "table",
          caption: "Exceptions by risk",
          captionShown: false,
          columns: [
            { title: "Result" },
            { title: "Severity" },
            { title: "Criterion" },
            { title: "Owner", blank: true },
          ],
          rows: [
            [
              [{ kind: "result", result: "fail", word: "FAIL" }],
              [{ kind: "severity", severity: "critical", word: "critical" }],
              [{ kind: "link", to: "exception-1", of: line("CC6.1 Unauthorised access") }],
              [],
            ],
            [
              [{ kind: "result", result: "warn", word: "WARN" }],
              [{ kind: "severity", severity: "warning", word: "warning" }],
              [{ kind: "link", to: "nowhere", of: line("CC6.2 A link to nowhere") }],
              [],
            ],
          ],
        },
      ],
      sections: [],
    },
    {
      id: "activity",
      title: "Activity",
      blocks: [
        {
          kind: "chart",
          chart: {
            id: "decisions",
            title: "Decisions per day",
            says: "Blocked actions doubled from 3 to 6 a day after 5 March.",
            svg: SVG,
            data: { columns: [{ title: "Day" }], rows: [["2"]] },
          },
        },
      ],
      sections: [],
    },
    {
      id: "exceptions",
      title: "Exceptions",
      blocks: [exception(1), exception(2)],
      sections: [],
    },
    {
      id: "open",
      title: "What could not be concluded",
      blocks: [
        {
          kind: "entry",
          id: "open-1",
          result: "inconclusive",
          title: line("CC7.2 System monitoring: the log does not record chain_id"),
          open: true,
          blocks: [{ kind: "paragraph", of: line("Record it to decide this criterion.") }],
        },
      ],
      sections: [],
    },
    {
      id: "passed",
      title: "Passed",
      blocks: [1, 2, 3].map((index) => ({
        kind: "entry",
        id: `passed-${index}`,
        result: index === 3 ? "no_exception" : "pass",
        title: line(`CC8.${index} Change management: 0 exceptions in 1,200 entries`),
        open: false,
        blocks: [{ kind: "paragraph", of: line("Nothing deviated.") }],
      })),
      sections: [],
    },
    {
      id: "method",
      title: "Method",
      blocks: [{ kind: "paragraph", of: line("How it was tested.") }],
      sections: [
        {
          id: "digests",
          title: "Digests",
          blocks: [
            {
              kind: "paragraph",
              of: [
                { kind: "text", text: "Framework " },
                { kind: "code", text: DIGEST },
              ],
            },
            { kind: "heading", level: 5, of: line("Commands") },
            {
              kind: "code",
              lines: [
                `sha256sum aegis_audit.db`,
                `echo ${DIGEST} aegis_audit.db --against ${DIGEST}`,
              ],
            },
          ],
          sections: [],
        },
      ],
    },
  ],
  foot: "aegis-compliance 0.1.0 · framework 5f70bf18a086",
  controls: {
    contents: "Contents",
    page: "Page {page} of {pages}",
    cut: "The first {shown} of {total}",
    results: {
      pass: "PASS",
      warn: "WARN",
      fail: "FAIL",
      no_exception: "NO EXCEPTION",
      inconclusive: "INCONCLUSIVE",
      not_applicable: "NOT APPLICABLE",
      context: "CONTEXT",
      not_assessed: "NOT ASSESSED",
      error: "ERROR",
    },
    severities: {
      critical: "critical",
      high: "high",
      medium: "medium",
      low: "low",
      warning: "warning",
      info: "info",
    },
  } as Controls,
};
