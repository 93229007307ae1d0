// A made outline with every kind of block and of inline.

import type { Chart } from "../../src/renderers/charts/chart.ts";
import type { Block, Entry, Inline, Line, Outline } from "../../src/renderers/outline/document.ts";

/** Our own words. */
export const own = (text: string): Inline => ({ kind: "text", text });

/** Words of a log. */
export const log = (text: string): Inline => ({ kind: "log", text, length: "value" });

const code = (text: string): Inline => ({ kind: "code", text });

const bars = (id: string, width: number): Chart["svg"] =>
  `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} 160" width="${width}" height="160" role="img"><title>${id}</title>${[
    40, 90, 70, 120, 60, 20, 80,
  ]
    .map(
      (height, index) =>
        `<rect class="chart-${index % 3 === 0 ? "crimson" : "blue"}" x="${index * (width / 7) + 8}" y="${140 - height}" width="${width / 7 - 16}" height="${height}" fill="#2b6ea6"/>`,
    )
    .join("")}</svg>`;

/** A chart with numbers behind it. */
export const CHART: Chart = {
  id: "decisions",
  title: "Decisions a day",
  says: "Blocked actions doubled from 3 to 6 a day after 5 March.",
  svg: bars("wide", 720),
  narrow: bars("narrow", 360),
  data: {
    columns: [{ title: "Day" }, { title: "Blocked", align: "right" }],
    rows: [
      ["2026-03-02", "3"],
      ["2026-03-03", "6"],
    ],
  },
};

/** An evidence table. */
export function evidence(rows: number, total: number, value = "customer_accounts"): Block {
  const titles = ["Id", "Time", "Agent", "Action", "Target", "Rule", "Decision", "Human", "Result"];
  return {
    kind: "table",
    caption: "Exceptions",
    captionShown: true,
    columns: titles.map((title, index) => (index === 0 ? { title, align: "right" } : { title })),
    rows: Array.from({ length: rows }, (_, index) => [
      [log(String(index + 1))],
      [log("2026-01-02T01:15:00.250000+00:00")],
      [log("billing-agent")],
      [log("db_write")],
      [log(value)],
      [code("write-accounts")],
      [log("auto")],
      [],
      [log("success")],
    ]),
    total,
  };
}

/** An entry with everything that a finding carries. */
export function entry(id: string, fields: Partial<Entry> = {}): Entry {
  return {
    kind: "entry",
    id,
    result: "fail",
    severity: "critical",
    title: [
      own("CC6.8 Unauthorized access: 60 of 412 elevated actions ran without asking a human"),
    ],
    open: true,
    blocks: [
      {
        kind: "facts",
        of: [
          { name: "Test performed", value: [own("All 412 entries of elevated risk were read")] },
          { name: "Population", value: [own("412")] },
          { name: "Exceptions", value: [own("60 (14.6 %)")] },
          { name: "Limit", value: [code("exceptions == 0")] },
        ],
      },
      { kind: "heading", level: 4, of: [own("Evidence")] },
      evidence(3, 60),
      { kind: "heading", level: 4, of: [own("How to fix")] },
      { kind: "paragraph", of: [own("Change the rules that decided them from auto to approve.")] },
      { kind: "heading", level: 4, of: [own("Management response")] },
      {
        kind: "table",
        caption: "Management response",
        captionShown: false,
        columns: [
          { title: "Owner", blank: true },
          { title: "Due by", blank: true },
          { title: "Response", blank: true },
        ],
        rows: [[[], [], []]],
      },
    ],
    ...fields,
  };
}

const results: readonly (readonly [Entry["result"], string, string])[] = [
  ["fail", "FAIL", "cc6-8"],
  ["warn", "WARN", "cc7-2"],
  ["inconclusive", "INCONCLUSIVE", "cc8-1"],
  ["pass", "PASS", "cc6-1"],
];

const resultRow = ([result, word, id]: (typeof results)[number]): Line[] => [
  [{ kind: "link", to: id, of: [own(id.toUpperCase().replace("-", "."))] }],
  [own("Something that is asked of the log")],
  [{ kind: "result", result, word }],
  [{ kind: "severity", severity: "critical", word: "critical" }],
  [own("1,204")],
];

