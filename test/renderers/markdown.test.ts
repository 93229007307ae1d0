import * as fc from "fast-check";
import type { Nodes } from "mdast";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";

import { code, markup, passage } from "../../src/renderers/markdown/markup.ts";
import { renderer, toMarkdown } from "../../src/renderers/markdown.ts";
import { PASSAGE_LENGTH, VALUE_LENGTH, visible } from "../../src/renderers/words/visible.ts";
import { HOSTILE, LONG, mapTexts } from "./hostile.ts";
import { EMPTY_REPORT, REPORT } from "./report-fixture.ts";

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
function found(text: string): { structure: string; active: unknown; linked: string[] } {
  const markdown = toMarkdown(mapTexts(REPORT, () => text));
  const tree = parse(markdown);
  return {
    structure: JSON.stringify(skeleton(tree), null, 1),
    active: ACTIVE.exec(markdown)?.[0],
    linked: prose(tree).filter((shown) => LINKED.test(shown)),
  };
}

const CLEAN = {
  structure: JSON.stringify(skeleton(parse(toMarkdown(REPORT))), null, 1),
  active: undefined,
  linked: [],
};

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
      "emphasis",
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
    expect(toMarkdown(EMPTY_REPORT)).toContain("**Not graded:** no entry is in scope.");
    const { coverage } = EMPTY_REPORT;
    expect(toMarkdown({ ...REPORT, score: null, grade: null, coverage })).toContain(
      "**Not graded:** nothing could be decided from this log.",
    );
  });

  it("says of how many criteria the edition has how many were decided", () => {
    expect(toMarkdown(REPORT)).toContain("**3 of the 61 criteria of SOC 2** decided");
  });

  it("shows failures first and passes last, and every result in the framework's order", () => {
    const headings = toMarkdown(REPORT).match(/^#### .*$/gm);
    expect(headings).toEqual([
      "#### CC6.8 Unauthorized Access: FAIL",
      "#### CC7.2 Monitoring: WARN",
      "#### Broken: ERROR",
      "#### CC8.1 Change Management: INCONCLUSIVE",
      "#### Roster: NOT ASSESSED",
    ]);
    expect(toMarkdown(REPORT).match(/^\| \*\*[A-Z ]+\*\* \|/gm)).toHaveLength(9);
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
    for (const report of [REPORT, EMPTY_REPORT]) {
      expect(toMarkdown(report)).not.toMatch(/\b(compliant|certified|audit-ready|meets)\b/i);
      expect(toMarkdown(report)).toContain("It is not an opinion.");
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
    expect(markdown.length).toBeLessThan(100_000);
  });

  it.each([...HOSTILE, ...LONG])("keeps its structure whatever the texts are: %#", (text) => {
    expect(found(text)).toEqual(CLEAN);
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