/** The whole of it. */
export const OUTLINE: Outline = {
  language: "en",
  title: "SOC2 Compliance Report",
  period: "Period: 2026-03-02 to 2026-03-08",
  lead: "Summary",
  organisation: "Example Savings Bank",
  system: "Payments agents",
  opening: [
    {
      kind: "notice",
      tone: "plain",
      of: [own("This is evidence prepared by software from logs. It is not an opinion.")],
    },
    {
      kind: "facts",
      of: [
        { name: "Organisation", value: [own("Example Savings Bank")] },
        { name: "System", value: [own("Payments agents")] },
        {
          name: "Period",
          value: [own("2026-03-02 00:00:00 UTC to before 2026-03-09 00:00:00 UTC")],
        },
        { name: "Framework", value: [own("SOC 2, 2017 with points of focus of 2022")] },
        { name: "Log", value: [code("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10")] },
        { name: "Tool", value: [own("aegis-compliance 0.1.0")] },
      ],
    },
    {
      kind: "verdict",
      score: 70,
      grade: "C-",
      says: "Score: 70 of 100. Grade: C-.",
      coverage: "4 of the 61 criteria of SOC 2 were decided from this log.",
    },
    {
      kind: "paragraph",
      of: [
        own("In the period, "),
        { kind: "strong", of: [own("1,200 actions")] },
        own(" were recorded; the policy blocked 80 and sent 90 to a human."),
      ],
    },
    { kind: "notice", tone: "warning", of: [own("The record falls silent two times.")] },
  ],
  sections: [
    {
      id: "first",
      title: "What to do first",
      blocks: [
        {
          kind: "list",
          items: [
            [{ kind: "link", to: "cc6-8", of: [own("CC6.8")] }, own(": ask a human before acting")],
            [own("CC7.2: write a heartbeat")],
          ],
        },
      ],
      sections: [],
    },
    {
      id: "activity",
      title: "Activity",
      blocks: [
        { kind: "chart", chart: CHART },
        { kind: "chart", chart: { ...CHART, id: "trend", title: "Trend" } },
      ],
      sections: [],
    },
    {
      id: "results",
      title: "Results",
      blocks: [
        {
          kind: "table",
          caption: "Every criterion with its result",
          captionShown: false,
          columns: [
            { title: "Criterion" },
            { title: "Title" },
            { title: "Result" },
            { title: "Severity" },
            { title: "Population", align: "right" },
          ],
          rows: results.map(resultRow),
        },
      ],
      sections: [],
    },
    {
      id: "exceptions",
      title: "Exceptions",
      blocks: [
        entry("cc6-8"),
        entry("cc7-2", {
          result: "warn",
          severity: "warning",
          title: [own("CC7.2 Monitoring: the record falls silent 2 times")],
        }),
      ],
      sections: [],
    },
    {
      id: "open",
      title: "What could not be concluded",
      blocks: [
        entry("cc8-1", {
          result: "inconclusive",
          severity: "info",
          title: [own("CC8.1 Change management: nothing of the kind happened")],
          blocks: [{ kind: "paragraph", of: [own("Widen the period.")] }],
        }),
      ],
      sections: [
        {
          id: "fix-the-log",
          title: "Fix the log",
          blocks: [{ kind: "paragraph", of: [own("Record "), code("matched_rule"), own(".")] }],
          sections: [],
        },
      ],
    },
    {
      id: "passed",
      title: "Passed",
      blocks: [
        entry("cc6-1", {
          result: "pass",
          severity: "info",
          open: false,
          title: [own("CC6.1 Logical access security")],
        }),
      ],
      sections: [],
    },
    {
      id: "verify",
      title: "Verify",
      blocks: [
        { kind: "paragraph", of: [own("The digests of the inputs:")] },
        {
          kind: "code",
          lines: ["sha256sum audit.jsonl", "aegis-compliance report --framework soc2"],
        },
      ],
      sections: [],
    },
  ],
  foot: "aegis-compliance 0.1.0 · soc2 5f70bf18",
  controls: {
    contents: "Contents",
    skip: "Skip to the report",
    search: "Search",
    searchHint: "Agent, action, criterion",
    show: "Show",
    expandAll: "Expand all",
    collapseAll: "Collapse all",
    print: "Print",
    data: "The numbers behind it",
    page: "Page {page} of {pages}",
    found: "{shown} of {total} shown",
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
    severity: "Severity",
    severities: {
      critical: "critical",
      warning: "warning",
      info: "info",
      high: "high",
      medium: "medium",
      low: "low",
    },
    hidden: "Your choice hides some entries.",
    jsonLeftOut: "The report's JSON is too large to stand in this file.",
    cut: "The first {shown} of {total}",
  },
};
